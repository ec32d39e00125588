"""`probata reading`: all readings of a claim, the machine's and people's, each with what it changed."""

from __future__ import annotations

import argparse

from probata.cli import shared

EPILOG = """\
examples:
  probata reading CLAIM                  who read it how, when and why, the machine first
  probata reading CLAIM --format json    for programs: every reading whole, with its changes

The last one stands. `probata correct`, `probata reject` and `probata undo` write another."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "reading",
        help="show how a claim was read, by the machine and by people",
        description="Shows all readings of a claim, each with who, when, why and what it changed.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("claim", metavar="CLAIM", help="the id of a claim")
    shared.add_casebook(verb)
    verb.add_argument("--format", choices=("table", "json"), default="table", help="default: table")
    verb.add_argument("-o", "--output", metavar="FILE", help="write here instead of to standard output")
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Show the history; returns the exit status."""
    from probata.cli import readings
    from probata.store import readings as kept
    from probata.store.opening import casebook

    with casebook(chosen.casebook) as book:
        told = kept.history(book, chosen.claim)
    with shared.output(chosen.output) as out:
        out.write(readings.record(told) if chosen.format == "json" else readings.table(told))
    return 0
