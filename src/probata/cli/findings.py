"""`probata findings`: what people found of an incident, or what waits for a second person."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from probata.cli import shared

if TYPE_CHECKING:
    from probata.store.findings import Proposal

EPILOG = """\
examples:
  probata findings                           what waits for a second person, or to be looked at again
  probata findings inc-0123456789ab          what stands on an incident, and how it came to that
  probata findings inc-0123456789ab --format json"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "findings",
        help="show what people found of an incident, or what waits for a second person",
        description="Shows findings with their standard of proof, reason, both people and signature.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("incident", metavar="ID", nargs="?", help="an incident; without it, what waits in all")
    shared.add_casebook(verb)
    verb.add_argument("--format", choices=("table", "json"), default="table", help="default: table")
    verb.add_argument("-o", "--output", metavar="FILE", help="write here instead of to standard output")
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Show them; returns the exit status."""
    import json

    from probata.export import judgedtext
    from probata.export.plain import isolated, one_line
    from probata.store import carried, findings, shown
    from probata.store.judged import of_earlier, of_proposal, sentences
    from probata.store.opening import casebook

    said: list[str] = []
    with casebook(chosen.casebook) as book:
        if chosen.incident:
            name = shown.named(book, chosen.incident)
            found = findings.of(book, name)
            said, told = sentences(found, shown.edition(book, name)), found.history
            before = carried.earlier(book, name)
        else:
            told = tuple(findings.waiting(book))
            before = carried.gone(book)
    with shared.output(chosen.output) as out:
        if chosen.format == "json":
            records = [of_proposal(p) for p in told]
            record = {"sentences": said, "proposals": records, "earlier": [of_earlier(e) for e in before]}
            out.write(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
        else:
            out.writelines(f"{line}\n" for line in _lines(said, told))
            earlier = (judgedtext.before(of_earlier(e), here=bool(chosen.incident)) for e in before)
            out.writelines(f"{isolated(one_line(line))}\n" for line in earlier)
    return 0


def _lines(said: Iterable[str], told: Iterable[Proposal]) -> Iterator[str]:
    from probata.export.plain import isolated, one_line

    for sentence in said:
        yield isolated(one_line(sentence))
    for p in told:
        f = p.finding
        what = f"that {f.party} did it" if f.party else "that it happened"
        signed = f", signed ({p.signed})" if p.signed else ", needs a signature" if p.lacks_signature else ""
        second = f", {f.second}: {p.answer or p.state}" if f.second else ""
        line = f"{p.number}  {p.state}: {p.incident} version {f.version}, {what}: {f.standard.value}"
        yield isolated(one_line(f"{line} ({f.who}, {p.at:%Y-%m-%d %H:%M} UTC{signed}{second}): {f.reason}"))
