"""`probata incidents`: the incidents of a casebook, as they stand now."""

from __future__ import annotations

import argparse

from probata.cli import shared

EPILOG = """\
examples:
  probata incidents                                   all, by day
  probata incidents --place Tarqa --from 2031-05-01   at one place, from a day on
  probata incidents --sources 2 --format json         with two independent sources or more, for programs
  probata incidents --format html -o incidents.html   a timeline and the trees of sources

Figures are what sources say, from the lowest to the highest. `probata incident ID` shows one with its history."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "incidents",
        help="list the incidents of the casebook",
        description="Lists the incidents of the casebook, each with its range, its independent sources and its grade.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shared.add_casebook(verb)
    verb.add_argument("--type", metavar="TYPE", help="only of this type, such as killing")
    verb.add_argument("--place", metavar="NAME", help="only at this place")
    verb.add_argument("--from", dest="start", type=shared.day, metavar="DATE", help="not before this day")
    verb.add_argument("--to", dest="end", type=shared.day, metavar="DATE", help="not after this day")
    verb.add_argument(
        "--sources", type=shared.number, default=0, metavar="N", help="with N independent sources or more"
    )
    verb.add_argument("--grade", metavar="GRADE", help="only of this suggested grade, such as contested")
    verb.add_argument("--ended", action="store_true", help="those that were joined with others or split instead")
    verb.add_argument("--format", choices=("table", "json", "html"), default="table", help="default: table")
    verb.add_argument("-o", "--output", metavar="FILE", help="write here instead of to standard output")
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """List the incidents; returns the exit status."""
    from probata.export import incidentlines, incidenttable
    from probata.export.style import Style
    from probata.store import shielding, shown, stored
    from probata.store.opening import casebook

    names = ("type", "place", "start", "end", "sources", "grade", "ended")
    with casebook(chosen.casebook) as book, shared.output(chosen.output) as out:
        shield = shielding.of(book)
        wanted = shield.shown(shown.Wanted(**{n: getattr(chosen, n) for n in names}))
        found = list(shown.incidents(book, wanted))
        records = shield.shown(found)
        if chosen.format == "json":
            out.write(incidentlines.text(records))
        elif chosen.format == "html":
            from probata.export import incidentpage

            of = stored.claims_of_incidents(book, [r["id"] for r in found])
            claims = [claim for told in of.values() for claim in told]
            about = stored.about(book, {c.report for c in claims})
            apart = shielding.Apart(book)
            out.write(shielding.together(incidentpage.page(*apart.shown((found, claims, about)))))
        else:
            out.write(incidenttable.table(records, Style.of(out)))
    return 0
