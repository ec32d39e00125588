"""What the verbs that list a casebook's reports and claims share: filters, and lines that are written as they come."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from probata.cli import shared
from probata.model.claim import ClaimType, Stance

if TYPE_CHECKING:
    from probata.store.listing import Sought


def add(verb: argparse.ArgumentParser, days: str) -> None:
    """The filters; `days` says in a word or two which days count."""
    shared.add_casebook(verb)
    verb.add_argument("--report", metavar="ID", help="only this report")
    verb.add_argument("--outlet", metavar="WORDS", help="only outlets with these words in their name")
    verb.add_argument("--language", metavar="CODE", help="only in this language, as in ar")
    verb.add_argument("--from", dest="start", type=shared.day, metavar="DATE", help=f"not {days} before this day")
    verb.add_argument("--to", dest="end", type=shared.day, metavar="DATE", help=f"not {days} after this day")
    verb.add_argument(
        "--type", choices=[t.value for t in ClaimType], metavar="TYPE", help="only claims of this type, such as killing"
    )
    verb.add_argument(
        "--stance",
        choices=[s.value for s in Stance],
        metavar="STANCE",
        help="only claims of this stance, such as denied",
    )
    verb.add_argument("--speaker", metavar="WORDS", help="only claims of speakers with these words in their name")
    verb.add_argument("--place", metavar="WORDS", help="only claims of places with these words in their name")
    verb.add_argument("--limit", type=shared.number, metavar="N", help="at most so many (default: all)")
    verb.add_argument("--format", choices=("table", "json", "jsonl"), default="table", help="default: table")
    verb.add_argument("-o", "--output", metavar="FILE", help="write here instead of to standard output")


def sought(chosen: argparse.Namespace) -> Sought:
    """The filters as they were chosen."""
    from probata.store.listing import Sought

    names = ("report", "outlet", "language", "type", "stance", "speaker", "place", "start", "end")
    return Sought(**{name: getattr(chosen, name) for name in names})


def lines(records: Iterable[dict[str, Any]], form: str) -> Iterator[str]:
    """Records as lines of JSON, or as one list of JSON with a record a line."""
    from probata.export.jsonl import line

    if form == "jsonl":
        yield from (line(record) + "\n" for record in records)
        return
    yield "["
    between = "\n"
    for record in records:
        yield between + line(record)
        between = ",\n"
    yield "\n]\n"


def or_else(parts: Iterable[str], nothing: str) -> Iterator[str]:
    """The parts, or what is said when there are none."""
    empty = True
    for part in parts:
        empty = False
        yield part
    if empty:
        yield nothing
