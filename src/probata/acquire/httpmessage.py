"""HTTP messages as archives keep them: the head taken apart, the body freed of its transfer and content encodings."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from probata.model.errors import InputError

MOST_HEAD = 262_144  # bytes of status line and header lines together
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_ADVICE = "Read the page's own HTML file, or capture it again."


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers of a response; names are lower case, the first of each name counts."""

    status: int
    headers: dict[str, str]

    @property
    def media(self) -> str:
        """The media type without parameters, in lower case; empty when none is stated."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the server states."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found.group(1) if found else None

    @property
    def chunked(self) -> bool:
        """Whether the body was sent in chunks."""
        return "chunked" in self.headers.get("transfer-encoding", "").lower()


def head(raw: bytes) -> Head | None:
    """The head of a response from its bytes, without the empty line; None when it is none."""
    lines = raw.splitlines()
    found = _STATUS.match(lines[0]) if lines else None
    if not found:
        return None
    headers: dict[str, str] = {}
    for line in lines[1:]:
        name, colon, value = line.partition(b":")
        if colon and name.strip():
            headers.setdefault(name.strip().lower().decode("latin-1"), value.strip().decode("latin-1"))
    return Head(int(found.group(1)), headers)


def entity(body: bytes, said: Head, most: int, name: str) -> bytes:
    """The page's own bytes from a stored body, at most `most` of them.

    Many tools store the body without its encodings and keep the headers: what does not look encoded is taken as it
    stands. Raises InputError for damaged encodings, unknown ones, and bodies that unpack to more than `most` bytes.
    """
    if said.chunked:
        body = unchunked(body) or body
    for encoding in reversed([e.strip().lower() for e in said.headers.get("content-encoding", "").split(",")]):
        if encoding in ("", "identity"):
            continue
        if encoding in ("gzip", "x-gzip", "deflate"):
            body = _inflated(body, encoding, most, name)
        elif not _looks_like_markup(body):  # else stored unpacked
            raise InputError("encoding", name, f"is stored in the encoding {encoding[:20]!r}, not read here.", _ADVICE)
    if len(body) > most:
        raise _too_much(name, most)
    return body


def unchunked(body: bytes) -> bytes | None:
    """A body without its chunk marks; None when it has none, or is not chunked to its end."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at, at + 1024)
        size = body[at:end].split(b";")[0].strip() if end > 0 else b""
        if not re.fullmatch(rb"[0-9a-fA-F]{1,15}", size):
            return None
        length = int(size, 16)
        if length == 0:
            return b"".join(parts)
        if end + 2 + length > len(body):
            return None
        parts.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2


def _inflated(body: bytes, encoding: str, most: int, name: str) -> bytes:
    packed = body[:2] == b"\x1f\x8b" if "gzip" in encoding else not _looks_like_markup(body)
    if not packed:
        return body  # stored unpacked
    kinds = (31,) if "gzip" in encoding else (15, -15)  # servers mean either by "deflate"
    for wbits in kinds:
        unpack = zlib.decompressobj(wbits=wbits)
        try:
            out = unpack.decompress(body, most + 1)
        except zlib.error:
            continue
        if len(out) > most:
            raise _too_much(name, most)
        if not unpack.eof:
            raise InputError("encoding", name, f"ends within its {encoding} data: it is cut short.", _ADVICE)
        return out
    raise InputError("encoding", name, f"has damaged {encoding} data.", _ADVICE)


def _looks_like_markup(body: bytes) -> bool:
    return body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _too_much(name: str, most: int) -> InputError:
    problem = f"unpacks to more than {most / 1e6:,.0f} MB, too large for a page."
    return InputError("too-large", name, problem, "Raise the limit with --largest if you trust it.")
