"""Counts: how many scenes there are, hold a word, are at a place; added up over a casebook, they weigh what is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from probata.link.features import Weights
from probata.link.near import FINE
from probata.link.scenes import Scene


@dataclass(frozen=True, slots=True)
class Counts:
    """Scenes in all, by telling word, by key of a fine place. To weigh some claims only their own words are needed."""

    scenes: int = 0
    having: Mapping[str, int] = field(default_factory=dict)
    at: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Counts) -> Counts:
        """Those of both together, where no scene is in both."""
        return Counts(self.scenes + other.scenes, _sum(self.having, other.having, 1), _sum(self.at, other.at, 1))

    def __sub__(self, other: Counts) -> Counts:
        """Those left when the scenes of `other` are taken out; what none holds any more is left out."""
        return Counts(self.scenes - other.scenes, _sum(self.having, other.having, -1), _sum(self.at, other.at, -1))


def count(scenes: Iterable[Scene]) -> Counts:
    """The counts of scenes."""
    number = 0
    having: Counter[str] = Counter()
    at: Counter[str] = Counter()
    for number, scene in enumerate(scenes, 1):  # noqa: B007
        having.update(scene.words)
        at.update({place.key for place in scene.where[:3] if place.precision in FINE})
    return Counts(number, having, at)


def weights(counted: Counts, families: Iterable[Sequence[str]] = ()) -> Weights:
    """How telling each word is by these counts, and which reports copy one another."""
    family = {report: n for n, members in enumerate(families) for report in members if len(members) > 1}
    return Weights(counted.scenes, counted.having, _copied(family), counted.at)


def _copied(family: Mapping[str, int]) -> Callable[[str, str], bool]:
    return lambda a, b: a != b and a in family and family[a] == family.get(b)


def _sum(a: Mapping[str, int], b: Mapping[str, int], sign: int) -> dict[str, int]:
    out = dict(a)
    for name, number in b.items():
        out[name] = out.get(name, 0) + sign * number
        if out[name] <= 0:
            del out[name]
    return out
