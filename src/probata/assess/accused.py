"""The accused: whom claims name, who names them, whether another side is named as well, and what the accused answer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache

from probata.assess.evidence import LEADS, Evidence
from probata.assess.parties import UNIDENTIFIED, Party, accused_of, same_party
from probata.model.assessment import Accusation, Accused, Answer
from probata.model.claim import HARM, Claim, ClaimType, Named, Stance
from probata.vocab import load


def accused(evidence: Evidence, source: Callable[[str], str]) -> tuple[Accused, ...]:
    """The parties that the claims of the incident accuse, those whom most sources name first.

    A duty, a wish or a fear accuses nobody, and neither does a weapon. `source` names the source of a claim.
    """
    by: dict[Party, dict[tuple[str, str], Accusation]] = defaultdict(dict)
    for claim in evidence.supporting:
        for agent in claim.agents:
            if (party := accused_of(agent.name)) is not None:
                speaker = claim.speaker.name if claim.speaker else None
                words = label(agent)
                by[party][claim.id, words] = Accusation(speaker, claim.id, claim.report, words)
    sources = {p: {source(a.claim) for a in found.values()} for p, found in by.items()}
    order = sorted(by, key=lambda p: (-len(sources[p]), -len(by[p]), p.name))
    out: list[Accused] = []
    # attackers whom nobody identifies can be of any side: alternatives are told from the first whose side is known
    first = next((p for p in order if p.side is not None), order[0]) if order else None
    for party in order:
        stands = "named"
        if first is not None and party is not first and not _named_together(by[party], by[first]):
            stands = "alternative" if other_side(party, first) else "variant"
        accusations = tuple(by[party][k] for k in sorted(by[party]))
        labels = tuple(dict.fromkeys(a.words for a in accusations))
        out.append(Accused(party.name, party.side, labels, accusations, stands))
    return tuple(out)


def label(agent: Named) -> str:
    """The words a report has for an agent, as written."""
    return agent.span.text if len(agent.span.text) > len(agent.name) else agent.name


def other_side(a: Party, b: Party) -> bool:
    """Whether two parties are known to be of different sides. An unknown side is against nobody."""
    return a.side is not None and b.side is not None and a.side != b.side


def _named_together(a: dict[tuple[str, str], Accusation], b: dict[tuple[str, str], Accusation]) -> bool:
    return bool({i for i, _ in a} & {i for i, _ in b})


def answers(evidence: Evidence, found: tuple[Accused, ...]) -> tuple[Answer, ...]:
    """What each accused party answers, itself or by an ally: denied, accepted, blames another, none reported.

    Attackers whom nobody identifies cannot answer.
    """
    return tuple(_answer(Party(a.name, a.side, _generic(a)), evidence) for a in found if a.name != UNIDENTIFIED.name)


def _generic(a: Accused) -> bool:
    party = accused_of(a.labels[0])
    return party is not None and party.generic


def _answer(party: Party, evidence: Evidence) -> Answer:
    own: list[tuple[int, str, Claim]] = []
    for claim in evidence.claims:
        speaker = evidence.voice(claim).party
        if speaker is None or claim.type not in HARM or claim.id in evidence.withdrawn:
            continue
        itself = same_party(speaker, party) or f" {party.name} " in f" {speaker.name} "  # "an army spokesman"
        if not itself and (speaker.side is None or speaker.side != party.side):
            continue
        if (said := _said(claim, party)) is not None:
            rank = _ORDER.index(said)
            own.append((rank if itself else rank + len(_ORDER), said if itself else f"{said} by an ally", claim))
    if not own:
        return Answer(party.name, "none reported")
    _, words, claim = min(own, key=lambda o: (o[0], o[2].id))
    return Answer(party.name, words, claim.id, claim.speaker.name if claim.speaker else None)


_ORDER = ("accepted", "accepted, of fighters only", "denied", "blames another", "accepted, of the attack only")
_OF_PEOPLE = (ClaimType.KILLING, ClaimType.INJURY, ClaimType.CASUALTIES)


def _said(claim: Claim, party: Party) -> str | None:
    """What a claim of the accused's own side says on the accusation; None if nothing."""
    blamed = [p for a in claim.agents if (p := accused_of(a.name)) is not None]
    ours = [p for p in blamed if same_party(p, party) or p.side == party.side]
    if claim.stance is Stance.DENIED:
        return "denied" if ours or not blamed else None
    if claim.stance is not Stance.AFFIRMED or claim.type not in LEADS[0]:
        return None
    if any(other_side(p, party) for p in blamed):
        return "blames another"
    if not any(same_party(p, party) for p in blamed):
        return None
    if claim.type not in _OF_PEOPLE:
        return "accepted, of the attack only"
    return "accepted, of fighters only" if _is_of_fighters(claim) else "accepted"


def _is_of_fighters(claim: Claim) -> bool:
    """Whether the victims are fighters, by their group, or where they have none by the words of the claim."""
    if claim.groups:
        return set(claim.groups) == {"combatant"}
    said = claim.evidence.text.lower()
    for agent in claim.agents:
        said = said.replace(agent.span.text.lower(), " ")
    return bool(_fighters().search(said))


@cache
def _fighters() -> re.Pattern[str]:
    heads = load("groups")["groups"]["combatant"]["heads"]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, heads))})s?\b")
