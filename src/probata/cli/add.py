"""`probata add`: reports into a casebook, with their originals and all that is derived from them."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from probata.cli import shared

if TYPE_CHECKING:
    from probata.store.adding import Added
    from probata.store.grouping import Grouped

EPILOG = """\
examples:
  probata add reports/                                the casebook is ./casebook
  probata add page.html --published 2031-05-20 --by aliyah
  PROBATA_HOME=~/kessar probata add wire.jsonl        another folder
  PROBATA_DATABASE=postgresql://me@host/kessar probata add reports/

The bytes are kept as they were received, under their SHA-256. What is there already adds nothing, so a run
that was interrupted is simply run again. New reports change only the incidents that they touch; every earlier
version stays readable (probata incident ID --version N)."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "add",
        help="read reports and keep them in a casebook",
        description="Reads reports and keeps originals, claims and incidents in one folder, the casebook.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shared.add_input(verb)
    shared.add_casebook(verb)
    verb.add_argument("--gazetteer", metavar="FILE", help="your own places (YAML or CSV), looked up first")
    verb.add_argument("--by", metavar="NAME", default="", help="who adds them; an alias is enough")
    shared.add_jobs(verb)
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Add all reports named; returns the exit status."""
    from probata.store import grouping, shielding
    from probata.store.adding import Adding
    from probata.store.opening import casebook
    from probata.store.turn import turn

    with casebook(chosen.casebook, create=True) as book, turn(book):
        adding = Adding(book, chosen.by)
        try:
            failed, unread, read = shared.through(chosen, "read", adding.keep, adding)  # type: ignore[arg-type]
        finally:
            adding.finish()
        grouped = grouping.update(book)
        shield = shielding.of(book)
        failed, unread = shield.shown((failed, unread))
        print(_account(adding.done, grouped, os.fspath(book.folder)), file=sys.stderr)
    return shared.close(failed, unread, read + adding.done.known)


def _account(done: Added, grouped: Grouped, folder: str) -> str:
    """What was done, in a line: reports, claims, incidents."""
    from probata.export.words import counted

    words = [f"{counted(done.reports, 'report')} added with {counted(done.claims, 'claim')}"]
    if done.known:
        words.append(f"{done.known:,} already there")
    words.append(f"incidents: {grouped.new:,} new, {grouped.changed:,} changed, {grouped.ended:,} joined or split")
    return f"probata: {folder}: " + "; ".join(words)
