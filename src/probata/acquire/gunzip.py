"""Unpacking: the bytes of a plain file or of gzip members, streamed, within bounds that no bomb can exceed."""

from __future__ import annotations

import zlib
from typing import BinaryIO, NamedTuple

from probata.model.errors import InputError

MOST_RATIO = 250  # bytes unpacked for one packed; web pages reach 5 to 20, a log of one repeated line 200
FREE = 64_000_000  # bytes unpacked before the ratio is looked at
_CHUNK = 65_536
_GZIP = b"\x1f\x8b"
_AGAIN = "Fetch or copy the file again."


class Place(NamedTuple):
    """Where something begins: the packed offset of its gzip member, and how many unpacked bytes into it."""

    member: int
    skip: int


class Unpacked:
    """A forward reader over `file`, gzip or plain. Memory stays flat whatever the file's size.

    Raises InputError for a gzip stream that is truncated, damaged, or a bomb.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        file.seek(0)
        head = file.read(2)
        self._gzip = head == _GZIP
        self._packed = self._unpacked = 0  # read so far, over all visits
        self._start(0, 0)

    def _start(self, packed: int, position: int) -> None:
        self._file.seek(packed)
        self._next = packed  # packed offset of what is read next
        self._out = self._at = position  # unpacked offset behind the buffer, and of its first unread byte
        self._buffer = bytearray()
        self._member = zlib.decompressobj(wbits=31)
        self._tail = b""
        self._begun = False
        self._starts = [(position, packed)]

    def read(self, number: int) -> bytes:
        """Up to `number` bytes, at least one until the end is reached."""
        if not self._buffer:
            self._fill()
        part = bytes(self._buffer[:number])
        del self._buffer[:number]
        self._at += len(part)
        return part

    def line(self, most: int, within: int | None = None) -> bytes:
        """A line with its end, or what is left of the file or of the next `within` bytes.

        Raises InputError for a line of more than `most` bytes.
        """
        stop = most + 1 if within is None else min(within, most + 1)
        looked = 0
        while (found := self._buffer.find(b"\n", looked, stop)) < 0:
            looked = len(self._buffer)
            if looked >= stop or not self._fill():
                break
        end = min(len(self._buffer), stop) if found < 0 else found + 1
        if end > most:
            raise InputError("warc", self._name, f"has a header line of more than {most:,} bytes.", _AGAIN)
        part = bytes(self._buffer[:end])
        del self._buffer[:end]
        self._at += end
        return part

    def skip(self, number: int) -> int:
        """Pass over bytes; returns how many there were."""
        left = number
        while left and (part := self.read(min(left, _CHUNK))):
            left -= len(part)
        return number - left

    def place(self) -> Place:
        """Where the next byte lies, to come back to with `go`."""
        if not self._gzip:
            return Place(self._at, 0)
        while len(self._starts) > 1 and self._starts[1][0] <= self._at:
            del self._starts[0]
        position, packed = self._starts[0]
        return Place(packed, self._at - position)

    def go(self, place: Place) -> None:
        """Go on at a place seen before; within the present member it must lie ahead, or the member is read anew."""
        here = self.place()
        if self._gzip and here.member == place.member and here.skip <= place.skip:
            self.skip(place.skip - here.skip)
            return
        self._start(place.member, 0 if self._gzip else place.member)
        self.skip(place.skip)

    def _fill(self) -> bool:
        if not self._gzip:
            part = self._file.read(_CHUNK)
        else:
            part = self._unpack()
        self._buffer += part
        self._out += len(part)
        return bool(part)

    def _unpack(self) -> bytes:
        """The next unpacked bytes; empty at the end of the last member."""
        while True:
            if self._member.eof:
                self._tail = self._member.unused_data
                self._member, self._begun = zlib.decompressobj(wbits=31), False
            if not self._tail:
                self._tail = self._file.read(_CHUNK)
                self._packed += len(self._tail)
                self._next += len(self._tail)
            if not self._begun and not self._tail.strip(b"\0"):  # some tools fill a last block with zeros
                if not self._tail:
                    return b""
                self._tail = b""
                continue
            if not self._tail:
                raise InputError("gzip", self._name, "ends within its gzip data: it is truncated.", _AGAIN)
            if not self._begun:
                self._begun = True
                start = self._next - len(self._tail)
                if self._starts[-1][1] != start:
                    self._starts.append((self._out, start))
            try:
                part = self._member.decompress(self._tail, _CHUNK)
            except zlib.error as error:
                raise InputError("gzip", self._name, "has damaged gzip data.", _AGAIN) from error
            self._tail = self._member.unconsumed_tail
            self._unpacked += len(part)
            if self._unpacked > FREE and self._unpacked > MOST_RATIO * self._packed:
                problem = f"unpacks to more than {MOST_RATIO} times its size, as a zip bomb does; it is not read on."
                raise InputError("bomb", self._name, problem, "Do not open it; ask whoever sent it.")
            if part:
                return part
