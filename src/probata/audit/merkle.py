"""The tree over the log (RFC 9162): its state at any size, and proofs that others can check without the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from probata.audit.checker.tree import consistent, included, leaf, node

__all__ = ["Tree", "TreeHead", "consistent", "included", "leaf", "node"]

EMPTY = bytes.fromhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")  # SHA-256 of nothing
WIDTH = 32  # bytes of a hash


@dataclass(frozen=True, slots=True)
class TreeHead:
    """The log at a time: how many entries it has and the root over them, in hexadecimal. `at` is UTC."""

    at: str
    size: int
    root: str


class Tree:
    """All leaves of a log with the hash over every full subtree: 64 bytes an entry."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[bytearray] = [bytearray()]
        for hashed in leaves:
            self.append(hashed)

    @property
    def size(self) -> int:
        """The number of leaves."""
        return len(self._levels[0]) // WIDTH

    def append(self, hashed: bytes) -> None:
        """One more leaf, by its hash."""
        if len(hashed) != WIDTH:
            raise ValueError(f"a leaf is a hash of {WIDTH} bytes, not of {len(hashed)}")
        number = self.size
        for level in self._levels:
            level += hashed
            if not number & 1:
                return
            hashed = node(bytes(level[-2 * WIDTH : -WIDTH]), hashed)
            number >>= 1
        self._levels.append(bytearray(hashed))

    def root(self, size: int | None = None) -> bytes:
        """The root over the first `size` leaves, or over all."""
        size = self._size(size)
        return self._over(0, size) if size else EMPTY

    def head(self, at: str, size: int | None = None) -> TreeHead:
        """The state of the log with `size` entries, or with all, to be signed or stamped."""
        return TreeHead(at, self._size(size), self.root(size).hex())

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """The proof that the leaf `index` (from 0) is in the tree of `size` leaves."""
        size = self._size(size)
        if not 0 <= index < size:
            raise ValueError(f"there is no leaf {index} among {size}")
        path, start, stop = [], 0, size
        while stop - start > 1:
            middle = start + _half(stop - start)
            if index < middle:
                path.append(self._over(middle, stop))
                stop = middle
            else:
                path.append(self._over(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, old: int, size: int | None = None) -> list[bytes]:
        """The proof that the tree of `size` leaves begins with the tree of `old` leaves."""
        size = self._size(size)
        if not 0 < old <= size:
            raise ValueError(f"a tree of {size} leaves does not begin with one of {old}")
        path, start, stop = [], 0, size
        while old != stop:
            middle = start + _half(stop - start)
            if old <= middle:
                path.append(self._over(middle, stop))
                stop = middle
            else:
                path.append(self._over(start, middle))
                start = middle
        return ([self._over(start, stop)] if start else []) + path[::-1]

    def _size(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            raise ValueError(f"the tree has {self.size} leaves, not {size}")
        return size

    def _over(self, start: int, stop: int) -> bytes:
        """The hash over leaves `start` to `stop`, where `start` is where a subtree of that size may begin."""
        number = stop - start
        if number & (number - 1) == 0:  # a full subtree: kept
            level = number.bit_length() - 1
            at = (start >> level) * WIDTH
            return bytes(self._levels[level][at : at + WIDTH])
        middle = start + _half(number)
        return node(self._over(start, middle), self._over(middle, stop))


def _half(number: int) -> int:
    """The largest power of two below `number`."""
    return 1 << (number - 1).bit_length() - 1
