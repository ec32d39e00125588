"""Clusters: pairs joined from the best down, by the mean of all scores between two groups, within what is allowed."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edge:
    """What is known of two nodes: the score, whether they can never be together, and what a person decided of them."""

    a: int
    b: int
    score: float
    never: bool = False
    must: bool = False
    parted: bool = False


@dataclass(slots=True)
class _Link:
    total: float = 0.0
    scored: int = 0
    never: bool = False
    parted: bool = False

    @property
    def barred(self) -> bool:
        return self.never or self.parted


def clusters(size: int, edges: Iterable[Edge], rank: Sequence[str], missing: float, least: float) -> list[list[int]]:
    """The groups of nodes 0 to size - 1, each in order.

    Two groups are joined while the mean of the scores between their members is `least` or more; a pair that was not
    compared counts as `missing`. `rank` breaks ties, so that the order of the nodes does not matter. A `must` joins
    whatever the score and before all else: whoever decides that two tell of one event does not drive out what speaks
    for either of them, so both are one node from then on, with the better score of the two, and `never` holds against
    it only if it does against both. A `never` or `parted` between any two members keeps their groups apart.
    """
    members: dict[int, list[int]] = {i: [i] for i in range(size)}
    nodes = dict.fromkeys(range(size), 1)  # how many nodes a group counts for in a mean
    links: dict[int, dict[int, _Link]] = {i: {} for i in range(size)}
    musts: list[tuple[int, int]] = []
    for e in edges:
        link = links[e.a].setdefault(e.b, _Link())
        links[e.b][e.a] = link
        link.never, link.parted = link.never or e.never, link.parted or e.parted
        if not (e.must or e.parted):
            link.total, link.scored = link.total + e.score, link.scored + 1
        if e.must:
            musts.append((e.a, e.b))
    at = list(range(size))

    def mean(a: int, b: int) -> float:
        link = links[a][b]
        number = nodes[a] * nodes[b]
        return (link.total + missing * (number - link.scored)) / number

    def join(a: int, b: int, must: bool = False) -> int:
        if len(members[a]) < len(members[b]):
            a, b = b, a
        links[a].pop(b, None)
        links[b].pop(a, None)
        if must:
            for c in links[a].keys() - links[b].keys():
                links[a][c].never = False
        for c, link in links.pop(b).items():
            del links[c][b]
            if (own := links[a].get(c)) is None:
                links[a][c] = links[c][a] = link
                link.never = link.never and not must
                continue
            own.parted = own.parted or link.parted
            if must:
                own.never = own.never and link.never
                if not own.scored or (link.scored and link.total > own.total):
                    own.total, own.scored = link.total, link.scored
            else:
                own.total, own.scored, own.never = (
                    own.total + link.total,
                    own.scored + link.scored,
                    own.never or link.never,
                )
        for node in members[b]:
            at[node] = a
        nodes[a] = 1 if must else nodes[a] + nodes[b]
        members[a] += members.pop(b)
        name[a] = min(name[a], name.pop(b))
        stamp[a] += 1
        return a

    name = {i: rank[i] for i in range(size)}
    stamp = [0] * size
    for a, b in sorted(musts):
        if at[a] != at[b]:
            join(at[a], at[b], must=True)

    heap: list[tuple[float, str, str, int, int, int, int]] = []

    def push(a: int, b: int) -> None:
        if not links[a][b].barred and (m := mean(a, b)) >= least:
            first, last = sorted((name[a], name[b]))
            heapq.heappush(heap, (-round(m, 6), first, last, a, b, stamp[a], stamp[b]))

    for a in members:
        for b in links[a]:
            if a < b:
                push(a, b)
    while heap:
        _, _, _, a, b, old_a, old_b = heapq.heappop(heap)
        if a not in members or b not in members or stamp[a] != old_a or stamp[b] != old_b:
            continue
        kept = join(a, b)
        for c in list(links[kept]):
            push(kept, c)
    return sorted(sorted(m) for m in members.values())
