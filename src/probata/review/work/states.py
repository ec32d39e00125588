"""The state of a record that is shown: its row, its original, the log, the time from outside; in words where altered.

A page, its JSON and the API tell the same. It names kinds, ids and entries, never words of a record, so that nothing
that is hidden shows here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from probata.review.models import Publication
from probata.review.sight import Sight
from probata.review.work import altered, integrity
from probata.store import logkeys, models, outside, recordstate
from probata.store.logkeys import Key
from probata.store.recordstate import RecordState, State

NAMED = 5  # altered rows that are named one by one
_QUICK = 4 << 20  # bytes of a release that is checked whole while somebody waits
Record = dict[str, Any]


def of_report(sight: Sight, row: models.Report, claims: Sequence[models.Claim] | None = None) -> Record:
    """The state of a report with its original, its claims and people's readings of them."""
    rows = models.Claim.objects.using(sight.book.alias).filter(report=row).prefetch_related("readings")
    of = [_of(claim, row) for claim in (rows if claims is None else claims)]
    found = recordstate.of_claims(sight.book, row, of)
    found += recordstate.of_rows(sight.book, *_readings(of))
    return _panel(sight, found[0], found[1:], recordstate.of_original(sight.book, row.original))


def of_claim(sight: Sight, row: models.Report, name: str) -> Record:
    """The state of a claim with people's readings of it, its report and that one's original."""
    found = models.Claim.objects.using(sight.book.alias).filter(name=name, report=row).prefetch_related("readings")
    claims = [_of(claim, row) for claim in found]
    rows, absent = _readings(claims)
    told = recordstate.of_rows(sight.book, [*claims, row, *rows], absent)
    return _panel(sight, told[0], told[1:], recordstate.of_original(sight.book, row.original))


def of_version(sight: Sight, incident: models.Incident, number: int) -> Record:
    """The state of a version of an incident, and whether a later one is gone."""
    rows = models.Version.objects.using(sight.book.alias).filter(incident=incident, number=number)
    version = rows.select_related("incident").get()
    absent = [Key("incident version", f"{incident.name}/{incident.number + 1}")]
    told = recordstate.of_rows(sight.book, [version], absent)
    return _panel(sight, told[0], told[1:])


def of_proposals(sight: Sight, rows: Iterable[models.Proposal]) -> dict[int, Record]:
    """The state of proposals of findings with the answers to them, by number."""
    proposals = list(rows)
    answers = [(p, answer) for p in proposals if (answer := getattr(p, "answer", None))]
    for p, answer in answers:
        answer.proposal = p
    absent = [Key("answer", p.name) for p in proposals if not getattr(p, "answer", None)]
    told = recordstate.of_rows(sight.book, [*proposals, *(answer for _, answer in answers)], absent)
    behind: dict[str, list[RecordState]] = {}
    for one in told[len(proposals) :]:
        behind.setdefault(one.item, []).append(one)
    return {p.pk: mark(one, behind.get(p.name, ())) for p, one in zip(proposals, told, strict=False)}


def of_decisions(sight: Sight, rows: Iterable[models.Decision]) -> dict[int, Record]:
    """The state of decisions, by number."""
    decisions = list(rows)
    told = recordstate.of_rows(sight.book, decisions)
    return {d.pk: mark(one) for d, one in zip(decisions, told, strict=True)}


def of_readings(sight: Sight, claim: models.Claim) -> dict[int, Record]:
    """The state of people's readings of a claim by their numbers; 0 is the claim's own row."""
    rows, absent = _readings([claim])
    told = recordstate.of_rows(sight.book, [claim, *rows], absent)
    numbers = [0, *(row.number for row in rows)]
    return {n: mark(one) for n, one in zip(numbers, told, strict=False)}


def of_release(sight: Sight, p: Publication) -> Record | None:
    """The state of a release: its file, and what the log tells of it; None for what is not released."""
    if not p.manifest:
        return None
    key = Key("release", p.manifest)
    told = logkeys.said(sight.book, [key]).get(key, [])
    entry = told[-1] if told else None
    state = State.UNLOGGED if entry is None else State.KEPT if entry.whole else State.BROKEN
    row = RecordState(key.kind, key.item, state, entry.number if entry else None, entry.at if entry else "")
    return _panel(sight, row, [_file(sight, p)])


