"""A forger's tools: a release taken apart with Python's zipfile, changed, and put together as if nothing were."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from probata.audit.canonical import canonical
from probata.audit.checker.opened import Options
from probata.audit.checker.release import check
from probata.audit.checker.report import Report
from probata.audit.keys import Key

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


def forged(folder: Path, files: Files, options: Options | None = None) -> Report:
    """The check of a release that a forger made of these files."""
    path = folder / "forged.zip"
    path.write_bytes(packed(files))
    return check(str(path), options)


def signed_anew(files: Files, key: Key, change: Callable[[dict[str, object]], object] = lambda m: None) -> Files:
    """The files with a manifest that fits them, signed; the time token, which nobody can make anew, left out."""
    held = {n: c for n, c in files if not n.startswith("release.tsr")}
    manifest = json.loads(held["release.json"])
    manifest["stamped"] = False
    for file in manifest["files"]:
        content = held.get(file["name"], b"")
        file.update(size=len(content), sha256=hashlib.sha256(content).hexdigest())
    change(manifest)
    held["release.json"] = canonical(manifest)
    if manifest["signer"]:
        held["release.sig"] = key.sign(held["release.json"])
    return list(held.items())
