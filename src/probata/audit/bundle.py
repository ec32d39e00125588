"""A release: what is published, packed so that anyone can check it with the file check.py inside, or by hand.

The same input gives the same bytes: names in order, nothing compressed, fixed times and modes, canonical JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal

from probata import __version__
from probata.audit import leaflet
from probata.audit.canonical import canonical
from probata.audit.chain import is_time
from probata.audit.checker import opened as names
from probata.audit.checker import single_file
from probata.audit.checker.zipform import LONGEST, central, end, local, name_problem
from probata.audit.guard import Guard
from probata.audit.keys import Key
from probata.audit.loglines import LogPart
from probata.model.errors import InputError

LARGEST = (1 << 32) - 1  # bytes of one file: beyond, a zip needs fields that old programs do not read
Content = bytes | Iterable[bytes]
Logged = Literal["no", "file", "rows"]


@dataclass(frozen=True, slots=True)
class File:
    """A file to be released. `logged`: whether entries' `after` is the SHA-256 of the file, or of each of its rows."""

    name: str
    content: Content
    about: str = ""  # one sentence on what it holds
    logged: Logged = "no"


@dataclass(frozen=True, slots=True)
class Withheld:
    """What was left out: how many of what, and why."""

    what: str
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A kind that the rules of publishing close, and why whoever publishes opened it."""

    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Release:
    """What a release says of itself. `made` is UTC as in 2031-05-20T10:00:00Z; `versions` are of tools and rules."""

    title: str
    publisher: str
    made: str
    versions: Mapping[str, str] = field(default_factory=dict)
    methodology: str | None = None  # the name of the file that tells how it was made
    withheld: Sequence[Withheld] = ()
    opened: Sequence[Opened] = ()
    log: LogPart | None = None


@dataclass(frozen=True, slots=True)
class Seal:
    """Who signs and who stamps. `stamp` is given the bytes to stamp and gives the authority's answer, checked."""

    key: Key | None = None
    name: str = ""  # what the key calls itself
    stamp: Callable[[bytes], bytes] | None = None
    roots: bytes = b""  # PEM certificates of the authority, enclosed for the reader


def write(
    path: Path | str, release: Release, files: Iterable[File], seal: Seal | None = None, guard: Guard | None = None
) -> str:
    """Write a release to `path`, whole or not at all; the SHA-256 of its manifest. Contents are streamed.

    With a `guard` no release is written in which one of its protected values is found, in whatever file.
    """
    seal = seal or Seal()
    target = Path(path)
    part = target.with_name(f".{target.name}.part")
    try:
        with open(part, "wb") as out:
            digest = _pack(_Zip(out, guard), release, files, seal)
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, target)
    except OSError as error:
        raise InputError("output", str(path), f"cannot be written: {error.strerror}.", "Name another file.") from error
    finally:
        part.unlink(missing_ok=True)
    return digest


def _pack(packed: _Zip, release: Release, files: Iterable[File], seal: Seal) -> str:
    listed = [{**packed.add(f), "about": f.about, "logged": f.logged} for f in _in_order(release, files, seal)]
    manifest = canonical(_manifest(release, listed, seal), names.MANIFEST)
    if len(manifest) > LONGEST:
        advice = "Put many small files into one file of rows."
        raise InputError("release", names.MANIFEST, f"would be larger than {LONGEST >> 20} MB.", advice)
    packed.add(File(names.MANIFEST, manifest))
    subject = manifest
    if seal.key:
        subject = seal.key.sign(manifest)
        packed.add(File(names.SIGNATURE, subject))
    if seal.stamp:
        answer = seal.stamp(subject)
        packed.add(File(names.STAMP, answer))
        if seal.key:  # the token has parts that no authority signs; so changes there are seen too
            packed.add(File(names.STAMP_SIGNATURE, seal.key.sign(answer)))
    packed.close()
    return hashlib.sha256(manifest).hexdigest()