def mark(row: RecordState, more: Iterable[RecordState] = ()) -> Record:
    """One row of a list with what hangs on it: its state, its entry, and what is wrong in words."""
    rows = [row, *more]
    wrong = [altered.told(one) for one in rows if not one.sound]
    state = "altered" if wrong else State.ERASED.value if any(r.state is State.ERASED for r in rows) else row.state
    return {"state": str(state), "entry": row.entry, "at": row.at, "problems": wrong}


def _panel(sight: Sight, row: RecordState, more: Sequence[RecordState], original: RecordState | None = None) -> Record:
    """All that is told of one record."""
    chain = _chain(sight)
    unsound = [one for one in (row, *([original] if original else ()), *more) if not one.sound]
    problems = [altered.told(one) for one in unsound[:NAMED]]
    if len(unsound) > NAMED:
        problems.append(_("Further rows that belong to it were altered: %(n)d in all.") % {"n": len(unsound)})
    problems += _chain_wrong(chain)
    erased = any(one.state is State.ERASED for one in (row, *more))
    return {
        "state": "altered" if problems else State.ERASED.value if erased else State.KEPT.value,
        "entry": row.entry,
        "at": row.at,
        "rows": 1 + len(more),
        "original": _original(original) if original else None,
        "chain": {k: chain[k] for k in ("state", "at", "entries", "now")},
        "time": _time(chain, row),
        "problems": problems,
    }


def _original(one: RecordState) -> Record:
    state = one.state.value if one.sound else "altered"
    return {"state": state, "sha256": one.item, "entry": one.entry, "read": one.size is not None}


def _chain(sight: Sight) -> Record:
    """The state of the whole log when it was last checked, and how many entries it has now."""
    done = integrity.latest()
    said = (done.result if done else None) or {}
    now = logkeys.last(sight.book)
    state = "unchecked" if not done else "broken" if said.get("wrong") else "whole"
    if state == "whole" and now < said.get("entries", 0):
        state = "short"
    return {
        "state": state,
        "at": done.ended_at if done else None,
        "entries": said.get("entries"),
        "now": now,
        "times": [r for r in said.get("releases", []) if r.get("at") and r.get("size")],
    }


def _chain_wrong(chain: Record) -> list[str]:
    if chain["state"] == "broken":
        return [_("The last check found something altered; the page on integrity names it.")]
    if chain["state"] == "short":
        said = _("The log has %(now)d entries, and had %(entries)d when it was last checked: its end was cut off.")
        return [said % chain]
    return []


def _time(chain: Record, row: RecordState) -> Record | None:
    """The earliest time from outside by which a row was logged, as of the last check."""
    if chain["state"] != "whole" or row.entry is None:
        return None
    found = [t for t in chain["times"] if t["size"] >= row.entry]
    first = min(found, key=lambda t: (t["enclosed"], t["at"]), default=None)
    if first is None:
        return None
    return {"before": first["at"], "by": first["by"], "trusted": not first["enclosed"], "release": first["file"]}


def _of(claim: models.Claim, row: models.Report) -> models.Claim:
    claim.report = row  # its digest counts in the name of its report
    return claim


def _readings(claims: Iterable[models.Claim]) -> tuple[list[models.Reading], list[Key]]:
    """The readings of claims, and what would be the next of each: it is missing if the log tells of it."""
    rows: list[models.Reading] = []
    absent: list[Key] = []
    for claim in claims:
        own = sorted(claim.readings.all(), key=lambda r: r.number)
        numbers = {r.number for r in own}
        last = max(numbers, default=0)
        absent += [Key("reading", f"{claim.name}/{n}") for n in range(1, last + 2) if n not in numbers]
        for reading in own:
            reading.claim = claim
        rows += own
    return rows, absent


def _file(sight: Sight, p: Publication) -> RecordState:
    """The state of the file of a release: checked whole where it is small, else as it was when last checked."""
    path = sight.book.folder / "releases" / p.file
    done = integrity.latest()
    known = {r["file"]: r for r in ((done.result or {}).get("releases", []) if done else [])}
    try:
        size = path.stat().st_size
        wrong = outside.witness(path).wrong if size <= _QUICK else known.get(p.file, {}).get("wrong", "")
        same = outside.manifest(path) == p.manifest
    except OSError:
        return RecordState("release file", p.file, State.MISSING)
    return RecordState("release file", p.file, State.KEPT if same and not wrong else State.CHANGED, size=size)
