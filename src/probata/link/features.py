"""What two scenes have in common, feature by feature, each with the two values compared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import fsum, log

from probata.link.facts import When, ordinal_name
from probata.link.near import FINE, days, places, weekday
from probata.link.scenes import FEW, FRESH, Scene
from probata.vocab.partynames import Party, meant, opposed

_PLACES = ("same", "name", "near", "within", "coarse", "unknown", "far")
CROWD = 15  # scenes of one place,
CROWD_SHARE = 0.04  # and their share of all, above which it is crowded
_SETTING = ("same", "overlap", "next", "assumed")
_SHORT = 7  # days; of a longer time an assumed day says nothing
_NEAR_FIGURE = 0.25  # two figures this close, as a share of the larger, may be one toll as it grows


@dataclass(frozen=True, slots=True)
class Feature:
    """A named comparison: its level, and the two values in words."""

    name: str
    level: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Weights:
    """How telling a word is: the fewer scenes hold it, the more. `copied` says whether two reports copy each other."""

    scenes: int = 0
    having: Mapping[str, int] = field(default_factory=dict)
    copied: Callable[[str, str], bool] = lambda a, b: False
    at: Mapping[str, int] = field(default_factory=dict)  # scenes by place
    _known: dict[str, float] = field(default_factory=dict)

    def of(self, word: str) -> float:
        """From about 1 for a word of every tenth scene to 5 and more for one of a few."""
        if (known := self._known.get(word)) is None:
            known = self._known[word] = log((self.scenes + 60) / (self.having.get(word, 0) + 3))
        return known

    def crowded(self, place: str) -> bool:
        """Whether so much is told of a place that two events of one day there are likely: a city under siege."""
        number = self.at.get(place, 0)
        return number > CROWD and number > CROWD_SHARE * self.scenes

    def alike(self, a: Collection[str], b: Collection[str]) -> float:
        """The weight of shared words as a share of the smaller set's (0 to 1)."""
        shared = fsum(map(self.of, set(a) & set(b)))  # exact, so it does not hang on the order of a set
        least = min(fsum(map(self.of, a)), fsum(map(self.of, b)))
        return shared / least if least else 0.0


def levels(a: Scene, b: Scene, weights: Weights) -> dict[str, str]:
    """The level of each feature of a pair, by name; the same either way round."""
    place, days_apart = place_level(a, b), day_level(a, b)
    found = {
        "place": place,
        "days": days_apart,
        "setting": _setting(a, b, place, days_apart, weights),
        "killed": _figures(a.killed, b.killed),
        "injured": _figures(a.injured, b.injured),
        "means": "unknown" if not a.means or not b.means else "same" if a.means & b.means else "differ",
        "accused": _accused(a.accused, b.accused),
        "words": _words(a.words, b.words, weights),
        "copy": "yes" if weights.copied(a.report, b.report) else "no",
        "sums": "both" if a.sums and b.sums else "one" if a.sums or b.sums else "none",
    }
    against = sum(found[name] in ("differ", "opposed") for name in ("killed", "means", "accused"))
    found["against"] = ("none", "one", "two", "all")[against]
    return found


def compare(a: Scene, b: Scene, weights: Weights) -> list[Feature]:
    """The features of a pair with the values compared, in a fixed order."""
    values = {
        "place": (_named(a), _named(b)),
        "days": (_spelt(a.when or a.assumed), _spelt(b.when or b.assumed)),
        "setting": (_named(a), _named(b)),
        "killed": (_listed(a.killed), _listed(b.killed)),
        "injured": (_listed(a.injured), _listed(b.injured)),
        "means": (_listed(a.means), _listed(b.means)),
        "accused": (_listed([p.name for p in a.accused]), _listed([p.name for p in b.accused])),
        "words": (_few({*a.words} & {*b.words}, weights), f"{weights.alike(a.words, b.words):.0%} in common"),
        "copy": (a.report, b.report),
        "sums": ("a sum" if a.sums else "one event", "a sum" if b.sums else "one event"),
        "against": ("killed, means", "and accused"),
    }
    return [Feature(name, level, *values[name]) for name, level in levels(a, b, weights).items()]


