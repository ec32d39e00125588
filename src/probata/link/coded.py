"""Hand-coded records: claims as plain strings, without offsets, read into claims that the rest can link and assess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from probata.extract.mentions.numbers import find_numbers
from probata.extract.mentions.places import find_places
from probata.extract.mentions.times import find_times
from probata.link.facts import About
from probata.model.claim import Claim, ClaimType, Count, Named, Place, Stance, Time
from probata.model.span import Span
from probata.resolve import dates, numbers
from probata.resolve.groups import groups_of
from probata.resolve.placecontext import read_context
from probata.resolve.places import resolve as resolve_place

_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_RANGE = re.compile(r"\s*(?:/|\.\.|–|\bto\b)\s*")
# One person without a figure, before or after the others of a list: "a woman and two children", "two men and a boy".
_ONE = r"(?:an?|his|her|their|another) (?!total|number|further|few|couple|group|family)[\w’'-]+(?: [\w’'-]+)?"
_ONE_FIRST = re.compile(rf"\s*{_ONE}(?:,| and|, and) ", re.IGNORECASE)
_ONE_LAST = re.compile(rf" [\w’'-]+(?: [\w’'-]+)?,? and {_ONE}\s*", re.IGNORECASE)
Record = Mapping[str, Any]


def claim(record: Record, number: int) -> Claim:
    """The claim of a hand-coded record, the `number`-th of its report, whose id it gets when it has none of its own.

    Words become spans over themselves: their offsets say nothing. Raises ValueError with what is wrong and what is
    expected; a slot that is missing, null or empty stays empty.
    """
    report = _text(record, "report") or _text(record, "doc_id")
    if not report:
        raise ValueError('has no "report": name the report that makes the claim')
    kind = _text(record, "type")
    if kind not in set(ClaimType):
        raise ValueError(f'"type" is {kind or "missing"}: give one of {", ".join(ClaimType)}')
    stance = _text(record, "stance") or Stance.AFFIRMED.value
    if stance not in set(Stance):
        raise ValueError(f'"stance" is {stance}: give one of {", ".join(Stance)}')
    published = about(record).published
    targets = _names(record, "targets")
    groups = tuple(n.name for n in _names(record, "groups")) or groups_of([t.name for t in targets], kind)
    speaker = _names(record, "speaker")
    method = _names(record, "method")
    return Claim(
        id=_text(record, "id") or f"{report}#{number}",
        report=report,
        evidence=_span(_text(record, "evidence") or kind.replace("_", " ")),
        type=ClaimType(kind),
        stance=Stance(stance),
        speaker=_called(record, speaker[0]) if speaker else None,
        relay=_names(record, "relay"),
        agents=_names(record, "agents"),
        targets=targets,
        groups=groups,
        method=method[0] if method else None,
        count=_count(record.get("count")),
        place=_place(record.get("place")),
        time=_time(record, published),
        in_title=record.get("in_title") is True,
    )


def about(record: Record) -> About:
    """What a record says of its report: outlet and day of publication. Raises ValueError for a date that is none."""
    said = _text(record, "published")
    if said and not _DAY.match(said):
        raise ValueError(f'"published" is {said!r}: write year-month-day, as in 2031-05-20')
    return About(_text(record, "outlet"), _first(said) if said else None)


def _text(record: Record, field: str) -> str:
    value = record.get(field)
    if isinstance(value, dict):
        value = value.get("text") or value.get("name")
    if value is None or value == "":
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f'"{field}" is {type(value).__name__}: give a string')
    return _sound(str(value).strip())


def _sound(text: str) -> str:
    """Lone surrogates cannot be written out again; they become the replacement character."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _names(record: Record, field: str) -> tuple[Named, ...]:
    """The names of a field: a string, a list of strings, or objects with text and name."""
    value = record.get(field)
    if value is None:
        return ()
    out = []
    for item in value if isinstance(value, list) else [value]:
        said = _text({field: item}, field)
        if said:
            name = item.get("name") if isinstance(item, dict) else None
            out.append(Named(_span(said), _sound(name) if isinstance(name, str) and name else said))
    return tuple(out)


def _called(record: Record, speaker: Named) -> Named:
    full = _text(record, "speaker_name")
    return Named(speaker.span, full) if full else speaker


def _span(said: str) -> Span:
    return Span(0, len(said), said)


def _count(value: Any) -> Count | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | dict):
        raise ValueError('"count" is neither a number nor words: give 12, "at least 12" or {"low": 12, "high": null}')
    if isinstance(value, dict):
        return _bounds(value)
    if isinstance(value, int):
        if value < 0:
            raise ValueError(f'"count" is {value}: a count of people is not negative')
        return Count(_span(str(value)), value, value, "coded")
    said = _sound(value.strip())
    return _figures(said) if said else None


