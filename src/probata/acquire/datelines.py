"""Date lines: the publication date printed at the head of a report's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<{0}>(?:19|20)\d\d)(?!\d)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s{1,3})?"
_DATE = (
    rf"{_WEEKDAY}(?:"
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s{{0,3}}(?:of\s)?{_MONTH.format('m1')}[,،]?\s{{0,3}}{_YEAR.format('y1')}"
    # some pages lose the comma and the space: "Jan 202015"
    rf"|{_MONTH.format('m2')}\s{{1,3}}(?P<d2>\d\d?)(?:st|nd|rd|th)?[,،]?\s{{0,3}}{_YEAR.format('y2')}"
    rf"|(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)(?:T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)"
    rf"|(?P<a4>\d\d?)(?P<s4>[./-])(?P<b4>\d\d?)(?P=s4){_YEAR.format('y4')})"
)
_CLOCK = (
    r"(?:[^\S\n]{0,2}[,|–—-]?[^\S\n]{0,2}(?:at\s(?=\d)|(?:ksa|gmt|utc|edt|est|cet|bst|local\stime)\b|[+-]\d\d?:?\d\d\b"
    r"|\d\d?[:.]\d\d(?::\d\d)?[^\S\n]?(?:[ap]\.?m\b\.?)?|(?<=at\s)\d{4}\b|\d\d?[^\S\n]?[ap]m\b|\((?:gmt|utc)\)))*"
)
_LEAD = (
    r"(?:(?:first\s|last\s|date\s(?:of\s)?)?(?:published|publication|posted|updated?|modified|issued|release\sdate|date)"
    r"(?:\s(?:on|at|date))?\s?[:|–-]?\s{0,3})"
)
# web controls and counters that stand between a date and the text: "Get short URL 0 13"
_TAIL = r"(?:\)?\s?Get short URL(?:\s\d+){0,3}(?=\s))?"
DATE = re.compile(_DATE, re.IGNORECASE)
_HEAD = re.compile(
    rf"[\s(\[|]*(?P<lead>(?:Print this page\s)?{_LEAD})?(?P<date>{_DATE}{_CLOCK}){_TAIL}[)\]|:]?", re.IGNORECASE
)
_EMPTY = re.compile(
    r"[\s(\[|]*(?:Published|Updated|Last updated|Posted|Date)\s?:"
    r"(?:\s{0,3}(?:Published|Updated|Last updated)\s?:?)*(?=\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
# "BEIRUT, June 3 (Agency) -": a day without its year
_CITY_LINE = re.compile(
    rf"\s*(?P<city>[A-Z][\w'’/. -]{{1,40}}(?:,\s[A-Z][\w'’. -]{{1,30}})?),?\s"
    rf"(?P<date>(?i:{_MONTH.format('m5')})\s(?P<d5>\d\d?))"
    rf"(?:,?\s{_YEAR.format('y5')})?\s{{0,2}}(?:\([\w .&'’-]{{2,40}}\)\s{{0,2}})?[–—-]",
)
_CREDIT = re.compile(
    r"\b(?:[A-Z]{2,6}(?:[/,]\s?[A-Z]{2,6})?|Reuters|Agencies|Xinhua|Anadolu|Online)\s(?=(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun))"
)
_NEXT = re.compile(r"\s*(?:$|title:|[\n\"“‘'«(\[]|[^\W_a-z]|[a-z]+\b(?=\s+[A-Z][a-z]+\s+[A-Z]))")
_LINES = 12  # lines of the head in which a date line may stand alone
_ABOVE = 2  # lines above the title in which its date may stand
_PAGE = 80  # lines among which the title is looked for; menus stand above it


@dataclass(frozen=True, slots=True)
class DateLine:
    """Offsets of a date line with its labels and clock, those of the date itself, and the day; None without a year."""

    start: int
    end: int
    date_start: int
    date_end: int
    day: date | None


def day_of(found: re.Match[str]) -> date | None:
    """The day that a match of DATE names; None when there is no such day, or day and month may be exchanged."""
    g = found.groupdict()
    if g.get("y1"):
        return _day(g["y1"], _month(g["m1"]), g["d1"])
    if g.get("y2"):
        return _day(g["y2"], _month(g["m2"]), g["d2"])
    if g.get("y3"):
        return _day(g["y3"], int(g["m3"]), g["d3"])
    if g.get("y4"):
        a, b = int(g["a4"]), int(g["b4"])
        if g["s4"] != "/" or a > 12:  # points and hyphens put the day first; a slash may do either
            return _day(g["y4"], b, str(a))
        return _day(g["y4"], a, str(b)) if b > 12 or a == b else None
    return None


def _month(name: str) -> int:
    return next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(name.lower()[:3]))


def _day(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


def at_head(text: str, at: int = 0) -> DateLine | None:
    """The date line that `text` begins with at offset `at`, with what labels it; None when there is none.

    A date that opens a sentence ("5 April 2017 was the day") is none: what follows must begin anew.
    """
    found = _HEAD.match(text, at)
    if not found:
        return None
    day = day_of(found)
    if day is None or not (found["lead"] or _NEXT.match(text, found.end())):
        return None
    start = at + len(found.group()) - len(found.group().lstrip())
    return DateLine(start, found.end(), found.start("date"), found.start("date") + len(found["date"].rstrip()), day)


def empty_label(text: str, at: int = 0) -> int | None:
    """Where a label whose date was lost ("Published: Updated:") ends; None when the line is none."""
    found = _EMPTY.match(text, at)
    return found.end() if found else None


def city_line(text: str, at: int = 0) -> DateLine | None:
    """The place-and-day opening of an agency story ("BEIRUT, June 3 (Agency) -"), usually without a year."""
    found = _CITY_LINE.match(text, at)
    if not found:
        return None
    day = _day(found["y5"], _month(found["m5"]), found["d5"]) if found["y5"] else None
    return DateLine(
        found.start("city"), found.end(), found.start("date"), found.end("y5" if found["y5"] else "date"), day
    )


def with_year(text: str, line: DateLine, known: date) -> date | None:
    """The day of a date line without a year, in the year that puts it nearest to `known`."""
    found = re.match(rf"{_MONTH.format('m')}\s(?P<d>\d\d?)", text[line.date_start : line.date_end], re.IGNORECASE)
    if not found:
        return None
    days = [_day(str(known.year + n), _month(found["m"]), found["d"]) for n in (-1, 0, 1)]
    return min((d for d in days if d), key=lambda d: abs(d - known), default=None)


def find(text: str, title: str | None = None) -> DateLine | None:
    """The date line in the head of a report: at its start, after its title, or alone on one of its first lines.

    A date far above the title is the day the page was saved, not published.
    """
    lines = list(islice(_lines(text), _PAGE))
    at = _title_line(text, lines, title)
    if at > _ABOVE:
        return _on_own_line(text, lines[at - _ABOVE : at + _LINES])
    behind = after_title(text, title)
    first = at_head(text) or (at_head(text, behind) if behind else None) or _credited(text)
    return first or _on_own_line(text, lines[:_LINES])


def _title_line(text: str, lines: list[tuple[int, int]], title: str | None) -> int:
    """The index of the line that is the title or a good part of it; 0 when none is."""
    want = folded(title)[:600]
    for i, (start, end) in enumerate(lines):
        if end - start < 400 and len(line := folded(text[start:end])) >= 16 and line in want:
            return i
    return 0


def _credited(text: str) -> DateLine | None:
    """A full date behind an agency's name in the head ("... blast AFP Friday 8 May 2015 At least ...")."""
    for found in _CREDIT.finditer(text, 0, 400):
        line = at_head(text, found.end())
        if line:
            return line
    return None


