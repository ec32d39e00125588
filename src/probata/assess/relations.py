"""How the figures of one incident stand to one another: of the event, a part, a stock, a longer time, an older toll.

Figures are compared, never added up.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from probata.assess.evidence import Evidence
from probata.assess.figures import figure
from probata.assess.parties import pattern
from probata.model.assessment import Figure, Measure
from probata.model.claim import Claim, Stance
from probata.model.incident import Relation
from probata.resolve.groups import groups_of
from probata.vocab import load

_GENERAL = frozenset({"civilian", "displaced"})  # those killed are called civilians: that is no part of them
_LONG = 2  # days between first and last; a toll over more than this is over a longer time
_CHANGED = 0.75  # of the larger; a copy's figure this close is no part of the other's but the same one changed
_FEW = 2  # people: a figure of somebody's own dead
_WAR = 20_000  # dead or hurt: the toll of a war, whatever the words around it
_NOUN = re.compile(r"(?:[\s-]+[^\W\d_][\w'’-]*){1,3}")
_END = re.compile(r"\b(?:were|was|have|had|in|at|on|by|who|that|including|among|killed|wounded|died|,)\b.*", re.DOTALL)


def related(
    evidence: Evidence, source: Callable[[Claim], str], given: Mapping[str, Relation] | None = None
) -> tuple[Figure, ...]:
    """The figures of the incident's claims, each with how it stands to the event and why.

    `source` names the originator of a claim (or its report's family, for an outlet's own voice). `given` are relations
    that grouping has found; they hold, unless nothing would be left for the event.
    """
    claims = {c.id: c for c in evidence.claims}
    stances = (Stance.AFFIRMED, Stance.UNVERIFIED)
    figures = {
        c.id: f
        for c in evidence.claims
        if c.stance in stances and c.id not in evidence.withdrawn and (f := figure(c)) is not None
    }
    out: list[Figure] = []
    for measure in Measure:
        found = [f for f in figures.values() if f.measure is measure]
        if any(claims[f.claim].stance is Stance.AFFIRMED for f in found):
            found = [f for f in found if claims[f.claim].stance is Stance.AFFIRMED]
        out += _of_measure(found, claims, evidence, source, given or {})
    if any(f.measure is not Measure.BODIES for f in out):
        why = "bodies found are a stock, whenever they died; never added to the dead of the event"
        out = [replace(f, relation="stock", why=why) if f.measure is Measure.BODIES else f for f in out]
    return tuple(sorted(out, key=lambda f: (f.measure, f.claim)))


def _of_measure(
    found: list[Figure],
    claims: Mapping[str, Claim],
    evidence: Evidence,
    source: Callable[[Claim], str],
    given: Mapping[str, Relation],
) -> list[Figure]:
    aside: dict[str, tuple[str, str]] = {}
    for f in found:
        if (r := given.get(f.claim)) in (Relation.PART, Relation.STOCK, Relation.CUMULATIVE, Relation.REVISED):
            aside[f.claim] = (r.value, f"{r.value} of another figure, as grouping found; never added")
    if len(aside) == len(found):
        aside = {}
    numbered = [f for f in found if _size(f) and f.claim not in aside]
    aside |= _restated(numbered, claims, evidence)
    numbered = [f for f in numbered if f.claim not in aside]
    aside |= _longer(numbered, claims)
    numbered = [f for f in numbered if f.claim not in aside]
    aside |= _parts(numbered, claims)
    numbered = [f for f in numbered if f.claim not in aside]
    aside |= _smaller(numbered, claims, evidence, source)
    numbered = [f for f in numbered if f.claim not in aside]
    aside |= _single(numbered, claims, source)
    numbered = [f for f in numbered if f.claim not in aside]
    aside |= _vague(numbered)
    numbered = [f for f in numbered if f.claim not in aside]
    aside |= _older(numbered, claims, evidence, source)
    if numbered:
        for f in found:
            if not _size(f) and f.claim not in aside:
                aside[f.claim] = ("uncounted", "gives no number; never added to a figure that may hold it already")
    return [replace(f, relation=aside[f.claim][0], why=aside[f.claim][1]) if f.claim in aside else f for f in found]


def _size(f: Figure) -> int:
    return (
        f.best
        if f.best is not None
        else f.high
        if f.high is not None
        else f.low
        if f.rule != "no-number" and f.low
        else 0
    )


def _restated(figures: list[Figure], claims: Mapping[str, Claim], evidence: Evidence) -> dict[str, tuple[str, str]]:
    """Figures in a title, and figures an outlet gives as its own beside the same attributed one, say nothing new."""
    said: dict[str, set[tuple[int | None, int | None]]] = defaultdict(set)
    body: set[str] = set()
    for f in figures:
        claim = claims[f.claim]
        family = evidence.family_of(claim.report)
        if claim.speaker is not None:
            said[family].add((f.low, f.high))
        if not claim.in_title:
            body.add(family)
    out: dict[str, tuple[str, str]] = {}
    for f in figures:
        claim = claims[f.claim]
        family = evidence.family_of(claim.report)
        if (claim.in_title and family in body) or (claim.speaker is None and (f.low, f.high) in said[family]):
            out[f.claim] = ("restated", "restates a figure of its own report; never counted again")
    return out


def _vague(figures: list[Figure]) -> dict[str, tuple[str, str]]:
    """Words such as "dozens" beside figures: their least is a codebook's convention, which nobody said."""
    vague = [f for f in figures if f.rule.startswith("vague")]
    why = "has no figure of its own, only words; the convention for them does not widen the range"
    return {f.claim: ("vague", why) for f in vague} if len(vague) < len(figures) else {}


