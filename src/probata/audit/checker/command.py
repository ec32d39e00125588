"""Running the check from the command line."""

from __future__ import annotations

import argparse
import sys

from probata.audit.checker.arguments import add_arguments
from probata.audit.checker.opened import Options
from probata.audit.checker.release import check

STATUSES = "exit status: 0 all holds; 1 something is wrong; 2 cannot be read; 3 nothing wrong, but not all was checked"


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
