"""What an assessment is made from: the claims of one incident, what is known of their reports, and how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from probata.assess.voices import Voice, publisher, voice_of
from probata.link.union import Union
from probata.model.claim import Claim, ClaimType, Stance

VIOLENCE = (
    ClaimType.KILLING,
    ClaimType.CASUALTIES,
    ClaimType.INJURY,
    ClaimType.ATTACK,
    ClaimType.DAMAGE,
    ClaimType.ILL_TREATMENT,
)
# What an incident is about, the gravest first: whoever speaks of a lesser kind does not vouch for a graver one.
LEADS: tuple[tuple[ClaimType, ...], ...] = (
    VIOLENCE,
    (ClaimType.DETENTION,),
    (ClaimType.FORCED_RECRUITMENT,),
    (ClaimType.DEPRIVATION,),
    (ClaimType.DISPLACEMENT,),
    (ClaimType.BODIES_FOUND,),
)


class About(Protocol):
    """What is known of a report beside its claims: its outlet ("" or None if not) and its day of publication."""

    @property
    def outlet(self) -> str | None: ...

    @property
    def published(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """The claims in order of id, the family of each report, its publisher and day, and what people have withdrawn."""

    claims: tuple[Claim, ...]
    family: Mapping[str, str]
    about: Mapping[str, About] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    supporting: tuple[Claim, ...] = ()  # the claims that affirm what the incident is about
    first: Mapping[str, date] = field(default_factory=dict)  # the day each family was first printed

    @classmethod
    def of(
        cls,
        claims: Iterable[Claim],
        families: Sequence[frozenset[str]] = (),
        about: Mapping[str, About] | None = None,
        withdrawn: frozenset[str] = frozenset(),
    ) -> Evidence:
        """Evidence in an order of its own, so that the order of the input changes nothing."""
        by_id = {c.id: c for c in claims}
        ordered = tuple(by_id[i] for i in sorted(by_id))
        known, family = about or {}, _family(families)
        first: dict[str, date] = {}
        for report in {c.report for c in ordered} | family.keys():  # `about` may hold a whole casebook
            if (printed := known.get(report)) is not None and printed.published is not None:
                stands = family.get(report, report)
                first[stands] = min(printed.published, first.get(stands, printed.published))
        bare = cls(ordered, family, known, first=first)
        gone = withdrawn | _taken_back(bare)
        return replace(bare, withdrawn=gone, supporting=_supporting(ordered, gone))

    def family_of(self, report: str) -> str:
        """The report that stands for all copies of this one."""
        return self.family.get(report, report)

    def outlet(self, report: str) -> str:
        """The publisher of a report, "" if not known."""
        known = self.about.get(report)
        return publisher(known.outlet) if known and known.outlet else ""

    def first_day(self, report: str) -> date | None:
        """The day a report, or the first of its copies, was published, if known."""
        return self.first.get(self.family_of(report))

    def day(self, report: str) -> date | None:
        """The day a report was published, if known."""
        known = self.about.get(report)
        return known.published if known else None

    def voice(self, claim: Claim) -> Voice:
        """Who speaks in a claim of these."""
        return voice_of(claim)


def _taken_back(evidence: Evidence) -> frozenset[str]:
    """The claims whose own named speaker, no party to the conflict, denies the same kind of harm on a later day."""
    denied: dict[tuple[str, ClaimType], date] = {}
    for claim in evidence.claims:
        who, day = evidence.voice(claim), evidence.first_day(claim.report)
        if claim.stance is Stance.DENIED and who.is_named and who.party is None and day is not None:
            denied[who.key, claim.type] = max(day, denied.get((who.key, claim.type), day))
    if not denied:
        return frozenset()
    return frozenset(
        claim.id
        for claim in evidence.claims
        if claim.stance is Stance.AFFIRMED
        and (last := denied.get((evidence.voice(claim).key, claim.type))) is not None
        and (day := evidence.first_day(claim.report)) is not None
        and day < last
    )


def _supporting(claims: tuple[Claim, ...], withdrawn: frozenset[str]) -> tuple[Claim, ...]:
    """Those that affirm the gravest kind of harm any affirms, without the withdrawn; else the unverified ones."""
    for stance in (Stance.AFFIRMED, Stance.UNVERIFIED):
        for types in LEADS:
            found = tuple(c for c in claims if c.stance is stance and c.type in types and c.id not in withdrawn)
            if found:
                return found
    return ()


def _family(families: Sequence[frozenset[str]]) -> dict[str, str]:
    """Each report's family by its first member; families that share a report are one."""
    joined = Union()
    for family in families:
        first, *rest = sorted(family) or [""]
        for report in rest:
            joined.join(first, report)
    return {report: joined.find(report) for family in families for report in family}
