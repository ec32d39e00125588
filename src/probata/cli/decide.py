"""`probata decide`: a person's word that two claims are about the same incident, or are not."""

from __future__ import annotations

import argparse
import sys

from probata.cli import shared

EPILOG = """\
examples:
  probata decide same CLAIM CLAIM --by aliyah --why "the mayor corrected the day"
  probata decide different CLAIM CLAIM --by aliyah --why "two strikes, an hour apart"

A decision goes before every score and outlives every regrouping. It is taken back by a later one on the same two
claims; none is ever removed. `probata why CLAIM CLAIM` shows what speaks for either."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "decide",
        help="say that two claims are about the same incident, or are not",
        description="Writes down a person's decision on two claims, and regroups the incidents that they are in.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("decision", choices=("same", "different"))
    verb.add_argument("a", metavar="CLAIM", help="the id of a claim")
    verb.add_argument("b", metavar="CLAIM", help="the id of another")
    verb.add_argument("--by", metavar="NAME", required=True, help="who decides; an alias is enough")
    verb.add_argument("--why", metavar="WORDS", required=True, help="the reason")
    shared.add_casebook(verb)
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Write the decision down; returns the exit status."""
    from probata.model.incident import Decision
    from probata.store import grouping
    from probata.store.opening import casebook
    from probata.store.turn import turn

    row = Decision(chosen.a, chosen.b, chosen.decision == "same", chosen.by, chosen.why)
    with casebook(chosen.casebook) as book, turn(book):
        done = grouping.decide(book, row)
    words = f"incidents: {done.new:,} new, {done.changed:,} changed, {done.ended:,} joined or split"
    print(f"probata: {chosen.decision}, decided by {chosen.by}; {words}", file=sys.stderr)
    return 0
