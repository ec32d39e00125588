"""Blocks: telling headline, deck, sub-headings, paragraphs, date lines and page residue apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from probata.extract import edges
from probata.extract.lines import Look, look
from probata.model.report import Block, BlockKind, Report

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_APART = re.compile(r"[\W_]+")
_WRAP = (40, 160)  # characters of a line broken by an editor rather than by its author
_REPEATED = 40  # characters; a longer line that stood before is a caption or a body printed twice
_HEADING = 12  # words of the longest sub-heading
_PLACED = 3  # paragraphs of the beginning that may open with an agency's place line
_MENU = 3  # so many short lines in a row are a menu, or headlines of other articles
_FIXED = {
    Look.CAPTION: BlockKind.CAPTION,
    Look.BY_LINE: BlockKind.BY_LINE,
    Look.DATE_LINE: BlockKind.DATE_LINE,
    Look.MENU: BlockKind.RESIDUE,
    Look.RELATED: BlockKind.RESIDUE,
    Look.RESIDUE: BlockKind.RESIDUE,
}


@dataclass(slots=True)
class _Line:
    """A line, or several that an editor broke: offsets without outer white space, its look, its kind once known."""

    start: int
    end: int
    look: Look
    words: int
    folded: str  # letters and digits only, lower case; for long lines their beginning
    kind: BlockKind | None = None


def blocks(report: Report) -> tuple[Block, ...]:
    """The blocks of a report in order; every character that is not white space lies in exactly one. Time is linear."""
    text = report.text
    lines = [_line(text, start, end) for start, end in _units(text)]
    _fix(lines)
    title = _find_title(lines, report.title)
    _before_title(lines, title)
    first = next((i for i, x in enumerate(lines) if i > title and _is_prose(x)), len(lines))
    last = max((i for i, x in enumerate(lines) if _is_prose(x)), default=-1)
    if title < 0 and not report.title and first < len(lines):
        title = _guess_title(lines, first)
    _heads(lines, title, first)
    _inside(lines, first, last)
    _after(lines, max(last, title))
    return tuple(_split(report, lines, title, first, last))


def _units(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the lines with words; lines of one paragraph that an editor broke are joined."""
    group: list[tuple[int, int]] = []
    at = 0
    for end, after in [*((m.start(), m.end()) for m in _BREAK.finditer(text)), (len(text), len(text))]:
        start = at
        at = after
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            group.append((start, end))
        elif group:
            yield from _joined(text, group)
            group = []
    yield from _joined(text, group)


