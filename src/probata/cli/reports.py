"""`probata reports`: the reports that a casebook holds."""

from __future__ import annotations

import argparse

from probata.cli import listed, shared

EPILOG = """\
examples:
  probata reports                                     all, by day of publication
  probata reports --outlet meren --from 2031-05-01    of outlets with that word in their name, from a day on
  probata reports --type killing --place Tarqa        that say of a killing in Tarqa
  probata reports --format jsonl                      for programs: with digests, gaps and who added them"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "reports",
        help="list the reports of the casebook",
        description="Lists the reports of the casebook, each with its day, outlet and number of claims.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    listed.add(verb, "published")
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """List the reports; returns the exit status."""
    from probata.export.reporttable import rows
    from probata.export.style import Style
    from probata.store import listing
    from probata.store.opening import casebook

    with casebook(chosen.casebook) as book, shared.output(chosen.output) as out:
        found = listing.reports(book, listed.sought(chosen), chosen.limit)
        if chosen.format == "table":
            out.writelines(listed.or_else(rows(found, Style.of(out)), "No reports.\n"))
        else:
            out.writelines(listed.lines(found, chosen.format))
    return 0
