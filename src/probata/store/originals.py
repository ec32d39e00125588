"""Originals: the bytes as they were received, each under the SHA-256 of itself, written once and then only read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

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
