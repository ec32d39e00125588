"""The score of a pair of scenes: how much more likely they are one event than two, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from probata.link.features import Feature, Weights, compare
from probata.link.scenes import Scene

# A logistic regression on the 4,132 compared pairs of main scenes of the 316 reports of gold/incidents/dev.jsonl (253
# of one incident), pairs of one incident weighted by the root of their number; 2026-11-24. Fitted on the incidents of
# one half and measured on the other, B-cubed F1 over all and over shared incidents and wrong pairs are 0.91, 0.84, 5
# % and 0.87, 0.74, 0 %. Set by hand, as the reports have too few: `overlap`, `unknown` words (hand-coded records),
# `sums`.
BASE = -3.0
WEIGHTS: dict[str, dict[str, float]] = {
    "place": {"same": 0.54, "name": 0.4, "unknown": 0.35, "coarse": 0.12, "within": -0.2, "near": -0.3, "far": -0.67},
    "days": {"same": 2.75, "overlap": 2.3, "next": 0.9, "near": 0.1, "within": -0.2, "unknown": -0.75, "weekday": -0.9,
             "other": -2.0, "far": -2.0},
    "killed": {"same": 0.8, "few": 0.15, "unknown": -0.05, "near": -0.35, "differ": -0.55},
    "injured": {"same": 0.5, "few": 0.1, "unknown": 0.15, "near": -0.3, "differ": -0.4},
    "means": {"same": 0.35, "unknown": 0.25, "differ": -0.6},
    "accused": {"unknown": 0.45, "differ": 0.1, "same": 0.1, "opposed": -0.67},
    "words": {"unknown": 0.6, "many": 0.5, "copy": 0.45, "most": 0.45, "some": 0.05, "few": -0.45, "none": -0.8},
    "copy": {"yes": 1.45},
    "sums": {"both": 0.3, "one": 0.3},
}  # fmt: skip
# Mean log odds between the members of two groups, above which they are joined. Trained on all, 0.5 gives 0.88, 0.77,
# 1 %; 0.0 gives 0.90, 0.80, 3.5 %; -0.5 gives 0.90, 0.83, 8 %.
JOIN = 0.0
MISSING = -2.0  # a pair that shares no block; from -2 to -0.5 it makes no difference
# WEIGHTS-END


Levels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two scenes compared: the features, the log odds that they are one event, why they never can be ("": they can)."""

    features: tuple[Feature, ...]
    score: float
    never: str = ""

    def reasons(self) -> list[str]:
        """The features that weighed most, in words, strongest first."""
        weighed = [(_weight(f.name, f.level), f) for f in self.features]
        told = sorted((w for w in weighed if abs(w[0]) >= 0.2), key=lambda w: (-abs(w[0]), w[1].name))
        return [f"{f.name} {f.level} ({f.a} / {f.b}) {w:+.1f}" for w, f in told]


def pair(a: Scene, b: Scene, weights: Weights) -> Pair:
    """A pair with all that was compared, for people."""
    found = compare(a, b, weights)
    level = {f.name: f.level for f in found}
    return Pair(tuple(found), score(level), never(level, a.report == b.report))


def score(level: Levels) -> float:
    """The log odds that two scenes with these levels are one event."""
    total = BASE
    for name, value in level.items():
        total += WEIGHTS[name].get(value, 0.0)
    return total


def _weight(name: str, level: str) -> float:
    return WEIGHTS[name].get(level, 0.0)


def never(level: Levels, one_report: bool) -> str:
    """Why two scenes cannot be one event whatever else they share; "" when they can."""
    apart = level["days"] in ("far", "other", "weekday", "near")
    if one_report and (apart or level["place"] == "far"):
        return "one report tells of them with different days or places"
    if level["copy"] == "yes":
        return ""
    if level["days"] == "other":
        return "the days differ, and both are dates that need no anchor"
    if apart and level["accused"] == "opposed":
        return "the days differ, and the accused are of opposite sides"
    if level["place"] == "far" and level["days"] in ("far", "weekday"):
        return "neither place nor day agrees"
    return ""
