"""The comparison of two claims: whether they are taken for one incident, and everything that speaks for or against."""

from __future__ import annotations

from dataclasses import dataclass

from probata.model.incident import Decision


@dataclass(frozen=True, slots=True)
class Compared:
    """One feature of two claims: the two values in words, how they stand to each other, and what that weighs.

    `weight` is in log odds: above 0 it speaks for one incident, below 0 for two.
    """

    feature: str
    level: str
    a: str
    b: str
    weight: float


@dataclass(frozen=True, slots=True)
class Step:
    """A link of the chain between two claims: two reports' claims that go together, how strongly, and why."""

    a: str
    b: str
    report_a: str
    report_b: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Why claims `a` and `b` are taken for one incident or for two; None as `together` when one is in no incident.

    `score` is the sum of `base` and the weights of all features, and `threshold` what it takes; `never` is what forbids
    it whatever the score. `decisions` are the people's rows that bear on it. `chain` are the steps that join the two
    where they are not joined by themselves. It says how claims were grouped, not what happened.
    """

    a: str
    b: str
    report_a: str
    report_b: str
    together: bool | None
    incident_a: str | None
    incident_b: str | None
    reason: str
    features: tuple[Compared, ...] = ()
    base: float = 0.0
    score: float | None = None
    threshold: float = 0.0
    never: str = ""
    decisions: tuple[Decision, ...] = ()
    chain: tuple[Step, ...] = ()
