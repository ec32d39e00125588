"""The Merkle tree over the log (RFC 9162): hashes, roots, and whether a proof holds."""

from __future__ import annotations

import hashlib


def leaf(line: bytes) -> bytes:
    """The hash of one entry."""
    return hashlib.sha256(b"\0" + line).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash over two halves of a tree."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Roots:
    """The root over leaves as they come; holds one hash for each bit of their number."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, hashed: bytes) -> None:
        """One more leaf."""
        size = self.size
        while size & 1:
            hashed = node(self._peaks.pop(), hashed)
            size >>= 1
        self._peaks.append(hashed)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        whole = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            whole = node(peak, whole)
        return whole


def included(hashed: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Whether `path` proves that the leaf is at `index` (from 0) of the tree with this size and root."""
    if not 0 <= index < size:
        return False
    at, last = index, size - 1
    for step in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            hashed = node(step, hashed)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            hashed = node(hashed, step)
        at, last = at >> 1, last >> 1
    return last == 0 and hashed == root


def consistent(old: int, new: int, old_root: bytes, new_root: bytes, path: list[bytes]) -> bool:
    """Whether `path` proves that the tree of size `new` begins with all leaves of the tree of size `old`."""
    if old == new:
        return not path and old_root == new_root
    if not 0 < old < new:
        return False
    steps = path if old & (old - 1) else [old_root, *path]
    if not steps:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node(step, before), node(step, after)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            after = node(after, step)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root
