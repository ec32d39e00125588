"""What is inside an original: archives, and answers that were sent packed, opened within the bounds of reading."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, NamedTuple, cast

from probata.acquire import wacz, warc
from probata.acquire.gunzip import FREE, MOST_RATIO, Unpacked
from probata.acquire.httpmessage import entity
from probata.acquire.options import LARGEST
from probata.model.errors import InputError

DEEPEST = 4  # archives within archives
_CHUNK = 262_144
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)


class Part(NamedTuple):
    """A part of an original: its name, its bytes piece by piece, and whether what it packs comes as parts of its own.

    The pieces are read before the next part is asked for; they raise InputError when they are damaged.
    """

    name: str
    pieces: Iterable[bytes]
    opened: bool = False


def inside(file: BinaryIO, name: str, most: int = LARGEST) -> Iterator[Part | InputError]:
    """All parts of a file, itself first; an InputError for each that cannot be opened.

    ZIP, gzip and WARC are opened, and what a server sent packed or in chunks, of that at most `most` bytes an answer.
    """
    size = file.seek(0, 2)
    return _Opening(most, FREE + MOST_RATIO * size).parts(file, name, 0)


class _Opening:
    """Opens what is in a file; `left` bytes may come out of it, all depths together."""

    def __init__(self, most: int, left: int) -> None:
        self._most, self._left = most, left

    def parts(self, file: BinaryIO, name: str, depth: int) -> Iterator[Part | InputError]:
        file.seek(0)
        start = file.read(5)
        kind = {b"PK": self._zip, b"\x1f\x8b": self._gzip, b"WA": self._warc}.get(start[:2])
        if kind is None or (kind == self._warc and start != b"WARC/"):
            yield Part(name, self._pieces(file, name))
        elif depth >= DEEPEST:
            yield Part(name, self._pieces(file, name), opened=True)
            yield InputError("nested", name, "is an archive within archives within archives.", "Unpack it by hand.")
        else:
            yield Part(name, self._pieces(file, name), opened=True)
            try:
                yield from kind(file, name, depth)
            except InputError as error:
                yield error
            except _DAMAGED:
                yield _damaged(name)

    def _pieces(self, file: BinaryIO, name: str) -> Iterator[bytes]:
        try:
            file.seek(0)
            yield from self._counted(file.read, name)
        except _DAMAGED as error:
            raise _damaged(name) from error

    def _whole(self, file: BinaryIO, name: str) -> Iterator[bytes]:
        """What a file unpacks to, as far as it does."""
        try:
            yield from self._counted(Unpacked(file, name).read, name)
        except _DAMAGED as error:
            raise _damaged(name) from error

    def _counted(self, read: Callable[[int], bytes], name: str) -> Iterator[bytes]:
        while piece := read(_CHUNK):
            self._left -= len(piece)
            if self._left < 0:
                raise InputError("bomb", name, f"unpacks to more than {MOST_RATIO} times its size.", "Do not open it.")
            yield piece

    def _zip(self, file: BinaryIO, name: str, depth: int) -> Iterator[Part | InputError]:
        with wacz.opened(file, name) as archive:
            for entry in archive.infolist():
                where = f"{name}, {entry.filename[:200]}"
                if entry.is_dir():
                    continue
                if _is_sound(archive, entry):
                    with archive.open(entry) as inner:
                        yield from self.parts(cast(BinaryIO, inner), where, depth + 1)
                else:
                    yield _damaged(where)
                    yield from self.parts(io.BytesIO(_rest(file, entry, self._most)), where, depth + 1)

    def _gzip(self, file: BinaryIO, name: str, depth: int) -> Iterator[Part | InputError]:
        start = Unpacked(file, name).read(5)
        if start == b"WARC/":
            yield from self._warc(file, name, depth)
        elif start[:2] in (b"PK", b"\x1f\x8b"):
            raw = b"".join(self._counted(_Bounded(Unpacked(file, name), self._most, name).read, name))
            yield from self.parts(io.BytesIO(raw), f"{name}, unpacked", depth + 1)
        else:
            yield Part(f"{name}, unpacked", self._counted(Unpacked(file, name).read, name))

    def _warc(self, file: BinaryIO, name: str, depth: int) -> Iterator[Part | InputError]:
        """The headers and bodies of records; where the file is damaged, also its bytes as they stand."""
        found: list[warc.Record] = []
        source = Unpacked(file, name)
        try:
            found.extend(warc.records(source, name))
        except (InputError, *_DAMAGED) as error:
            yield Part(f"{name}, unpacked", self._whole(file, name))
            yield error if isinstance(error, InputError) else _damaged(name)
        for record in found:
            where = f"{name}, record {record.number}"
            told = {**record.headers, **(record.said.headers if record.said else {})}
            yield Part(f"{where}, headers", ["\n".join(told.values()).encode("utf-8", "replace")])
            try:
                raw = warc.body(source, record, self._most, where)
                if record.said:
                    raw = entity(raw, record.said, self._most, where)
                self._left -= len(raw)
            except (InputError, *_DAMAGED) as error:
                yield error if isinstance(error, InputError) else _damaged(where)
            else:
                yield from self.parts(io.BytesIO(raw), where, depth + 1)


def _is_sound(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether an entry can be read to its end and has its check sum."""
    try:
        with archive.open(entry) as inner:
            while inner.read(_CHUNK):
                pass
    except _DAMAGED:
        return False
    return True


def _rest(file: BinaryIO, entry: zipfile.ZipInfo, most: int) -> bytes:
    """What can be had of a damaged entry, at most so many bytes."""
    file.seek(entry.header_offset)
    head = file.read(30)
    file.seek(entry.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"))
    packed = file.read(min(entry.compress_size, most))
    if entry.compress_type == zipfile.ZIP_STORED:
        return packed
    unpack, out = zlib.decompressobj(-15), bytearray()
    for at in range(0, len(packed), 4096):  # in steps, so that what stands before the damage is not lost
        try:
            out += unpack.decompress(packed[at : at + 4096], max(1, most - len(out)))
        except zlib.error:
            break
        if len(out) >= most or unpack.unconsumed_tail:
            break
    return bytes(out)


def _damaged(name: str) -> InputError:
    return InputError("zip", name, "is damaged.", "Fetch or copy the file again.")


class _Bounded:
    """A reader of an archive within an archive, which ends with an error after so many bytes."""

    def __init__(self, source: Unpacked, most: int, name: str) -> None:
        self._source, self._left, self._name = source, most, name

    def read(self, number: int) -> bytes:
        part = self._source.read(number)
        self._left -= len(part)
        if self._left < 0:
            problem = "is an archive within the archive, too large to be opened."
            raise InputError("nested", self._name, problem, "Unpack it by hand.")
        return part
