"""A report with its claims: the machine's readings, people's beside them, what stands, and the text marked with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.http import Http404
from django.urls import reverse

from probata.model.report import Report
from probata.review.models import Look
from probata.review.sight import Sight
from probata.review.work import marking, readings, slots, states, tasks
from probata.review.work.reports import group_of
from probata.store import models, shielding
from probata.store.searching import Search

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A claim of a report as it stands: its number in the list, its record, the last reading, whether it is rejected.

    `machine` is the record that the software read; None where a person added the claim.
    """

    name: str
    number: int
    record: Record
    machine: Record | None
    reading: int = 0
    by: str = ""
    rejected: bool = False

    @property
    def group(self) -> str:
        """harm, situation or speech."""
        return group_of(self.record["type"])

    @property
    def changed(self) -> bool:
        """Whether a person read it otherwise than the software, or added it."""
        return self.reading > 0 or self.machine is None


@dataclass(frozen=True, slots=True)
class Opened:
    """A report that is open before a person: its row, the report and claims as they may be shown.

    `rows` are the claims as they are kept, with their readings.
    """

    row: models.Report
    report: Report
    held: tuple[Held, ...]
    looked: tuple[str, ...] = field(default=())
    rows: tuple[models.Claim, ...] = field(default=())

    def claim(self, name: str) -> Held:
        """One of the claims. Raises Http404."""
        for held in self.held:
            if held.name == name:
                return held
        raise Http404

    @property
    def marked(self) -> list[marking.Marked]:
        """The claims as the text is marked with them."""
        return [marking.Marked(h.name, h.number, h.record, h.rejected) for h in self.held]


def opened(sight: Sight, name: str) -> Opened:
    """A report that the person may see. Raises Http404."""
    row = sight.reports().filter(name=name).first()
    if row is None:
        raise Http404
    rows = list(sight.claims().filter(report=row).order_by("number").prefetch_related("readings"))
    stands = [readings.standing(claim) for claim in rows]
    now = sight.all_shown([record for record, _ in stands])
    read = iter(sight.all_shown([claim.record for claim, (_, last) in zip(rows, stands, strict=True) if last]))
    machine = [next(read) if last else record for record, (_, last) in zip(now, stands, strict=True)]
    found = [Held(c.name, 0, n, *_told(c, m, r)) for c, n, m, (_, r) in zip(rows, now, machine, stands, strict=True)]
    found.sort(key=lambda h: h.record["evidence"]["start"] or 0)
    held = tuple(replace(h, number=n) for n, h in enumerate(found, 1))
    looks = Look.objects.filter(report=name).order_by("id").values_list("who", flat=True)
    return Opened(row, sight.report(row), held, tuple(looks), tuple(rows))


def _told(claim: models.Claim, machine: Record, last: models.Reading | None) -> tuple[Record | None, int, str, bool]:
    """What the machine read of a claim, if it did; the last reading's number, who, and whether it rejects."""
    added = claim.record.get("by", {}).get("extractor") == "person"
    read = None if added else machine
    return (read, last.number, last.who, last.rejected) if last else (read, 0, "", False)


def of_claim(sight: Sight, name: str) -> tuple[Opened, Held]:
    """A claim within its report. Raises Http404."""
    report = readings.report_of_claim(sight, name)
    if report is None:
        raise Http404
    found = opened(sight, report)
    return found, found.claim(name)


def told(sight: Sight, opened: Opened, held: Held) -> Record:
    """A claim with its slots, its chain of sources and its state, as pages and programs show it."""
    title = opened.report.title or opened.report.id
    return {
        "name": held.name,
        "number": held.number,
        "group": held.group,
        "record": held.record,
        "machine": held.machine if held.changed else None,
        "reading": held.reading,
        "by": held.by,
        "rejected": held.rejected,
        "added": held.machine is None,
        "undoable": held.reading > 0 or (held.machine is None and not held.rejected),
        "incident": _incident(sight, held.name),
        "slots": _beside(held),
        "readings": readings.history(sight, held.name) if held.changed else [],
        "chain": slots.chain(held.record, opened.report.outlet, title),
        "tasks": tasks.about(sight, "claim", held.name),
        "integrity": states.of_claim(sight, opened.row, held.name),
    }


def _incident(sight: Sight, name: str) -> str | None:
    """The incident that a claim is in; None where it is in none that the person may see."""
    member = models.Member.objects.using(sight.book.alias).filter(claim__name=name)
    found = member.values_list("scene__incident__name", flat=True).first()
    return found if found and sight.incidents().filter(name=found).exists() else None


def _beside(held: Held) -> list[Record]:
    """The rows of what stands, and in each that a person changed what the machine had read.

    A slot that is still as the machine read it keeps the machine's rule.
    """
    rows = slots.rows(held.record)
    if not held.changed or held.machine is None:
        return rows
    before = {row["slot"]: row for row in slots.rows(held.machine)}
    for row in rows:
        was = before.pop(row["slot"], None)
        if was and was["values"] == row["values"]:
            row |= {"rule": was["rule"], "why": was["why"]}
        else:
            row |= {"was": was["values"] if was else []}
    rows += [{**row, "values": [], "rule": "", "carried": False, "was": row["values"]} for row in before.values()]
    order = list(marking.LABELS)
    return sorted(rows, key=lambda row: order.index(row["slot"]))


def is_free(sight: Sight, original: Path) -> bool:
    """Whether an original holds no protected words; False where some of it cannot be searched."""
    words = [word for row in shielding.active(sight.book) for word in shielding.spellings(row)]
    if not words:
        return True
    done = Search(words)(original)
    return not done.found and not done.unsearched


def summaries(held: Sequence[Held]) -> list[Record]:
    """The claims as a list shows them, one line each."""
    out = []
    for h in held:
        r = h.record
        out.append(
            {
                "name": h.name,
                "address": reverse("claim", args=[h.name]),
                "number": h.number,
                "group": h.group,
                "type": r["type"],
                "stance": r["stance"],
                "speaker": r["speaker"]["name"] if r["speaker"] else None,
                "count": r["count"]["text"] if r["count"] else None,
                "place": (r["place"]["name"] or r["place"]["text"]) if r["place"] else None,
                "words": r["evidence"]["text"],
                "rejected": h.rejected,
                "changed": h.changed,
                "added": h.machine is None,
                "by": h.by,
            }
        )
    return out
