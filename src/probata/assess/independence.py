"""Independent sources: originators, those in whom the chains begin, and never articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from probata.assess.evidence import Evidence
from probata.assess.states import one_state
from probata.assess.voices import Voice, publisher, voice
from probata.model.assessment import Originator, Uncounted
from probata.model.claim import HARM, Claim, ClaimType, Stance

_Key = tuple[str, ...]
# claims that a reader could take for a source of the incident
_SPOKEN_OF = HARM | {ClaimType.CONDEMNATION, ClaimType.VERIFICATION}


class Joined:
    """Sets of keys that are one (union-find); the least key of a set stands for it, so order changes nothing."""

    def __init__(self) -> None:
        self._parent: dict[_Key, _Key] = {}

    def find(self, key: _Key) -> _Key:
        """The key that stands for the set of this one."""
        while (up := self._parent.setdefault(key, key)) != key:
            self._parent[key] = self._parent[up]
            key = up
        return key

    def join(self, keys: Iterable[_Key]) -> None:
        """Make one set of the sets of these keys."""
        first, *rest = sorted({self.find(k) for k in keys}) or [("",)]
        for key in rest:
            self._parent[key] = first


def originators(evidence: Evidence) -> tuple[tuple[Originator, ...], tuple[Uncounted, ...]]:
    """The independent originators of what the incident is about, and the claims that add none, with the reasons."""
    joined = Joined()
    keys: dict[str, _Key] = {}
    left: dict[str, str] = {}
    support = evidence.supporting
    alarmed = _alarmed(evidence)
    for claim in support:
        who = evidence.voice(claim)
        if claim.stance is Stance.UNVERIFIED:
            left[claim.id] = "said to be unverified: its speaker vouches for nothing"
        elif (evidence.family_of(claim.report), who.key) in alarmed and claim.count is None:
            left[claim.id] = f"{who.name} passes on reports and says it cannot verify them"
        elif not (found := _keys(claim, who, evidence)):
            left[claim.id] = "no source is stated; an outlet that does not say it was there adds none"
        else:
            joined.join(found)
            keys[claim.id] = found[0]
    for same in one_state(evidence.voice(c) for c in support if c.id in keys):
        joined.join(("name", key) for key in same)
    _join_same_speaking([c for c in support if c.id in keys], keys, joined, evidence)
    members: dict[_Key, list[Claim]] = defaultdict(list)
    for claim in support:
        if claim.id in keys:
            members[joined.find(keys[claim.id])].append(claim)
    out = sorted((_originator(found, evidence) for found in members.values()), key=lambda o: (o.name, o.claims))
    if not out and support:
        out, left = [_unstated(support, evidence)], {}
    known = {i for o in out for i in o.claims} | left.keys()
    left |= {c.id: _why_not(c, evidence) for c in evidence.claims if c.type in _SPOKEN_OF and c.id not in known}
    return tuple(out), tuple(Uncounted(i, left[i]) for i in sorted(left))


def _keys(claim: Claim, who: Voice, evidence: Evidence) -> list[_Key]:
    """What a claim's originator is known by; empty where nobody stands behind it. Two that share a key are one."""
    family = evidence.family_of(claim.report)
    if who.is_named:
        return [("name", who.key)]
    if who.kind in ("outlet", "media"):
        if claim.basis is None or claim.basis.kind != "own_staff":
            return []
        return [("staff", who.key or evidence.outlet(claim.report) or family), ("staff", family)]
    # Nobody can tell the unnamed people of one outlet apart, nor those whom one agency or body has heard.
    if claim.relay:
        heard = voice(claim.relay[0].name)
        conduit: _Key = ("name", heard.key) if heard.is_named else ("unnamed", publisher(claim.relay[0].name))
    else:
        conduit = ("unnamed", evidence.outlet(claim.report) or f"report {family}")
    return [conduit, ("unnamed", f"report {family}")]


def _join_same_speaking(support: list[Claim], keys: dict[str, _Key], joined: Joined, evidence: Evidence) -> None:
    """Join what goes back to one event of speaking: one figure and one day, from linked or from unnamed speakers."""
    linked = _linked(evidence)
    alike: dict[tuple[ClaimType, int | None, int | None], dict[tuple[object, ...], Claim]] = defaultdict(dict)
    for claim in support:
        if claim.count and (claim.count.low is not None or claim.count.high is not None):
            # one of those already joined, of one voice and one day, stands for all: famous incidents have thousands
            same = (joined.find(keys[claim.id]), evidence.voice(claim).key, evidence.first_day(claim.report))
            alike[claim.type, claim.count.low, claim.count.high].setdefault(same, claim)
    for group in alike.values():
        found = list(group.values())
        _join_unnamed([c for c in found if not evidence.voice(c).is_named], keys, joined, evidence)
        by_voice: dict[str, list[Claim]] = defaultdict(list)
        for claim in found:
            by_voice[evidence.voice(claim).key].append(claim)
        for one, other in (sorted(two) for two in linked if two <= by_voice.keys()):
            for a in by_voice[one]:
                for b in by_voice[other]:
                    if _same_day(a, b, evidence):
                        joined.join([keys[a.id], keys[b.id]])


