"""Blocks: which scenes are compared at all. Near-linear: a block that is too full pairs only neighbours."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from math import floor

import numpy as np
import numpy.typing as npt

from probata.link.features import Weights
from probata.link.near import FINE
from probata.link.scenes import FEW, Scene

CELL = 0.25  # degrees, about 25 km
BUCKET = 3  # days
LONGEST = 7  # days; a longer time is compared by place and figures only
FULL = 24  # scenes in a block, above which only neighbours are paired
NEIGHBOURS = 6  # on either side, in order of day, place and figure
NO_PLACE = 2  # neighbours in a full block that is of no place: means and days, figures and days
RARE = 12  # scenes that hold a word, below which the word by itself makes a block
Key = tuple[object, ...]
Pairs = npt.NDArray[np.int64]


def pairs(scenes: Sequence[Scene], weights: Weights) -> Pairs:
    """The index pairs of scenes that share a block, in order, one a row. No block compares more than linearly many."""
    by_key, which = array("q"), array("i")
    for i, scene in enumerate(scenes):
        for key in set(keys(scene, weights)):
            # of the hash only the last bit is ours: whether the block is of a place or a word
            by_key.append(hash(key) & ~1 | (isinstance(key[1], tuple) or key[1] == "word"))
            which.append(i)
    order = _Order(scenes)
    found = array("q")
    number = len(scenes)
    for placed, members in _blocks(by_key, which):
        width = len(members)
        if width > FULL:
            members.sort(key=order.of)
            width = NEIGHBOURS if placed else NO_PLACE
        for n, i in enumerate(members):
            for j in members[n + 1 : n + 1 + width]:
                if placed or not (order.fine[i] and order.fine[j]):  # two fine places meet in a block of their own
                    found.append(i * number + j if i < j else j * number + i)
    unique = np.unique(np.frombuffer(found, dtype=np.int64)) if found else np.empty(0, dtype=np.int64)
    return np.stack(np.divmod(unique, max(1, number)), axis=1)


def keys(scene: Scene, weights: Weights) -> Iterator[Key]:
    """The blocks of a scene: place and days, place and figure, days and means, rare words."""
    family = scene.family
    when = scene.when
    buckets: Sequence[int] = ()
    if when and when.first is not None and when.last is not None and when.last - when.first <= LONGEST:
        buckets = range(when.first // BUCKET, when.last // BUCKET + 2)
    figures = sorted(n for n in scene.killed if n > FEW)[-3:]
    for place in scene.where[:3]:
        if place.precision == "country":
            continue
        spots: list[Key] = [(name,) for name in place.names or {place.key}]
        for spot in spots:
            yield (family, spot, "any day")  # for those whose day is not known
        if place.precision in FINE and place.lat is not None and place.lon is not None:
            y, x = place.lat / CELL, place.lon / CELL
            spots += [(floor(y + dy), floor(x + dx)) for dy in (0.0, 0.5) for dx in (0.0, 0.5)]
        for spot in spots:
            for bucket in buckets:
                yield (family, spot, bucket)
            for figure in figures:
                yield (family, spot, "killed", figure)
    for bucket in buckets:
        for means in scene.means:
            yield (family, bucket, means)
        for figure in figures:
            yield (family, bucket, "killed", figure)
    for word in scene.words:
        if 1 < weights.having.get(word, 0) <= RARE:
            yield (family, "word", word)


def _blocks(by_key: array[int], which: array[int]) -> Iterator[tuple[bool, list[int]]]:
    """The scenes of each block of two or more, and whether it is of a place or a word. Arrays: a million scenes have
    twenty million keys.
    """
    if not by_key:
        return
    hashes, indices = np.frombuffer(by_key, dtype=np.int64), np.frombuffer(which, dtype=np.int32)
    ordered = np.argsort(hashes, kind="stable")
    hashes, indices = hashes[ordered], indices[ordered]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    ends = np.r_[starts[1:], len(hashes)]
    many = ends - starts > 1
    for start, end in zip(starts[many].tolist(), ends[many].tolist(), strict=True):
        yield bool(hashes[start] & 1), indices[start:end].tolist()


class _Order:
    """Where a scene stands in a full block: by day, place and figure; and whether its place is a fine one."""

    def __init__(self, scenes: Sequence[Scene]) -> None:
        self._scenes = scenes
        self.fine = [bool(s.where and s.where[0].precision in FINE and not s.where[0].loose) for s in scenes]

    def of(self, i: int) -> tuple[int, str, int, str]:
        """What scenes of a block are sorted by."""
        scene = self._scenes[i]
        first = scene.when.first if scene.when else None
        return (first or 0, scene.where[0].key if scene.where else "", max(scene.killed, default=0), scene.key)
