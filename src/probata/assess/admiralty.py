"""Source and information graded apart, A to F and 1 to 6, after the Admiralty code. Suggestions, never decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from probata.assess.evidence import Evidence
from probata.model.assessment import Accused, Answer, Figure, Rating
from probata.model.claim import HARM, SPEECH, Claim, ClaimType, Stance
from probata.vocab import load

_Said = tuple[str, int | None, int | None]  # source, low and high of its figure


@dataclass(frozen=True, slots=True)
class _Context:
    """What the other claims of the incident say."""

    evidence: Evidence
    figures: Mapping[str, Figure]
    source: Callable[[str], str]
    said: Mapping[ClaimType, Mapping[_Said, None]]
    disputed: bool
    accepted: bool


def ratings(
    evidence: Evidence,
    figures: Mapping[str, Figure],
    source: Callable[[str], str],
    found: Sequence[Accused],
    given: Sequence[Answer],
) -> tuple[Rating, ...]:
    """A letter and a number for each claim. The letter knows only the speaker, the number only what is said."""
    said: dict[ClaimType, dict[_Said, None]] = defaultdict(dict)
    for claim in evidence.supporting:
        if claim.speaker and claim.stance is Stance.AFFIRMED:
            f = figures.get(claim.id)
            said[claim.type][source(claim.id), f.low if f else None, f.high if f else None] = None
    context = _Context(
        evidence, figures, source, said, _disputed(found, given), any(a.answer == "accepted" for a in given)
    )
    out = []
    for claim in evidence.claims:
        letter, letter_why = source_letter(claim, evidence)
        number, number_why = information_number(claim, context)
        of = "act of saying" if claim.type in SPEECH else "content"
        out.append(Rating(claim.id, letter, number, letter_why, number_why, of))
    return tuple(out)


def source_letter(claim: Claim, evidence: Evidence) -> tuple[str, str]:
    """The letter for who speaks and how they know; unnamed speakers and outlets without a source start at F."""
    who = evidence.voice(claim)
    kind = who.kind
    if kind in ("outlet", "media") and claim.basis and claim.basis.kind == "own_staff":
        kind = "own staff"
    elif kind == "named" and claim.basis and claim.basis.kind in ("eyewitness", "medical", "own_staff"):
        kind = "named with access"
    if claim.type in SPEECH and kind in ("un", "court", "party", "monitor", "rescue", "medical"):
        kind = "act of saying"
    entry: dict[str, Any] = load("grades")["letters"][kind]
    return entry["letter"], entry["why"]


def information_number(claim: Claim, context: _Context) -> tuple[int, str]:
    """The number for what is said: how definite it is, and what other independent sources say. Blind to the letter."""
    entry: dict[str, Any] = load("grades")["information"][_information(claim, context)]
    return entry["number"], entry["why"]


def _information(claim: Claim, context: _Context) -> str:
    if claim.type in SPEECH:
        return "said"
    if claim.id in context.evidence.withdrawn:
        return "improbable"
    nobody = claim.speaker is None and (claim.basis is None or claim.basis.kind != "own_staff")
    if claim.stance is not Stance.AFFIRMED or nobody or (claim.type in HARM and not (claim.agents or claim.count)):
        return "unjudged"
    own = context.source(claim.id)
    figure = context.figures.get(claim.id)
    agreeing = any(o[0] != own and _can_both_be(figure, o) for o in context.said.get(claim.type, ()))
    if agreeing and context.accepted:
        return "confirmed"
    if context.disputed:
        return "doubtful"
    return "agreeing" if agreeing else "possible"


def _disputed(found: Sequence[Accused], given: Sequence[Answer]) -> bool:
    return any(a.answer.startswith("denied") for a in given) or any(a.stands == "alternative" for a in found)


def _can_both_be(a: Figure | None, other: _Said) -> bool:
    """Whether two figures leave room for one number."""
    _, low, high = other
    if a is None:
        return True
    return (a.high is None or low is None or low <= a.high) and (high is None or a.low is None or a.low <= high)
