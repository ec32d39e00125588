"""A forger's tools: a release taken apart with Python's zipfile, changed, and put together as if nothing were."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

Files = list[tuple[str, bytes]]


def taken_apart(path: Path) -> Files:
    """The files of a release in order."""
    with zipfile.ZipFile(path) as packed:
        return [(i.filename, packed.read(i)) for i in packed.infolist()]


def packed(files: Files) -> bytes:
    """A zip of these files with every field as a release has it, its CRCs right."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as written:
        for name, content in files:
            written.writestr(info(name), content)
    return out.getvalue()


def info(name: str) -> zipfile.ZipInfo:
    """The entry of a plain file, uncompressed, of 1 January 1980."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    return entry


def with_file(files: Files, name: str, content: bytes) -> Files:
    """The files with another content in one of them."""
    assert name in dict(files)
    return [(n, content if n == name else c) for n, c in files]


def flipped(data: bytes, at: int, bit: int = 0) -> bytes:
    """The bytes with one bit turned."""
    return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]
