"""The command line of the check, the same in the single file and in `probata check`."""

from __future__ import annotations

import argparse
import sys

from probata.audit.checker.opened import Options
from probata.audit.checker.release import check

STATUSES = "exit status: 0 all holds; 1 something is wrong; 2 cannot be read; 3 nothing wrong, but not all was checked"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What can be said on the command line."""
    command.add_argument("release", metavar="RELEASE.zip", help="the release, as it came")
    command.add_argument("--key", default="", metavar="FINGERPRINT", help="the key that it must be signed with")
    command.add_argument("--roots", default="", metavar="FILE", help="certificates of time authorities you trust (PEM)")
    command.add_argument("--earlier", default="", metavar="OLDER.zip", help="an older release: is its log in this one?")
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def main(arguments: list[str] | None = None) -> int:
    """Check what the command line names and print the report; the exit status."""
    command = argparse.ArgumentParser(
        prog="check.py",
        description="Checks a release of Probata. Needs Python; and openssl for the time. Reads only, no network.",
        epilog=STATUSES,
    )
    add_arguments(command)
    chosen = command.parse_args(arguments)
    try:
        with open(__file__, "rb") as file:
            program = file.read()
        report = check(chosen.release, Options(chosen.key, chosen.roots, chosen.earlier, program))
    except OSError as error:
        print(f"check.py: {error.filename}: cannot be read: {error.strerror}.", file=sys.stderr)
        return 2
    said = report.json() if chosen.format == "json" else report.text(chosen.release)
    sys.stdout.buffer.write(said.encode("utf-8", "backslashreplace"))
    return report.status
