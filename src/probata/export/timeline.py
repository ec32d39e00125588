"""The timeline of incidents: a mark each, or bars by week, month or year where there are many. Words never shrink."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from html import escape

from probata.export.incidenthtml import safe
from probata.export.incidenttable import Record, dead, title

MARKS = 60  # incidents, above which bars tell more than marks
BARS = 48  # at most
_TOP, _ROW, _TALL = 34, 20, 120  # pixels: the axis, a row of marks, the tallest bar
_SIDE, _APART = 1.5, 7.0  # per cent: the margin, and how near marks may stand in one row
_WIDEST = 6.0  # per cent, a bar
_SPAN = 7  # days; what is said of a longer time is drawn thin
_MONTHS = 12


def timeline(records: Sequence[Record], numbered: bool = False) -> str:
    """Incidents by day, each a link to its article; undated ones are only told of.

    `numbered` puts beside each mark the number of its incident among the records, as a list of them has it.
    """
    dated = [r for r in records if r["from"] or r["to"]]
    if not dated:
        return "<p>No incident has a date.</p>\n"
    first = min(_first(r) for r in dated)
    last = max(_last(r) for r in dated)
    if len(dated) > MARKS:
        high, inner, told = _bars(dated, first, last)
    else:
        number = {r["id"]: n for n, r in enumerate(records, 1)} if numbered else {}
        high, inner, told = _marks(dated, first, last, number)
    left = len(records) - len(dated)
    more = f" {left:,} without a date {'is' if left == 1 else 'are'} left out." if left else ""
    return (
        f'<figure class="timeline"><svg height="{high}" role="group" aria-label="Timeline of incidents">\n'
        f"{_axis(first, last)}{inner}</svg>\n<figcaption>{told}{more}</figcaption></figure>\n"
    )


def _axis(first: date, last: date) -> str:
    middle = first + (last - first) / 2
    out = f'<line class="axis" x1="0" x2="100%" y1="{_TOP - 6}" y2="{_TOP - 6}"/>\n'
    ticks = [("0", "start", first), ("50%", "middle", middle), ("100%", "end", last)]
    if (last - first).days < len(ticks):
        ticks = [("0", "start", first), ("100%", "end", last)] if last > first else ticks[:1]
    return out + "".join(f'<text x="{x}" y="16" text-anchor="{anchor}">{day}</text>\n' for x, anchor, day in ticks)


def _marks(dated: Sequence[Record], first: date, last: date, number: Mapping[str, int]) -> tuple[int, str, str]:
    """A mark each, in as many rows as it takes for none to hide another."""
    rows: list[float] = []
    out = ""
    for r in sorted(dated, key=lambda r: (_first(r), bool(r["beside"]), r["id"])):
        x, end = _share(_first(r), first, last), _share(_last(r), first, last)
        row = next((n for n, taken in enumerate(rows) if taken < x), len(rows))
        rows[row : row + 1] = [max(end, x) + _APART]
        wide = f"{end - x:.2f}%" if end - x > 1 else "10"
        kind = "stock" if r["beside"] else "mark"
        long = (_last(r) - _first(r)).days > _SPAN
        y, high = _TOP + row * _ROW + (4 if long else 0), (_ROW - 5) // (2 if long else 1)
        name = f"{title(r)}, {' '.join(dead(r))}"
        out += (
            f'<a href="#{escape(r["id"])}" aria-label="{safe(name)}"><rect class="{kind}" x="{x:.2f}%" y="{y}" '
            f'width="{wide}" height="{high}" rx="2"><title>{safe(name)}</title></rect>'
            f"{_number(number.get(r['id']), x, end, _TOP + row * _ROW + 11)}</a>\n"
        )
    told = f"{len(dated):,} incident{'' if len(dated) == 1 else 's'} by day."
    if number:
        told += " Numbers are those of the list below."
    if any(r["beside"] for r in dated):
        told += " Dashed: a stock or a sum that stands beside an event."
    return _TOP + len(rows) * _ROW + 6, out, told


def _number(number: int | None, x: float, end: float, y: int) -> str:
    """The number of an incident, right of its mark; at the right edge left of it."""
    if number is None:
        return ""
    wide = end - x > 1
    if end > 100 - _APART:
        return f'<text aria-hidden="true" x="{x:.2f}%" dx="-3" y="{y}" text-anchor="end">{number}</text>'
    return f'<text aria-hidden="true" x="{end if wide else x:.2f}%" dx="{3 if wide else 13}" y="{y}">{number}</text>'


def _bars(dated: Sequence[Record], first: date, last: date) -> tuple[int, str, str]:
    """Bars by day, week, month or year, as high as there are incidents; each leads to the first of its time."""
    unit = next((u for u in _UNITS if _steps(first, last, u) <= BARS), _UNITS[-1])
    by: defaultdict[date, list[Record]] = defaultdict(list)
    for r in dated:
        by[_start(_first(r), unit)].append(r)
    most = max(map(len, by.values()))
    begin, end = _start(first, unit), _after(_start(last, unit), unit)
    out = ""
    for day in sorted(by):
        some = by[day]
        x, to = _share(day, begin, end), _share(_after(day, unit), begin, end)
        high = max(3, round(len(some) / most * _TALL))
        name = f"{_called(day, unit)}: {len(some):,} incident{'' if len(some) == 1 else 's'}"
        out += (
            f'<a href="#{escape(some[0]["id"])}" aria-label="{name}"><rect class="mark" x="{x:.2f}%" '
            f'y="{_TOP + _TALL - high}" width="{min(_WIDEST, max(0.3, to - x - 0.2)):.2f}%" height="{high}">'
            f"<title>{name}</title></rect></a>\n"
        )
    told = f"{len(dated):,} incidents by {unit}; the highest bar is {most:,}. A bar leads to its first incident."
    return _TOP + _TALL + 6, out, told


_UNITS = ("day", "week", "month", "year")


def _steps(first: date, last: date, unit: str) -> int:
    return sum(1 for _ in _each(_start(first, unit), last, unit))


def _each(day: date, last: date, unit: str) -> Iterator[date]:
    n = 0
    while day <= last and n <= BARS:
        yield day
        day, n = _after(day, unit), n + 1


def _start(day: date, unit: str) -> date:
    if unit == "week":
        return day - timedelta(min(day.weekday(), (day - date.min).days))
    if unit == "day":
        return day
    return day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def _after(day: date, unit: str) -> date:
    if unit in ("day", "week"):
        ordinal = day.toordinal() + (1 if unit == "day" else 7)
        return date.fromordinal(min(ordinal, date.max.toordinal()))
    year, month = (day.year, day.month + 1) if unit == "month" else (day.year + 1, 1)
    year, month = (year + 1, 1) if month > _MONTHS else (year, month)
    return date(year, month, 1) if year <= date.max.year else date.max


def _called(day: date, unit: str) -> str:
    if unit == "week":
        return f"week of {day}"
    return {"day": f"{day}", "month": f"{day:%Y-%m}", "year": f"{day.year}"}[unit]


def _share(day: date, first: date, last: date) -> float:
    """Where a day stands, in per cent of the width."""
    span = max(1, (last - first).days)
    return _SIDE + (day - first).days / span * (100 - 2 * _SIDE)


def _first(r: Record) -> date:
    return date.fromisoformat(r["from"] or r["to"])


def _last(r: Record) -> date:
    return date.fromisoformat(r["to"] or r["from"])
