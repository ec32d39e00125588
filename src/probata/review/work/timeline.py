"""Incidents in time: a mark each, or bars by day, week, month or year where there are many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from probata.export import timeline as steps
from probata.review.sight import Sight
from probata.review.work import incidents
from probata.review.work.incidents import Wanted
from probata.review.work.map import COLOURS, colour, slim
from probata.store import models

MARKS = 60  # incidents, above which bars tell more than marks
WIDE, ROW, TOP, TALL = 1000, 24, 30, 220  # of the picture's own units
_SIDE, _NAME = 12, 130  # margin, and room for the words beside a mark
Record = dict[str, Any]


def told(sight: Sight, wanted: Wanted) -> Record:
    """The incidents wanted in time, how many have no day, and a page of them as a list."""
    rows = incidents._filtered(sight, wanted)
    dated: list[tuple[date, date, str]] = []
    number = 0
    for start, end, kind in rows.order_by().values_list("start", "end", "type").iterator(chunk_size=5000):
        number += 1
        if first := start or end:
            dated.append((first, end or first, kind))
    page, later, earlier = incidents._page(rows, wanted)
    return {
        "number": number,
        "undated": number - len(dated),
        "picture": _bars(dated) if len(dated) > MARKS else _marks(sight, _rows(rows)),
        "incidents": [slim(sight, row) for row in page],
        "later": str(later) if later else None,
        "earlier": str(earlier) if earlier else None,
    }


def _rows(rows: QuerySet[models.Incident]) -> list[tuple[date, date, models.Incident]]:
    found = [(day, row.end or day, row) for row in rows if (day := row.start or row.end)]
    return sorted(found, key=lambda r: (r[0], r[2].pk))


def _marks(sight: Sight, rows: Sequence[tuple[date, date, models.Incident]]) -> Record:
    """A mark each, with its words beside it, in as many rows as it takes for none to hide another."""
    if not rows:
        return {"kind": "none", "high": TOP, "ticks": [], "items": []}
    first, last = min(r[0] for r in rows), max(r[1] for r in rows)
    taken: list[float] = []
    items = []
    for begin, end, row in rows:
        x, to = _at(begin, first, last), _at(end, first, last)
        line = next((n for n, until in enumerate(taken) if until < x), len(taken))
        wide = max(10.0, to - x)
        taken[line : line + 1] = [x + wide + _NAME]
        left = x + wide + _NAME > WIDE  # no room behind it: the words stand before
        items.append(
            {
                **slim(sight, row),
                "x": round(x, 1),
                "y": TOP + line * ROW,
                "wide": round(wide, 1),
                "before": left,
                "words_at": round(x - 5 if left else x + wide + 5, 1),
            }
        )
    return {"kind": "marks", "high": TOP + len(taken) * ROW + 6, "ticks": _ticks(first, last), "items": items}


def _bars(dated: Sequence[tuple[date, date, str]]) -> Record:
    """Bars as high as there are incidents that begin in their time; each leads to the list of them."""
    first, last = min(d[0] for d in dated), max(d[1] for d in dated)
    unit = next((u for u in steps._UNITS if steps._steps(first, last, u) <= steps.BARS), steps._UNITS[-1])
    by: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for start, _, kind in dated:
        by[steps._start(start, unit)][colour([kind])] += 1
    most = max(sum(c.values()) for c in by.values())
    begin, end = steps._start(first, unit), steps._after(steps._start(last, unit), unit)
    items = []
    for day in sorted(by):
        x, to = _at(day, begin, end), _at(steps._after(day, unit), begin, end)
        parts, y = [], float(TOP + TALL)
        for name in COLOURS:
            if n := by[day][name]:
                high = max(1.0, n / most * TALL)
                y -= high
                parts.append({"colour": name, "number": n, "y": round(y, 1), "high": round(high, 1)})
        items.append(
            {
                "from": day,
                "to": steps._after(day, unit) - timedelta(1),
                "name": steps._called(day, unit),
                "number": sum(by[day].values()),
                "parts": parts,
                "x": round(x, 1),
                "wide": round(max(2.0, to - x - 2), 1),
                "top": round(y, 1),
            }
        )
    return {
        "kind": "bars",
        "unit": unit,
        "most": most,
        "high": TOP + TALL + 6,
        "ticks": _ticks(begin, end),
        "items": items,
    }


def _ticks(first: date, last: date) -> list[Record]:
    days = (last - first).days
    at = [first] if not days else [first, first + timedelta(days // 2), last] if days > 1 else [first, last]
    return [
        {
            "x": round(_at(d, first, last), 1),
            "day": d,
            "anchor": "start" if d == first else "end" if d == last else "middle",
        }
        for d in at
    ]


def _at(day: date, first: date, last: date) -> float:
    return _SIDE + (day - first).days / max(1, (last - first).days) * (WIDE - 2 * _SIDE)