def _longer(figures: list[Figure], claims: Mapping[str, Claim]) -> dict[str, tuple[str, str]]:
    """Tolls over a longer time that are larger than each figure of the event's own time."""
    long = {f.claim for f in figures if is_toll(claims[f.claim])}
    own = [_size(f) for f in figures if f.claim not in long]
    why = "a toll over a longer time, larger than any figure of the event; never added"
    war = {f.claim for f in figures if _size(f) >= _WAR}
    if war and (len(war) < len(figures) or any(f.claim in long for f in figures)):
        long |= war
        own = [_size(f) for f in figures if f.claim not in long] or [_WAR - 1]
    return {f.claim: ("cumulative", why) for f in figures if own and f.claim in long and _size(f) > max(own)}


def is_toll(claim: Claim) -> bool:
    """Whether a claim's words or days make its figure a sum over a longer time ("since Monday", "in three days")."""
    t = claim.time
    if t is not None and "time" not in claim.inferred:
        if t.precision in ("open", "week", "month", "season", "year"):
            return True
        if t.start and t.end and (t.end - t.start).days >= _LONG and "hour" not in t.span.text.lower():
            return True
    words, spans = _toll_words()
    said = claim.evidence.text.lower()
    return bool(words.search(said) or spans.search(said))


@cache
def _toll_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = load("counting")
    spans = "|".join(table["toll_spans"])
    days = (
        "monday|tuesday|wednesday|thursday|friday|saturday|sunday|the|last|january|february|march|april|may|june|july"
    )
    more = "august|september|october|november|december|yesterday|early|mid|late"
    since = rf"\bsince (?:{days}|{more}|\d)"
    over = rf"\b(?:in|over|within|during|for) (?:the )?(?:past |last )?(?:\w+ ){{0,2}}(?:{spans})\b"
    plain_words = [w for w in table["toll_words"] if w != "since"]
    return pattern(plain_words), re.compile(f"{since}|{over}")


def _parts(figures: list[Figure], claims: Mapping[str, Claim]) -> dict[str, tuple[str, str]]:
    """Figures of one kind of victim beside a larger figure: those may be among these."""
    out: dict[str, tuple[str, str]] = {}
    most = max((_size(f) for f in figures), default=0)
    for f in figures:
        groups = counted_groups(claims[f.claim])
        if groups and not _GENERAL & set(groups) and _size(f) < most:
            kinds = " and ".join(groups)
            out[f.claim] = ("part", f"counts {kinds} only, who may be among a larger figure; never added")
    return out


def counted_groups(claim: Claim) -> tuple[str, ...]:
    """The groups that the number itself counts ("nine children"), not those it is said to include."""
    if claim.count is None:
        return claim.groups
    words, said = claim.count.span.text, claim.evidence.text
    if (own := groups_of([words])) or len(said) <= len(words) or (at := said.find(words)) < 0:
        return own or claim.groups
    noun = _NOUN.match(said, at + len(words))
    return groups_of([_END.sub("", noun.group())]) if noun else claim.groups


def _smaller(
    figures: list[Figure], claims: Mapping[str, Claim], evidence: Evidence, source: Callable[[Claim], str]
) -> dict[str, tuple[str, str]]:
    """Smaller figures of one source in one report: whether they are inside its largest is not known.

    A copy may tell only a part, so copies are one report here, unless their figures are so close that one of them was
    changed on the way.
    """
    by: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for f in figures:
        claim = claims[f.claim]
        by[source(claim), evidence.family_of(claim.report)].append(f)
    why = "a smaller figure of the same source in the same report: may be inside the larger; never added"
    out: dict[str, tuple[str, str]] = {}
    for found in by.values():
        most = max(_size(f) for f in found)
        own: dict[str, int] = defaultdict(int)
        for f in found:
            own[claims[f.claim].report] = max(own[claims[f.claim].report], _size(f))
        for f in found:
            if _size(f) < own[claims[f.claim].report] or _size(f) < most * _CHANGED:
                out[f.claim] = ("part", why)
    return out


def _single(
    figures: list[Figure], claims: Mapping[str, Claim], source: Callable[[Claim], str]
) -> dict[str, tuple[str, str]]:
    """One or two people, where most other sources, two at least, tell of ten times as many: somebody's own dead."""
    most: dict[str, int] = defaultdict(int)
    for f in figures:
        most[source(claims[f.claim])] = max(most[source(claims[f.claim])], _size(f))
    why = "one or two of those of whom other sources tell ten times as many; may be among them, never added"
    sizes, others = sorted(most.values()), len(most) - 1
    out = {}
    for f in figures:
        own = most[source(claims[f.claim])]
        tens = len(sizes) - bisect_left(sizes, _size(f) * 10) - (own >= _size(f) * 10)
        if 0 < _size(f) <= _FEW and tens > 1 and tens > others / 2:
            out[f.claim] = ("part", why)
    return out


def _older(
    figures: list[Figure], claims: Mapping[str, Claim], evidence: Evidence, source: Callable[[Claim], str]
) -> dict[str, tuple[str, str]]:
    """Figures that the same source replaces on a later day. A copy printed later replaces nothing."""
    days: dict[str, dict[str, date]] = defaultdict(dict)
    for f in figures:
        claim = claims[f.claim]
        if (day := evidence.first_day(claim.report)) is not None:
            days[source(claim)][f.claim] = day
    out: dict[str, tuple[str, str]] = {}
    for known in days.values():
        last = max(known.values())
        for claim_id, day in known.items():
            if day < last:
                out[claim_id] = ("revised", f"its source gives another figure on {last.isoformat()}")
    return out
