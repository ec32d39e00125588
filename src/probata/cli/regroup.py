"""`probata regroup`: all claims of a casebook grouped anew, as if all reports had come at once."""

from __future__ import annotations

import argparse
import sys

from probata.cli import shared

EPILOG = """\
example:
  probata regroup

Adding reports regroups only what they touch. Over years this and grouping everything at once can drift a little
apart; after a new version of the rules they do. Decisions hold, ids are kept as far as they can be, and every incident
that changes gets a new version that says so."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "regroup",
        help="group all claims of the casebook anew",
        description="Groups all claims of the casebook anew, from claims and decisions alone.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shared.add_casebook(verb)
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Group anew; returns the exit status."""
    from probata.store import grouping
    from probata.store.opening import casebook
    from probata.store.turn import turn

    with casebook(chosen.casebook) as book, turn(book):
        done = grouping.update(book)
        done += grouping.anew(book)
    words = f"{done.new:,} new, {done.changed:,} changed, {done.ended:,} joined or split"
    print(f"probata: grouped anew; incidents: {words}", file=sys.stderr)
    return 0
