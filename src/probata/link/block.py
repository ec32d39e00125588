"""Blocks: which scenes are compared at all. Near-linear: a block that is too full pairs only neighbours.

A block is a signed 64-bit number, the same in every process, so that a store can keep the blocks of a scene.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
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
MOST = 10  # scenes that a scene is compared with because it shares most with them; they may be compared with more
RARE = 12  # scenes that hold a word, below which the word by itself makes a block
AT_ONCE = 4_000_000  # pairs kept before equal ones are counted together
Pairs = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int64]
Few = npt.NDArray[np.int32]
_64 = (1 << 64) - 1
_ANY_DAY, _KILLED, _WORD = 1 << 40, 2 << 40, 3 << 40  # no day, figure or hash of a word is as large


def pairs(scenes: Sequence[Scene], weights: Weights) -> Pairs:
    """The index pairs of scenes (in order of key) that share a block, in order, one a row.

    A scene has so many pairs at most that their number grows with that of scenes.
    """
    place_in = array("q", map(order, scenes))
    fine = [is_fine(s) for s in scenes]
    number = len(scenes)
    kept = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int32)
    found = array("q")
    for key, members in _blocks(scenes, weights):
        width = len(members)
        if width > FULL:
            members.sort(key=place_in.__getitem__)
            width = neighbours(key)
        for n, i in enumerate(members):
            for j in members[n + 1 : n + 1 + width]:
                if compared(key, fine[i], fine[j]):
                    found.append(i * number + j if i < j else j * number + i)
        if len(found) > AT_ONCE:
            kept, found = _counted(*kept, found), array("q")
    unique, shared = _counted(*kept, found)
    return _closest(np.stack(np.divmod(unique, max(1, number)), axis=1), shared)


def _counted(known: Numbers, shared: Few, found: array[int]) -> tuple[Numbers, Few]:
    """Pairs with the number of blocks that they share, those found added to those known."""
    unique, times = np.unique(np.array(found, dtype=np.int64), return_counts=True)
    both, counts = np.concatenate((known, unique)), np.concatenate((shared, times), dtype=np.int32)
    ordered = np.argsort(both, kind="stable")
    both = both[ordered]
    starts = np.flatnonzero(np.diff(both, prepend=-1))
    summed: Few = np.add.reduceat(counts[ordered], starts, dtype=np.int32) if len(starts) else counts
    return both[starts], summed


def _closest(found: Pairs, shared: Few) -> Pairs:
    """The pairs that for one of their scenes are among the MOST that share most blocks."""
    kept = np.zeros(len(found), dtype=bool)
    ends = np.concatenate((found[:, 0], found[:, 1]), dtype=np.int32)
    which = np.tile(np.arange(len(found), dtype=np.int32), 2)
    ordered = np.lexsort((which, -shared[which], ends))
    ends, which = ends[ordered], which[ordered]
    del ordered
    starts = np.flatnonzero(np.diff(ends, prepend=-1)).astype(np.int32)
    sizes = np.diff(starts, append=np.int32(len(ends)))
    rank = np.arange(len(ends), dtype=np.int32) - np.repeat(starts, sizes)
    kept[which[rank < MOST]] = True
    return found[kept]


def neighbours(key: int) -> int:
    """How many scenes on either side a scene is compared with in a block of more than FULL."""
    return NEIGHBOURS if key & 1 else NO_PLACE


def compared(key: int, fine: bool, other_fine: bool) -> bool:
    """Whether a block compares two scenes: two of a fine place meet in a block of a place or a word, or not at all."""
    return bool(key & 1) or not (fine and other_fine)


def is_fine(scene: Scene) -> bool:
    """Whether its first place is a fine one."""
    return bool(scene.where and scene.where[0].precision in FINE and not scene.where[0].loose)


def order(scene: Scene) -> int:
    """Where a scene stands in a full block, as a number below 2**63: by day, then place, then figure."""
    when = scene.when or scene.assumed
    day = (when.first or 0) if when else 0
    place = _number(scene.where[0].key) >> 44 if scene.where else 0
    return day << 39 | place << 19 | min(max(scene.killed, default=0), (1 << 19) - 1)


def keys(scene: Scene, weights: Weights) -> Iterator[int]:
    """The blocks of a scene: place and days, place and figure, days and means, rare words.

    The last bit says whether the block is of a place or a word (1) or of neither (0).
    """
    family = _mix(_WORD, _number(scene.family))
    when = scene.when or scene.assumed
    buckets: Sequence[int] = ()
    if when and when.first is not None and when.last is not None and when.last - when.first <= LONGEST:
        buckets = range(when.first // BUCKET, when.last // BUCKET + 2)
    figures = [_KILLED + n for n in sorted(n for n in scene.killed if n > FEW)[-3:]]
    for place in scene.where[:3]:
        if place.precision == "country":
            continue
        spots = [_mix(family, _number(name)) for name in place.names or {place.key}]
        for spot in spots:
            yield _block(_mix(spot, _ANY_DAY), True)  # for those whose day is not known
        if place.precision in FINE and place.lat is not None and place.lon is not None:
            y, x = place.lat / CELL, place.lon / CELL
            rows = [_mix(family, floor(y + dy)) for dy in (0.0, 0.5)]
            spots += [_mix(row, floor(x + dx)) for row in rows for dx in (0.0, 0.5)]
        for spot in spots:
            for more in (*buckets, *figures):
                yield _block(_mix(spot, more), True)
    for bucket in buckets:
        at = _mix(family, bucket)
        for means in scene.means:
            yield _block(_mix(at, _number(means)), False)
        for figure in figures:
            yield _block(_mix(at, figure), False)
    for word in scene.words:
        if weights.having.get(word, 0) <= RARE:
            yield _block(_mix(family, _WORD ^ _number(word)), True)


@lru_cache(maxsize=1 << 17)
def _number(said: str) -> int:
    """64 bits of a hash of a string: Python's own differs from process to process."""
    return int.from_bytes(blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _mix(h: int, value: int) -> int:
    """64 bits of two numbers, the first of which is mixed already (the step of a splitmix generator)."""
    h = ((h ^ (value & _64)) * 0x9E3779B97F4A7C15) & _64
    return h ^ h >> 29


def _block(h: int, placed: bool) -> int:
    """A mixed number as a signed one, with the last bit set for a block of a place or a word."""
    h = h | 1 if placed else h & ~1
    return h - (1 << 64) if h >> 63 else h


def _blocks(scenes: Sequence[Scene], weights: Weights) -> Iterator[tuple[int, list[int]]]:
    """The blocks of two scenes or more with these. Arrays: a million scenes have twenty million keys."""
    by_key, which = array("q"), array("i")
    for i, scene in enumerate(scenes):
        own = {*keys(scene, weights)}
        by_key.extend(own)
        which.extend([i] * len(own))
    hashes, indices = np.array(by_key, dtype=np.int64), np.array(which, dtype=np.int32)
    del by_key, which
    ordered = np.argsort(hashes, kind="stable")
    hashes, indices = hashes[ordered], indices[ordered]
    del ordered
    starts = np.r_[0, np.flatnonzero(np.diff(hashes)) + 1]
    ends = np.r_[starts[1:], len(hashes)]
    many = ends - starts > 1
    for start, end in zip(starts[many], ends[many], strict=True):
        yield int(hashes[start]), indices[start:end].tolist()
