"""Incidents: a pure function of claims and of people's decisions. Nothing is stored; a re-run gives the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from probata.link.carry import new_id
from probata.link.copies import families_of_claims
from probata.link.counts import Counts, count, weights
from probata.link.facts import About, Fact, When, Where, fact
from probata.link.features import Weights
from probata.link.grouping import group
from probata.link.near import FINE
from probata.link.relations import beside, members
from probata.link.scenes import Scene, scenes
from probata.link.score import Pair, pair
from probata.model.claim import Claim, ClaimType
from probata.model.incident import Decision, Incident, Relation, Spot

# What an incident is called after: the first of these that its claims tell of.
_NAMED = (
    ClaimType.KILLING,
    ClaimType.CASUALTIES,
    ClaimType.INJURY,
    ClaimType.ILL_TREATMENT,
    ClaimType.ATTACK,
    ClaimType.DAMAGE,
    ClaimType.FORCED_RECRUITMENT,
    ClaimType.DETENTION,
    ClaimType.DISPLACEMENT,
    ClaimType.DEPRIVATION,
    ClaimType.BODIES_FOUND,
)
_TOLD = 6  # pairs of reports whose reasons are told


def link(
    claims: Iterable[Claim],
    about: Mapping[str, About] | None = None,
    decisions: Iterable[Decision] = (),
    families: Sequence[Sequence[str]] | None = None,
    counted: Callable[[Counts], Counts] | None = None,
) -> list[Incident]:
    """The incidents that claims are about, in order of day and id; claims of one report in the order of its text.

    `about` says when reports were published, `decisions` are people's rows (a later row of two claims wins), `families`
    the reports that copy one another; without it they are found by the claims' exact words. `counted` gives for the
    counts of these claims those of the casebook that they are a part of; without it they are their own. The order of
    reports does not matter. Claims that are conditional, future or normative, or tell of no harm, are in no incident.
    """
    known = list(claims)
    by_id = {c.id: c for c in known}
    rows = latest(decisions)
    found = scenes_of(known, rows, about)
    if families is None:
        families = families_of_claims(known)
    own = count(found)
    w = weights(counted(own) if counted else own, families)
    days = {r: a.published for r, a in (about or {}).items() if a.published}
    family = {report: tuple(members) for members in families for report in members}
    groups = group(found, w, rows).groups
    out = [_incident(g, by_id, days, family, w) for g in groups]
    stands = beside(groups, [i.id for i in out])
    out = [replace(i, beside=stands[i.id]) if i.id in stands else i for i in out]
    return sorted(out, key=lambda i: (i.start or date.max, bool(i.beside), i.id))


def why(a: str, b: str, claims: Iterable[Claim], families: Sequence[Sequence[str]] | None = None) -> Pair | None:
    """Claims `a` and `b` compared as their reports tell of them, with all features; None when one is in no incident."""
    known = list(claims)
    found = scenes_of(known)
    at = {f.claim: s for s in found for f in s.facts}
    if a not in at or b not in at:
        return None
    return pair(at[a], at[b], weights(count(found), families_of_claims(known) if families is None else families))


def latest(decisions: Iterable[Decision]) -> dict[frozenset[str], Decision]:
    """The row that holds for each two claims: the last."""
    return {frozenset((d.a, d.b)): d for d in decisions}


def scenes_of(
    claims: Sequence[Claim],
    rows: Mapping[frozenset[str], Decision] | None = None,
    about: Mapping[str, About] | None = None,
) -> list[Scene]:
    """The scenes of claims, those of one report in the order of its text; `rows` keep claims of one report apart.

    A report came out on the day that `about` says, else on the one that its claims count days from. All claims of some
    scenes of a report give these scenes, as all claims of the report would; but for that day, if `about` has none.
    """
    apart = frozenset(two for two, row in (rows or {}).items() if not row.same)
    published: dict[str, int] = {}
    for claim in claims:
        if claim.time and claim.time.anchor:
            published.setdefault(claim.report, claim.time.anchor.toordinal())
    published |= {r: a.published.toordinal() for r, a in (about or {}).items() if a.published}
    return scenes(_facts(claims), apart, published)


def _facts(claims: Sequence[Claim]) -> list[Fact]:
    """Facts with their order within the report: by offset, then as given."""
    order: Counter[str] = Counter()
    out = []
    for claim in claims:
        if found := fact(claim, order[claim.report]):
            out.append(found)
        order[claim.report] += 1
    return out


def _incident(
    group: Sequence[Scene],
    claims: Mapping[str, Claim],
    days: Mapping[str, date],
    family: Mapping[str, tuple[str, ...]],
    w: Weights,
) -> Incident:
    reports = {s.report for s in group}
    first, last = _days(group)
    told = members(group, claims, days)
    return Incident(
        id=new_id(min(s.key for s in group)),
        type=_type(group),
        members=told,
        place=_spot(group),
        start=first,
        end=last,
        families=tuple(sorted({tuple(r for r in family.get(x, (x,)) if r in reports) for x in reports})),
        reasons=tuple(_reasons(group, told, w)),
    )


def _type(group: Sequence[Scene]) -> str:
    types = {f.type for s in group for f in s.facts}
    return next(t for t in _NAMED if t in types).value


def _spot(group: Sequence[Scene]) -> Spot | None:
    """The place that most reports put it at, a fine one first."""
    votes: Counter[Where] = Counter()
    for scene in group:
        votes.update(scene.where[:1])
    if not votes:
        return None
    best = max(votes, key=lambda w: (w.precision in FINE, votes[w], w.key, sorted(w.names)))
    return Spot(best.name, best.geonameid, best.lat, best.lon, best.precision)


def _days(group: Sequence[Scene]) -> tuple[date | None, date | None]:
    """First and last day: that of most reports that name one day, else what the longer times share, else unknown."""
    votes: Counter[When] = Counter(s.when for s in group if s.when and s.when.first is not None)
    if not votes:
        return None, None
    best = max(votes, key=lambda w: (w.is_day, votes[w], -(w.first or 0), -(w.last or 0)))
    return _day(best.first), _day(best.last)


def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal is not None else None


def _reasons(group: Sequence[Scene], told: Sequence[object], w: Weights) -> Iterable[str]:
    """Why these scenes are one: each report's scene against the first one told, the features that weighed most."""
    ordered = sorted(group, key=lambda s: (-len(s.facts), s.report, s.key))
    yield f"{sum(len(s.facts) for s in group)} claims of {len({s.report for s in group})} reports"
    for other in ordered[1 : _TOLD + 1]:
        found = pair(ordered[0], other, w)
        yield f"{ordered[0].report} and {other.report}: " + "; ".join(found.reasons()[:4])
    for kind in Relation:
        if kind is not Relation.EVENT and (n := sum(getattr(m, "relation", None) is kind for m in told)):
            yield f"{kind.value}: {n} claims, never added to the event"