def _on_own_line(text: str, lines: list[tuple[int, int]]) -> DateLine | None:
    """A date alone on one of the lines, down to the second sentence."""
    sentences = 0
    for start, end in lines:
        if end - start > 400:
            return None  # a paragraph: the head is over
        line = at_head(text, start)
        if line and line.end <= end and not text[line.end : end].strip(" \t\r.|-–"):
            return line
        sentences += end - start > 80 and text[start:end].rstrip().endswith((".", "”", '"'))
        if sentences > 1:
            return None
    return None


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the lines that hold something, lazily."""
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at : min(end, at + 1000)].strip():
            yield at, end
        at = end + 1


def folded(text: str | None) -> str:
    """Letters and digits only, lower case: how titles are compared."""
    return "".join(c for c in (text or "").casefold() if c.isalnum())


def after_title(text: str, title: str | None, at: int = 0) -> int:
    """The offset behind `title` where `text` begins with it at `at`, punctuation and case aside; `at` when it does not.

    Reads no more of the text than three times the title's length.
    """
    want = [c for c in (title or "").casefold() if c.isalnum()]
    if len(want) < 12:
        return at
    i, seen = at, 0
    stop = min(len(text), at + 3 * len(title or ""))
    while i < stop and seen < len(want):
        folded = text[i].casefold()
        if folded[:1].isalnum():
            if folded != want[seen]:
                return at
            seen += 1
        i += 1
    return i if seen == len(want) else at