def place_level(a: Scene, b: Scene) -> str:
    """The best of how any two of their places stand to each other, of the two that each names first."""
    found = {places(x, y) for x in a.where[:3] for y in b.where[:3]}
    level = min(found, key=_PLACES.index, default="unknown")
    if level in ("within", "coarse", "unknown") and "far" in found and places(a.where[0], b.where[0]) == "far":
        return "far"
    return level


def day_level(a: Scene, b: Scene) -> str:
    """How their days stand: as `near.days`, and weekday where only the day of the week agrees.

    Where one does not say when, its report's day tells whether its days are the other's (assumed), or are not (stale).
    """
    level = days(a.when, b.when)
    if level == "unknown" and (a.assumed or b.assumed):
        return _assumed(a.when or a.assumed, b.when or b.assumed)
    if level == "far":
        if a.when and b.when and a.when.fixed and b.when.fixed:
            return "other"
        if weekday(a.when, b.when):
            return "weekday"
    return level


def _assumed(a: When | None, b: When | None) -> str:
    if a is None or b is None or a.first is None or b.first is None or a.last is None or b.last is None:
        return "unknown"
    if max(a.last - a.first, b.last - b.first) > _SHORT:
        return "unknown"
    gap = max(a.first, b.first) - min(a.last, b.last)
    if gap <= 0:
        return "assumed" if a.precision != "assumed" or b.precision != "assumed" else "unknown"
    return "stale" if gap > FRESH else "unknown"


def _setting(a: Scene, b: Scene, place: str, days_apart: str, weights: Weights) -> str:
    """Place and day together: one town and one day say more than each by itself, the more so the less is told of it."""
    if place not in ("same", "name", "near") or days_apart not in _SETTING:
        return "none"
    shared = {w.key for w in a.where[:3] if w.precision in FINE} & {w.key for w in b.where[:3] if w.precision in FINE}
    rare = any(not weights.crowded(key) for key in shared) or place == "name"
    if days_apart in ("next", "assumed"):
        return "about" if rare else "none"
    return "rare" if rare else "crowded"


def _named(s: Scene) -> str:
    return ", ".join(dict.fromkeys(w.name for w in s.where[:2])) or "not stated"


def _spelt(when: When | None) -> str:
    if when is None:
        return "not stated"
    first = ordinal_name(when.first) if when.first is not None else "…"
    last = ordinal_name(when.last) if when.last is not None else "…"
    told = first if first == last else f"{first} to {last}"
    return f"not stated, {told} by its report's day" if when.precision == "assumed" else told


def _figures(a: frozenset[int], b: frozenset[int]) -> str:
    if not a or not b:
        return "unknown"
    shared = a & b
    if any(n > FEW * 3 for n in shared):
        return "same"
    if shared:
        return "few"
    near = any(abs(x - y) <= max(2, _NEAR_FIGURE * max(x, y)) for x in a for y in b)
    return "near" if near else "differ"


@lru_cache(maxsize=1 << 15)
def _accused(a: frozenset[Party], b: frozenset[Party]) -> str:
    if not a or not b:
        return "unknown"
    if a & b or any(meant(p, q) for p in a for q in b):
        return "same"
    return "opposed" if any(opposed(p, q) for p in a for q in b) else "differ"


def _words(a: Collection[str], b: Collection[str], weights: Weights) -> str:
    if min(len(a), len(b)) < 3:
        return "unknown"
    alike = weights.alike(a, b)
    return next(name for name, bound in _LEVELS if alike >= bound)


_LEVELS = (("copy", 0.7), ("most", 0.45), ("many", 0.3), ("some", 0.18), ("few", 0.08), ("none", 0.0))


def _few(shared: Collection[str], weights: Weights) -> str:
    return ", ".join(sorted(shared, key=lambda w: (-weights.of(w), w))[:6]) or "none shared"


def _listed(values: Collection[object]) -> str:
    return ", ".join(str(v) for v in sorted(values, key=lambda v: (str(type(v)), v))[:6]) or "none"
