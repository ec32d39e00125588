"""Chains: through whom a source reaches the outlet, and how it says it knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from probata.extract.attribution.vocabulary import Speakers
from probata.model.attribution import Attribution
from probata.model.span import Span

_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "we", "i", "you", "that", "which", "this"})


def with_relays(found: Sequence[Attribution], hearers: dict[int, Span]) -> list[Attribution]:
    """The attributions with the sources of the attributions around them as relays, nearest first.

    `hearers` are media that a cue (by its offset) says it was told to. An inner pronoun is its outer source again.
    """
    order = sorted(range(len(found)), key=lambda n: _width(found[n]))
    outer: dict[int, int] = {}
    for n in order:
        a = found[n]
        for m in order:
            b = found[m]
            if m != n and b.source is not None and _width(b) > _width(a) and _holds(b, a.cue):
                if a.source is None or not b.source.overlaps(a.source):
                    outer[n] = m
                    break
    out = []
    for n, a in enumerate(found):
        relay: list[Span] = list(a.relay)
        if a.cue.start in hearers:
            relay.append(hearers[a.cue.start])
        at = n
        seen = {n}
        while at in outer and outer[at] not in seen:
            at = outer[at]
            seen.add(at)
            source = found[at].source
            if source is not None and not is_pronoun(source) and source not in relay:
                relay.append(source)
            if found[at].cue.start in hearers:
                relay.append(hearers[found[at].cue.start])
        out.append(replace(a, relay=tuple(relay)) if relay else a)
    return out


def is_pronoun(span: Span) -> bool:
    """Whether a source is a bare pronoun."""
    return span.text.lower() in _PRONOUNS


def _width(a: Attribution) -> int:
    return sum(c.end - c.start for c in a.content)


def _holds(a: Attribution, cue: Span) -> bool:
    return any(c.start <= cue.start and cue.end <= c.end for c in a.content)


def basis_kind(words: str, vocab: Speakers) -> str | None:
    """How a speaker named by these words knows: eyewitness, medical, official, own_staff, relayed, or None."""
    for word in words.lower().replace(",", " ").split():
        if word in vocab.basis:
            return vocab.basis[word]
    return None
