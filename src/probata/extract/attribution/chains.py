"""Chains: through whom a source reaches the outlet, and how it says it knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from probata.extract.attribution.vocabulary import speakers
from probata.extract.attribution.vouching import is_pronoun, vouches
from probata.extract.sentences import Sentence
from probata.model.attribution import Attribution
from probata.model.span import Span


def with_relays(found: Sequence[Attribution], hearers: dict[int, Span]) -> list[Attribution]:
    """The attributions with the sources of the attributions around them as relays, nearest first.

    `hearers` are media that a cue (by its offset) says it was told to. An inner pronoun is its outer source again.
    """
    outer = _outer(found)
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


def cited(found: Sequence[Attribution]) -> list[Attribution]:
    """For "the radio reported ..., citing an official": the same content, said by the official through the radio."""
    out = []
    for c in found:
        if c.cue.text.lower() not in ("citing", "quoting") or not c.content:
            continue
        for a in found:
            if a is c or a.source is None or c.source is None or not a.source.overlaps(c.source):
                continue
            if 0 < c.cue.start - a.cue.end < _CLOSE and a.kind in ("say", "report"):
                out.append(replace(a, source=c.content[0], cue=c.cue, relay=(a.source,), rule="citing"))
                break
    return out


_CLOSE = 60  # characters between "reported" and "citing"
_WORD = r"(?:[A-Z][\w’'-]*|al-\w+|state|news|agency|television|radio|channel|station|newspaper|broadcaster)"
_MEDIUM = re.compile(rf"\b(?:told|tells|telling)\s+((?:the |\w+s )?{_WORD}(?: {_WORD})*)")
_INTERVIEW = re.compile(
    r"\b(?:interviews?|comments|statement|remarks|speaking|spoke|speech)\s+(?:with|to|by|on|aired by|published by)\s+"
    rf"((?:the |an? )?{_WORD}(?: {_WORD})*)"
)


def hearers(text: str, found: Sequence[Attribution], sentences: Sequence[Sentence]) -> dict[int, Span]:
    """By offset of the cue, the medium it was said to: "told Harbour Radio", "in an interview with Coast TV"."""
    media = speakers().media
    out: dict[int, Span] = {}
    n = 0
    for a in found:
        if a.kind not in ("say", "report", "accuse", "believe", "deny"):
            continue
        while n < len(sentences) and sentences[n].end <= a.cue.start:
            n += 1
        if n == len(sentences):
            break
        s = sentences[n]
        m = _MEDIUM.match(text, a.cue.start, s.end) or _interviews(text, s)
        if m is None:
            continue
        words = m.group(1).lower().replace("-", " ").split()
        if any(w in media for w in words) or (m.re is _MEDIUM and m.group(1).isupper()):
            out[a.cue.start] = Span.of(text, *m.span(1))
    return out


def _interviews(text: str, s: Sentence) -> re.Match[str] | None:
    for word in ("interview", "speaking", "comments", "statement", "remarks", "spoke"):
        if word in s.low:
            return _INTERVIEW.search(text, s.start, s.end)
    return None


def _outer(found: Sequence[Attribution]) -> dict[int, int]:
    """For each attribution (by index) the narrowest one whose content holds its cue, in one sweep over the text."""
    widths = [sum(c.end - c.start for c in a.content) for a in found]
    spans = sorted(
        (c.start, c.end, n) for n, a in enumerate(found) if a.source is not None and vouches(a) for c in a.content
    )
    out: dict[int, int] = {}
    active: list[tuple[int, int, int]] = []
    at = 0
    for n in sorted(range(len(found)), key=lambda n: found[n].cue.start):
        cue, source = found[n].cue, found[n].source
        while at < len(spans) and spans[at][0] <= cue.start:
            active.append(spans[at])
            at += 1
        active = [x for x in active if x[1] > cue.start]
        best = None
        for _, end, m in active:
            if m != n and end >= cue.end and widths[m] > widths[n] and (best is None or widths[m] < widths[best]):
                other = found[m].source
                if source is None or other is None or not other.overlaps(source):
                    best = m
        if best is not None:
            out[n] = best
    return out
