"""Claim files: what the verbs that work on claims share, from their names to incidents with assessments."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from probata.model.errors import InputError

if TYPE_CHECKING:
    from probata.export.claimlines import Records
    from probata.model.incident import Decision


_LEAST = 6  # characters by which a claim may be named


def add_claims(verb: argparse.ArgumentParser) -> None:
    """The option that names the files of claims."""
    verb.add_argument(
        "--claims",
        nargs="+",
        metavar="FILE",
        help="claim records, as `probata read --format jsonl` writes them, instead of a casebook; - is standard input",
    )


def add_decisions(verb: argparse.ArgumentParser) -> None:
    """The option that names a file of people's decisions."""
    verb.add_argument(
        "--decisions",
        metavar="FILE",
        help='people\'s decisions, one a line: {"a": CLAIM, "b": CLAIM, "same": true, "who": NAME, "why": REASON}',
    )


def decisions(path: str | None) -> list[Decision]:
    """The decisions of a file, in order; none without one. Raises InputError for a file or a line that is none."""
    from probata.export.decisionlines import read

    if path is None:
        return []
    try:
        with open(path, "rb") as file:
            return read(path, _lines(file))
    except OSError as error:
        advice = "Check the name and its permissions."
        raise InputError("unreadable", path, f"cannot be read: {error.strerror or error}.", advice) from error


def unknown(path: str | None, rows: Iterable[Decision], ids: Collection[str]) -> Iterator[InputError]:
    """An error for each claim of a file of decisions that is not among these: its decision counts for nothing."""
    for row in rows:
        for name in (row.a, row.b):
            if name not in ids:
                advice = "Decisions name claims by their whole ids."
                yield InputError("decision", path or "", f"names {name}, which is none of the claims.", advice)


def load(paths: Iterable[str]) -> tuple[Records, list[InputError]]:
    """The claims of all files, and what could not be read: whole files, then single lines."""
    from probata.export.claimlines import read

    unreadable: list[InputError] = []
    found = read(_sources(paths, unreadable))
    return found, [*unreadable, *found.failed]


def claim_named(name: str, ids: Collection[str], advice: str) -> str:
    """The id of the claim that is named so, or whose id, with or without "sha256:", begins so. Raises InputError."""
    if name in ids:
        return name
    found = sorted(i for i in ids if i.startswith(name) or i.partition(":")[2].startswith(name))
    if len(found) == 1 and len(name) >= _LEAST:
        return found[0]
    if found and len(name) >= _LEAST:
        raise InputError("claim", name, f"is the beginning of {len(found)} ids: {', '.join(found[:3])}.", "Give more.")
    raise InputError("claim", name, f"is none of the {len(ids):,} claims.", advice)


def _sources(paths: Iterable[str], failed: list[InputError]) -> Iterator[tuple[str, Iterable[str]]]:
    for path in paths:
        if path == "-":
            yield "standard input", _lines(sys.stdin.buffer)
            continue
        try:
            with open(path, "rb") as file:
                yield path, _lines(file)
        except OSError as error:
            problem = f"cannot be read: {error.strerror or error}."
            failed.append(InputError("unreadable", path, problem, "Check the name and its permissions."))


def _lines(file: Iterable[bytes]) -> Iterator[str]:
    """Lines as text; bytes that are no UTF-8 become the replacement character."""
    for n, line in enumerate(file):
        yield line.decode("utf-8-sig" if n == 0 else "utf-8", "replace")
