"""Originals: the bytes as they were received, each under the SHA-256 of itself, written once and then only read."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import cast

from probata.model.errors import InputError

DIGEST = re.compile("[0-9a-f]{64}")
_PIECE = 1 << 20  # bytes read at a time
_READ_ONLY = stat.S_IRUSR | stat.S_IRGRP


def path_of(folder: Path, digest: str) -> Path:
    """Where an original lies in the folder of originals: the first two digits of its digest are a folder."""
    return folder / digest[:2] / digest


def keep(folder: Path, digest: str, raw: bytes) -> Path:
    """Keep an original: whole or not at all, whenever the machine stops. One that is there is left as it is."""
    path = path_of(folder, digest)
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    part = _incoming(folder) / f"{digest}.{os.getpid()}"
    part.parent.mkdir(exist_ok=True)
    try:
        with open(part, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(_READ_ONLY)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    _settle(path.parent)
    return path


def pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a file, piece by piece."""
    with open(path, "rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def hashed(path: Path) -> tuple[str | None, int]:
    """The SHA-256 and the length of a file, read piece by piece; None when there is none."""
    digest, length = hashlib.sha256(), 0
    try:
        for piece in pieces(path):
            digest.update(piece)
            length += len(piece)
    except FileNotFoundError:
        return None, 0
    return digest.hexdigest(), length


def mirror(folder: Path, target: Path) -> Iterator[tuple[str, str | None]]:
    """Copy the originals to a second folder, each checked there byte for byte: its digest, and what is wrong if not.

    What is there already and right is left as it is; what is there and wrong is named and never written over. Raises
    InputError when the second folder cannot be written, or is the first.
    """
    if target.resolve().is_relative_to(folder.resolve()):
        problem = "is where the originals themselves lie: a second copy there keeps nothing safe."
        raise InputError("mirror", str(target), problem, "Name a folder on another disk.")
    try:
        yield from _mirrored(folder, target)
    except OSError as error:
        problem = f"cannot take the copies: {error.strerror or error}."
        raise InputError("mirror", str(target), problem, "Check the folder, its permissions and its room.") from error


def _mirrored(folder: Path, target: Path) -> Iterator[tuple[str, str | None]]:
    for path in sorted(p for p in folder.glob("??/*") if p.is_file()):
        name = path.name
        copy = path_of(target, name)
        if copy.is_symlink() or copy.is_dir():
            yield name, "in place of the second copy is a link or a folder"
            continue
        if copy.exists():
            yield name, None if hashed(copy)[0] == name else "the second copy was changed"
            continue
        if hashed(path)[0] != name:
            yield name, "the original was changed; it was not copied"
            continue
        with open(path, "rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as raw:
            keep(target, name, cast(bytes, raw))  # a view that reads as the bytes do: archives are large
        yield name, None if hashed(copy)[0] == name else "the copy is not what was written"


def clear(folder: Path) -> None:
    """Take away what a run that was killed had half written. Only for whoever holds the casebook's turn."""
    for part in _incoming(folder).glob("*"):
        part.unlink()


def _incoming(folder: Path) -> Path:
    return folder / "incoming"


def _settle(folder: Path) -> None:
    """Make a new name outlive a power cut, where folders can be synced."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # no folder can be opened on this system
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
