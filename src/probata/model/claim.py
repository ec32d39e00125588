"""The claim: one act, one speaker, the exact words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from probata.model.span import Span


class ClaimType(StrEnum):
    """The acts, situations and speech acts that are recorded (gold/claims.md, version 1)."""

    KILLING = "killing"
    INJURY = "injury"
    CASUALTIES = "casualties"
    ATTACK = "attack"
    DETENTION = "detention"
    ILL_TREATMENT = "ill_treatment"
    DISPLACEMENT = "displacement"
    DEPRIVATION = "deprivation"
    FORCED_RECRUITMENT = "forced_recruitment"
    DAMAGE = "damage"
    BODIES_FOUND = "bodies_found"
    TERRITORY = "territory"
    AGREEMENT = "agreement"
    APPEAL = "appeal"
    CONDEMNATION = "condemnation"
    LEGAL = "legal"
    VERIFICATION = "verification"
    THREAT = "threat"


class Stance(StrEnum):
    """How the speaker stands to the act. Only `affirmed` says that it happened."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    UNVERIFIED = "unverified"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    FUTURE = "future"
    NORMATIVE = "normative"


@dataclass(frozen=True, slots=True)
class Named:
    """Words that stand for a speaker, relay, agent, target or method, and the fullest name the report gives them."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Basis:
    """How the speaker knows, in the report's words; kind is eyewitness, medical, official, own_staff or relayed."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many people: the words and what they bound. None is an open end, never 0; `best` is coded by hand only."""

    span: Span
    low: int | None
    high: int | None
    rule: str
    best: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where: the words, and the gazetteer entry they name, if one. `precision` is that of the words.

    One of point, neighbourhood, city, district, province, region, country, unresolved.
    """

    span: Span
    name: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str = "unresolved"


@dataclass(frozen=True, slots=True)
class Time:
    """When: the words and the days they cover (first and last day, both included), if they can be known.

    `anchor` is the publication day counted from; None for dates that need none. `precision` is one of
    day, days, week, month, season, year, open, unresolved.
    """

    span: Span
    start: date | None = None
    end: date | None = None
    precision: str = "unresolved"
    anchor: date | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """This report says that `speaker` says that `agents` did `type` to `targets`, there, then, so many, so surely.

    `speaker` None is the outlet's own voice. A slot the report does not state is None or empty, never a guess.
    Slots named in `inferred` rest on words elsewhere in the report. `rules` names the rule behind each slot.
    It does not say that anything happened.
    """

    id: str
    report: str
    evidence: Span
    type: ClaimType
    stance: Stance
    speaker: Named | None = None
    relay: tuple[Named, ...] = ()
    basis: Basis | None = None
    agents: tuple[Named, ...] = ()
    targets: tuple[Named, ...] = ()
    groups: tuple[str, ...] = ()
    method: Named | None = None
    count: Count | None = None
    place: Place | None = None
    time: Time | None = None
    in_title: bool = False
    inferred: tuple[str, ...] = ()
    rules: tuple[tuple[str, str], ...] = ()
    why: tuple[tuple[str, str], ...] = ()  # per slot, what a ranker weighed, for --explain


SPEECH = frozenset(
    {
        ClaimType.APPEAL,
        ClaimType.CONDEMNATION,
        ClaimType.LEGAL,
        ClaimType.VERIFICATION,
        ClaimType.THREAT,
    }
)
HARM = frozenset(
    {
        ClaimType.KILLING,
        ClaimType.INJURY,
        ClaimType.CASUALTIES,
        ClaimType.ATTACK,
        ClaimType.DETENTION,
        ClaimType.ILL_TREATMENT,
        ClaimType.DISPLACEMENT,
        ClaimType.DEPRIVATION,
        ClaimType.FORCED_RECRUITMENT,
        ClaimType.DAMAGE,
        ClaimType.BODIES_FOUND,
    }
)
