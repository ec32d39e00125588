"""People's readings of claims: what stands, what stood before, and writing down another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from probata.review.sight import Sight
from probata.review.work import marking, slots, states
from probata.review.work.jobs import ask_regroup
from probata.store import models, readings

Record = dict[str, Any]
CONFLICT = "changed-meanwhile"


def standing(claim: models.Claim) -> tuple[Record, models.Reading | None]:
    """The record that stands of a claim, as it is kept, and the last reading if people have read it."""
    told = sorted(claim.readings.all(), key=lambda r: r.number)
    return (told[-1].record, told[-1]) if told else (claim.record, None)


def report_of_claim(sight: Sight, name: str) -> str | None:
    """The name of the report that a claim is of; None where there is no such claim that the person may see."""
    return sight.claims().filter(name=name).values_list("report__name", flat=True).first()


def history(sight: Sight, name: str) -> list[Record]:
    """All readings of a claim, the latest first, each with what it changed."""
    claim = sight.claims().select_related("report").prefetch_related("readings").get(name=name)
    rows = sorted(claim.readings.all(), key=lambda r: r.number)
    said = [(r.number, r.kind, r.who, r.why, r.at, r.rejected) for r in rows]
    records = [r.record for r in rows]
    if not (rows and rows[0].kind == readings.ADDED):
        said.insert(0, (0, readings.MACHINE, "", "", claim.report.added_at, False))
        records.insert(0, claim.record)
    shown = sight.all_shown(records)
    marks = states.of_readings(sight, claim)
    out: list[Record] = []
    for n, (number, kind, who, why, at, rejected) in enumerate(said):
        told = {"number": number, "kind": kind, "who": who, "at": at, "rejected": rejected}
        changes = difference(shown[n - 1], shown[n]) if n else []
        why = sight.shown(why, [claim.report.name])
        out.append({**told, "why": why, "changes": changes, "record": shown[n], "integrity": marks.get(number)})
    return out[::-1]


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Record]:
    """What two records say differently, in words."""
    was = {row["slot"]: row["values"] for row in slots.rows(before)}
    now = {row["slot"]: row["values"] for row in slots.rows(after)}
    return [
        {"slot": c.slot, "label": marking.LABELS[c.slot], "before": was.get(c.slot, []), "after": now.get(c.slot, [])}
        for c in readings.changes(before, after)
    ]


def correct(sight: Sight, name: str, record: Record, changed: Iterable[str], why: str, seen: int) -> None:
    """Let the slots of a claim that were changed stand as in this record. Raises InputError."""
    given = {slot: record[slot] for slot in (*changed, "in_title", "inferred")}
    readings.correct(sight.book, name, given, sight.who, why, seen)
    ask_regroup(sight.who)


def add(sight: Sight, report: str, record: Record, why: str) -> str:
    """Add a claim to a report; its id. Raises InputError."""
    told = {k: v for k, v in record.items() if k not in ("id", "report", "by")}
    made = readings.add(sight.book, report, told, sight.who, why)
    ask_regroup(sight.who)
    return made.claim


def reject(sight: Sight, name: str, why: str, seen: int) -> None:
    """Let a claim count nowhere. Raises InputError."""
    readings.reject(sight.book, name, sight.who, why, seen)
    ask_regroup(sight.who)


def undo(sight: Sight, name: str, why: str, seen: int) -> None:
    """Let a claim stand as before its last reading. Raises InputError."""
    readings.undo(sight.book, name, sight.who, why, seen)
    ask_regroup(sight.who)
