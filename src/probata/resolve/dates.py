"""Dates: which days a time expression means, as an interval with its precision, never more exact than the words."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from probata.extract.mentions.times import TimeWords
from probata.vocab import load


class Days(NamedTuple):
    """First and last day, both included; None where the words leave that side open or cannot be resolved.

    `precision` is day, days, week, month, season, year, open or unresolved. `needs_anchor` says that the anchor was
    (or, where unresolved, would be) needed.
    """

    start: date | None
    end: date | None
    precision: str
    needs_anchor: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What the sentence around the words adds.

    `day` is the day the text speaks of (for "the same day", "a day earlier"); `future` that the verb looks ahead;
    `since` that the words date the clause after a "since" and the act runs from then on.
    """

    day: date | None = None
    future: bool = False
    since: bool = False


_PLAIN = Context()
_DAY = timedelta(days=1)
_UNITS = {"day": 1, "night": 1, "week": 7}
_NAMED = {"date": "day", "month": "month", "season": "season", "year": "year", "weekday": "day"}


def resolve(words: TimeWords, anchor: date | None, context: Context | None = None) -> Days:
    """The days that `words` mean, counted from the day of publication `anchor` where they are relative.

    Without an anchor relative words stay unresolved. A weekday is the last one up to and including the anchor; a
    month or day without a year the latest not after it; "last week" runs from Monday to Sunday; intervals that the
    anchor lies in end at the anchor. Words that name no day ("recently", "for months") are unresolved.
    """
    context = context or _PLAIN
    try:
        days = _resolve(words, anchor, context)
    except (OverflowError, ValueError):  # no such day ("February 30"), or outside the calendar
        return _unresolved(False)
    if days.start is None and days.end is None:
        return days
    bound = "since" if context.since else words.bound
    if bound:
        return _opened(days, bound, anchor)
    return days if context.future or words.shift == 1 else _clipped(days, anchor)


def _unresolved(needs_anchor: bool) -> Days:
    return Days(None, None, "unresolved", needs_anchor)


def _clipped(days: Days, anchor: date | None) -> Days:
    """What has been reported has happened: an interval that the anchor lies in ends there."""
    start, end, precision, _ = days
    if anchor is None or start is None or end is None or not start <= anchor < end:
        return days
    return Days(start, anchor, precision, True)


def _opened(days: Days, bound: str, anchor: date | None) -> Days:
    start, end, precision, needed = days
    if bound == "since":
        if start is None:
            return days
        last = anchor if anchor is not None and anchor >= start else None
        return Days(start, last, "open", needed or last is not None)
    if bound == "after":
        return days if precision == "day" else Days(None, None, "unresolved", needed)
    if bound in ("until", "by"):
        return Days(None, end, "open", needed)
    return Days(None, start - _DAY if start else None, "open", needed)


def _resolve(words: TimeWords, anchor: date | None, context: Context) -> Days:
    if words.other is not None:
        return _range(words, words.other, anchor, context)
    kind = words.kind
    if words.unit in ("year", "week") and kind in ("month", "date", "season", "weekday"):
        if anchor is None:
            return _unresolved(True)
        shift = words.shift or 0
        if kind == "weekday":
            return _one(anchor + ((words.weekday or 0) - anchor.weekday() + 7 * shift) * _DAY)
        placed = replace(words, year=anchor.year + shift, unit="", shift=None)
        return _resolve(placed, anchor, context)._replace(needs_anchor=True)
    if kind == "date":
        return _date(words, anchor, context)
    if kind == "year" and words.year is not None:
        first, last = _part(words.part, date(words.year, 1, 1), date(words.year, 12, 31))
        return Days(first, last, "season" if words.part and words.part != "earlier" else "year", False)
    if kind == "month":
        return _month(words, anchor, context)
    if kind == "season":
        return _season(words, anchor)
    if kind in ("calendar", "ago") and words.basis == "context":
        return _from_context(words, context)
    if anchor is None:
        return _unresolved(kind not in ("vague", "duration", "clock"))
    if kind == "weekday":
        return _weekday(words, anchor, context)
    if kind == "today":
        return _one(anchor + (words.shift or 0) * _DAY)
    if kind == "daypart":
        return _one(context.day or anchor)
    if kind == "overnight":
        return Days(anchor - _DAY, anchor, "days", True)
    if kind == "calendar":
        return _calendar(words, anchor)
    if kind == "ago":
        return _ago(words, anchor)
    if kind == "window":
        return _window(words, anchor, context)
    return _unresolved(False)


