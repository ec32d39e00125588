"""`probata claims`: the claims that a casebook holds."""

from __future__ import annotations

import argparse

from probata.cli import listed, shared

EPILOG = """\
examples:
  probata claims --report karsa-1                           those of one report
  probata claims --type killing --place Tarqa               of one type at one place
  probata claims --speaker mayor --from 2031-05-19          of speakers with that word in their name, from a day on
  probata claims --stance denied --format jsonl             for programs: claim records, as of probata read
  probata claims --format jsonl | probata link - --format json

A claim is what a report says that somebody says. It does not say that anything happened."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "claims",
        help="list the claims of the casebook",
        description="Lists the claims of the casebook, report by report.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    listed.add(verb, "spoken of")
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """List the claims; returns the exit status."""
    from probata.export import terminal
    from probata.store import listing
    from probata.store.opening import casebook

    with casebook(chosen.casebook) as book, shared.output(chosen.output) as out:
        sought = listed.sought(chosen)
        if chosen.format == "table":
            style = terminal.Style.of(out)
            found = listing.by_report(book, sought, chosen.limit)
            views = (terminal.report_view(report, claims, style, text=False, rows=True) for report, claims in found)
            out.writelines(listed.or_else(views, "No claims.\n"))
        else:
            out.writelines(listed.lines(listing.claims(book, sought, chosen.limit), chosen.format))
    return 0
