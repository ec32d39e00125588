"""What the verbs share: paths and options of reports, their output, and the account of what failed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Protocol, TextIO

from probata.model.errors import InputError, ProbataError
from probata.model.report import Report


def add_input(verb: argparse.ArgumentParser) -> None:
    """The arguments that say what to read."""
    verb.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
    verb.add_argument("--published", type=day, metavar="DATE", help="when it was published, as in 2031-05-20")
    verb.add_argument("--outlet", metavar="NAME", help="who published it")
    verb.add_argument("--largest", type=number, default=64, metavar="MB", help="largest file to read (default 64)")
    verb.add_argument("--roots", metavar="FILE", help="certificates that signed web archives must lead to (PEM)")


def add_casebook(verb: argparse.ArgumentParser) -> None:
    """The argument that says which casebook."""
    said = "the casebook's folder (default: that of PROBATA_HOME, else ./casebook)"
    verb.add_argument("--casebook", metavar="FOLDER", help=said)


def add_running(verb: argparse.ArgumentParser) -> None:
    """The arguments that say how to go about it."""
    verb.add_argument("-o", "--output", metavar="FILE", help="write here instead of to standard output")
    add_jobs(verb)


def add_jobs(verb: argparse.ArgumentParser) -> None:
    """The arguments of long work: over how many processes, and whether its progress is shown."""
    verb.add_argument(
        "--jobs", type=number, metavar="N", help="processes (default: one for few reports, else one a core)"
    )
    verb.add_argument("--progress", action="store_true", help="show progress even when this is no terminal")


def day(value: str) -> date:
    """A day, as an option gives it."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is no date; write year-month-day, as in 2031-05-20") from None


def number(value: str) -> int:
    """A whole number above 0, as an option gives it."""
    if not value.isdecimal() or not 1 <= int(value[:9]) <= 100_000:
        raise argparse.ArgumentTypeError(f"{value!r} is not a whole number from 1 to 100,000")
    return int(value)


@contextmanager
def output(path: str | None) -> Iterator[TextIO]:
    """Standard output, or the file at `path`. Raises InputError when it cannot be written."""
    if path is None or path == "-":
        yield sys.stdout
        return
    try:
        file = open(path, "w", encoding="utf-8")  # noqa: SIM115  (closed below; the body's errors are not ours)
    except OSError as error:
        raise InputError("output", path, f"cannot be written: {error.strerror}.", "Name another file.") from error
    with file:
        yield file


Write = Callable[[Report, tuple[object, ...]], None]  # told of each report and what was found in it


class Sieve(Protocol):
    """What stands between acquiring reports and reading them: it may pass some over, and sees each file's bytes."""

    def received(self, digest: str, raw: bytes) -> object:
        """The bytes of the file that the next reports come from, under their SHA-256."""

    def new(self, reports: Iterable[Report]) -> Iterator[Report]:
        """The reports to be read."""


def run(chosen: argparse.Namespace, verb: str, write: Write) -> int:
    """Acquire what was named, hand each report and what was found to `write`; returns the exit status."""
    failed, unread, read = through(chosen, verb, write)
    return close(failed, unread, read)


def through(
    chosen: argparse.Namespace, verb: str, write: Write, sieve: Sieve | None = None
) -> tuple[list[ProbataError], list[Report], int]:
    """As `run`, by way of `sieve`: what failed, what is in a language not yet read, and how many were read."""
    from probata.acquire import Options, reports
    from probata.acquire.language import is_read
    from probata.cli.progress import Progress
    from probata.cli.running import Task, outcomes

    options = Options(chosen.published, chosen.outlet, None, chosen.largest * 1_000_000, _roots(chosen.roots))
    progress = Progress(_bytes(chosen.paths), shown=chosen.progress)
    failed: list[ProbataError] = []
    unread: list[Report] = []

    def sound() -> Iterator[Report]:
        for report in reports(chosen.paths, options, sieve.received if sieve else None):
            if isinstance(report, ProbataError):
                failed.append(report)
                progress.step(0, failed=True)
            else:
                yield report

    wanted = sieve.new(sound()) if sieve else sound()
    task = Task(verb, getattr(chosen, "gazetteer", None), chosen.jobs, getattr(chosen, "explain", False))
    try:
        for done in outcomes(wanted, task):
            progress.hide()
            size = done.report.origin.size if done.report.origin else 0
            if done.error:
                failed.append(done.error)
            else:
                write(done.report, done.found)
                if not is_read(done.report):
                    unread.append(done.report)
            progress.step(size, failed=bool(done.error))
    finally:
        progress.close()
    return failed, unread, progress.done


def _roots(path: str | None) -> bytes:
    """The certificates of a file. Raises InputError when it cannot be read, SetupError when it holds none."""
    if not path:
        return b""
    from probata.acquire.seal import trusted

    try:
        with open(path, "rb") as file:
            roots = file.read()
    except OSError as error:
        raise InputError("roots", path, f"cannot be read: {error.strerror}.", "Check the name.") from error
    trusted(roots)
    return roots


def _bytes(paths: list[str]) -> int | None:
    """The size of all that is named; None when standard input is among it."""
    from probata.acquire.walk import walk

    if "-" in paths:
        return None
    return sum(os.path.getsize(p) for p in walk(paths) if isinstance(p, str))


def close(failed: list[ProbataError], unread: list[Report], read: int) -> int:
    """Name what failed and what waits on standard error; the status: 0 none failed, 1 some, 2 when nothing was read."""
    from probata.export.plain import one_line

    for report in unread:
        print(f"probata: {one_line(report.id)}: not yet read (language {report.language})", file=sys.stderr)
    if failed and read + len(failed) > 1:
        print(f"probata: {len(failed)} of {read + len(failed)} could not be read:", file=sys.stderr)
    for error in failed:
        print(f"probata: {one_line(str(error))}", file=sys.stderr)
    return 0 if not failed else 1 if read else 2
