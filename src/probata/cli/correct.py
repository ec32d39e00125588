"""`probata correct`: a claim of the casebook as a person reads it."""

from __future__ import annotations

import argparse

from probata.cli import readings, slots

EPILOG = f"""\
examples:
  probata correct CLAIM --slot place="Old Tarqa" --by aliyah --why "the market is in the old town"
  probata correct CLAIM --slot count="at least 12" --by aliyah --why "the nine were wounded"
  probata correct CLAIM --slot stance=denied --by aliyah --why "the general says that they did not"
  probata correct CLAIM --record slots.json --by aliyah --why "read again with the Arabic original"

{slots.HELP}

The machine's reading stays, and so does every earlier one: `probata reading CLAIM` shows them, `probata undo CLAIM`
brings back what stood before."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "correct",
        help="read a claim otherwise than it stands",
        description="Lets a claim stand as a person reads it, and regroups the incidents that it touches.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("claim", metavar="CLAIM", help="the id of a claim")
    slots.add(verb)
    readings.add(verb)
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Write the reading down; returns the exit status."""
    from probata.store import readings as kept

    with readings.opened(chosen) as book:
        of = readings.report_of_claim(book, chosen.claim)
        last = kept.history(book, chosen.claim)[-1]
        given = slots.given(chosen, of.text, last.record["evidence"], of.day)
        seen = last.number if chosen.seen is None else chosen.seen
        done = kept.correct(book, chosen.claim, given, chosen.by, chosen.why, seen)
        readings.regrouped(book, f"reading {done.number} of {done.claim} by {chosen.by}")
    return 0
