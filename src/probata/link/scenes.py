"""Scenes: the claims of one report that are about one event, in the order the report tells them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeVar

from probata.link.facts import Fact, When, Where, one_of
from probata.link.near import FINE, days, places
from probata.model.claim import ClaimType

_AGREES = {"same": 3.0, "name": 2.5, "near": 1.0, "within": 1.5, "coarse": 1.0, "unknown": 0.3, "far": -9.0}
_WHEN = {"same": 2.0, "overlap": 1.5, "within": 0.5, "next": -1.0, "unknown": 0.3, "near": -9.0, "far": -9.0}
_ORDER = {
    p: n for n, p in enumerate(("point", "neighbourhood", "city", "unresolved", "district", "province", "region"))
}
T = TypeVar("T")
Apart = frozenset[frozenset[str]]
FRESH = 3  # days that news looks back, when it does not say when
FEW = 3  # a smaller figure is shared by many events


@dataclass(slots=True, eq=False)
class _Open:
    """A scene while its report is read."""

    facts: list[Fact] = field(default_factory=list)
    where: list[Where] = field(default_factory=list)
    when: list[When] = field(default_factory=list)

    def add(self, f: Fact) -> None:
        self.facts.append(f)
        if f.where and f.where not in self.where:
            self.where.append(f.where)
        if f.when and f.when not in self.when:
            self.when.append(f.when)

    def fits(self, f: Fact) -> float:
        """How well a claim goes on with this scene; below 0 it tells of another."""
        if f.sums != self.facts[0].sums and (f.sums or self.facts[0].sums):
            return -9.0
        by_place = [_AGREES[places(f.where, w)] for w in self.where]
        by_day = [_WHEN[days(f.when, w)] for w in self.when]
        where = min(by_place) if by_place and min(by_place) < -1 else max(by_place, default=0.3)
        when = min(by_day) if by_day and min(by_day) < -1 else max(by_day, default=0.3)
        return where + when


class Scene:
    """The claims of one report about one event, and what they say taken together.

    `where` are its places, the one most claims name first, the finest where as many name two; `when` the days most
    name, a single day before a longer time. `key` is the least of its claim ids: what ties are broken by.
    `assumed` are the days before its report came out, where no claim says when; news is of those days.
    """

    __slots__ = (
        "accused", "assumed", "facts", "family", "injured", "key", "killed", "means", "report", "sums", "when", "where",
        "words",
    )  # fmt: skip

    def __init__(self, facts: Sequence[Fact], published: int | None = None) -> None:
        self.facts = tuple(facts)
        self.report = facts[0].report
        self.family = facts[0].family
        self.sums = facts[0].sums
        self.key = min(f.claim for f in facts)
        self.where = _where(facts)
        self.when = _when(facts)
        told = published is not None and self.when is None and not self.sums
        self.assumed = When(published - FRESH, published, "assumed", False) if told and published else None
        self.killed = _figures(facts, ClaimType.KILLING)
        self.injured = _figures(facts, ClaimType.INJURY)
        self.means = _joined([f.means for f in facts])
        self.accused = _joined([f.accused for f in facts])
        self.words = facts[0].words if len(facts) == 1 else tuple(sorted({w for f in facts for w in f.words}))


def _where(facts: Sequence[Fact]) -> tuple[Where, ...]:
    found = Counter(f.where for f in facts if f.where)
    return one_of(tuple(sorted(found, key=lambda w: (_ORDER.get(w.precision, 9) // 3, -found[w], w.key))))


def _when(facts: Sequence[Fact]) -> When | None:
    found = Counter(f.when for f in facts if f.when and f.when.first is not None)
    return max(found, key=lambda w: (w.is_day, found[w], -(w.first or 0), w.fixed), default=None)


def _figures(facts: Sequence[Fact], kind: ClaimType) -> frozenset[int]:
    return one_of(frozenset(f.figure for f in facts if f.type is kind and f.figure is not None))


def _joined(sets: Sequence[frozenset[T]]) -> frozenset[T]:
    """The union; the set itself where there is one, so that nothing is copied."""
    return sets[0] if len(sets) == 1 else one_of(frozenset().union(*sets))


def scenes(
    found: Iterable[Fact], apart: Apart = frozenset(), published: Mapping[str, int] | None = None
) -> list[Scene]:
    """The scenes of all reports; pairs of claims in `apart` never share one. No order of reports matters.

    `published` are days of publication by report, as ordinals.
    """
    out: list[Scene] = []
    ordered = sorted(found, key=lambda f: (f.report, f.order, f.claim))
    for report, of_report in groupby(ordered, key=lambda f: f.report):
        out.extend(Scene(told, (published or {}).get(report)) for told in _of_one(list(of_report), apart))
    return out


def _of_one(found: list[Fact], apart: Apart) -> list[list[Fact]]:
    made: list[_Open] = []
    # Claims that name their place and day come first, so that those that name neither have something to go on with.
    for f in sorted(found, key=lambda f: (_loose(f), f.order)):
        best: tuple[float, int, int] | None = None
        chosen: _Open | None = None
        for scene in made:
            if scene.facts[0].family != f.family:
                continue
            if apart and any(frozenset((f.claim, g.claim)) in apart for g in scene.facts):
                continue
            score = scene.fits(f)
            # Among equals the one told last before it, else the first after it: so what is told elsewhere in the
            # report is of no matter, and some scenes of a report can be made again without the others.
            before = max((g.order for g in scene.facts if g.order < f.order), default=-1)
            rank = (score, before, -min(g.order for g in scene.facts))
            if score >= 0 and (best is None or rank > best):
                best, chosen = rank, scene
        if chosen is None:
            made.append(chosen := _Open())
        chosen.add(f)
    return [sorted(s.facts, key=lambda f: f.order) for s in made]


def _loose(f: Fact) -> int:
    fine = f.where is not None and f.where.precision in FINE
    return 2 - fine - (f.when is not None and f.when.is_day)
