"""The zip of a release: files one after another, uncompressed, every field fixed, so that each byte is determined."""

from __future__ import annotations

import re
import stat
import struct
from typing import BinaryIO, Iterator, NamedTuple  # noqa: UP035  (Python 3.8 too)

from probata.audit.checker.fields import Wrong

LONGEST = 32 << 20  # bytes of a line or of a manifest that are read into memory
PIECE = 1 << 20  # bytes read at a time


class Member(NamedTuple):
    """A file in the zip: where its bytes start, how many there are, and their CRC-32."""

    start: int
    size: int
    crc: int


def local(name: bytes, crc: int, size: int) -> bytes:
    """The header before a file's bytes: no compression, 1 January 1980."""
    return struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 0x21, crc, size, size, len(name), 0) + name


def central(name: bytes, crc: int, size: int, offset: int) -> bytes:
    """A file's line in the directory: a plain file, mode 644; ZIP64 only where the offset needs it."""
    far = struct.pack("<2HQ", 1, 8, offset) if offset >= 0xFFFFFFFF else b""
    version = 45 if far else 20
    where = min(offset, 0xFFFFFFFF)
    fixed = (b"PK\1\2", version, 3, version, 0, 0, 0, 0, 0x21, crc, size, size)
    return struct.pack("<4s4B4H3I5H2I", *fixed, len(name), len(far), 0, 0, 0, 0o100644 << 16, where) + name + far


def end(count: int, size: int, offset: int) -> bytes:
    """What closes the zip; ZIP64 only where the numbers need it."""
    big = b""
    if count >= 0xFFFF or size >= 0xFFFFFFFF or offset >= 0xFFFFFFFF:
        big = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, offset)
        big += struct.pack("<4sIQI", b"PK\6\7", 0, offset + size, 1)
    few = min(count, 0xFFFF)
    last = (min(size, 0xFFFFFFFF), min(offset, 0xFFFFFFFF), 0)
    return big + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, few, few, *last)


def name_problem(name: str, seen: dict[str, str]) -> str:
    """Why a name cannot be in a release, or "". `seen` holds the names before it in lower case and gets this one."""
    parts = name.split("/")
    if name.startswith(("/", "\\")) or name[1:2] == ":":
        return "is an absolute path"
    if ".." in parts:
        return "leads out of the folder (..)"
    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*", name) or len(name) > 200:
        return "is no plain name: letters, digits, . _ - and / only, at most 200"
    low = name.lower()
    if any(p.endswith(".") or re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", p) for p in low.split("/")):
        return "is a name that Windows keeps for itself"
    if low in seen:
        return "is there twice" if seen[low] == name else "differs from " + seen[low] + " only in capitals"
    above = ["/".join(low.split("/")[:n]) for n in range(1, len(parts))]
    if low + "/" in seen or any(a in seen for a in above):
        return "is the name of a file and of a folder"
    seen[low] = name
    seen.update((a + "/", a) for a in above)
    return ""


def members(file: BinaryIO) -> dict[str, Member]:
    """The files of a release. Raises Wrong for any byte of the zip around them that is not as a release has it."""
    total = file.seek(0, 2)
    found: dict[str, Member] = {}
    seen: dict[str, str] = {}
    at = 0
    while True:
        file.seek(at)
        head = file.read(30)
        if len(head) < 30 or head[:4] != b"PK\3\4":
            break
        flags, method = struct.unpack_from("<2H", head, 6)
        crc, packed, size, length, extra = struct.unpack_from("<3I2H", head, 14)
        raw = file.read(length)
        name = raw.decode("utf-8", "replace")
        problem = name_problem(name, seen)
        if problem:
            raise Wrong(f"{name!r}: this name {problem}")
        if flags & 1 or method:
            raise Wrong(f"{name}: is {'encrypted' if flags & 1 else 'compressed'}; a release holds files as they are")
        if head + raw != local(raw, crc, size) or packed != size or extra:
            raise Wrong(f"{name}: its header in the zip was changed")
        found[name] = Member(at + 30 + length, size, crc)
        at += 30 + length + size
        if at > total:
            raise Wrong(f"{name}: is cut off; the zip ends before it does")
    if not found:
        raise Wrong("this is no release of Probata: it does not begin with a file in a zip")
    start = at
    for name, m in found.items():
        raw = name.encode()
        right = central(raw, m.crc, m.size, m.start - 30 - len(raw))
        file.seek(at)
        line = file.read(len(right))
        if line != right:
            raise Wrong(f"{name}: {_directory_problem(line, raw)}")
        at += len(right)
    file.seek(at)
    right = end(len(found), at - start, start)
    rest = file.read(len(right) + 1)
    if rest != right:
        more = rest[: len(right)] == right
        raise Wrong("the end of the zip: " + ("something was added after it" if more else "was changed or cut off"))
    return found


def _directory_problem(line: bytes, name: bytes) -> str:
    if len(line) >= 46 and line[:4] == b"PK\1\2":
        if stat.S_ISLNK(struct.unpack_from("<I", line, 38)[0] >> 16):
            return "is a symbolic link"
        if line[46 : 46 + len(name)] != name:
            return "the zip's directory calls it otherwise"
        return "its line in the zip's directory was changed"
    return "has no line in the zip's directory, or something stands between the files and the directory"


def pieces(file: BinaryIO, member: Member) -> Iterator[bytes]:
    """The bytes of a file, in pieces."""
    at, left = member.start, member.size
    while left:
        file.seek(at)
        piece = file.read(min(left, PIECE))
        if not piece:
            raise Wrong("the zip became shorter while it was read")
        at, left = at + len(piece), left - len(piece)
        yield piece


def lines(file: BinaryIO, member: Member, name: str) -> Iterator[bytes]:
    """The lines of a file without their ends; the last must have one too."""
    rest = b""
    for piece in pieces(file, member):
        *whole, rest = (rest + piece).split(b"\n")
        yield from whole
        if len(rest) > LONGEST:
            raise Wrong(f"{name}: has a line of more than {LONGEST >> 20} MB")
    if rest:
        raise Wrong(f"{name}: its last line has no end")
