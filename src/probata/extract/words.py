"""Words: cutting text into tokens the way the parser's training text was cut, with offsets."""

from __future__ import annotations

import re

_WORD = re.compile(
    r"""
    (?-i:[a-z]+)(?=[ ,])                              # most words; what follows would read them so, a third slower
    | (?:[A-Z]\.){2,}                                 # U.S.  U.N.
    | (?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Brig|Capt|Sgt|Sen|Rep|Gov|St|No|Jr|Sr|Prof|vs)\.
    | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|mm|km|pm|am|m)?(?![\w])   # 1,200  3.5  7:30  152mm
    | (?:ca|do|does|did|is|are|was|were|have|has|had|wo|would|could|should|must|might|need)(?=n[’']t\b)
    | n[’']t\b
    | [’'](?:s|re|ve|ll|d|m)\b
    | \w+(?:[*]\w+)*                                  # ki*lled, as some pages disguise the word
    | \.\.\.+ | --+
    | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)
_QUOTES = frozenset("\"“”„«»‘’'`")


def cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of the words of `text[start:end]`, in order. White space belongs to none."""
    return [m.span() for m in _WORD.finditer(text, start, end)]


def is_quote(word: str) -> bool:
    """Whether a word is a quotation mark by itself."""
    return len(word) == 1 and word in _QUOTES
