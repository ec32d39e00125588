"""The assessment of one incident, every part in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from probata.assess.accused import accused, answers
from probata.assess.admiralty import ratings
from probata.assess.evidence import About, Evidence
from probata.assess.grade import grade
from probata.assess.independence import originators
from probata.assess.law import Conflict, law
from probata.assess.ranges import event, group_ranges, range_of
from probata.assess.relations import related
from probata.assess.views import views
from probata.model.assessment import Assessment, Measure, Originator
from probata.model.claim import Claim, ClaimType, Stance
from probata.model.incident import Relation
from probata.vocab import load

RULES = ("counting", "grades", "law", "parties", "voices")


def assess(
    claims: Sequence[Claim],
    families: Sequence[frozenset[str]] = (),
    *,
    about: Mapping[str, About] | None = None,
    relations: Mapping[str, Relation] | None = None,
    withdrawn: frozenset[str] = frozenset(),
    conflict: Conflict | None = None,
) -> Assessment:
    """What the claims of one incident agree and differ on, each part with its reasons; a pure function.

    `families` are sets of ids of reports that copy one another. `about` gives outlets and days of reports, `relations`
    what grouping found on a claim (part, stock ...), `withdrawn` the ids of claims that people have struck, `conflict`
    the kind of conflict. The order of claims and families changes nothing. It does not find that anything happened.
    """
    evidence = Evidence.of(claims, families, about, withdrawn)
    sources, uncounted = originators(evidence)
    source = _Sources(evidence, sources)
    figures = related(evidence, source.of, relations)
    by_id = {c.id: c for c in evidence.claims}
    ranges = {m: range_of(event(figures, m), source.by_id) for m in Measure}
    stock = [f for f in figures if f.measure is Measure.BODIES]
    ranges[Measure.BODIES] = range_of(stock, source.by_id)
    found = accused(evidence, source.by_id)
    given = answers(evidence, found)
    return Assessment(
        killed=ranges[Measure.KILLED],
        injured=ranges[Measure.INJURED],
        casualties=ranges[Measure.CASUALTIES],
        bodies=ranges[Measure.BODIES],
        groups=group_ranges(figures, by_id, source.by_id),
        figures=figures,
        independent_sources=len(sources),
        originators=sources,
        uncounted=uncounted,
        views=views(figures, ranges[Measure.KILLED], ranges[Measure.BODIES]),
        accused=found,
        answers=given,
        grade=grade(evidence, sources, found, given),
        ratings=ratings(evidence, {f.claim: f for f in figures}, source.by_id, found, given),
        law=law([c for c in evidence.claims if c.id not in evidence.withdrawn], conflict),
        verification=_verification(evidence),
        versions=tuple((name, int(load(name)["version"])) for name in RULES),
    )


class _Sources:
    """The source of each claim: its originator; for an outlet's own words that of its report, if it has just one."""

    def __init__(self, evidence: Evidence, sources: Sequence[Originator]) -> None:
        self._of = {c: f"source {n}" for n, o in enumerate(sources) if o.kind != "unstated" for c in o.claims}
        in_family: dict[str, set[str]] = {}
        for claim in evidence.claims:
            if claim.id in self._of:
                in_family.setdefault(evidence.family_of(claim.report), set()).add(self._of[claim.id])
        for claim in evidence.claims:
            if claim.id not in self._of:
                family = evidence.family_of(claim.report)
                one = in_family.get(family, set())
                whose = evidence.voice(claim).key or evidence.outlet(claim.report) or family
                self._of[claim.id] = min(one) if len(one) == 1 and claim.speaker is None else f"unstated {whose}"

    def of(self, claim: Claim) -> str:
        """The source of a claim."""
        return self._of[claim.id]

    def by_id(self, claim: str) -> str:
        """The source of the claim with this id."""
        return self._of[claim]


def _verification(evidence: Evidence) -> str:
    """Verified, unverified or not stated. That nobody could verify it refutes nothing."""
    said = [c for c in evidence.claims if c.type is ClaimType.VERIFICATION and c.id not in evidence.withdrawn]
    if any(c.stance is Stance.AFFIRMED for c in said) and not any(c.stance is Stance.UNVERIFIED for c in said):
        return "said to be verified"
    unverified = any(c.stance is Stance.UNVERIFIED for c in evidence.claims)
    return "unverified" if unverified else "not stated"
