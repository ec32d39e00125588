"""Bytes that people hand over: in the casebook's folder, safe from a power cut, before anything is promised."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from probata.model.errors import InputError
from probata.store.opening import Casebook

_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+')
_LONGEST = 120  # bytes of a name on disk, so that every system takes it
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # names of devices to Windows


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was handed over: what it was called, where it lies in the casebook's folder, SHA-256, bytes."""

    name: str
    path: str
    digest: str
    size: int


def folder(book: Casebook) -> Path:
    """Where they lie until they are read."""
    return book.folder / "received"


def receive(book: Casebook, name: str, pieces: Iterable[bytes]) -> Received:
    """Keep a file. When this returns it is on the disk, whatever happens next. Raises InputError when it is empty."""
    place = folder(book) / uuid.uuid4().hex
    place.mkdir(parents=True)
    path = place / safe(name)
    digest, size = hashlib.sha256(), 0
    try:
        with open(path, "xb") as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
            file.flush()
            os.fsync(file.fileno())
        if not size:
            raise InputError("empty", shown(name), "is empty.", "Choose a file with the text of a report.")
        for made in (place, place.parent, book.folder):
            _settle(made)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return Received(shown(name), path.relative_to(book.folder).as_posix(), digest.hexdigest(), size)


def path_of(book: Casebook, path: str) -> Path:
    """Where a file lies that was received. Raises ValueError for a path that leads elsewhere."""
    found = (book.folder / path).resolve()
    if not found.is_relative_to(folder(book).resolve()):
        raise ValueError("not a file that was received")
    return found


def forget(book: Casebook, path: str) -> None:
    """Take a file away that is kept among the originals by now, or is wanted no more."""
    with suppress(ValueError):
        shutil.rmtree(path_of(book, path).parent, ignore_errors=True)


def lost(book: Casebook, known: Iterable[str], older: float) -> Iterator[Path]:
    """Folders of files that no job knows, last changed before `older` (seconds since 1970)."""
    kept = {path.split("/")[1] for path in known}
    for place in folder(book).glob("*"):
        if place.name not in kept and place.stat().st_mtime < older:
            yield place


def safe(name: str) -> str:
    """The last part of a name, as every file system takes it; its ending is kept, as it tells the kind of file."""
    last = _UNFIT.sub(" ", re.split(r"[/\\]", name)[-1])
    plain = " ".join(unicodedata.normalize("NFC", last).split()).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = plain, ""
    while len(stem.encode()) > _LONGEST:
        stem = stem[:-1]
    made = f"{stem.strip('. ') or 'report'}{'.' + ending if ending else ''}"
    return f"_{made}" if _RESERVED.fullmatch(made) else made


def shown(name: str) -> str:
    """A name as it may be shown."""
    return " ".join(_UNFIT.sub(" ", re.split(r"[/\\]", name)[-1]).split())[:200] or "report"


def _settle(path: Path) -> None:
    """Make a new name outlive a power cut, where folders can be synced."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
