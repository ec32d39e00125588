"""WACZ files: the ZIP checked before anything is opened, its manifest against the bytes, and its list of pages."""

from __future__ import annotations

import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, BinaryIO

from probata.acquire import digests
from probata.acquire.seal import signed
from probata.acquire.warc import instant
from probata.model.errors import InputError

MOST_ENTRIES = 100_000
MOST_DIRECTORY = 64_000_000  # bytes of the ZIP's own list of entries
MOST_JSON = 16_000_000  # bytes of the manifest, and of a line of the list of pages
MOST_RATIO = 250  # bytes unpacked for one packed, as for gzip
FREE = 64_000_000  # bytes unpacked before the ratio is looked at
_CHUNK = 262_144
_MANIFEST, _SEAL = "datapackage.json", "datapackage-digest.json"
_NESTED = (".wacz", ".zip", ".7z", ".rar", ".tar", ".tgz", ".tar.gz", ".bz2", ".xz")
_WARC = re.compile(r"archive/.+\.warc(?:\.gz)?$")
_PAGES = re.compile(r"pages/.+\.jsonl$")
_REFUSE = "It is refused whole; ask whoever made it for a sound one."


@dataclass(frozen=True, slots=True)
class Listed:
    """A page as the archive lists it: address, title and time, as whoever captured it saw them."""

    url: str
    title: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Package:
    """A checked WACZ: its WARC files, its pages, who made it and when; what failed its digest is in `wrong`."""

    warcs: tuple[str, ...]
    pages: tuple[Listed, ...]
    software: str
    created: str
    wrong: tuple[InputError, ...]
    gaps: tuple[str, ...]


def opened(file: BinaryIO, name: str) -> zipfile.ZipFile:
    """The ZIP of a WACZ, its list of entries checked and no entry opened.

    Raises InputError for names that lead outside, links, doubles, encryption, overlaps, nested archives and bombs.
    """
    _directory(file, name)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, UnicodeDecodeError) as error:
        raise InputError("zip", name, "is a damaged or truncated ZIP.", "Fetch or copy the file again.") from error
    entries = archive.infolist()
    seen: set[str] = set()
    total = packed = 0
    for entry in entries:
        if problem := _unsafe(entry):
            raise InputError("zip", f"{name}, entry {entry.filename[:200]!r}", problem, _REFUSE)
        plain = entry.filename.casefold()
        if plain in seen:
            raise InputError("zip", f"{name}, entry {entry.filename[:200]!r}", "is there twice.", _REFUSE)
        seen.add(plain)
        total, packed = total + entry.file_size, packed + entry.compress_size
    if total > FREE and total > MOST_RATIO * packed:
        problem = f"unpacks to {total / 1e6:,.0f} MB, more than {MOST_RATIO} times its size, as a zip bomb does."
        raise InputError("bomb", name, problem, _REFUSE)
    _apart(entries, name)
    return archive


def _directory(file: BinaryIO, name: str) -> None:
    """Refuse a list of entries that is too long to be read at all."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise InputError("zip", name, "is a damaged or truncated ZIP.", "Fetch or copy the file again.")
    number = int.from_bytes(tail[at + 10 : at + 12], "little")
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if wide >= 0 and len(tail) >= wide + 56:
        number = max(number if number != 0xFFFF else 0, int.from_bytes(tail[wide + 32 : wide + 40], "little"))
        length = max(length if length != 0xFFFFFFFF else 0, int.from_bytes(tail[wide + 40 : wide + 48], "little"))
    if number > MOST_ENTRIES or length > MOST_DIRECTORY:
        raise InputError("bomb", name, f"lists {number:,} entries, too many for a web archive.", _REFUSE)
    file.seek(0)


def _unsafe(entry: zipfile.ZipInfo) -> str | None:
    """What is wrong with an entry's name or kind, in words; None when nothing is."""
    path = entry.orig_filename
    parts = path.replace("\\", "/").split("/")
    if path.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", path):
        return "has an absolute name."
    if ".." in parts:
        return "leads outside the archive."
    if "\\" in path or any(ord(c) < 32 for c in path) or not path:
        return "has a name that no web archive uses."
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device, not a file."
    if entry.flag_bits & 0x1:
        return "is encrypted."
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in a way that no web archive uses."
    if path.lower().endswith(_NESTED):
        return "is an archive within the archive."
    if entry.file_size > FREE and entry.file_size > MOST_RATIO * entry.compress_size:
        return f"unpacks to {entry.file_size / 1e6:,.0f} MB, as a zip bomb does."
    return None


