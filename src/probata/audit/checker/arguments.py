"""What can be said on the command line, the same in the single file and in `probata check`."""

from __future__ import annotations

import argparse


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What can be said on the command line."""
    command.add_argument("release", metavar="RELEASE.zip", help="the release, as it came")
    command.add_argument(
        "--key", default="", metavar="KEY", help="who must have signed: a fingerprint, or a public key file"
    )
    command.add_argument("--roots", default="", metavar="FILE", help="certificates of time authorities you trust (PEM)")
    command.add_argument("--earlier", default="", metavar="OLDER.zip", help="an older release: is its log in this one?")
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
