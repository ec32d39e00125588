"""Pieces: the words of a report as far as its claims hold them, put together by their offsets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from probata.model.claim import Claim
from probata.model.span import Span

GAP = 2  # characters between two spans that go on in one piece: a space, or a mark and a space
Placed = tuple[int, int, str]  # words by where they begin, the longest first


class Said(NamedTuple):
    """The words of one claim: of which report, its evidence, its other slots, its first day as an ordinal, if known."""

    report: str
    evidence: Placed
    slots: tuple[Placed, ...]
    day: int | None = None


def said(claim: Claim) -> Said:
    """The words of a claim."""
    named = (n.span for n in (claim.speaker, *claim.relay, *claim.agents, *claim.targets, claim.method) if n)
    others = (slot.span for slot in (claim.count, claim.place, claim.time, claim.basis) if slot)
    day = claim.time.start.toordinal() if claim.time and claim.time.start else None
    return Said(claim.report, _of(claim.evidence), tuple(map(_of, (*named, *others))), day)


def _of(span: Span) -> Placed:
    return placed(span.start, span.text)


def placed(start: int, words: str) -> Placed:
    """Words that begin at an offset."""
    return start, -len(words), words


def pieces(told: Iterable[Said]) -> list[str]:
    """The passages that the words of a report's claims make up, those with evidence in them, in order.

    Evidence leaves out who says so and when; these words fill the holes where they stand beside it. Words that
    contradict one another at the same offsets, as in claims coded by hand, where all begin at 0, are not put together:
    each evidence is then a passage by itself.
    """
    evidence: set[Placed] = set()
    slots: set[Placed] = set()
    for claim in told:
        evidence |= {claim.evidence} if claim.evidence[2] else set()
        slots.update(claim.slots)
    out: list[str] = []
    first, words, holds = 0, "", False
    for part in sorted(evidence | slots):
        start, _, text = part
        at = start - first
        if words and at <= len(words) + GAP:
            held = words[at : at + len(text)]
            if text.startswith(held):
                words = words.ljust(at) + text[len(held) :] if at + len(text) > len(words) else words
                holds = holds or part in evidence
                continue
            if part not in evidence:
                continue
        if holds:
            out.append(words)
        first, words, holds = start, text, part in evidence
    return [*out, words] if holds else out
