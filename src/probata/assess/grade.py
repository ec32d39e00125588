"""The suggested grade of an incident, by rules tried in order, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from probata.assess.evidence import Evidence
from probata.assess.parties import UNIDENTIFIED
from probata.assess.voices import voice
from probata.model.assessment import Accused, Answer, Grade, Originator
from probata.model.claim import HARM, Stance
from probata.vocab import load

_NAMED = 6  # sources; a reason is for reading


def grade(
    evidence: Evidence, sources: Sequence[Originator], found: Sequence[Accused], given: Sequence[Answer]
) -> Grade:
    """The first rule of vocab/grades.yml that holds. It grades what sources say; it does not find that it happened."""
    table: dict[str, Any] = load("grades")
    rule, more = _rule(evidence, sources, found, given)
    entry = next(e for e in table["grades"] if e["rule"] == rule)
    words = " ".join(f"{c.evidence.text} {c.method.span.text if c.method else ''}" for c in evidence.claims).lower()
    scope = table["in_scope"] if any(w in words for w in table["scope"]) else table["out_of_scope"]
    return Grade(entry["grade"], rule, entry["reason"] + more, scope if rule != "no-harm-affirmed" else "")


def _rule(
    evidence: Evidence, sources: Sequence[Originator], found: Sequence[Accused], given: Sequence[Answer]
) -> tuple[str, str]:
    if not evidence.supporting:
        gone = [
            c for c in evidence.claims if c.id in evidence.withdrawn and c.type in HARM and c.stance is Stance.AFFIRMED
        ]
        return ("all-withdrawn", "") if gone else ("no-harm-affirmed", "")
    if accepts := [a for a in given if a.answer == "accepted" and _is_the_accused(a.accused, found)]:
        return "accused-accepts", f": {accepts[0].accused} ({accepts[0].speaker})"
    if two := _blamed_apart(found):
        first, others = two
        return "other-side-blamed", f": {first}, but also {', '.join(others)}"
    more = f"; and {len(sources) - _NAMED:,} more" if len(sources) > _NAMED else ""
    names = "; ".join(o.name for o in sources[:_NAMED]) + more
    if len(sources) > 1 and any(o.kind != "party" for o in sources):
        return "two-or-more-sources" if found else "nobody-accused", f": {names}"
    return "one-source", f": {names}"


def _blamed_apart(found: Sequence[Accused]) -> tuple[str, list[str]] | None:
    """A party, and those of other sides whom others blame in its stead. Who blames both tells of two sides' deeds."""
    by = {a.name: {(voice(b.speaker).key or b.speaker) if b.speaker else b.report for b in a.by} for a in found}
    for a in found:
        others = [
            o.name
            for o in found
            if a.side is not None
            and o.side not in (None, a.side)
            and by[o.name] - by[a.name]
            and by[a.name] - by[o.name]
        ]
        if others:
            return a.name, others
    return None


def _is_the_accused(name: str, found: Sequence[Accused]) -> bool:
    """Whether others accuse this party as well, or accuse no other party by name: what it accepts is then the same."""
    by_others = {
        a.name
        for a in found
        if any(not b.speaker or (who := voice(b.speaker).party) is None or who.name != a.name for b in a.by)
    }
    return name in by_others or not by_others - {name, UNIDENTIFIED.name}
