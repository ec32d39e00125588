"""Time expressions."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimeWords:
    """A time expression: its offsets (with its preposition) and what kind it is."""

    start: int
    end: int
    kind: str


_DAY = re.compile(r"\b(?:on |early on |late on |late |early )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


def find_times(text: str, start: int, end: int) -> list[TimeWords]:
    """The time expressions of `text[start:end]`, in order, not overlapping."""
    return [TimeWords(m.start(), m.end(), "weekday") for m in _DAY.finditer(text, start, end)]
