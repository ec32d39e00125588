"""`probata link`: claims from anywhere, grouped into incidents, with what their sources agree and differ on."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from probata.cli import claimfiles, shared

if TYPE_CHECKING:
    from probata.assess.law import Conflict

EPILOG = """\
examples:
  probata read reports/ --format jsonl | probata link - --format json
  probata link claims.jsonl --decisions decisions.jsonl      with what people decided: the same incident, or not
  probata link claims.jsonl --conflict non-international     with legal labels of that kind of conflict

A line is a claim record of `probata read`, or a hand-coded one with plain strings: report, outlet, published,
speaker, relay, type, count, agents, place, date. Claims without an id are called REPORT#1, REPORT#2 and so on.
Figures of an event are compared and never added up; a person decides what is so."""


_CONFLICTS: dict[str, Conflict] = {"non-international": "niac", "international": "iac"}


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "link",
        help="group claims into incidents",
        description="Groups claims into incidents, each with its sources, ranges and reasons.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("paths", nargs="+", metavar="CLAIMS", help="a file of claim records, or - for standard input")
    claimfiles.add_decisions(verb)
    said = "the kind of conflict, for legal labels (default: as law.yml has it of the country and day)"
    verb.add_argument("--conflict", choices=tuple(_CONFLICTS), help=said)
    verb.add_argument("--format", choices=("table", "json", "html"), default="table", help="default: table")
    verb.add_argument("-o", "--output", metavar="FILE", help="write here instead of to standard output")
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Link all claims named; returns the exit status."""
    from probata.assess.incidents import assessed
    from probata.export import incidentlines, incidenttable
    from probata.export.style import Style
    from probata.link.incidents import link

    decisions = claimfiles.decisions(chosen.decisions)
    found, failed = claimfiles.load(chosen.paths)
    if failed and not found.claims:
        return shared.close([*failed], [], 0)
    failed += claimfiles.unknown(chosen.decisions, decisions, {c.id for c in found.claims})
    incidents = link(found.claims, found.about, decisions)
    conflict = _CONFLICTS.get(chosen.conflict)
    known = list(assessed(found.claims, found.about, incidents, conflict=conflict))
    records = [incidentlines.record(a.incident, a.found) for a in known]
    with shared.output(chosen.output) as out:
        if chosen.format == "json":
            out.write(incidentlines.text(records))
        elif chosen.format == "html":
            from probata.export import incidentpage

            out.write(incidentpage.page(records, found.claims, found.about, known))
        else:
            out.write(incidenttable.table(records, Style.of(out)))
    return shared.close([*failed], [], len(found.claims))
