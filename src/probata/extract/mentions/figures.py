"""Figures: the value of number words and digits."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from probata.vocab import load

_PART = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+")
_LONGEST = 12  # digits; a longer run is an identifier, not a number


@cache
def small() -> dict[str, int]:
    """Number words below a hundred."""
    return cast("dict[str, int]", load("numbers")["small"])


@cache
def scales() -> dict[str, int]:
    """Words that multiply: dozen to billion."""
    return cast("dict[str, int]", load("numbers")["scales"])


def digits(word: str) -> float | None:
    """The value of digits with thousands commas or a decimal point; None if they are no plain number."""
    if len(word) > _LONGEST:
        return None
    if "," in word:
        head, *groups = word.split(",")
        if len(head) > 3 or any(len(g[:3]) != 3 or not g[:3].isdigit() for g in groups):
            return None
        word = word.replace(",", "")
    try:
        return float(word)
    except ValueError:
        return None


_SPACED = re.compile("(?<=\\d)[ \u00a0\u202f](?=000(?!\\d))")


def value(words: str) -> int | None:
    """The whole number that words like "one hundred and twenty-six", "half a million" or "1.2m" say, or None."""
    total, current, seen, half = 0.0, 0.0, False, False
    for part in _PART.findall(_SPACED.sub(",", words.lower())):
        if part[0].isdigit():
            n = digits(part)
            if n is None or (seen and current % 100):
                return None
            current += n
            seen = True
        elif part in small():
            current += small()[part]
            seen = True
        elif part in ("half", "quarter", "quarters"):
            fraction = 0.5 if part == "half" else 0.25
            current = (current if part == "quarters" else 1) * fraction + (current if half else 0)
            seen = True
        elif part in ("a", "an", "of", "and"):
            half = part == "and" or half
        elif part in ("couple", "pair"):
            current = (current or 1) * 2
            seen = True
        else:
            scale = {"m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, "k": 1000}.get(part) or scales().get(part)
            if scale is None:
                return None
            current = (current if seen and current else 1) * scale
            seen = True
            if scale >= 1000:
                total, current = total + current, 0.0
    number = total + current
    return round(number) if seen and number < 1e11 and abs(number - round(number)) < 1e-6 else None
