"""What the verbs that read claims share: options, the casebook with its turn, and how readings are printed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from probata.cli import shared

if TYPE_CHECKING:
    from probata.store.opening import Casebook
    from probata.store.readings import Reading


@dataclass(frozen=True, slots=True)
class Source:
    """A report as it is shown: its name, its text, in which offsets count, and the day that dates are counted from."""

    name: str
    text: str
    day: date | None


def add(verb: argparse.ArgumentParser, seen: bool = True) -> None:
    """The options of whoever reads a claim."""
    verb.add_argument("--by", metavar="NAME", required=True, help="who reads it so; an alias is enough")
    verb.add_argument("--why", metavar="WORDS", required=True, help="the reason")
    if seen:
        said = "the number of the reading you looked at: refused if there is a later one (default: the last)"
        verb.add_argument("--seen", type=int, metavar="N", help=said)
    shared.add_casebook(verb)


@contextmanager
def opened(chosen: argparse.Namespace) -> Iterator[Casebook]:
    """The casebook, with its turn, as it is regrouped afterwards."""
    from probata.store.opening import casebook
    from probata.store.turn import turn

    with casebook(chosen.casebook) as book, turn(book):
        yield book


def regrouped(book: Casebook, said: str) -> None:
    """Regroup what was touched, and say so."""
    from probata.export.plain import one_line
    from probata.store import grouping

    done = grouping.update(book)
    words = f"incidents: {done.new:,} new, {done.changed:,} changed, {done.ended:,} ended"
    print(f"probata: {one_line(said)}; {words}", file=sys.stderr)


def report_of_claim(book: Casebook, claim: str) -> Source:
    """The report of a claim. Raises InputError when there is no such claim."""
    from probata.model.errors import InputError
    from probata.store import models

    row = models.Report.objects.using(book.alias).filter(claims__name=claim).first()
    if row is None:
        raise InputError("claim", claim, "is no claim of this casebook.", "`probata claims` lists them.")
    return _source(book, row)


def report_named(book: Casebook, name: str) -> Source:
    """The report of this name. Raises InputError when there is none."""
    from probata.model.errors import InputError
    from probata.store import models

    row = models.Report.objects.using(book.alias).filter(name=name).first()
    if row is None:
        raise InputError("report", name, "is no report of this casebook.", "`probata reports` lists them.")
    return _source(book, row)


def _source(book: Casebook, row: Any) -> Source:
    from probata.store import shielding

    return Source(row.name, shielding.of(book).text(row.text), row.published)


def record(told: Sequence[Reading]) -> str:
    """Readings for programs."""
    import json

    out = [
        {
            "claim": r.claim,
            "number": r.number,
            "kind": r.kind,
            "rejected": r.rejected,
            "by": r.who,
            "why": r.why,
            "at": r.at.isoformat() if r.at else None,
            "changes": [{"slot": c.slot, "before": c.before, "after": c.after} for c in _changed(told, n)],
            "record": r.record,
        }
        for n, r in enumerate(told)
    ]
    return json.dumps(out, ensure_ascii=False, indent=1) + "\n"


def table(told: Sequence[Reading]) -> str:
    """Readings for people, the first first."""
    from probata.export.judgedtext import value
    from probata.export.plain import isolated, one_line

    lines = []
    for n, r in enumerate(told):
        day = f", {r.at:%Y-%m-%d %H:%M} UTC" if r.at else ""
        why = f": {isolated(one_line(r.why))}" if r.why else ""
        lines.append(f"{r.number}  {r.kind} by {isolated(one_line(r.who or 'probata'))}{day}{why}")
        if not n:
            said = ", ".join(w for w in (r.record["type"], r.record["stance"]) if w)
            lines.append(f"     {said}: {isolated(one_line(r.record['evidence']['text']))}")
        for c in _changed(told, n):
            lines.append(f"     {c.slot}: {value(c.before)} -> {value(c.after)}")
        if r.rejected:
            lines.append("     counts nowhere")
    return "\n".join(lines) + "\n"


def _changed(told: Sequence[Reading], n: int) -> Sequence[Any]:
    from probata.store.readings import changes

    return changes(told[n - 1].record, told[n].record) if n else ()
