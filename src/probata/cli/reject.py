"""`probata reject`: a claim of the casebook that counts nowhere from then on."""

from __future__ import annotations

import argparse

from probata.cli import readings

EPILOG = """\
examples:
  probata reject CLAIM --by aliyah --why "the sentence is about another war"

The claim stays readable with all its readings; lists, incidents and releases leave it out. `probata undo CLAIM` brings
it back."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "reject",
        help="let a claim count nowhere",
        description="Lets a claim count nowhere, as the report does not say that, and regroups what it touched.",
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
        done = kept.reject(book, chosen.claim, chosen.by, chosen.why, seen)
        readings.regrouped(book, f"reading {done.number} of {done.claim} by {chosen.by}")
    return 0
