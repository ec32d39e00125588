"""Snippets: the piece of a text that shows best what was searched for."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence

from probata.model.found import Mark, Snippet
from probata.vocab import query
from probata.vocab.query import Term

_WIDTH = 160  # characters that words shown together may span
_AROUND = 60  # characters shown before and after
_WINDOW, _AGAIN = 50_000, 1_000  # characters looked at together, and those looked at again with the next
_ENOUGH = 100_000  # characters, after which no better piece is looked for
_BACK = 30  # characters within which a piece is cut at a space


def snippet(text: str, wanted: Sequence[Term]) -> Snippet | None:
    """The first piece of the text that has the most of the terms; None when it has none of them.

    Of a text of over 100,000 characters no more than that is looked at once a term is found.
    """
    best: tuple[int, int, int] | None = None  # terms, start, end
    for first, last in _windows(text):
        found = _best(text[first:last], wanted)
        if found and (best is None or found[0] > best[0]):
            best = found[0], found[1] + first, found[2] + first
        if best and (best[0] == len(wanted) or last >= _ENOUGH):
            break
    if best is None:
        return None
    start, end = _cut(text, best[1], best[2])
    piece = text[start:end]
    marks = (Mark(m.start + start, m.end + start, m.term) for m in query.marks(piece, wanted))
    return Snippet(start, end, piece, tuple(sorted(set(marks))), end == len(text))


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of the text, cut at spaces where there are any near, each with the end of the one before."""
    start = 0
    while start < len(text):
        end = min(len(text), start + _WINDOW)
        if end < len(text):
            end = max(text.rfind(" ", start + _AGAIN, end) + 1, 0) or end
        yield start, end
        if end == len(text):
            return
        start = max(text.rfind(" ", start + 1, end - _AGAIN) + 1, 0) or end - _AGAIN


def _best(text: str, wanted: Sequence[Term]) -> tuple[int, int, int] | None:
    """How many terms stand together in a piece, from where to where: most of all, first of these."""
    near: deque[Mark] = deque()
    held: Counter[int] = Counter()
    best: tuple[int, int, int] | None = None
    for mark in query.marks(text, wanted):
        near.append(mark)
        held[mark.term] += 1
        while mark.end - near[0].start > _WIDTH and len(near) > 1:
            gone = near.popleft().term
            held[gone] -= 1
            if not held[gone]:
                del held[gone]
        if best is None or len(held) > best[0]:
            best = len(held), min(m.start for m in near), mark.end
            if best[0] == len(wanted):
                break
    return best


def _cut(text: str, first: int, last: int) -> tuple[int, int]:
    """The piece around some words, cut at spaces where there are any near."""
    start, end = first - _AROUND, last + _AROUND
    if start < _BACK:
        start = 0
    else:
        start = next((i + 1 for i in range(start, start + _BACK) if text[i].isspace()), start)
    if end > len(text) - _BACK:
        end = len(text)
    else:
        end = next((i for i in range(end, end - _BACK, -1) if text[i].isspace()), end)
    return start, end