def _bounds(value: Record) -> Count | None:
    low, best, high = (value.get(name) for name in ("low", "best", "high"))
    if any(isinstance(n, bool) or not isinstance(n, int | None) or (n or 0) < 0 for n in (low, best, high)):
        raise ValueError('"count" has bounds that are no whole numbers: give {"low": 12, "high": null}')
    words = value.get("text")
    if low is None and high is None:
        low = high = best
        if best is None:
            return _count(words) if isinstance(words, str) else None
    if low is not None and high is not None and low > high:
        raise ValueError(f'"count" has a low of {low} above its high of {high}')
    if best is not None and not (low or 0) <= best <= (best if high is None else high):
        raise ValueError(f'"count" has a best of {best} outside its low and high')
    ends = [str(n) if n is not None else "?" for n in (low, high)]
    said = words if isinstance(words, str) and words else " to ".join(dict.fromkeys(ends))
    return Count(_span(_sound(said)), low, high, "coded", None if low == best == high else best)


def _figures(said: str) -> Count:
    """The count that words give: figures that form a list ("nine children and four women") as their sum."""
    found = [n for n in find_numbers(said, 0, len(said)) if n.kind in ("count", "label")]
    if not found:
        return Count(_span(said), None, None, "words")
    runs = numbers.lists(said, found)
    run = [found[i] for i in runs[0]] if runs else found[:1]
    ones = sum(
        bool(p.fullmatch(gap)) for p, gap in ((_ONE_FIRST, said[: run[0].start]), (_ONE_LAST, said[run[-1].end :]))
    )
    if len(run) + ones == 1:
        return Count(_span(said), run[0].low, run[0].high, run[0].rule)
    return Count(_span(said), *numbers.total(run, ones), "sum")


def _place(value: Any) -> Place | None:
    if isinstance(value, dict):
        said = _text({"place": value}, "place")
        if not said:
            return None
        lat, lon = value.get("lat"), value.get("lon")
        if isinstance(lat, int | float) and isinstance(lon, int | float) and abs(lat) <= 90 and abs(lon) <= 180:
            code = value.get("geonameid")
            name, precision = value.get("name"), value.get("precision")
            return Place(
                _span(said),
                name if isinstance(name, str) else said,
                code if isinstance(code, int) else None,
                float(lat),
                float(lon),
                precision if isinstance(precision, str) else "city",
            )
        return _resolved(said)
    said = _text({"place": value}, "place")
    return _resolved(said) if said else None


@lru_cache(maxsize=1 << 14)
def _resolved(said: str) -> Place:
    """A place from its words alone, with the gazetteer; unresolved when it is not there."""
    found = find_places(said, 0, len(said))
    return resolve_place(_span(said), read_context(said, found))


def _time(record: Record, published: date | None) -> Time | None:
    stated = record.get("time")
    within: Record = stated if isinstance(stated, dict) else {}
    words = _text(within, "text") if within else _text(record, "time")
    first = _text(within, "from") or _text(record, "date_from")
    last = _text(within, "to") or _text(record, "date_to")
    said = _text(record, "date")
    if not (first or last) and said:
        parts = _RANGE.split(said, maxsplit=1)
        if all(_DAY.fullmatch(p.strip()) for p in parts):
            first, last = parts[0].strip(), parts[-1].strip()
        else:
            words = words or said
    if first or last:
        start, end = (_first(first) if first else None), (_last(last) if last else None)
        if start and end and start > end:
            raise ValueError(f"the date runs from {start} to {end}, which is earlier")
        # Words without a year were counted from the day of publication by whoever coded them.
        relative = bool(words) and not re.search(r"\d{4}", words)
        anchor = (published or end or start) if relative else None
        return Time(_span(words or said or first or last), start, end, _precision(start, end), anchor)
    if not words:
        return None
    found = find_times(words, 0, len(words))
    if not found:
        return Time(_span(words))
    days = dates.resolve(found[0], published)
    known = days.start is not None or days.end is not None
    return Time(_span(words), days.start, days.end, days.precision, published if days.needs_anchor and known else None)


def _first(said: str) -> date:
    m = _DAY.match(said)
    try:
        if m is None:
            raise ValueError
        return date(int(m[1]), int(m[2]), int(m[3] or 1))
    except ValueError:
        raise ValueError(f"the date {said!r} is none: write year-month-day, as in 2031-05-20") from None


def _last(said: str) -> date:
    first = _first(said)
    m = _DAY.match(said)
    if m is not None and m[3] is None:
        return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first


def _precision(start: date | None, end: date | None) -> str:
    if start is None or end is None:
        return "open"
    days = (end - start).days
    return next(
        name for name, most in (("day", 0), ("days", 6), ("week", 7), ("month", 31), ("year", 10**6)) if days <= most
    )
