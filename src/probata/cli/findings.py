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
  probata findings                           proposals that wait for a second person
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

    from probata.store import findings, shown
    from probata.store.opening import casebook

    said: list[str] = []
    with casebook(chosen.casebook) as book:
        if chosen.incident:
            name = shown.named(book, chosen.incident)
            judged = findings.of(book, name)
            said, told = judged.sentences(shown.edition(book, name).number), judged.history
        else:
            told = tuple(findings.waiting(book))
    with shared.output(chosen.output) as out:
        if chosen.format == "json":
            records = [_record(p) for p in told]
            out.write(json.dumps({"sentences": said, "proposals": records}, ensure_ascii=False, indent=1) + "\n")
        else:
            out.writelines(f"{line}\n" for line in _lines(said, told))
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


def _record(p: Proposal) -> dict[str, object]:
    f = p.finding
    return {
        "number": p.number, "state": p.state, "incident": p.incident, "version": f.version, "sources": f.sources,
        "kind": f.kind.value, "standard": f.standard.value, "party": f.party, "reason": f.reason, "by": f.who,
        "at": p.at.isoformat(), "second": f.second or None, "answer": p.answer or None,
        "answered": p.answered.isoformat() if p.answered else None, "signed": p.signed or None,
    }  # fmt: skip
