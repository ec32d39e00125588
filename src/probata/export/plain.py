"""Plain characters: hostile or odd text made safe to show, and how wide it is in a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

FSI, PDI = "\u2068", "\u2069"  # first strong isolate, pop directional isolate
# Escape sequences could repaint a terminal, and direction controls could show words in an order they do not have.
_HOSTILE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")


def plain(text: str) -> str:
    """The text without control characters, direction overrides and isolates; line breaks become plain newlines."""
    return _HOSTILE.sub("", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """The text as `plain`, on one line, with single spaces."""
    return " ".join(plain(text).split())


def isolated(text: str) -> str:
    """Right-to-left text kept from turning what stands around it; other text as it is."""
    return f"{FSI}{text}{PDI}" if _RIGHT_TO_LEFT.search(text) else text


def width(text: str) -> int:
    """Columns a text takes in a terminal: none for marks and isolates, two for wide letters."""
    if text.isascii():
        return len(text)
    return sum(_columns(c) for c in text)


def _columns(c: str) -> int:
    if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(c) in ("W", "F") else 1


def wrapped(text: str, columns: int) -> list[str]:
    """The lines of a one-line text wrapped at spaces; a longer word is cut."""
    lines, line, used = [], "", 0
    for word in text.split():
        for piece in _cut(word, columns):
            w = width(piece)
            if line and used + 1 + w > columns:
                lines.append(line)
                line, used = "", 0
            line, used = (f"{line} {piece}", used + 1 + w) if line else (piece, w)
    return [*lines, line] if line else lines or [""]


def _cut(word: str, columns: int) -> Iterator[str]:
    """A word in pieces that fit."""
    while width(word) > columns:
        n, used = 0, 0
        for c in word:
            used += _columns(c)
            if used > columns and n:
                break
            n += 1
        yield word[:n]
        word = word[n:]
    yield word