def _join_unnamed(found: list[Claim], keys: dict[str, _Key], joined: Joined, evidence: Evidence) -> None:
    """Join unnamed people who give one figure within a day of each other, as far as the days are known."""
    dated = sorted((day, c.id) for c in found if (day := evidence.first_day(c.report)) is not None)
    for (a, one), (b, other) in pairwise(dated):
        if (b - a).days <= 1:
            joined.join([keys[one], keys[other]])
    if undated := [c.id for c in found if evidence.first_day(c.report) is None]:
        joined.join([*(keys[i] for i in undated), *(keys[i] for _, i in dated)])


def _linked(evidence: Evidence) -> set[frozenset[str]]:
    """Pairs of named speakers whom one claim has in one chain, as a spokesman and the body he speaks for."""
    out: set[frozenset[str]] = set()
    for claim in evidence.claims:
        chain = [evidence.voice(claim), *(voice(r.name) for r in claim.relay)]
        named = sorted({v.key for v in chain if v.is_named})
        out |= {frozenset((a, b)) for a in named for b in named if a < b}
    return out


def _same_day(a: Claim, b: Claim, evidence: Evidence) -> bool:
    """Whether two reports can go back to one speaking: a day apart at most, as far as known."""
    days: list[date] = [d for d in (evidence.first_day(a.report), evidence.first_day(b.report)) if d]
    return len(days) < 2 or abs((days[0] - days[1]).days) <= 1


def _alarmed(evidence: Evidence) -> set[tuple[str, str]]:
    """Families and speakers who say there that they cannot verify."""
    out = set()
    for claim in evidence.claims:
        if claim.type is ClaimType.VERIFICATION and claim.stance is not Stance.AFFIRMED:
            for v in (evidence.voice(claim), *(voice(r.name) for r in claim.relay)):
                if v.is_named:
                    out.add((evidence.family_of(claim.report), v.key))
    return out


def _originator(claims: list[Claim], evidence: Evidence) -> Originator:
    voices = {c.id: evidence.voice(c) for c in claims}
    named = sorted({v.name for v in voices.values() if v.is_named})
    first = min(voices.values(), key=lambda v: (not v.is_named, v.name))
    reports = sorted({c.report for c in claims})
    families = {evidence.family_of(r) for r in reports}
    if named:
        kind = "party" if first.party else "named"
        name = named[0]
        why = f"{' and '.join(named)} counted once"
    elif first.kind in ("outlet", "media"):
        kind, name = "outlet", evidence.outlet(reports[0]) or first.name
        why = f"own staff of {name}"
    else:
        kind = "anonymous"
        labels = sorted({v.name for v in voices.values()})
        name = ", ".join(labels[:3])
        why = f"unnamed people ({name}) who reach us by one way, or with one figure, and may be the same"
    if len(reports) > 1:
        n = len(families)
        why += f"; {len(reports)} reports"
        why += f" in {n} {'family' if n == 1 else 'families'} of copies" if n < len(reports) else ""
    party = first.party.name if first.party else None
    return Originator(name, kind, tuple(c.id for c in claims), tuple(reports), why, party)


def _unstated(support: tuple[Claim, ...], evidence: Evidence) -> Originator:
    reports = tuple(sorted({c.report for c in support}))
    why = "nobody is named who knows it: counted as one source, however many outlets print it"
    return Originator("origin not stated", "unstated", tuple(c.id for c in support), reports, why)


def _why_not(claim: Claim, evidence: Evidence) -> str:
    if claim.id in evidence.withdrawn:
        return "withdrawn"
    if claim.stance is Stance.DENIED:
        return "a denial"
    if claim.type is ClaimType.VERIFICATION:
        return "says whether it is verified, and vouches for nothing"
    if claim.stance is Stance.POSSIBLE and claim.type in {c.type for c in evidence.supporting}:
        return "says only that it may be so"
    return f"speaks of something else ({claim.type.value.replace('_', ' ')}, {claim.stance.value})"