def _joined(text: str, group: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Lines without an empty one between them: one unit if most run on into the next, else each its own."""
    if len(group) > 1:
        body = group[:-1]
        run_on = sum(text[b - 1] not in '.!?:"”…' for _, b in body)
        even = sum(_WRAP[0] <= b - a <= _WRAP[1] for a, b in body)
        goes_on = sum(text[a].islower() for a, _ in group[1:])
        if even == len(body) and run_on * 10 >= len(body) * 6 and goes_on * 3 >= len(body):
            yield group[0][0], group[-1][1]
            return
    yield from group


def _line(text: str, start: int, end: int) -> _Line:
    line = text[start:end]
    folded = _APART.sub("", line[:400].casefold())
    return _Line(start, end, look(line), line.count(" ") + 1 if end - start < 2000 else 999, folded)


def _is_prose(line: _Line) -> bool:
    return line.look is Look.SENTENCE and line.kind is None


def _fix(lines: list[_Line]) -> None:
    """Kinds that a line's own look decides, and lines printed before."""
    seen: set[tuple[str, int]] = set()
    for line in lines:
        line.kind = _FIXED.get(line.look)
        key = (line.folded, line.end - line.start)
        if line.end - line.start >= _REPEATED and key in seen:
            line.kind = BlockKind.RESIDUE
        seen.add(key)


def _find_title(lines: list[_Line], title: str | None) -> int:
    """The first line that is the report's known title; -1 when it stands on no line of its own."""
    want = _APART.sub("", (title or "")[:600].casefold())
    for i, line in enumerate(lines[:80]):
        if (
            len(line.folded) >= 16
            and line.words >= 3
            and line.end - line.start < 400
            and line.folded in want
            and line.kind in (None, BlockKind.DECK)
        ):
            line.kind = BlockKind.TITLE
            return i
    return -1


def _before_title(lines: list[_Line], title: int) -> None:
    """What stands above the title is the page's, except prose, and by-lines and dates next to it."""
    for i, line in enumerate(lines[: max(title, 0)]):
        near = title - i <= 2
        if line.kind in (BlockKind.DATE_LINE, BlockKind.BY_LINE, BlockKind.CAPTION) and near:
            continue
        if not _is_prose(line):
            line.kind = BlockKind.RESIDUE


def _guess_title(lines: list[_Line], first: int) -> int:
    for i, line in enumerate(lines[:first]):
        if line.kind is None and line.look is Look.HEADLINE and line.words >= 3:
            line.kind = BlockKind.TITLE
            return i
        if line.kind is None:
            break
    return -1


def _heads(lines: list[_Line], title: int, first: int) -> None:
    """Between title and prose: decks; behind a mark of other articles, their headlines."""
    related, decks = False, 0
    for line in lines[title + 1 : first]:
        related = related or line.look is Look.RELATED
        if line.kind is not None:
            continue
        if related or line.words < 4 or decks >= 4:
            line.kind = BlockKind.RESIDUE
        else:
            line.kind = BlockKind.DECK
            decks += 1


def _inside(lines: list[_Line], first: int, last: int) -> None:
    """Between the first and the last line of prose: sub-headings, lists, and residue in runs or behind a mark."""
    i, related = first, False
    while i <= last:
        line = lines[i]
        if line.look is Look.RELATED:
            related = True
        elif _is_prose(line):
            line.kind, related = BlockKind.PARAGRAPH, False
        elif line.kind is None and line.look is Look.BULLET:
            line.kind = BlockKind.RESIDUE if related else BlockKind.PARAGRAPH
        elif line.kind is None:
            run = i
            while run <= last and lines[run].look in (Look.HEADLINE, Look.MENU, Look.RESIDUE, Look.RELATED):
                run += 1
            listed = i > 0 and lines[i - 1].kind is BlockKind.PARAGRAPH and lines[i - 1].look is Look.SENTENCE
            menu = run - i >= _MENU
            for other in lines[i:run]:
                related = related or other.look is Look.RELATED
                if other.kind is not None:
                    continue
                if related or (menu and not (listed and other.words > _HEADING)):
                    other.kind = BlockKind.RESIDUE
                else:
                    other.kind = BlockKind.SUBHEADING if other.words <= _HEADING else BlockKind.PARAGRAPH
            i = run
            continue
        i += 1


def _after(lines: list[_Line], last: int) -> None:
    """Behind the last line of prose: a name is a by-line, the rest residue unless it is a single longer line."""
    rest = [x for x in lines[last + 1 :] if x.kind is None]
    related = False
    for line in lines[last + 1 :]:
        related = related or line.look is Look.RELATED
        if line.kind is not None:
            continue
        listed = line.look is Look.BULLET and not related
        single = len(rest) == 1 and line.words > 5 and not related
        if last < 0 or listed or single:
            line.kind = BlockKind.PARAGRAPH
        elif line is rest[0] and line.words <= 3 and not related:
            line.kind = BlockKind.BY_LINE
        else:
            line.kind = BlockKind.RESIDUE


def _split(report: Report, lines: list[_Line], title: int, first: int, last: int) -> Iterator[Block]:
    """The blocks: the first prose without what stands before its first sentence, the last without its credits."""
    text = report.text
    known = None if title >= 0 else report.title
    opening = first if first < len(lines) else 0
    prose = 0
    for i, line in enumerate(lines):
        kind = line.kind or BlockKind.PARAGRAPH
        if kind is not BlockKind.PARAGRAPH:
            yield Block(kind, line.start, line.end)
            continue
        start, end = line.start, line.end
        if i == opening or i == 0:
            for block in edges.head(text, start, end, known):
                yield block
                start = block.end
        elif prose < _PLACED and (placed := edges.city(text, start, end)):
            yield placed
            start = placed.end
        prose += 1
        behind = edges.tail(text, start, end) if i >= last else []
        end = behind[0].start if behind else end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield Block(BlockKind.PARAGRAPH, start, end)
        yield from behind
