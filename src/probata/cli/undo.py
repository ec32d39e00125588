"""`probata undo`: back to what stood before the last reading of a claim."""

from __future__ import annotations

import argparse

from probata.cli import readings

EPILOG = """\
examples:
  probata undo CLAIM --by aliyah --why "the second report says the same after all"

Nothing is removed: the reading that is undone stays in the history that `probata reading CLAIM` shows."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "undo",
        help="bring back what stood before the last reading of a claim",
        description="Lets a claim stand as before its last reading, by one more, and regroups what it touches.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("claim", metavar="CLAIM", help="the id of a claim")
    readings.add(verb)
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Write the reading down; returns the exit status."""
    from probata.store import readings as kept

    with readings.opened(chosen) as book:
        seen = kept.history(book, chosen.claim)[-1].number if chosen.seen is None else chosen.seen
        done = kept.undo(book, chosen.claim, chosen.by, chosen.why, seen)
        readings.regrouped(book, f"reading {done.number} of {done.claim} by {chosen.by}")
    return 0
