"""Grouping: scenes of all reports into groups that are about one event."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from probata.link import block
from probata.link.cluster import Edge, clusters
from probata.link.features import Weights, levels
from probata.link.near import FINE
from probata.link.scenes import Scene
from probata.link.score import JOIN, MISSING, never, score
from probata.link.union import Parts
from probata.model.incident import Decision


@dataclass(frozen=True, slots=True)
class Grouped:
    """The groups of scenes, and what was compared: how many pairs of how many signatures."""

    groups: list[list[Scene]]
    signatures: int
    pairs: int


def group(scenes: Sequence[Scene], w: Weights, decisions: Mapping[frozenset[str], Decision]) -> Grouped:
    """The groups. Scenes that say the same of one place and day are one signature and are compared once."""
    judged = frozenset().union(*decisions) if decisions else frozenset()
    signed: defaultdict[object, list[Scene]] = defaultdict(list)
    for scene in scenes:
        signed[_signature(scene, judged)].append(scene)
    nodes = sorted((sorted(s, key=lambda x: x.key) for s in signed.values()), key=lambda s: s[0].key)
    signed.clear()
    heads = [node[0] for node in nodes]
    found = block.pairs(heads, w)
    made = _clustered(heads, chain(_edges(heads, found, w), _decided(nodes, decisions)))
    return Grouped([[s for i in members for s in nodes[i]] for members in made], len(nodes), len(found))


def _clustered(heads: Sequence[Scene], edges: Iterable[Edge]) -> list[list[int]]:
    """The clusters of each part of the graph by itself. Without a pair at JOIN or above nothing joins two parts."""
    kept = _Edges()
    joined = Parts(len(heads))
    for e in edges:
        kept.add(e)
        if e.must or (e.score >= JOIN and not (e.never or e.parted)):
            joined.join(e.a, e.b)
    part = np.fromiter(map(joined.find, range(len(heads))), dtype=np.int32, count=len(heads))
    within = kept.by_part(part)
    ordered = np.argsort(part, kind="stable")
    out: list[list[int]] = []
    for run in np.split(ordered, np.flatnonzero(np.diff(part[ordered])) + 1):
        nodes = run.tolist()
        if len(nodes) > 1:
            rank = [heads[i].key for i in nodes]
            made = clusters(len(nodes), within.of(int(part[nodes[0]]), nodes), rank, MISSING, JOIN)
            out += [[nodes[i] for i in cluster] for cluster in made]
        elif nodes:
            out.append(nodes)
    return sorted(out)


class _Edges:
    """Edges in 17 bytes each: a million claims have millions."""

    def __init__(self) -> None:
        self._a, self._b, self._score, self._flags = array("i"), array("i"), array("d"), array("b")

    def add(self, e: Edge) -> None:
        """Keep one edge."""
        self._a.append(e.a)
        self._b.append(e.b)
        self._score.append(e.score)
        self._flags.append(4 * e.parted + 2 * e.must + e.never)

    def by_part(self, part: npt.NDArray[np.int32]) -> _Within:
        """The edges within parts; those between two are left out."""
        a, b = np.frombuffer(self._a, dtype=np.int32), np.frombuffer(self._b, dtype=np.int32)
        inner = np.flatnonzero(part[a] == part[b])
        inner = inner[np.argsort(part[a[inner]], kind="stable")]
        score, flags = np.frombuffer(self._score), np.frombuffer(self._flags, dtype=np.int8)
        return _Within(part[a[inner]], a[inner], b[inner], score[inner], flags[inner])


@dataclass(frozen=True, slots=True)
class _Within:
    """Edges in order of the part that they are in."""

    part: npt.NDArray[np.int32]
    a: npt.NDArray[np.int32]
    b: npt.NDArray[np.int32]
    score: npt.NDArray[np.float64]
    flags: npt.NDArray[np.int8]

    def of(self, part: int, nodes: Sequence[int]) -> Iterator[Edge]:
        """The edges of one part, between the places that its nodes have in it."""
        place = {node: n for n, node in enumerate(nodes)}
        start, end = np.searchsorted(self.part, (part, part + 1)).tolist()
        columns = (column[start:end].tolist() for column in (self.a, self.b, self.score, self.flags))
        for a, b, odds, flags in zip(*columns, strict=True):
            yield Edge(place[a], place[b], odds, bool(flags & 1), bool(flags & 2), bool(flags & 4))


def _signature(scene: Scene, judged: frozenset[str]) -> object:
    """What scenes must share to be one event without being compared; a scene that lacks it stands for itself."""
    place = scene.where[0] if scene.where else None
    sure = place and place.precision in FINE and scene.when and scene.when.is_day and (scene.killed or scene.injured)
    if not sure or any(f.claim in judged for f in scene.facts):
        return scene.key
    return (scene.family, scene.sums, scene.where, scene.when, scene.killed, scene.injured, scene.means, scene.accused)


def _edges(heads: Sequence[Scene], found: block.Pairs, w: Weights) -> Iterator[Edge]:
    for i, j in zip(found[:, 0].tolist(), found[:, 1].tolist(), strict=True):
        level = levels(heads[i], heads[j], w)
        yield Edge(i, j, score(level), bool(never(level, heads[i].report == heads[j].report)))


def _decided(nodes: Sequence[Sequence[Scene]], decisions: Mapping[frozenset[str], Decision]) -> list[Edge]:
    """People's rows as edges: same joins whatever the score, different keeps apart. Unknown claims are passed over."""
    at = {f.claim: i for i, node in enumerate(nodes) for s in node for f in s.facts} if decisions else {}
    out = []
    for row in sorted(decisions.values(), key=lambda r: (r.a, r.b)):
        a, b = at.get(row.a), at.get(row.b)
        if a is not None and b is not None and a != b:
            out.append(Edge(a, b, 0.0, must=row.same, parted=not row.same))
    return out
