"""`probata link`: claims from anywhere, grouped into incidents, with what their sources agree and differ on."""

from __future__ import annotations

import argparse

from probata.cli import claimfiles, shared

EPILOG = """\
example:
  probata read reports/ --format jsonl | probata link - --format json

A line is a claim record of `probata read`, or a hand-coded one with plain strings: report, outlet, published,
speaker, relay, type, count, agents, place, date. Claims without an id are called REPORT#1, REPORT#2 and so on.
Figures of an event are compared and never added up; a person decides what is so."""


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
    verb.add_argument("--format", choices=("table", "json", "html"), default="table", help="default: table")
    verb.add_argument("-o", "--output", metavar="FILE", help="write here instead of to standard output")
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Link all claims named; returns the exit status."""
    from probata.assess.incidents import assessed
    from probata.export import incidentlines, incidenttable
    from probata.export.style import Style
    from probata.link.incidents import link

    found, failed = claimfiles.load(chosen.paths)
    if failed and not found.claims:
        return shared.close([*failed], [], 0)
    incidents = link(found.claims, found.about)
    known = list(assessed(found.claims, found.about, incidents))
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
