"""A claim that is being corrected or added: the form as it is filled, what is wrong with it, others' changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from probata.model.claim import ClaimType, Stance
from probata.model.errors import InputError
from probata.review.sight import Sight
from probata.review.work import correcting, marking, readings, typed
from probata.review.work.claims import Held, Opened
from probata.review.work.marking import SEVERAL
from probata.review.work.typed import Typed

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """A form: its values, the reading that it was filled from, the reason given; problems, choices and others' changes.

    `saved` is the claim that was written down, "" as long as none is.
    """

    sent: Typed
    seen: int = 0
    why: str = ""
    problems: dict[str, str] = field(default_factory=dict)
    spots: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Any] = field(default_factory=dict)
    theirs: list[Record] = field(default_factory=list)
    theirs_by: str = ""
    saved: str = ""


def of_claim(held: Held) -> Draft:
    """The form of a claim as it stands."""
    return Draft(typed.of_record(held.record), held.reading)


def blank(sight: Sight, found: Opened, given: Typed) -> Draft:
    """The form of a claim that is to be added; `given` are values that are known already."""
    return Draft({"stance": Stance.AFFIRMED.value, **given})


def correct(sight: Sight, found: Opened, held: Held, sent: Typed, seen: int, why: str) -> Draft:
    """Write a correction down, or say what is missing. What somebody else changed meanwhile is kept and shown."""
    told = readings.history(sight, held.name)
    base = next((r for r in told if r["number"] == seen), told[0])
    built = correcting.Build(sight.book, found.report, base["record"], held.record, sent).build()
    if seen != held.reading:
        return _met(held, base["record"], sent, why, built)
    problems = built.problems
    if not built.changed:
        problems["form"] = "nothing"
    elif not why:
        problems["why"] = "missing"
    if problems:
        return Draft(sent, seen, why, problems, built.spots, built.places)
    try:
        readings.correct(sight, held.name, built.record, built.changed, why, seen)
    except InputError as error:
        if error.code == readings.CONFLICT:
            raise
        return Draft(sent, seen, why, {error.report: error.problem}, built.spots, built.places)
    return Draft(sent, seen, why, saved=held.name)


def add(sight: Sight, found: Opened, sent: Typed, why: str) -> Draft:
    """Write a claim down that nobody saw before, or say what is missing."""
    nothing = correcting.empty()
    built = correcting.Build(sight.book, found.report, nothing, nothing, sent).build()
    problems = built.problems
    if not why:
        problems["why"] = "missing"
    if problems:
        return Draft(sent, 0, why, problems, built.spots, built.places)
    try:
        return Draft(sent, 0, why, saved=readings.add(sight, found.row.name, built.record, why))
    except InputError as error:
        return Draft(sent, 0, why, {error.report: error.problem}, built.spots, built.places)


def _met(held: Held, base: Record, sent: Typed, why: str, built: correcting.Built) -> Draft:
    """The form with the person's own changes over those of somebody else, who was faster."""
    mine, now = typed.of_record(base), typed.of_record(held.record)
    out: Typed = {}
    for slot in ("type", "stance", "groups", *typed.EXTRA):
        source = now if typed.same(sent, mine, slot) else sent
        out |= {k: v for k, v in source.items() if k == slot or k.startswith(f"{slot}.")}
    theirs = readings.difference(base, held.record)
    if held.rejected:
        theirs.insert(0, {"slot": "rejected", "label": "", "before": [], "after": []})
    return Draft(out, held.reading, why, built.problems, built.spots, built.places, theirs, held.by)


def fields(draft: Draft, report_language: str | None) -> list[Record]:
    """The slots of a form in order, each with its rows of values as a template draws them."""
    out = []
    for slot in typed.EXTRA:
        several = slot in SEVERAL
        if several:
            rows = [*typed.rows_of(draft.sent, slot), {}]
            paths = [f"{slot}.{n}" for n in range(len(rows))]
        else:
            rows, paths = [typed.of_slot(draft.sent, slot)], [slot]
        out.append(
            {
                "slot": slot,
                "label": marking.LABELS[slot],
                "several": several,
                "problem": draft.problems.get(slot, "") if several else "",
                "rows": [_row(draft, path, row) for path, row in zip(paths, rows, strict=True)],
            }
        )
    return out


def _row(draft: Draft, path: str, row: Typed) -> Record:
    return {
        "path": path,
        "id": path.replace(".", "-"),
        **{k: row.get(k, "") for k in ("words", "at", "name", "kind", "low", "high", "choice", "precision")},
        "start": row.get("from", ""),
        "end": row.get("to", ""),
        "problem": draft.problems.get(path, ""),
        "spots": draft.spots.get(path, ()),
        "places": draft.places.get(path, ()),
    }


def known() -> Record:
    """The values that a form offers."""
    return {
        "types": [t.value for t in ClaimType],
        "stances": [s.value for s in Stance],
        "groups": correcting.group_names(),
        "kinds": correcting.basis_kinds(),
        "precisions": list(correcting.PRECISE),
    }
