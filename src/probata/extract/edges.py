"""Edges: what stands before the first and behind the last sentence of running text, and is none of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from probata.acquire import datelines
from probata.model.report import Block, BlockKind
from probata.vocab import load

_REACH = 700  # characters from the end in which credits are looked for
_SUFFIX = re.compile(r"\s+[|•·–—-]+\s+")
_PREFIX = re.compile(r"title:\s*", re.IGNORECASE)
_NEW = re.compile(r"\s*(?:$|[\n\"“‘'«(\[]|[^\W_a-z])")
_OPENS = re.compile(r"(?:An?|The|At least|More than|[A-Z][a-z]+ (?:people|persons|civilians))\b")
_FULL_STOP = re.compile(r"\s?[.!?]+[\"”’)]*")
_WEB = re.compile(r"(?:Print this page|Get short URL(?:\s\d+){0,3}|SEND\shttp\S+|Print Tweet Views \d+)(?=\s)")
_UNTIL_WEB = re.compile(
    r"(?:[^.!?]|\d\.\d){0,200}?\bGet short URL(?:\s\d+){0,3}(?=\s)|[^.!?a-z]{0,60}\d{2}-\d{2}-\d{4} \d{4} [AP]M(?=\s)"
)
_CITY = re.compile(  # BEIRUT (Agency) —   ERBIL, Region (Agency) –   Brenta, SANA-
    r"(?:[A-Z][\w’'./-]*(?:\s[A-Z][\w’'./-]*){0,3})(?:,\s[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*){0,2})?"
    r"(?:,?\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2}(?:,?\s\d{4})?)?"
    r"(?:\s\([A-Z][\w .&’'/-]{1,40}\)\s?[–—-]{1,2}|,\s?[A-Z]{2,6}\s?[–—-]{1,2}|(?<=[A-Z]{3})\s(?:[–—]|--))\s?(?=\S)"
    r"|\((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2},?\s\d{4}\s/\s[\w .&’'-]{2,30}\)\s"
)


def head(text: str, start: int, end: int, title: str | None) -> Iterator[Block]:
    """The date line, title, by-line and agency's place line that `text[start:end]` begins with, in order.

    What is left is prose that begins where the last block ends.
    """
    at, titled = start, False
    for _ in range(8):
        at = _past_space(text, at, end)
        found = None if titled else _title(text, at, end, title)
        if found:
            titled = True
        else:
            found = _date(text, at, end) or _web(text, at, end) or _byline(text, at, end, None if titled else title)
        if found is None:
            break
        yield found
        at = found.end
    if placed := city(text, at, end):
        yield placed


def city(text: str, at: int, end: int) -> Block | None:
    """The place and agency that a story opens with ("BEIRUT (Agency) —")."""
    m = _CITY.match(text, at, min(end, at + 160))
    return Block(BlockKind.DATE_LINE, at, _back(text, at, m.end())) if m and m.end() < end else None


def title_end(text: str, at: int, title: str | None) -> int:
    """Where the title that `text` has at `at` ends, site names behind it left out; `at` when there is none."""
    if not title:
        return at
    title = _PREFIX.sub("", title[:600], count=1)
    begin = m.end() if (m := _PREFIX.match(text, at)) else at
    while True:
        end = datelines.after_title(text, title, begin)
        if end > begin:
            if m := _FULL_STOP.match(text, end):
                return m.end()
            return end if _NEW.match(text, end) else at
        cuts = list(_SUFFIX.finditer(title))
        if not cuts:
            return at
        title = title[: cuts[-1].start()]


def _title(text: str, at: int, end: int, title: str | None) -> Block | None:
    stop = min(title_end(text, at, title), end)
    return Block(BlockKind.TITLE, at, stop) if stop > at else None


def _date(text: str, at: int, end: int) -> Block | None:
    line = datelines.at_head(text, at)
    if line and line.end <= end:
        return Block(BlockKind.DATE_LINE, at, _back(text, at, line.end))
    return None


def _web(text: str, at: int, end: int) -> Block | None:
    m = _WEB.match(text, at) or _UNTIL_WEB.match(text, at)
    return Block(BlockKind.RESIDUE, at, m.end()) if m and m.end() < end else None


def _byline(text: str, at: int, end: int, title: str | None) -> Block | None:
    """An agency's name before a date, or "by NAMES" before the title."""
    if m := _agency().match(text, at):
        behind = _past_space(text, m.end(), end)
        if datelines.at_head(text, behind) or _OPENS.match(text, behind):
            return Block(BlockKind.BY_LINE, at, m.end())
    if title and text.startswith("by ", at):
        for m in re.finditer(r"\s(?=[\"“A-Z0-9])", text[at : at + 160]):
            there = at + m.end()
            if title_end(text, there, title) > there:
                return Block(BlockKind.BY_LINE, at, _back(text, at, there))
    return None


