"""`probata check`: is a release as it was made, by whom, since when, and what is not proven."""

from __future__ import annotations

import argparse
import sys
import time
from typing import Self

EPILOG = """\
examples:
  probata check release.zip
  probata check release.zip --key 3f2a...              signed by the key that its publisher gave you another way
  probata check release.zip --roots authority.pem      stamped by an authority that you trust
  probata check release.zip --earlier last-year.zip    nothing in its log was changed since an older release

The file check.py inside a release does the same with Python alone; docs/custody.md tells how to do it by hand.

exit status: 0 all holds; 1 something is wrong; 2 cannot be read; 3 nothing wrong, but not all could be checked here."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    from probata.audit.checker.arguments import add_arguments

    verb = verbs.add_parser(
        "check",
        help="check a release that somebody published",
        description="Checks a release: its files, log, signature and time. Says what is proven and what is not.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_arguments(verb)
    verb.set_defaults(run=run)


class Bytes:
    """How much of a large release has been read, on one line of a terminal."""

    def __init__(self) -> None:
        self._start = self._last = time.monotonic()
        self._drawn = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[K")

    def tick(self, done: int, total: int) -> None:
        """So many bytes of all are read."""
        now = time.monotonic()
        if sys.stderr.isatty() and now - self._start > 1 and now - self._last > 0.2:
            self._last, self._drawn = now, True
            sys.stderr.write(f"\r\x1b[K{done / max(total, 1):.0%} of {total / 1e6:,.0f} MB read")
            sys.stderr.flush()


def run(chosen: argparse.Namespace) -> int:
    """Check the release named; returns the exit status."""
    from probata.audit.checker import single_file
    from probata.audit.checker.opened import Options
    from probata.audit.checker.release import check
    from probata.model.errors import InputError

    options = Options(chosen.key, chosen.roots, chosen.earlier, single_file())
    try:
        with Bytes() as progress:
            report = check(chosen.release, options, progress.tick)
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}."
        raise InputError("unreadable", str(error.filename), problem, "Check the name and its permissions.") from error
    sys.stdout.write(report.json() if chosen.format == "json" else report.text(chosen.release))
    return report.status
