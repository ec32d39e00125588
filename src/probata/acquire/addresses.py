"""The day in a web address, as news sites put it there: /2031/05/20/ or /2031-05-20-."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

_DAY = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})([/-])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])")


def day_in(url: str | None) -> date | None:
    """The day that the path of an address names; None where it names none, or several."""
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return None
    days = {day for m in _DAY.finditer(path) if (day := _day(m[1], m[3], m[4]))}
    return days.pop() if len(days) == 1 else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