def _in_order(release: Release, files: Iterable[File], seal: Seal) -> list[File]:
    """All files before the manifest, by name. Their contents are not read yet."""
    own = [
        File(names.CHECKER, single_file(), "checks this release: python3 check.py RELEASE.zip"),
        File(leaflet.NAME, leaflet.TEXT.encode(), "how to check this release"),
    ]
    if seal.key:
        own.append(File(names.KEY, seal.key.public_pem, "the public key that signed"))
    if seal.stamp and seal.roots:
        own.append(File(names.ROOTS, seal.roots, "certificates of the time authority"))
    if release.log:
        own.append(File(names.LOG, release.log.lines(), "entries of the log"))
        if not release.log.whole:
            own.append(File(names.PROOFS, release.log.proofs(), "proofs that these entries are in the log"))
    given = list(files)
    taken = {f.name.lower() for f in own} | {*names.OUTER, names.KEY, names.ROOTS, names.LOG, names.PROOFS}
    for file in given:
        if file.name.lower() in taken:
            raise InputError("release", file.name, "is a name that the release needs itself.", "Use another name.")
    if release.methodology is not None and release.methodology not in {f.name for f in given}:
        advice = "Add the file, or leave methodology out."
        raise InputError(
            "release", release.methodology, "is named as the methodology but is not among the files.", advice
        )
    return sorted([*own, *given], key=lambda f: f.name)


def _manifest(release: Release, listed: Sequence[Mapping[str, Any]], seal: Seal) -> dict[str, Any]:
    for time in (release.made, *([release.log.at] if release.log else [])):
        if not is_time(time):
            raise InputError(
                "release", release.title, f"has the time {time!r}.", "Write UTC as in 2031-05-20T10:00:00Z."
            )
    return {
        "files": listed,
        "format": names.FORMAT,
        "log": release.log.described() if release.log else None,
        "made": release.made,
        "methodology": release.methodology,
        "opened": [{"kind": o.kind, "why": o.why} for o in release.opened],
        "publisher": release.publisher,
        "signer": {"key": seal.key.public.hex(), "name": seal.name or release.publisher} if seal.key else None,
        "stamped": seal.stamp is not None,
        "title": release.title,
        "versions": {"probata": __version__, **release.versions},
        "withheld": [{"number": w.number, "what": w.what, "why": w.why} for w in release.withheld],
    }


class _Zip:
    """Writes files one after another, each once, without compression; then the directory."""

    def __init__(self, out: BinaryIO, guard: Guard | None = None) -> None:
        self._out, self._guard = out, guard
        self._directory: list[bytes] = []
        self._seen: dict[str, str] = {}
        self._at = 0

    def add(self, file: File) -> dict[str, Any]:
        """Write one file; its name, size and SHA-256."""
        problem = name_problem(file.name, self._seen)
        if problem:
            raise InputError("release", file.name, f"{problem}.", "Use another name.")
        name, start = file.name.encode(), self._at
        head = len(local(name, 0, 0))
        self._out.seek(start + head)
        hashed, crc, size = hashlib.sha256(), 0, 0
        pieces = _pieces(file.content)
        for piece in self._guard.passed(file.name, pieces) if self._guard else pieces:
            hashed.update(piece)
            crc = zlib.crc32(piece, crc)
            size += len(piece)
            if size > LARGEST:
                advice = "Leave it out; its SHA-256 in the log still proves it."
                raise InputError("release", file.name, "is larger than 4 GB, more than a plain zip holds.", advice)
            self._out.write(piece)
        self._out.seek(start)
        self._out.write(local(name, crc, size))
        self._directory.append(central(name, crc, size, start))
        self._at = start + head + size
        return {"name": file.name, "size": size, "sha256": hashed.hexdigest()}

    def close(self) -> None:
        """Write the directory."""
        self._out.seek(self._at)
        size = 0
        for line in self._directory:
            self._out.write(line)
            size += len(line)
        self._out.write(end(len(self._directory), size, self._at))


def _pieces(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    else:
        yield from content


def rows(records: Iterable[Mapping[str, Any]], name: str = "row") -> Iterator[bytes]:
    """Records as lines of a file of rows: canonical JSON, so that the SHA-256 of a line is the one that was logged."""
    for number, record in enumerate(records, 1):
        yield canonical(record, f"{name} {number}") + b"\n"


def described(path: Path | str) -> dict[str, Any]:
    """The manifest of a release, not checked."""
    from probata.audit.checker.zipform import members

    with open(path, "rb") as file:
        raw, _ = names.manifest_of(file, members(file))
    content: dict[str, Any] = json.loads(raw)
    return content
