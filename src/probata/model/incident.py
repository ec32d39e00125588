"""The incident: what several claims are about, derived from claims and judgements, never stored as truth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Relation(StrEnum):
    """How a claim stands to its incident. Only figures of one `event` may be compared; none are ever added up."""

    EVENT = "event"  # tells of the event itself
    PART = "part"  # a part of the event: its victims are, or may be, among those of the event
    STOCK = "stock"  # a state found (bodies, missing), whenever it came about
    CUMULATIVE = "cumulative"  # a sum over a longer time or a wider place
    REVISED = "revised"  # an earlier figure of the same speaker that a later one replaces
    DENIAL = "denial"  # somebody denies it


@dataclass(frozen=True, slots=True)
class Member:
    """A claim of an incident, how it stands to it, and why."""

    claim: str
    relation: Relation
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's row: claims `a` and `b` are about the same incident, or are not. A later row of the same two wins."""

    a: str
    b: str
    same: bool
    who: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where, as the finest place its claims name: name, GeoNames id, degrees (WGS 84), precision of the words."""

    name: str
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str = "unresolved"


@dataclass(frozen=True, slots=True)
class Beside:
    """An incident whose figures must not be added to this one's: the event that a stock or a sum stands beside."""

    incident: str
    relation: Relation
    reason: str


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that may have happened, to which these claims refer; `start` and `end` are its first and last day.

    `families` are its reports, those that copy one another together. `reasons` say in words what joined the claims.
    `beside` names the events of the same reports that it may overlap with, where it is a stock or a sum.
    It does not say that it happened.
    """

    id: str
    type: str
    members: tuple[Member, ...]
    place: Spot | None
    start: date | None
    end: date | None
    families: tuple[tuple[str, ...], ...]
    reasons: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of all its claims, in order."""
        return tuple(m.claim for m in self.members)

    def of(self, relation: Relation) -> tuple[str, ...]:
        """The ids of its claims that stand in this relation to it."""
        return tuple(m.claim for m in self.members if m.relation is relation)