def _apart(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse entries that share bytes: one small file posing as many."""
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < end:
            raise InputError("bomb", f"{name}, entry {entry.filename[:200]!r}", "shares its bytes.", _REFUSE)
        end = entry.header_offset + 30 + len(entry.orig_filename.encode("utf-8", "replace")) + entry.compress_size


def package(archive: zipfile.ZipFile, name: str, roots: bytes = b"") -> Package:
    """The contents of an opened WACZ, each file compared with the manifest, the manifest with its seal.

    `roots` are PEM certificates that those of its signature must lead to; b"" judges none.
    A file that differs is named and not used. Raises InputError when there is no manifest or its seal is broken.
    """
    manifest, raw = _json(archive, name, _MANIFEST)
    gaps = _seal(archive, name, raw, roots)
    resources = manifest.get("resources")
    if manifest.get("profile") == "multi-wacz-package":
        raise InputError("nested", name, "is a list of other web archives.", "Give those archives themselves.")
    if not isinstance(resources, list) or not all(isinstance(r, dict) for r in resources):
        raise InputError("manifest", name, f"lists no files in its {_MANIFEST}.", _REFUSE)
    there = {e.filename for e in archive.infolist() if not e.is_dir()}
    wrong: list[InputError] = []
    sound: list[str] = []
    known: set[str] = {_MANIFEST, _SEAL}
    for resource in resources:
        path = str(resource.get("path", ""))
        where = f"{name}, {path[:200]!r}"
        if path in known:
            wrong.append(InputError("manifest", where, "is listed twice.", "Nothing was read from it."))
            sound = [p for p in sound if p != path]
        elif path not in there:
            wrong.append(InputError("manifest", where, "is listed but not there.", "Ask for the whole archive."))
        elif problem := _differs(archive, path, resource, where):
            wrong.append(InputError("manifest", where, problem, "Nothing was read from it."))
        else:
            sound.append(path)
        known.add(path)
    for path in sorted(there - known):
        if _WARC.match(path) or _PAGES.match(path):
            problem = f"is not listed in {_MANIFEST}: it was put in later."
            wrong.append(InputError("manifest", f"{name}, {path[:200]!r}", problem, "Nothing was read from it."))
    pages = [page for path in sorted(sound) if _PAGES.match(path) for page in _pages(archive, path, name)]
    return Package(
        tuple(sorted(p for p in sound if _WARC.match(p))),
        tuple(pages),
        str(manifest.get("software") or ""),
        str(manifest.get("created") or ""),
        tuple(wrong),
        gaps,
    )


def _differs(archive: zipfile.ZipFile, path: str, resource: dict[str, Any], where: str) -> str | None:
    """In words, how a file differs from what the manifest says of it; None when it does not."""
    label = str(resource.get("hash", ""))
    wanted = digests.stated(label)
    if wanted is None:
        return f"has no digest that can be checked ({label[:40]!r})."
    own = digests.hasher(wanted[0])
    size = 0
    for part in chunks(archive, path, where):
        own.update(part)
        size += len(part)
    if own.digest() != wanted[1]:
        return f"differs from its digest in {_MANIFEST} ({label[:80]}): it was changed."
    if isinstance(resource.get("bytes"), int) and resource["bytes"] != size:
        return f"has {size:,} bytes, not {resource['bytes']:,} as {_MANIFEST} says."
    return None


def chunks(archive: zipfile.ZipFile, path: str, where: str) -> Iterator[bytes]:
    """The bytes of an entry, streamed. Raises InputError when they are damaged."""
    try:
        with archive.open(path) as file:
            while part := file.read(_CHUNK):
                yield part
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise InputError("zip", where, "is damaged.", "Fetch or copy the file again.") from error


def member(archive: zipfile.ZipFile, path: str) -> IO[bytes]:
    """An entry as a file that can be read and sought in."""
    return archive.open(path)


def _json(archive: zipfile.ZipFile, name: str, path: str) -> tuple[dict[str, Any], bytes]:
    where = f"{name}, {path!r}"
    if path not in archive.namelist():
        raise InputError("manifest", name, f"has no {path}: it is no WACZ.", "Give a WACZ, or the WARC file itself.")
    raw = b""
    for part in chunks(archive, path, where):
        raw += part
        if len(raw) > MOST_JSON:
            raise InputError("manifest", where, f"has more than {MOST_JSON / 1e6:.0f} MB.", _REFUSE)
    try:
        table = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InputError("manifest", where, "is not valid JSON.", _REFUSE) from error
    if not isinstance(table, dict):
        raise InputError("manifest", where, "is no JSON object.", _REFUSE)
    return table, raw


def _seal(archive: zipfile.ZipFile, name: str, manifest: bytes, roots: bytes) -> tuple[str, ...]:
    """Compare the manifest with its own digest, where the archive has one; what it leaves open, in words."""
    if _SEAL not in archive.namelist():
        return (f"the archive has no {_SEAL}: its manifest could have been replaced",)
    seal, _ = _json(archive, name, _SEAL)
    wanted = digests.stated(str(seal.get("hash", "")))
    if wanted is None:
        raise InputError("manifest", f"{name}, {_SEAL!r}", "states no digest.", _REFUSE)
    own = digests.hasher(wanted[0])
    own.update(manifest)
    if own.digest() != wanted[1]:
        raise InputError("manifest", f"{name}, {_MANIFEST!r}", f"contradicts {_SEAL}: it was changed.", _REFUSE)
    return signed(seal["signedData"], str(seal["hash"]), name, roots) if seal.get("signedData") else ()


def _pages(archive: zipfile.ZipFile, path: str, name: str) -> Iterator[Listed]:
    """The pages that a list names; a line that is none (its first says what the file is) is passed over."""
    rest = b""
    where = f"{name}, {path!r}"
    for part in chunks(archive, path, where):
        *lines, rest = (rest + part).split(b"\n")
        yield from (page for line in lines if (page := _listed(line)))
        if len(rest) > MOST_JSON:
            raise InputError("pages", where, "has an endless line.", _REFUSE)
    if page := _listed(rest):
        yield page


def _listed(line: bytes) -> Listed | None:
    try:
        item = json.loads(line) if line.strip() else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(item, dict) or not isinstance(item.get("url"), str):
        return None
    title = item.get("title")
    return Listed(
        item["url"], title if isinstance(title, str) and title.strip() else None, instant(str(item.get("ts", "")))
    )
