"""Where words that a person typed or selected stand in the text of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from probata.model.span import Span

MOST = 8  # places that are offered
_BESIDE = 40  # characters shown before and after
_AT = re.compile(r"(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the text where the words stand, with what stands around them."""

    value: str
    before: str
    words: str
    after: str


def at(text: str, given: str) -> Span | None:
    """The span of offsets as a form sends them ("12-34"), without white space around it; None when they are none."""
    found = _AT.fullmatch(given.strip())
    if found is None:
        return None
    start, end = int(found[1]), int(found[2])
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        return None
    return Span.of(text, start, end)


def spots(text: str, words: str) -> list[Span]:
    """All places where words stand, however they are spaced.

    Whole words before parts of words, and the very capitals before others: the first way that finds any is taken.
    """
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return []
    wanted = r"\s+".join(parts)
    for pattern in (rf"(?<!\w){wanted}(?!\w)", wanted):
        for flags in (0, re.IGNORECASE):
            if found := [Span(m.start(), m.end(), m[0]) for m in re.finditer(pattern, text, flags)]:
                return found
    return []


def one(text: str, words: str, given: str, evidence: Span | None) -> tuple[Span | None, list[Span]]:
    """The span that is meant, or the places among which a person has to choose; neither when the words are nowhere.

    `given` are offsets, which win when the words are those that stand there. Of several places the only one within
    the evidence is meant.
    """
    chosen = at(text, given)
    if chosen and (not words.strip() or words.split() == chosen.text.split()):
        return chosen, []
    found = spots(text, words)
    inside = [s for s in found if evidence and evidence.start <= s.start and s.end <= evidence.end]
    for sure in (found, inside):
        if len(sure) == 1:
            return sure[0], []
    return None, found


def shown(text: str, found: Sequence[Span]) -> list[Spot]:
    """Places as they are offered."""
    return [
        Spot(
            f"{s.start}-{s.end}",
            text[max(0, s.start - _BESIDE) : s.start],
            s.text,
            text[s.end : s.end + _BESIDE],
        )
        for s in found[:MOST]
    ]
