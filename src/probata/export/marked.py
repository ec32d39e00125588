"""The marked text: a report's words with each claim's evidence numbered and coloured."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from probata.export import words
from probata.export.plain import isolated, plain, width
from probata.export.style import Style
from probata.model.claim import Claim


def segments(length: int, claims: Sequence[Claim]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """The text cut where an evidence begins or ends: start, end, and the numbers (from 1) of the claims it lies in."""
    starts: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for n, c in enumerate(claims, 1):
        starts.setdefault(c.evidence.start, []).append(n)
        ends.setdefault(c.evidence.end, []).append(n)
    at, open_ = 0, dict[int, None]()
    for cut in sorted({*starts, *ends, length}):
        if cut > at:
            yield at, cut, tuple(open_)
            at = cut
        for n in ends.get(cut, ()):
            open_.pop(n, None)
        for n in starts.get(cut, ()):
            open_[n] = None


_RUN_ON = re.compile(r"(?<=[\w,’'-])\n(?=[a-z(])")  # a line that an editor broke


def marked(text: str, claims: Sequence[Claim], style: Style) -> str:
    """The text wrapped to the terminal, "[1]" before each evidence; without colour also "[/1]" behind it."""
    text = _RUN_ON.sub(" ", text)  # as long as before: offsets hold
    pieces: list[tuple[str, str]] = []  # words and the colour they have
    before: tuple[int, ...] = ()
    for start, end, inside in segments(len(text), claims):
        if not style.colour and (closed := [n for n in before if n not in inside]):
            pieces.append((f"[/{','.join(map(str, closed))}]", "bold"))
        if opened := [n for n in inside if n not in before]:
            pieces.append((f"[{','.join(map(str, opened))}]", "bold"))
        pieces.append((plain(text[start:end]), words.group(claims[inside[-1] - 1]) if inside else ""))
        before = inside
    if not style.colour and before:
        pieces.append((f"[/{','.join(map(str, before))}]", "bold"))
    return "".join(_lines(pieces, style))


def _lines(pieces: list[tuple[str, str]], style: Style) -> Iterator[str]:
    """The pieces as wrapped lines; a word may consist of several pieces."""
    room = style.columns - 2
    line: list[str] = []
    used = 0
    for word, gap in _words(pieces):
        size = sum(width(t) for t, _ in word)
        shown = "".join(style.paint(isolated(t), *([c] if c else [])) for t, c in word)
        if gap == "\n" or (line and used + 1 + size > room):
            if line:
                yield "  " + "".join(line).rstrip() + "\n"
            line, used = [], 0
        if line:
            line.append(" ")
            used += 1
        line.append(shown)
        used += size
    if line:
        yield "  " + "".join(line).rstrip() + "\n"


def _words(pieces: list[tuple[str, str]]) -> Iterator[tuple[list[tuple[str, str]], str]]:
    """Each word, as pieces with their colours, and whether a line break stands before it."""
    word: list[tuple[str, str]] = []
    gap = ""
    for text, colour in pieces:
        at = 0
        while at < len(text):
            end = at
            space = text[at].isspace()
            while end < len(text) and text[end].isspace() == space:
                end += 1
            run = text[at:end]
            at = end
            if not space:
                word.append((run, colour))
                continue
            if word:
                yield word, gap
                word, gap = [], ""
            gap = "\n" if "\n" in run or gap == "\n" else " "
    if word:
        yield word, gap
