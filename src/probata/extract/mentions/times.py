"""Time expressions: where they stand and the parts that tell which days they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from probata.extract.mentions.figures import small
from probata.extract.mentions.scan import scan
from probata.extract.mentions.time_grammar import core, glue
from probata.vocab import load


@dataclass(frozen=True, slots=True)
class TimeWords:
    """A time expression: its offsets (with its preposition), its kind, and its parts as far as it states them.

    kind is date, weekday, month, season, year, today, overnight, calendar ("last week"), ago ("two days ago",
    "a day earlier"), window ("in the past 24 hours"), daypart, clock, duration, vague or range (from this to `other`).
    `unit` of a day, month or season is that of the words that place it ("August last year", "Monday this week").
    `shift` counts days for today and units for calendar; -1 is the one before, 1 the next, None not stated.
    `basis` says what it is counted from: anchor (the day of publication) or context (the day
    spoken of).
    `bound` is since, until, before, after or by where the words open the interval. `clause` is the offset of
    a "since" whose clause this expression dates ("since the war began in 2011"), -1 if none.
    """

    start: int
    end: int
    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    weekday: int | None = None  # Monday is 0
    season: str = ""
    part: str = ""  # early, mid, late of a month, season or year; earlier, later
    shift: int | None = None
    number: int | None = None
    unit: str = ""
    hedged: bool = False
    basis: str = "anchor"
    bound: str = ""
    clause: int = -1
    other: TimeWords | None = None
    rule: str = ""


_WORD = re.compile(r"[a-z]+|\d+")
_BOUNDS = {"since": "since", "until": "until", "till": "until", "before": "before", "after": "after", "by": "by"}
_PARTS = {"early": "early", "beginning": "early", "start": "early", "mid": "mid", "middle": "mid", "late": "late",
          "end": "late", "earlier": "earlier", "later": "later"}  # fmt: skip
_SHIFTS = {"last": -1, "previous": -1, "past": -1, "preceding": -1, "next": 1, "following": 1, "coming": 1,
           "this": 0, "current": 0, "same": 0, "that": 0}  # fmt: skip
_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_FEW = frozenset({"few", "several", "some", "many", "couple", "recent", "coming"})
_HEDGES = frozenset("about around nearly almost more less over approximately some least up".split())
_SINCE = re.compile(r"\bsince(?: [\w’'-]+){1,12}? $", re.IGNORECASE)
_EVENT = re.compile(r" (?!(?:in|on|at|by|when|and|but|to|with|near|from|as|while|had|were|was|has|who|which)\b)\w")
_JOIN = re.compile(r",? (?:and|to|until|till|through) | ?[-–] ?")
_NOT_DAY = re.compile(r"(?:Bloody|Black|Good|Palm|Easter|Holy) $")
_NOT_SEASON = re.compile(r"(?:Arab|Olive|Peace) $")
_DAY_KINDS = frozenset({"date", "weekday", "today", "overnight"})
_CALENDAR = frozenset({"calendar", "month", "year", "season"})
# a day or month that the words after it place: "August last year", "Monday this week"
_PLACED = frozenset({("year", "month"), ("year", "date"), ("year", "season"), ("week", "weekday")})
_FINE_KINDS = frozenset({"daypart", "clock"})


def find_times(text: str, start: int, end: int) -> list[TimeWords]:
    """The time expressions of `text[start:end]`, in order, not overlapping."""
    out: list[TimeWords] = []
    for new in scan(text, (start, end), core(), glue(), _read):
        joined = _joined(text, out[-1], new) if out else None
        if joined is not None:
            out[-1] = joined
        else:
            out.append(new)
    return out


@cache
def _names() -> tuple[dict[str, int], dict[str, int], frozenset[str], frozenset[str]]:
    t = load("times")
    weekdays = {w: i for i, w in enumerate(t["weekdays"])}
    weekdays |= {w + "s": i for w, i in weekdays.items()}
    months = {m: i + 1 for i, m in enumerate(t["months"])} | dict(t["month_abbreviations"])
    months |= {m + "s": i for m, i in months.items() if len(m) > 4}
    return weekdays, months, frozenset(t["seasons"]), frozenset(t["units"])


@cache
def _plain_names() -> frozenset[str]:
    weekdays, months, _, _ = _names()
    return frozenset(weekdays) | frozenset(months)


def _read(text: str, start: int, end: int, kind: str, m: re.Match[str]) -> TimeWords | None:
    """The parts of one match; None for words that only look like a time."""
    at, stop = m.span()
    low = m.group().lower()
    words = _WORD.findall(low)
    plain = TimeWords(at, stop, kind, rule=kind, bound=_bound(words))
    if kind in ("vague", "overnight", "clock"):
        return plain
    if kind == "daypart":
        return replace(plain, kind="vague") if low in ("at night", "by night") else plain
    if kind == "today":
        return _today(plain, words)
    if kind in ("date", "weekday", "month", "season", "year"):
        before = text[max(start, at - 8) : at]
        found = _named(plain, m.group(), words, text[stop : min(end, stop + 24)], before)
        clause = _clause(text, start, at)
        return found if found is None or clause < 0 else replace(found, clause=clause)
    return _counted(plain, words, text[stop : min(end, stop + 12)])


def _bound(words: list[str]) -> str:
    return next((_BOUNDS[w] for w in words[:2] if w in _BOUNDS), "")


def _clause(text: str, start: int, at: int) -> int:
    """Offset of the "since" whose clause ends in the expression at `at`; -1 if there is none."""
    found = _SINCE.search(text, max(start, at - 90), at)
    return found.start() if found else -1


def _today(plain: TimeWords, words: list[str]) -> TimeWords:
    shift = next((_DAYS[w] for w in words if w in _DAYS), -1 if words[:2] == ["last", "night"] else 0)
    if "day" in words:
        shift *= 2
    return replace(plain, shift=shift, bound="" if "day" in words else plain.bound)


def _named(plain: TimeWords, raw: str, words: list[str], after: str, before: str) -> TimeWords | None:
    """Days, months, seasons and years by their names and figures."""
    weekdays, months, seasons, _ = _names()
    kind = plain.kind
    years = [int(w[-4:]) for w in words if w.isdigit() and len(w) in (4, 6)]
    days = [int(w[:2]) for w in words if w.isdigit() and len(w) in (1, 2, 6)]
    year = years[0] if years else None
    month = next((months[w] for w in words if w in months), None)
    part = next((_PARTS[w] for w in words if w in _PARTS), "")
    if "half" in words:
        part = "first half" if "first" in words else "second half"
    shift = next((_SHIFTS[w] for w in words if w in _SHIFTS), None)
    if kind == "date":
        if month is None:
            return _figures(plain, raw)
        if not re.search(r"\b[A-Z][a-z]{2}|[A-Z]{3}", raw) or not days:
            return None
        if words[0] == "in" and year is None and words.index(next(w for w in words if w in months)) == len(words) - 2:
            # "in June 20 civilians": the figure counts people, "in" does not stand before a day
            keep = re.match(r"\w+ [\w.]+", raw)
            return replace(plain, kind="month", end=plain.start + (keep.end() if keep else len(raw)), month=month)
        last = days[1] if len(days) > 1 and days[1] > days[0] else None
        return replace(plain, year=year, month=month, day=days[0], last_day=last)
    if kind == "weekday":
        if _NOT_DAY.search(before):
            return None
        day = next(weekdays[w] for w in words if w in weekdays)
        basis = "context" if {"previous", "following", "same", "that"} & set(words) else "anchor"
        return replace(plain, weekday=day, shift=shift, basis=basis)
    if kind == "month":
        if month is None or (month in (3, 5) and year is None and words[0] in months):
            return None
        if year is None and words[0] in ("by", "from", "for", "around") and re.match(r" [A-Z][a-z]", after):
            return None
        return replace(plain, year=year, month=month, part=part, shift=shift)
    if kind == "season":
        season = next(w for w in words if w in seasons)
        return None if _NOT_SEASON.search(before) else replace(plain, year=year, season=season, part=part, shift=shift)
    if year == 2000 and re.match(r"\s(?:[a-z]+\s)?(?:[a-z]+s|people|men|women|children)\b", after):
        return None
    other = replace(plain, year=years[1], bound="") if len(years) > 1 and years[1] > years[0] else None
    if other and "and" in words and words[0] not in ("between", "from") and years[1] > years[0] + 1:
        return None  # two years with others between them are no interval
    return replace(plain, year=year, part=part, other=other)


def _figures(plain: TimeWords, raw: str) -> TimeWords | None:
    """A date in figures: year first, or day first unless the second figure can only be a day."""
    found = re.search(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})", raw)
    if found is None:
        return None
    a, b, c = (int(g) for g in found.groups())
    year, month, day = (a, b, c) if a > 999 else (c, b, a) if b <= 12 else (c, a, b)
    return replace(plain, year=year, month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _counted(plain: TimeWords, words: list[str], after: str) -> TimeWords | None:
    """Spans counted in units: "last week", "two days ago", "in the past 24 hours", "for months"."""
    units = _names()[3]
    unit = next((w.rstrip("s") for w in reversed(words) if w.rstrip("s") in units), "day")
    shift = next((_SHIFTS[w] for w in words if w in _SHIFTS), None)
    said = set(words)
    kind = plain.kind
    number = next((int(w) for w in words if w.isdigit() and len(w) < 5), None)
    if number is None:
        number = next((small()[w] for w in words if w in small()), None)
    first = words[0] in _HEDGES - {"over", "about", "around"}  # these three can be the preposition
    hedged = first or bool(set(words[1:]) & _HEDGES or said & _FEW or "half" in said)
    exact = number is None and shift is not None and not said & (_FEW | {"these", "latest", "first"})
    if kind == "window" and exact:
        # "last week" is the calendar week, "in the last week" the seven days up to now
        kind = "window" if "the" in said and said & {"last", "past"} else "calendar"
    if kind == "calendar":
        part = next((_PARTS[w] for w in words if w in _PARTS), "")
        if shift is None and (unit != "day" or not said & {"during", "throughout", "in"}):
            return None
        context = said & {"previous", "following", "same", "that"} or unit in ("day", "night")
        basis = "context" if context else "anchor"
        return replace(plain, kind=kind, unit=unit, shift=shift or 0, part=part, basis=basis)
    if kind == "ago":
        way = words[-1]
        number = 1 if number is None and said & {"a", "an", "the"} and not said & _FEW else number
        basis = "anchor" if way == "ago" else "context"
        if way in ("before", "after") and _EVENT.match(after):
            return None  # "two days after the raid" is counted from an event, and its words are needed
        sign = 1 if way in ("later", "after", "afterwards") else -1
        return replace(plain, unit=unit, number=number, shift=sign, hedged=hedged, basis=basis, bound="")
    if kind == "window":
        if number is None and not said & _FEW and "latest" not in said:
            number = 1
        if shift is None and number == 1:
            return replace(plain, kind="duration", unit=unit, number=1)
        basis = "event" if "first" in said else "context" if said & {"following", "preceding"} else "anchor"
        return replace(plain, unit=unit, number=number, shift=shift, hedged=hedged, basis=basis)
    return replace(plain, unit=unit, number=number, hedged=hedged)


def _follows(a: TimeWords, b: TimeWords) -> bool:
    """Whether "a and b" are two days, months or years on end, so that one interval says no more than the words."""
    if a.kind != b.kind:
        return False
    if a.weekday is not None and b.weekday is not None:
        return b.weekday == (a.weekday + 1) % 7
    return a.kind == "month" and a.month is not None and b.month == a.month % 12 + 1


def _joined(text: str, a: TimeWords, b: TimeWords) -> TimeWords | None:
    """One expression of two neighbours: a day with its hour, or the two ends of a range; None if they stay two."""
    if b.start - a.end > 9:
        return None
    gap = text[a.end : b.start]
    placed = (b.unit, a.kind) in _PLACED and b.kind == "calendar" and b.basis == "anchor" and not b.part
    if placed and gap in (" ", " of ", ", ") and a.year is None and not a.unit:
        return replace(a, end=b.end, unit=b.unit, shift=b.shift)
    if gap in ("", " "):
        if a.kind == "vague" and text[a.start : a.end].lower() in ("earlier", "later"):
            return replace(b, start=a.start, part=b.part or "earlier") if b.kind in _DAY_KINDS | _CALENDAR else None
        if b.kind in _DAY_KINDS and (a.kind in _FINE_KINDS or a.kind == "overnight"):
            bound = a.bound if a.bound in ("since", "until") else b.bound
            return replace(b, start=a.start, bound=bound, part="overnight" if a.kind == "overnight" else b.part)
        if a.kind in _DAY_KINDS and (b.kind in _FINE_KINDS or b.kind == "overnight"):
            return replace(a, end=b.end, part="overnight" if b.kind == "overnight" else a.part)
        return None
    named = ("date", "weekday", "month", "season", "year")
    if a.kind in named and b.kind in named and a.other is None and _JOIN.fullmatch(gap):
        span = text[a.start : a.start + 8].lower().startswith(("between ", "from "))
        first = text[b.start : b.end].split(" ")[0].lower()
        bare = first[:1].isdigit() or first.rstrip(".,") in _plain_names()
        if span or (bare and ("and" not in gap or _follows(a, b))):
            return replace(a, end=b.end, other=b, bound="" if span else a.bound)
    return None