def tail(text: str, start: int, end: int) -> list[Block]:
    """The credits and page matter that `text[start:end]` ends with, in order. What is left is prose."""
    out: list[Block] = []
    for _ in range(6):
        end = _back(text, start, end)
        piece = text[max(start, end - _REACH) : end]
        found = None
        for ending in _endings():
            if ending.need in piece:
                low = max(start, end - ending.reach)
                near = text[low:end] if ending.reach < _REACH else piece
                if m := ending.pattern.search(near):
                    found = Block(ending.kind, low + _forward(near, m.start()), end)
                    break
        if found is None or found.start <= start:
            break
        out.append(found)
        end = found.start
    return out[::-1]


@cache
def _agency() -> re.Pattern[str]:
    names = "|".join(re.escape(a) for a in sorted(load("page")["agencies"], key=len, reverse=True))
    return re.compile(rf"(?:{names})(?:\s(?:{names}))?(?=\s)")


@dataclass(frozen=True, slots=True)
class _Ending:
    """A pattern at the end of a text, the words it cannot do without ("" for none), and how far back it can begin."""

    need: str
    reach: int
    pattern: re.Pattern[str]
    kind: BlockKind


@cache
def _endings() -> tuple[_Ending, ...]:
    page = load("page")
    agencies = "|".join(re.escape(a) for a in sorted(page["agencies"], key=len, reverse=True))
    endings = "|".join(re.escape(e) for e in sorted(page["endings"], key=len, reverse=True))
    stop = r"(?<=[.!?\"”)])"
    name = r"(?:[A-Z]\.\s?)*[A-Z][\w’'-]*\.?"
    by = r"\(?\b(?i:additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by (?:[^.]|(?<=\b[A-Z])\.){3,240}\)?$"
    web, credit = BlockKind.RESIDUE, BlockKind.BY_LINE
    rows = (
        ("Our Standards", _REACH, r"\bOur Standards:(?s:.)*$", web),
        ("Community", _REACH, r"(?:\bTags\s[^.!?]{0,300}?)?\bCommunity standards(?s:.)*$", web),
        ("Last Update", _REACH, r"\bLast Updated?: (?s:.)*$", BlockKind.DATE_LINE),
        ("This article", _REACH, r"\bThis article is an? .{0,30}translation(?s:.)*$", credit),
        ("Use", _REACH, r"(?:\s+(?:[A-Z][\w’'&]*|of|and|to|the|in|for)){3,60}(?<=Use)$", web),
        ("Policy", _REACH, r"(?:\s+(?:[A-Z][\w’'&]*|of|and|to|the|in|for)){3,60}(?<=Policy)$", web),
        ("", 60, rf"{stop}\s*(?i:{endings})$", web),
        (" by ", _REACH, by, credit),
        ("Source", 120, rf"{stop}\s*\(?Sources?:?\s[^.]{{2,80}}\)?$", credit),
        ("(With", 120, rf"{stop}\s*\(With (?:{agencies})[^()]{{0,40}}\)$", credit),
        (
            "contributed",
            120,
            rf"{stop}\s*(?:{agencies})? ?contributed(?: to this (?:story|report|article))?\.?$",
            credit,
        ),
        ("", 60, rf"\s*(?:[–—-]{{1,3}}\s?|{stop}\s+)(?:{agencies})\.?$", credit),
        ("", 40, rf"{stop}\s+(?:[A-Z]{{2,8}}\s)?(?:\d{{1,3}}(?:-\d{{1,3}})?|[A-Z]{{2,8}})$", credit),
        ("", 120, rf"{stop}\s+{name}(?:\s?/\s?{name}|\s{name}){{0,4}}$", credit),
    )
    return tuple(_Ending(need, reach, re.compile(pattern), kind) for need, reach, pattern, kind in rows)


def _past_space(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _forward(piece: str, at: int) -> int:
    while at < len(piece) and piece[at].isspace():
        at += 1
    return at


def _back(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
