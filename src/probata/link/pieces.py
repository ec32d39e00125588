"""Pieces: the words of a report as far as its claims hold them, put together by their offsets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from probata.model.claim import Claim
from probata.model.span import Span

GAP = 2  # characters between two spans that go on in one piece: a space, or a mark and a space


def pieces(claims: Iterable[Claim]) -> list[str]:
    """The passages that the spans of a report's claims make up, those with evidence in them, in order.

    Evidence leaves out who says so and when; these spans fill the holes where they stand beside it. Spans that
    contradict one another at the same offsets, as in claims coded by hand, whose spans all begin at 0, are not put
    together: each evidence is then a passage by itself.
    """
    evidence: set[tuple[int, int, str]] = set()
    slots: set[tuple[int, int, str]] = set()
    for claim in claims:
        evidence.add(_placed(claim.evidence))
        slots.update(map(_placed, _slots(claim)))
    out: list[str] = []
    first, words, told = 0, "", False
    for placed in sorted(evidence | slots):
        start, _, text = placed
        at = start - first
        if words and at <= len(words) + GAP:
            held = words[at : at + len(text)]
            if text.startswith(held):
                words = words.ljust(at) + text[len(held) :] if at + len(text) > len(words) else words
                told = told or placed in evidence
                continue
            if placed not in evidence:
                continue
        if told:
            out.append(words)
        first, words, told = start, text, placed in evidence
    return [*out, words] if told else out


def _placed(span: Span) -> tuple[int, int, str]:
    """A span so that those that begin together come the longest first."""
    return span.start, -len(span.text), span.text


def _slots(claim: Claim) -> Iterator[Span]:
    """What a claim says beside its evidence."""
    for named in (claim.speaker, *claim.relay, *claim.agents, *claim.targets, claim.method):
        if named:
            yield named.span
    for slot in (claim.count, claim.place, claim.time, claim.basis):
        if slot:
            yield slot.span