def _one(day: date) -> Days:
    return Days(day, day, "day", True)


def _range(words: TimeWords, other: TimeWords, anchor: date | None, context: Context) -> Days:
    last = _resolve(other, anchor, context)
    first = replace(words, other=None)
    if first.year is None and other.year is not None:
        first = replace(first, year=other.year)
    begin = _resolve(first, anchor, context)
    if begin.start is None or last.end is None:
        return _unresolved(begin.needs_anchor or last.needs_anchor)
    start = begin.start
    if start > last.end and first.kind == "weekday":
        start -= 7 * _DAY
    if start > last.end:
        return _unresolved(True)
    return Days(start, last.end, "days", begin.needs_anchor or last.needs_anchor)


def _date(words: TimeWords, anchor: date | None, context: Context) -> Days:
    month, day = words.month or 1, words.day or 1
    year, needed = words.year, words.year is None
    if year is None:
        if anchor is None:
            return _unresolved(True)
        year = anchor.year
        if day > calendar.monthrange(year, month)[1] and (month, day) != (2, 29):
            return _unresolved(True)
        while (month, day) == (2, 29) and not calendar.isleap(year):
            year -= 1
        past = date(year, month, day) <= anchor
        if context.future and date(year, month, day) != anchor:
            year += past
        elif not past:
            year -= 1
    first = date(year, month, day)
    if words.last_day is not None:
        return Days(first, date(year, month, words.last_day), "days", needed)
    if words.part == "overnight":
        return Days(first, first + _DAY, "days", needed)
    return Days(first, first, "day", needed)


def _month(words: TimeWords, anchor: date | None, context: Context) -> Days:
    month, year, needed = words.month or 1, words.year, words.year is None
    if year is None:
        if anchor is None:
            return _unresolved(True)
        year = anchor.year
        if context.future or words.shift == 1:
            year += month < anchor.month or (words.shift == 1 and month == anchor.month)
        elif month > anchor.month or (words.shift == -1 and month == anchor.month):
            year -= 1
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    if words.part in ("early", "mid", "late"):
        third = {"early": (1, 10), "mid": (11, 20), "late": (21, last.day)}[words.part]
        return Days(date(year, month, third[0]), date(year, month, third[1]), "days", needed)
    return Days(first, last, "month", needed)


def _season(words: TimeWords, anchor: date | None) -> Days:
    begin = int(load("times")["seasons"][words.season])
    year, needed = words.year, words.year is None
    if year is None:
        if anchor is None:
            return _unresolved(True)
        year = anchor.year
        ahead, over = date(year, begin, 1) > anchor, _season_end(year, begin) < anchor
        if words.shift != 1 and (ahead or (words.shift == -1 and not over)):
            year -= 1
        elif words.shift == 1 and date(year, begin, 1) <= anchor:
            year += 1
    return Days(date(year, begin, 1), _season_end(year, begin), "season", needed)


def _season_end(year: int, begin: int) -> date:
    month = begin + 2
    if month > 12:
        year, month = year + 1, month - 12
    return date(year, month, calendar.monthrange(year, month)[1])


