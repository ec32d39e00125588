"""`probata code`: a claim that the machine missed."""

from __future__ import annotations

import argparse

from probata.cli import readings, slots

EPILOG = f"""\
examples:
  probata code market-report --slot evidence="Six people were killed" --slot type=killing --slot count="Six" \\
    --by aliyah --why "missed: the sentence stands in a caption"
  probata code arabic-report --record claim.json --by aliyah --why "Arabic is not read by the machine yet"

A claim needs evidence and a type; its stance is affirmed unless a slot says otherwise. Reports of every language can
be coded so.

{slots.HELP}"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "code",
        help="add a claim that the machine missed",
        description="Adds a claim of a report that the machine missed, and regroups the incidents that it touches.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("report", metavar="REPORT", help="the id of a report, as `probata reports` shows it")
    slots.add(verb)
    readings.add(verb, seen=False)
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Write the claim down; returns the exit status."""
    from probata.store import readings as kept

    with readings.opened(chosen) as book:
        of = readings.report_named(book, chosen.report)
        given = slots.given(chosen, of.text, None, of.day)
        done = kept.add(book, of.name, {"stance": "affirmed", **given}, chosen.by, chosen.why)
        readings.regrouped(book, f"claim {done.claim} by {chosen.by}")
        print(done.claim)
    return 0
