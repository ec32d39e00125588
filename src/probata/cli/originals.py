"""`probata originals`: the bytes as they were received, and a second copy of them."""

from __future__ import annotations

import argparse
import sys

from probata.cli import shared

EPILOG = """\
examples:
  probata originals                            how many there are, and how large
  probata originals --mirror /media/usb/kessar a second copy, each file checked there

Run it again to bring the second copy up to date. What is there is checked and never written over.

exit status: 0 all is right; 1 something was changed, and is named."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "originals",
        help="count the originals, or keep a second copy of them",
        description="Counts the originals of the casebook, or copies them to a second place and checks them there.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shared.add_casebook(verb)
    verb.add_argument("--mirror", metavar="DIR", help="copy all originals to this folder, and check them there")
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Count or copy; returns the exit status."""
    from pathlib import Path

    from probata.export.words import counted
    from probata.store import originals
    from probata.store.opening import casebook

    with casebook(chosen.casebook) as book:
        if not chosen.mirror:
            sizes = [p.stat().st_size for p in book.originals.glob("??/*")]
            print(f"{book.originals}: {counted(len(sizes), 'original')}, {sum(sizes):,} bytes")
            return 0
        number, wrong = 0, 0
        for digest, problem in originals.mirror(book.originals, Path(chosen.mirror)):
            number += 1
            if problem:
                wrong += 1
                print(f"probata: original {digest}: {problem}", file=sys.stderr)
        print(f"{chosen.mirror}: {number - wrong:,} of {number:,} originals are there and right")
    return 1 if wrong else 0