def _part(part: str, first: date, last: date) -> tuple[date, date]:
    """The named part of a year: its thirds or halves."""
    year = first.year
    spans = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "first half": (1, 6), "second half": (7, 12)}
    if part not in spans:
        return first, last
    a, b = spans[part]
    return date(year, a, 1), date(year, b, calendar.monthrange(year, b)[1])


def _weekday(words: TimeWords, anchor: date, context: Context) -> Days:
    if words.basis == "context":
        return _unresolved(True)
    target = words.weekday or 0
    back = (anchor.weekday() - target) % 7
    if words.shift == 1 or context.future:
        ahead = (target - anchor.weekday()) % 7
        day = anchor + (ahead or (7 if words.shift == 1 else 0)) * _DAY
    else:
        day = anchor - (back or (7 if words.shift == -1 else 0)) * _DAY
    return Days(day, min(day + _DAY, max(day, anchor)), "days", True) if words.part == "overnight" else _one(day)


def _calendar(words: TimeWords, anchor: date) -> Days:
    shift = words.shift or 0
    if words.unit in ("week", "weekend"):
        monday = anchor + (7 * shift - anchor.weekday()) * _DAY
        if words.unit == "weekend":
            return Days(monday + 5 * _DAY, monday + 6 * _DAY, "days", True)
        return Days(monday, monday + 6 * _DAY, "week", True)
    if words.unit == "month":
        first, last = _month_of(anchor, shift)
        return Days(first, last, "month", True)
    if words.unit == "year":
        year = anchor.year + shift
        return Days(*_part(words.part, date(year, 1, 1), date(year, 12, 31)), "year", True)
    if words.unit == "decade":
        return _unresolved(True)
    return _one(anchor + shift * _DAY)


def _month_of(day: date, shift: int) -> tuple[date, date]:
    """First and last day of the month `shift` months from that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + shift, 12)
    return date(year, month + 1, 1), date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def _moved(day: date, unit: str, n: int) -> date:
    """The same day of the month n months or years off (the last day where there is none), or n days or weeks off."""
    if unit in _UNITS:
        return day + n * _UNITS[unit] * _DAY
    months = {"month": 1, "year": 12, "decade": 120}[unit] * n
    first, last = _month_of(day, months)
    return first.replace(day=min(day.day, last.day))


def _from_context(words: TimeWords, context: Context) -> Days:
    """Words counted from the day spoken of. That day comes from the text, so nothing is said about the anchor."""
    day = context.day
    if day is None:
        return _unresolved(False)
    if words.kind == "calendar":
        return _calendar(words, day)
    if words.unit in ("hour", "minute"):
        return _one(day) if words.number is None or words.number < 12 else _unresolved(True)
    return _ago(words, day)


def _ago(words: TimeWords, anchor: date) -> Days:
    """ "two days ago" is a day, "two months ago" a month: as exact as its unit. "a few weeks ago" stays unresolved."""
    n = words.number
    if n is None or words.hedged:
        return _unresolved(True)
    n *= words.shift or -1
    if words.unit in ("hour", "minute"):
        return _one(anchor) if abs(n) < 12 or words.unit == "minute" else _unresolved(True)
    if words.unit in ("day", "night"):
        return _one(anchor + n * _DAY)
    unit = replace(words, unit=words.unit, shift=n)
    return _calendar(unit, anchor)


def _window(words: TimeWords, anchor: date, context: Context) -> Days:
    """ "in the past 24 hours" runs up to the anchor, "in the next three days" from it; "recent days" is unresolved."""
    n = words.number
    if n is None or words.hedged or words.unit == "minute" or words.basis != "anchor":
        return _unresolved(True)
    unit = "day" if words.unit == "weekend" else words.unit
    if unit == "hour":
        n, unit = max(1, -(-n // 24)) if n >= 12 else 0, "day"
    if words.shift == 1 or (words.shift is None and context.future):
        return Days(anchor, _moved(anchor, unit, n), "days", True)
    return Days(_moved(anchor, unit, -n), anchor, "days", True)
