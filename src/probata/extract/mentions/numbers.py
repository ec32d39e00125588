"""Number phrases."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NumberWords:
    """A number phrase with its qualifier: offsets, bounds, the rule that read it, and what it can be a number of.

    kind is count (of people or things), or one that is never a count of people: age, percent, calibre, distance,
    money, ordinal, share, clock, label.
    """

    start: int
    end: int
    low: int | None
    high: int | None
    rule: str
    kind: str = "count"


_N = re.compile(r"\b(?:at least )?(\d[\d,]*)\b")


def find_numbers(text: str, start: int, end: int) -> list[NumberWords]:
    """The number phrases of `text[start:end]`, in order, not overlapping."""
    out = []
    for m in _N.finditer(text, start, end):
        n = int(m.group(1).replace(",", "")[:9])
        out.append(NumberWords(m.start(), m.end(), n, None if m.group().startswith("at") else n, "n"))
    return out
