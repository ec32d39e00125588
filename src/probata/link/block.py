"""Blocks: which scenes are compared at all. Near-linear: a block that is too full pairs only neighbours."""

from __future__ import annotations

from array import array
from collections import defaultdict
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
    blocks: defaultdict[Key, list[int]] = defaultdict(list)
    for i, scene in enumerate(scenes):
        for key in set(keys(scene, weights)):
            blocks[key].append(i)
    found = array("q")
    number = len(scenes)
    order = [_order(scene) for scene in scenes]
    fine = [bool(s.where and s.where[0].precision in FINE and not s.where[0].loose) for s in scenes]
    for key, members in blocks.items():
        if len(members) > FULL:
            members.sort(key=order.__getitem__)
            width = NEIGHBOURS if isinstance(key[1], tuple) else NO_PLACE
        else:
            width = len(members)
        by_place = isinstance(key[1], tuple) or key[1] == "word"
        for n, i in enumerate(members):
            for j in members[n + 1 : n + 1 + width]:
                if by_place or not (fine[i] and fine[j]):  # two fine places would have met in a block of their own
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


def _order(scene: Scene) -> tuple[object, ...]:
    when = scene.when
    place = scene.where[0].key if scene.where else ""
    return (when.first or 0 if when else 0, place, max(scene.killed, default=0), scene.key)
