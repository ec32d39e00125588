"""Incidents with what is to be said of them: each with its claims and its assessment. Pure; nothing is stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from probata.assess.assessing import assess
from probata.assess.evidence import About
from probata.assess.law import Conflict
from probata.model.assessment import Assessment
from probata.model.claim import Claim, ClaimType
from probata.model.incident import Incident


@dataclass(frozen=True, slots=True)
class Assessed:
    """An incident, the claims it was assessed by, and the assessment.

    `claims` are those of the incident, and what its reports say of verification.
    """

    incident: Incident
    claims: tuple[Claim, ...]
    found: Assessment


def assessed(
    claims: Iterable[Claim],
    about: Mapping[str, About],
    incidents: Sequence[Incident],
    withdrawn: frozenset[str] = frozenset(),
    only: str | None = None,
    conflict: Conflict | None = None,
) -> Iterator[Assessed]:
    """Each incident with its assessment, in the order given, or `only` the one of this id.

    `claims` are those that the incidents were made of, with all others of the same reports; `withdrawn` are the ids of
    claims that people have struck, `conflict` the kind of conflict if a person has set it. A claim that is not among
    them any more is passed over.
    """
    known = list(claims)
    by_id = {c.id: c for c in known}
    verified = _verification(known, by_id, incidents)
    for incident in incidents:
        if only not in (None, incident.id):
            continue
        of_it = (*(by_id[i] for i in incident.claims if i in by_id), *verified[incident.id])
        families = [frozenset(f) for f in incident.families]
        relations = {m.claim: m.relation for m in incident.members}
        found = assess(of_it, families, about=about, relations=relations, withdrawn=withdrawn, conflict=conflict)
        yield Assessed(incident, of_it, found)


def _verification(
    claims: Sequence[Claim], by_id: Mapping[str, Claim], incidents: Sequence[Incident]
) -> Mapping[str, list[Claim]]:
    """What a report says of verification is of the incident that it tells most of."""
    told = Counter((by_id[c].report, i.id) for i in incidents for c in i.claims if c in by_id)
    main: dict[str, tuple[int, str]] = {}
    for (report, name), number in told.items():
        main[report] = max(main.get(report, (0, "")), (number, name))
    verified: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.type is ClaimType.VERIFICATION and claim.report in main:
            verified[main[claim.report][1]].append(claim)
    return verified
