"""WARC files: their records one after the other, streamed, each digest checked against the bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from probata.acquire import digests
from probata.acquire.gunzip import Place, Unpacked
from probata.acquire.httpmessage import MOST_HEAD, Head, head
from probata.model.errors import InputError

MOST_LINE = 1_000_000  # bytes of a header line: some tools put whole data: addresses there
MOST_LINES = 1_000
_CHUNK = 65_536
_BLANKS = 16  # empty lines between two records; the standard has two
_AGAIN = "Fetch or copy the file again; what stands before it was read."
_VERSION = re.compile(rb"WARC/\d\.\d{1,2}\s*$")


@dataclass(frozen=True, slots=True)
class Record:
    """A record without its body: headers (names in lower case), where it begins, and what its bytes showed.

    `wrong` says in words which digest the bytes contradict; `digest` is the SHA-256 of the body as stored.
    """

    number: int
    place: Place
    headers: dict[str, str]
    said: Head | None = None
    digest: str = ""
    size: int = 0  # bytes of the body
    info: str = ""  # the text of a warcinfo record
    wrong: str = ""
    checked: bool = field(default=False)  # whether a stated digest was compared

    @property
    def type(self) -> str:
        """response, revisit, resource, request, metadata, warcinfo and others."""
        return self.headers.get("warc-type", "").lower()

    @property
    def uri(self) -> str:
        """The address that it is about; some old tools put it in angle brackets."""
        return self.headers.get("warc-target-uri", "").strip("<>")

    @property
    def at(self) -> datetime | None:
        """When it was fetched; None when it does not say so, or in no form that is known."""
        return instant(self.headers.get("warc-date", ""))


def instant(words: str) -> datetime | None:
    """A moment such as 2031-05-20T10:00:00Z, with its zone; None when it is none."""
    try:
        at = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", words.strip()))
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def records(source: Unpacked, name: str) -> Iterator[Record]:
    """All records of a WARC file in order. Raises InputError where it is no WARC, damaged, truncated or endless."""
    number = 0
    while True:
        opened = _opened(source, name, number + 1)
        if opened is None:
            if not number:
                raise InputError("empty", name, "is an empty web archive.", "Give an archive that holds pages.")
            return
        number += 1
        place, headers = opened
        yield _checked(source, Record(number, place, headers), f"{name}, record {number}")


def body(source: Unpacked, record: Record, most: int, name: str) -> bytes:
    """The stored body of a record seen before, at most `most` bytes. Raises InputError when it has more."""
    if record.size > most:
        problem = f"has {record.size / 1e6:,.0f} MB, which is too large for a page (limit {most / 1e6:,.0f} MB)."
        raise InputError("too-large", name, problem, "Raise the limit with --largest.")
    source.go(record.place)
    opened = _opened(source, name, record.number)
    if opened is None:
        raise InputError("changed", name, "is no longer there: the file changed while it was read.", _AGAIN)
    left = _length(opened[1], name)
    if record.said:
        _, used = _head(source, left)
        left -= used
    parts = []
    while left and (part := source.read(min(left, _CHUNK))):
        left -= len(part)
        parts.append(part)
    return b"".join(parts)


def _opened(source: Unpacked, name: str, number: int) -> tuple[Place, dict[str, str]] | None:
    """Where the next record begins, and its headers; None at the end of the file."""
    where = f"{name}, record {number}" if number > 1 else name
    for _ in range(_BLANKS):
        place = source.place()
        line = source.line(MOST_LINE)
        if not line:
            return None
        if line.strip():
            break
    if not _VERSION.match(line):
        if line.startswith((b"PK\x03\x04", b"\x1f\x8b")):
            problem = "is an archive within the archive; it is not opened."
            raise InputError("nested", where, problem, "Unpack it once and give what it holds.")
        problem = "is no web archive (WARC)." if number == 1 else "does not begin as a record should: it is damaged."
        raise InputError("warc", where, problem, _AGAIN)
    return place, _headers(source, where)


def _headers(source: Unpacked, where: str) -> dict[str, str]:
    headers: dict[str, str] = {}
    last = ""
    for _ in range(MOST_LINES):
        line = source.line(MOST_LINE)
        if not line:
            raise InputError("warc", where, "ends within its headers: the file is truncated.", _AGAIN)
        if not line.strip():
            return headers
        words = line.decode("utf-8", "replace").rstrip("\r\n")
        if words[:1] in " \t" and last:
            headers[last] += " " + words.strip()
            continue
        key, colon, value = words.partition(":")
        if colon:
            last = key.strip().lower()
            headers.setdefault(last, value.strip())
    raise InputError("warc", where, f"has more than {MOST_LINES:,} header lines.", _AGAIN)


def _length(headers: dict[str, str], where: str) -> int:
    words = headers.get("content-length", "")
    if not re.fullmatch(r"[0-9]{1,18}", words):
        raise InputError("warc", where, f"states no length ({words[:20]!r}).", _AGAIN)
    return int(words)


def _checked(source: Unpacked, record: Record, where: str) -> Record:
    """The record with its head read and its digests compared; the reader stands behind its block."""
    headers = record.headers
    left = _length(headers, where)
    block = digests.stated(headers.get("warc-block-digest", ""))
    payload = digests.stated(headers.get("warc-payload-digest", ""))
    whole = digests.hasher(block[0]) if block else None
    said, raw = None, b""
    if (
        record.type in ("response", "revisit", "request")
        and "application/http" in headers.get("content-type", "").lower()
    ):
        raw, used = _head(source, left)
        left -= used
        said = head(raw)
        if whole:
            whole.update(raw)
    entity = digests.hasher(payload[0]) if payload and record.type != "revisit" else None
    own = digests.hasher("sha256")
    chunks = _Chunks(payload[0]) if entity and payload and said and said.chunked else None
    size, info = 0, b""
    while left:
        part = source.read(min(left, _CHUNK))
        if not part:
            problem = f"ends {left:,} bytes early: the file is truncated, or the record states a false length."
            raise InputError("warc", where, problem, _AGAIN)
        left, size = left - len(part), size + len(part)
        for each in (whole, entity, own, chunks):
            if each:
                each.update(part)
        if record.type == "warcinfo" and len(info) < _CHUNK:
            info += part
    wrong = ""
    if whole and block and whole.digest() != block[1]:
        wrong = f"its bytes contradict their digest ({headers['warc-block-digest'][:80]})"
    elif entity and payload and entity.digest() != payload[1] and not (chunks and chunks.digest() == payload[1]):
        wrong = f"its content contradicts its digest ({headers['warc-payload-digest'][:80]})"
    return Record(
        record.number,
        record.place,
        headers,
        said,
        own.digest().hex(),
        size,
        info.decode("utf-8", "replace"),
        wrong,
        bool(whole or entity),
    )


def _head(source: Unpacked, left: int) -> tuple[bytes, int]:
    """The head of an HTTP message with its empty line, and its length; stops at the end of the block."""
    lines: list[bytes] = []
    used = 0
    while used < left:
        line = source.line(MOST_HEAD, left - used)
        used += len(line)
        lines.append(line)
        if not line.strip() or used > MOST_HEAD:
            break
    return b"".join(lines), used


class _Chunks:
    """A hash over a chunked body without its chunk marks: some tools take the payload digest so."""

    def __init__(self, kind: str) -> None:
        self._hash, self._left, self._line, self._lost = digests.hasher(kind), 0, bytearray(), False

    def update(self, data: bytes, /) -> None:
        """Take more of the chunked body in."""
        at = 0
        while at < len(data) and not self._lost:
            if self._left > 2:
                part = data[at : at + self._left - 2]
                self._hash.update(part)
                self._left, at = self._left - len(part), at + len(part)
            elif self._left:  # the line end behind a chunk
                self._left, at = self._left - 1, at + 1
            else:
                self._line.append(data[at])
                at += 1
                if self._line.endswith(b"\n"):
                    size = bytes(self._line).split(b";")[0].strip()
                    self._lost = not re.fullmatch(rb"[0-9a-fA-F]{1,15}", size) or int(size, 16) == 0
                    self._left = 0 if self._lost else int(size, 16) + 2
                    self._line.clear()
                self._lost |= len(self._line) > 1024

    def digest(self) -> bytes:
        """The digest of all chunks so far."""
        return self._hash.digest()
