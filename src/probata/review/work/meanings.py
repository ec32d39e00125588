"""What words of a slot can be read as, for a person to take or to change: figures, days, groups."""

from __future__ import annotations

import calendar
from datetime import date

from probata.acquire.language import is_read
from probata.extract.mentions.numbers import find_numbers
from probata.extract.mentions.times import find_times
from probata.model.claim import Count, Time
from probata.model.report import Report
from probata.model.span import Span
from probata.resolve import dates, numbers
from probata.resolve.groups import groups_of

HAND = "person"  # the rule of a slot that a person filled


def count(report: Report, span: Span) -> Count:
    """How many the words say, as the software reads them; open at both ends when it cannot."""
    found = [n for n in find_numbers(report.text, span.start, span.end) if n.kind == "count"]
    if len(found) == 1:
        return Count(span, found[0].low, found[0].high, found[0].rule)
    if len(found) > 1 and numbers.lists(report.text, found) == [tuple(range(len(found)))]:
        return Count(span, *numbers.total(found), "sum")
    return Count(span, None, None, HAND)


def time(report: Report, span: Span) -> Time:
    """The days that the words say, counted from the report's day; unresolved when the software cannot tell."""
    found = find_times(report.text, span.start, span.end)
    anchor = report.anchor.day if report.anchor else None
    if len(found) != 1:
        return Time(span)
    days = dates.resolve(found[0], anchor)
    known = days.start is not None or days.end is not None
    return Time(span, days.start, days.end, days.precision, anchor if days.needs_anchor and known else None)


def groups(report: Report, targets: list[str], kind: str) -> tuple[str, ...] | None:
    """The victim groups that the words of the targets say; None where their language is not read."""
    return groups_of(targets, kind) if is_read(report) else None


def precision(start: date | None, end: date | None) -> str:
    """How exact an interval of days is."""
    if start is None and end is None:
        return "unresolved"
    if start is None or end is None:
        return "open"
    if start == end:
        return "day"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return "year"
    last = calendar.monthrange(start.year, start.month)[1]
    if start.day == 1 and (end.year, end.month, end.day) == (start.year, start.month, last):
        return "month"
    return "week" if (end - start).days == 6 and start.weekday() == 0 else "days"
