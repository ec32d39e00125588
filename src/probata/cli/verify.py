"""`probata verify`: is the casebook as it was written?"""

from __future__ import annotations

import argparse
import sys

from probata.cli import shared

EPILOG = """\
examples:
  probata verify                      log, rows and the bytes of every original
  probata verify --quick              without the bytes of originals and what grouping keeps
  probata verify --head 1204:5f3a…    and against a state of the log that you wrote down earlier

Every step is in a log whose entries carry the hash of the one before. Whoever can rewrite all of it and all rows is
found out only by a head that was kept elsewhere: write down the last line of this command, publish it, or have it
stamped.

exit status: 0 nothing is wrong; 1 something is, and the first wrong item is named; 2 it cannot be read."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "verify",
        help="check that nothing in the casebook was altered",
        description="Checks originals, rows and log of the casebook, and names the first item that is not as written.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shared.add_casebook(verb)
    verb.add_argument("--quick", action="store_true", help="leave out originals' bytes and what grouping keeps")
    said = "a state of the log that was kept elsewhere: number of entries and root"
    verb.add_argument("--head", action="append", default=[], metavar="SIZE:ROOT", type=_head, help=said)
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Check the casebook; returns the exit status."""
    from probata.audit.merkle import TreeHead
    from probata.store.opening import casebook
    from probata.store.verifying import verify

    def told(what: str, number: int) -> None:
        if sys.stderr.isatty():
            print(f"\r\x1b[K{what}: {number:,}", end="", file=sys.stderr, flush=True)

    heads = [TreeHead("the head you gave", size, root) for size, root in chosen.head]
    with casebook(chosen.casebook) as book:
        found = verify(book, heads, chosen.quick, told)
        if sys.stderr.isatty():
            print("\r\x1b[K", end="", file=sys.stderr)
        for remark in found.remarks:
            print(f"remark: {remark}")
        if found.wrong:
            print(f"wrong: {found.wrong}")
            return 1
        checked = f"{found.entries:,} entries of the log, {found.rows:,} rows"
        print(f"{book.folder}: nothing is wrong: {checked}, {found.originals:,} originals ({found.bytes:,} bytes)")
        if chosen.quick:
            print("not checked: the bytes of originals, and what grouping keeps")
        print(f"head: {found.entries}:{found.root}")
    return 0


def _head(said: str) -> tuple[int, str]:
    size, _, root = said.partition(":")
    if not size.isdecimal() or len(root) != 64 or set(root) - set("0123456789abcdef"):
        raise argparse.ArgumentTypeError(f"{said!r} is no head: write SIZE:ROOT, as `probata verify` prints it")
    return int(size), root
