"""Reading files: each path into the reports it holds, a bad one named without stopping the rest."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import cast

from probata.acquire.archived import Archive, archived, is_archive
from probata.acquire.encoding import decode
from probata.acquire.filling import complete
from probata.acquire.media import charset_of, media_of, refuse_foreign
from probata.acquire.options import Options
from probata.acquire.page import page
from probata.acquire.records import records
from probata.acquire.walk import STANDARD_INPUT, walk
from probata.model.errors import InputError
from probata.model.report import Origin, Report

Received = Callable[[str, bytes], object]  # told the SHA-256 and the bytes of each file, before its reports


def reports(
    paths: Iterable[str | Path], options: Options | None = None, received: Received | None = None
) -> Iterator[Report | InputError]:
    """The reports of files, folders and "-" (standard input), in a stable order; an InputError where one is unreadable.

    Ids are unique within a run: a second report of the same id gets the start of its digest appended, and
    a gap says so. `received` is for whoever keeps the originals.
    """
    options = options or Options()
    seen: set[str] = set()
    for path in walk(paths):
        if isinstance(path, InputError):
            yield path
            continue
        for report in _file(path, options, received):
            if isinstance(report, Report):
                report = _unique(report, seen)
            yield report


def report_of_text(text: str, options: Options | None = None, name: str = "text") -> Report:
    """A report made of a text that is already in memory. Raises InputError when it is empty."""
    raw = text.encode("utf-8", "surrogatepass")
    origin = _origin(name, hashlib.sha256(raw).hexdigest(), len(raw), "text", "utf-8")
    return _of_text(text, name, "text", origin, options or Options())


def _file(path: str, options: Options, received: Received | None) -> Iterator[Report | InputError]:
    name = "standard input" if path == STANDARD_INPUT else path
    try:
        if path != STANDARD_INPUT and is_archive(path):
            yield from _archive(path, options, received)
            return
        raw = _bytes(path, name, options.largest)
        digest = hashlib.sha256(raw).hexdigest()
        if received:
            received(digest, raw)
        refuse_foreign(raw, name)
        media = media_of(raw, os.path.splitext(path)[1].lower())
        decoded = decode(raw, name, charset_of(raw) if media == "html" else None)
        if not decoded.text.strip():
            raise InputError("empty", name, "is empty.", "Give a file with the text of a report.")
        if media in {"json", "jsonl"}:
            for found in records(decoded.text, path, media, decoded.encoding, options):
                yield found if isinstance(found, InputError) else _within(found, digest)
            return
        origin = _origin(path, digest, len(raw), media, decoded.encoding)
        if media == "html":
            report = complete(page(decoded.text, _stem(path), name, origin), options)
        else:
            report = _of_text(decoded.text, _stem(path), name, origin, options)
        yield replace(report, gaps=(*decoded.gaps, *report.gaps))
    except InputError as error:
        yield error
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}."
        yield InputError("unreadable", name, problem, "Check the name and its permissions.")


def _archive(path: str, options: Options, received: Received | None) -> Iterator[Report | InputError]:
    """The reports of a web archive, streamed whatever its size; only its pages are held to the largest size."""
    if not os.path.getsize(path):
        raise InputError("empty", path, "is empty.", "Give an archive that holds pages.")
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        if received:
            # a view of the file that reads as its bytes do, so that gigabytes are kept without being held
            received(digest, cast(bytes, mmap(file.fileno(), 0, access=ACCESS_READ)))
        yield from archived(file, Archive(path, path, _stem(path), digest), options)


def _bytes(path: str, name: str, largest: int) -> bytes:
    """The file's bytes. The size is checked before reading, and again while reading what has no size."""
    if path == STANDARD_INPUT:
        raw = sys.stdin.buffer.read(largest + 1)
    else:
        if os.path.getsize(path) > largest:
            raise _too_large(name, os.path.getsize(path), largest)
        with open(path, "rb") as file:
            raw = file.read(largest + 1)
    if len(raw) > largest:
        raise _too_large(name, len(raw), largest)
    if not raw:
        raise InputError("empty", name, "is empty.", "Give a file with the text of a report.")
    return raw


def _too_large(name: str, size: int, largest: int) -> InputError:
    problem = f"has {size / 1e6:,.0f} MB or more, which is too large for a report (limit {largest / 1e6:,.0f} MB)."
    return InputError("too-large", name, problem, "Split it into reports, or raise the limit with --largest.")


def _of_text(text: str, stem: str, name: str, origin: Origin, options: Options) -> Report:
    if not text.strip():
        raise InputError("empty", name, "is empty.", "Give the text of a report.")
    return complete(Report(id=stem, text=text, origin=origin), options)


def _origin(path: str, digest: str, size: int, media: str, encoding: str) -> Origin:
    return Origin(path, digest, size, media, encoding, digest)


def _within(report: Report, file: str) -> Report:
    """The report as a record of the file of this digest."""
    return replace(report, origin=replace(report.origin, file=file)) if report.origin else report


def _stem(path: str) -> str:
    if path == STANDARD_INPUT:
        return "stdin"
    stem, ending = os.path.splitext(os.path.basename(path))
    return stem.removesuffix(".warc") if ending.lower() == ".gz" else stem


def _unique(report: Report, seen: set[str]) -> Report:
    if report.id in seen:
        digest = report.origin.sha256 if report.origin else ""
        name = f"{report.id}-{digest[:8]}"
        n = 2
        while name in seen:
            name, n = f"{report.id}-{digest[:8]}-{n}", n + 1
        gap = f"another report of this run has the id {report.id!r}; this one is called {name!r}"
        report = replace(report, id=name, gaps=(*report.gaps, gap))
    seen.add(report.id)
    return report
