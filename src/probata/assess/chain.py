"""The chain that joins two scenes of one incident through others, whose weakest step is as strong as can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from probata.link import block
from probata.link.features import Weights
from probata.link.scenes import Scene
from probata.link.score import pair
from probata.link.union import Parts
from probata.model.comparison import Step
from probata.model.incident import Decision

_TOLD = 3  # features that a step tells


def chain_of(
    a: Scene, b: Scene, members: Sequence[Scene], rows: Mapping[frozenset[str], Decision], w: Weights
) -> Iterator[Step]:
    """The way from one scene to the other whose weakest step is as strong as can be; nothing where there is none."""
    scenes = list({s.key: s for s in members}.values())
    place = {f.claim: n for n, s in enumerate(scenes) for f in s.facts}
    edges: list[tuple[float, int, int, Decision | None]] = []
    for i, j in block.pairs(scenes, w).tolist():
        two = pair(scenes[i], scenes[j], w)
        if not two.never:
            edges.append((two.score, i, j, None))
    for row in rows.values():
        if row.same and row.a in place and row.b in place:
            edges.append((float("inf"), place[row.a], place[row.b], row))
    edges.sort(key=lambda e: (-e[0], scenes[e[1]].key, scenes[e[2]].key))
    start, goal = scenes.index(a), scenes.index(b)
    joined = Parts(len(scenes))
    beside: dict[int, list[tuple[int, Decision | None]]] = {n: [] for n in range(len(scenes))}
    for _, i, j, why in edges:
        if joined.find(i) != joined.find(j):
            joined.join(i, j)
            beside[i].append((j, why))
            beside[j].append((i, why))
        if joined.find(start) == joined.find(goal):
            break
    return reversed(list(_way(scenes, beside, start, goal, w)))


def _way(
    scenes: Sequence[Scene],
    beside: Mapping[int, Sequence[tuple[int, Decision | None]]],
    start: int,
    goal: int,
    w: Weights,
) -> Iterator[Step]:
    """The steps from the goal back to the start, in a graph without circles."""
    came: dict[int, tuple[int, Decision | None]] = {start: (start, None)}
    todo = [start]
    for i in todo:  # grows as it goes
        for j, why in beside[i]:
            if j not in came:
                came[j] = (i, why)
                todo.append(j)
    while goal in came and goal != start:
        i, why = came[goal]
        yield _step(scenes[i], scenes[goal], why, w)
        goal = i


def _step(a: Scene, b: Scene, row: Decision | None, w: Weights) -> Step:
    two = pair(a, b, w)
    told = tuple(two.reasons()[:_TOLD])
    if row is not None:
        told = (f"{row.who or 'somebody'} decided that they are the same{f': {row.why}' if row.why else ''}",)
    return Step(a.key, b.key, a.report, b.report, two.score, told)
