"""Quotations: stretches between quotation marks, also over sentences and paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from probata.extract.sentences import Sentence, sentence_at
from probata.model.attribution import Attribution
from probata.model.span import Span

_MARK = re.compile('["“”«»]')
LONGEST = 4000  # characters; an opening mark without a closing one is taken for a slip beyond this


def quotations(text: str, sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Offsets of the quotations of a report, marks included, in order and not overlapping.

    A second opening mark before a closing one continues the quotation, as at the start of a paragraph. An unclosed one
    ends with its sentence, but runs on when the next block opens with a mark.
    """
    if not sentences:
        return []
    blocks = list(dict.fromkeys((s.block.start, s.block.end) for s in sentences))
    out: list[tuple[int, int]] = []
    opened: int | None = None
    for n, (start, end) in enumerate(blocks):
        for m in _MARK.finditer(text, start, end):
            at = m.start()
            opening = _opens(text, at, start, end, opened is not None)
            if opening and opened is None:
                opened = at
            elif not opening and opened is not None:
                out.append((opened, at + 1))
                opened = None
        if opened is not None:
            goes_on = n + 1 < len(blocks) and text[blocks[n + 1][0]] in '"“«' and blocks[n + 1][0] - opened < LONGEST
            if not goes_on:
                out.append((opened, max(opened + 1, min(end, _end_of(sentences, opened + 1)))))
                opened = None
    return out


def _end_of(sentences: Sequence[Sentence], offset: int) -> int:
    n = bisect_right(sentences, offset, key=lambda s: s.end)
    return sentences[n].end if n < len(sentences) else offset


def _opens(text: str, at: int, start: int, end: int, inside: bool) -> bool:
    mark = text[at]
    if mark in "“«":
        return True
    if mark in "”»":
        return False
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if before.isspace() or before in "([—-":
        return not after.isspace()
    return not inside and not after.isspace() and after not in ".,;:!?)]"


def grow(
    spans: list[tuple[int, int]], s: Sentence, quotes: Sequence[tuple[int, int]], low: int, high: int
) -> list[tuple[int, int]]:
    """Spans of sentence `s` grown over quotations that start before it or end after it, within [low, high)."""
    first, stop = bisect_right(quotes, s.start, key=lambda q: q[1]), bisect_left(quotes, s.end, key=lambda q: q[0])
    near = [q for q in quotes[first:stop] if q[0] < s.start or q[1] > s.end]
    if not near:
        return spans
    out = []
    for a, b in spans:
        for x, y in near:
            if x < b and a < y:
                a = min(a, max(x, low)) if x < s.start else a
                b = max(b, min(y, high)) if y > s.end else b
        out.append((a, b))
    return out


def carried(
    text: str, found: Sequence[Attribution], sentences: Sequence[Sentence], quotes: Sequence[tuple[int, int]]
) -> list[Attribution]:
    """The attributions with the quotations that follow them added to their content, where nobody else claims these.

    A quotation that makes up whole sentences goes on with the words of the source whose quotation, or whose saying,
    ends right before it.
    """
    more: dict[int, list[Span]] = {}
    spoken = sorted((c.start, c.end) for a in found for c in a.content)
    cues = [a.cue.start for a in found]
    last: tuple[int, int] | None = None  # where the latest carried quotation ends, and whose it is
    for start, end in quotes:
        n = sentence_at(sentences, start)
        if n == 0 or n >= len(sentences) or end - start < _SHORTEST or start > sentences[n].start:
            continue
        if end < sentences[min(sentence_at(sentences, end - 1), len(sentences) - 1)].end - 1:
            continue
        k = bisect_right(spoken, (start, end))
        if any(a < end and start < b for a, b in spoken[max(0, k - 4) : k + 4]):
            continue
        before = sentences[n - 1]
        whose = last[1] if last is not None and last[0] >= before.end - 1 else None
        if whose is None:
            whose = _latest(found, cues, before)
        if whose is None:
            continue
        more.setdefault(whose, []).append(Span.of(text, start, end))
        last = (end, whose)
    return [replace(a, content=(*a.content, *more[n])) if n in more else a for n, a in enumerate(found)]


_SHORTEST = 12  # characters; a shorter one is a scare quote


def _latest(found: Sequence[Attribution], cues: Sequence[int], s: Sentence) -> int | None:
    """The last attribution of a quotation whose cue stands in sentence s."""
    for n in range(bisect_right(cues, s.end) - 1, -1, -1):
        a = found[n]
        if a.cue.start < s.start:
            return None
        if a.kind in ("say", "report") and a.source is not None and any(c.text[0] in '"“«' for c in a.content):
            return n
    return None
