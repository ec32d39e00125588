"""Whose words a stretch of text is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from probata.extract.attribution.vocabulary import speakers
from probata.extract.attribution.vouching import basis_kind, is_pronoun, vouches
from probata.extract.sentences import Sentence, sentence_at
from probata.model.attribution import Attribution
from probata.model.claim import Basis
from probata.model.span import Span


@dataclass(frozen=True, slots=True)
class SpeakerReading:
    """The innermost source responsible for a stretch of text, its relays (nearest first), how it knows, by what rule.

    `inferred` is True where the source speaks in neighbouring sentences only. `also` are further sources beside it
    ("a monitor and the rescue service said"), each responsible for a claim of its own.
    """

    source: Span
    relay: tuple[Span, ...] = ()
    basis: Basis | None = None
    rule: str = ""
    inferred: bool = False
    attribution: Attribution | None = None
    also: tuple[Span, ...] = ()


_RELATIVE = re.compile(r",?\s+(?:who|which|that)\b")
# An article that no preposition or conjunction leads to opens an apposition whose comma is missing.
_NO_APPOSITION = "of for in at by to from and with on near or all about outside inside under as".split()
_APPOSITION = re.compile(
    "".join(rf"(?<!\b{word})" for word in _NO_APPOSITION)
    + r",?\s+(?:an?|the)\s"
    + r"|\s+in\s+(?:an?|the|its|his|her)\s+(?:statement|interview|report|briefing|post|tweet)\b"
    + r"|\s+with\s+(?:an?|high)\b"
)
# Speech acts that are claims themselves: a stretch that holds their cue is theirs even inside another's words.
_OWN = frozenset({"accuse", "deny", "condemn", "appeal", "threaten"})
_LEAD = re.compile(
    r"(?:Earlier|Meanwhile|However|Later|Separately|Also|But|And|While|For (?:his|her|its) part),?\s+(?=\S)"
)
_AND = re.compile(r"\s+and\s+(?=(?:an?|the)\s)")
_DIRECT = frozenset({"subject", "by-agent", "noun-of-clause", "name-before", "noun-owner", "noun-from"})
REACH = 5000  # characters between a cue and the end of its content: a long quotation
_NEAR = 12  # characters: an article or a connective before the source


def _key(span: Span) -> str:
    return span.text.lower().removeprefix("the ")


def speaker_of(
    attributions: Sequence[Attribution],
    sentences: Sequence[Sentence],
    start: int,
    end: int,
    name: Callable[[Span], str] = _key,
    speech: bool = False,
) -> SpeakerReading | None:
    """Who is responsible for what `start`-`end` states; None is the outlet itself.

    `name` tells the name of a source (Roster.name), by which neighbouring sentences are compared. A stretch without
    a source that lies between two sentences from the same source keeps that source; such a reading is inferred.
    `speech` says that the stretch is a speech act (appeal, threat, ...), whose speaker is whoever performs it there.
    """
    here = _within(attributions, start, end, speech)
    if here is not None:
        return here
    n = sentence_at(sentences, start)
    if n == len(sentences):
        return None
    before = _neighbour(attributions, sentences, n, -1)
    marks = sentences[n].quotes
    if before is not None and marks and marks[0] <= sentences[n].start and len(marks) > 1 and marks[-1] >= end:
        return replace(before, inferred=True, rule="quotation")
    after = _neighbour(attributions, sentences, n, 1)
    if before is None or after is None:
        return None
    if is_pronoun(after.source) or name(before.source) == name(after.source):
        return replace(before, inferred=True, rule="between")
    return None


def _within(attributions: Sequence[Attribution], start: int, end: int, speech: bool = False) -> SpeakerReading | None:
    best: tuple[float, Attribution] | None = None
    outer: tuple[float, Attribution] | None = None
    length = max(1, end - start)
    for a in _near(attributions, start):
        if a.source is None:
            continue
        shared = 0
        for c in a.content:
            if c.start < end and start < c.end:
                shared += min(end, c.end) - max(start, c.start)
        inside = start <= a.cue.start and a.cue.end <= end
        if shared == 0 and not inside:
            continue
        opening = min(a.source.start, a.content[0].start)
        whole = inside and a.rule in _DIRECT and abs(opening - start) <= _NEAR and not is_pronoun(a.source)
        if shared < (0.3 if inside else 0.5) * length and not whole:
            continue
        if not vouches(a) and not (inside and _performs(a, start, end, speech)):
            continue
        width = sum(c.end - c.start for c in a.content) - (a.rule == "citing")
        if best is None or width < best[0]:
            best = (width, a)
        if shared >= 0.95 * length and not inside and (outer is None or width < outer[0]):
            outer = (width, a)
    if best is not None and outer is not None and start <= best[1].cue.start < end and best[1].kind not in _OWN:
        best = outer
    elif best is not None and best[1].rule == "shared-subject":
        # whose participle it is the parse does not know: whoever says the whole is responsible
        inner = best[1]
        around = [a for a in _near(attributions, start) if a.source and vouches(a) and _covers(a, inner)]
        best = (0.0, min(around, key=lambda a: sum(c.end - c.start for c in a.content))) if around else best
    return None if best is None else _reading(attributions, best[1])


def _covers(outer: Attribution, inner: Attribution) -> bool:
    return any(c.start <= inner.cue.start and inner.cue.end <= c.end for c in outer.content)


def _performs(a: Attribution, start: int, end: int, speech: bool) -> bool:
    """Whether a stretch with the cue in it is a speech act of the source: "vowed to", "requests from the council"."""
    if a.source is None or not start - _NEAR <= a.source.start < end:
        return False
    if a.rule.startswith("noun-"):
        return a.rule in ("noun-owner", "noun-from") and a.kind not in ("stand", "believe")
    return speech and a.kind in ("intend", "act", "stand")


def _reading(attributions: Sequence[Attribution], a: Attribution) -> SpeakerReading:
    source = a.source
    assert source is not None
    if is_pronoun(source):
        outer = [
            b
            for b in _near(attributions, a.cue.start)
            if b.source is not None
            and b is not a
            and not is_pronoun(b.source)
            and any(c.start <= a.cue.start and a.cue.end <= c.end for c in b.content)
        ]
        if outer:
            return _reading(attributions, min(outer, key=lambda b: sum(c.end - c.start for c in b.content)))
    kind = basis_kind(source.text, speakers())
    basis = Basis(source, kind) if kind else None
    also = tuple(core_of(s) for s in _others(source))
    source = core_of(source)
    return SpeakerReading(source, a.relay, basis, a.rule, False, a, also)


def _cue(a: Attribution) -> int:
    return a.cue.start


def _near(attributions: Sequence[Attribution], offset: int) -> Sequence[Attribution]:
    return attributions[
        bisect_left(attributions, offset - REACH, key=_cue) : bisect_left(attributions, offset + REACH, key=_cue)
    ]


def _others(source: Span) -> list[Span]:
    return [Span(source.start + m.end(), source.end, source.text[m.end() :]) for m in _AND.finditer(source.text)]


def core_of(source: Span) -> Span:
    """The source without an adverb before it, the relative clause, unmarked apposition or second source after it."""
    lead = _LEAD.match(source.text)
    if lead:
        source = Span(source.start + lead.end(), source.end, source.text[lead.end() :])
    cut = _AND.search(source.text) or _RELATIVE.search(source.text) or _APPOSITION.search(source.text)
    if cut and cut.start():
        return Span(source.start, source.start + cut.start(), source.text[: cut.start()])
    return source


def _neighbour(
    attributions: Sequence[Attribution], sentences: Sequence[Sentence], n: int, step: int
) -> SpeakerReading | None:
    """The reading of the whole neighbouring sentence, if one source has most of it."""
    m = n + step
    if not 0 <= m < len(sentences):
        return None
    s = sentences[m]
    lo, hi = bisect_left(attributions, s.start, key=_cue), bisect_left(attributions, s.end, key=_cue)
    own = [a for a in attributions[lo:hi] if a.source is not None and vouches(a)]
    if own:
        return _reading(attributions, max(own, key=lambda a: sum(c.end - c.start for c in a.content)))
    return _within(attributions, s.start, s.end)
