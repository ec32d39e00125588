"""Proofs of the tree, against the definitions of RFC 9162 written out here anew, and against every wrong proof."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache

import pytest

from probata.audit.checker.tree import Roots
from probata.audit.merkle import Tree, consistent, included, leaf, node

MOST = 65
LINES = [f"entry {n}".encode() for n in range(MOST)]


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


@cache
def mth(start: int, stop: int) -> bytes:
    """MTH of RFC 9162, 2.1.1, over the lines from `start` to `stop`."""
    if start == stop:
        return sha(b"")
    if stop - start == 1:
        return sha(b"\x00" + LINES[start])
    k = 1
    while k * 2 < stop - start:
        k *= 2
    return sha(b"\x01" + mth(start, start + k) + mth(start + k, stop))


def path(m: int, start: int, stop: int) -> list[bytes]:
    """PATH of 2.1.3.1."""
    if stop - start == 1:
        return []
    k = 1
    while k * 2 < stop - start:
        k *= 2
    if m < k:
        return [*path(m, start, start + k), mth(start + k, stop)]
    return [*path(m - k, start + k, stop), mth(start, start + k)]


def subproof(m: int, start: int, stop: int, complete: bool) -> list[bytes]:
    """SUBPROOF of 2.1.4.1."""
    n = stop - start
    if m == n:
        return [] if complete else [mth(start, stop)]
    k = 1
    while k * 2 < n:
        k *= 2
    if m <= k:
        return [*subproof(m, start, start + k, complete), mth(start + k, stop)]
    return [*subproof(m - k, start + k, stop, False), mth(start, start + k)]


@pytest.fixture(scope="module")
def tree() -> Tree:
    return Tree(leaf(line) for line in LINES)


def wrong(proof: list[bytes]) -> Iterator[list[bytes]]:
    """The proof with each single fault: a bit turned, a step lost, doubled, put in, swapped, or at the end."""
    for n, step in enumerate(proof):
        yield [*proof[:n], bytes([step[0] ^ 1]) + step[1:], *proof[n + 1 :]]
        yield [*proof[:n], step[:-1] + bytes([step[-1] ^ 128]), *proof[n + 1 :]]
        yield proof[:n] + proof[n + 1 :]
        yield [*proof[:n], step, *proof[n:]]
        yield [*proof[:n], node(step, step), *proof[n:]]
        for m in range(n):
            if proof[m] != step:
                yield [*proof[:m], step, *proof[m + 1 : n], proof[m], *proof[n + 1 :]]
    yield [*proof, sha(b"more")]


@pytest.mark.parametrize("size", range(MOST + 1))
def test_merkle_roots(tree: Tree, size: int) -> None:
    roots = Roots()
    for line in LINES[:size]:
        roots.add(leaf(line))
    assert tree.root(size) == roots.root() == mth(0, size)
    assert tree.head("2021-05-20T10:00:00Z", size).root == mth(0, size).hex()


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_merkle_inclusion_is_the_standards_and_holds_for_nothing_else(tree: Tree, size: int) -> None:
    root = mth(0, size)
    for index in range(size):
        proof, hashed = tree.inclusion(index, size), leaf(LINES[index])
        assert proof == path(index, 0, size)
        assert included(hashed, index, size, proof, root)
        for bad in wrong(proof):
            assert not included(hashed, index, size, bad, root)
        assert not included(leaf(b"other"), index, size, proof, root)
        assert not included(hashed, index, size, proof, sha(root))
        for other in range(-1, size + 1):
            assert other == index or not included(hashed, other, size, proof, root)


def test_merkle_inclusion_proves_no_other_size_with_its_root(tree: Tree) -> None:
    for size in range(1, MOST + 1):
        for other in range(1, MOST + 1):
            for index in (0, size // 2, size - 1):
                if size != other:
                    assert not included(leaf(LINES[index]), index, other, tree.inclusion(index, size), mth(0, other))


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_merkle_consistency_is_the_standards_and_holds_for_nothing_else(tree: Tree, size: int) -> None:
    root = mth(0, size)
    for old in range(1, size + 1):
        proof, before = tree.consistency(old, size), mth(0, old)
        assert proof == subproof(old, 0, size, True)
        assert consistent(old, size, before, root, proof)
        for bad in wrong(proof):
            assert not consistent(old, size, before, root, bad)
        assert not consistent(old, size, sha(before), root, proof)
        assert not consistent(old, size, before, sha(root), proof)
        for other in range(size + 1):
            assert other == old or not consistent(other, size, before, root, proof)


def test_merkle_rewritten_log_is_not_consistent() -> None:
    """Whoever changes an old entry finds no proof among those of the new tree."""
    old = Tree(leaf(line) for line in LINES[:20])
    new = Tree(leaf(line) for line in [*LINES[:7], b"another", *LINES[8:40]])
    assert not consistent(20, 40, old.root(), new.root(), new.consistency(20))


def test_merkle_a_node_is_no_leaf() -> None:
    """Two leaves hashed together are not the leaf of their hashes (second preimages)."""
    left, right = leaf(b"a"), leaf(b"b")
    assert leaf(left + right) != node(left, right)


@pytest.mark.parametrize("index, size", [(-1, 3), (3, 3), (0, 0), (0, MOST + 1)])
def test_merkle_no_proof_of_what_is_not_there(tree: Tree, index: int, size: int) -> None:
    with pytest.raises(ValueError, match=r"leaf|leaves"):
        tree.inclusion(index, size)


@pytest.mark.parametrize("old, size", [(0, 3), (4, 3), (1, MOST + 1)])
def test_merkle_no_consistency_with_what_was_not(tree: Tree, old: int, size: int) -> None:
    with pytest.raises(ValueError, match="leaves"):
        tree.consistency(old, size)


def test_merkle_takes_hashes_only() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Tree([b"short"])
