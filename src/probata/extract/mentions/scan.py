"""Scanning: where a phrase can stand, found by its core word before any grammar is tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from functools import lru_cache
from typing import Protocol, TypeVar

_WORD = re.compile(r"[^\W\d_]+|\d+:?")
_BACK = 9  # words before the core word that a phrase can begin with


class Placed(Protocol):
    """Anything with an end in the text."""

    @property
    def end(self) -> int:
        """Offset after its last character."""


P = TypeVar("P", bound=Placed)
Grammar = tuple[str, re.Pattern[str]]


def key(word: str) -> str:
    """What a word in lower case is looked up by: figures as "<year>", "<figure>" or, before a colon, "<clock>"."""
    if not word[0].isdigit():
        return word
    if word[-1] == ":":
        return "<clock>"
    return "<year>" if len(word) == 4 and word[:2] in ("19", "20") else "<figure>"


# the scans of one sentence for times and for numbers follow each other and share its words
@lru_cache(maxsize=2)
def _words(text: str, start: int, end: int) -> list[str]:
    return [w if "a" <= w < "{" else key(w) for w in _WORD.findall(text[start:end].lower())]


@lru_cache(maxsize=2)
def _places(text: str, start: int, end: int) -> list[int]:
    return [m.start() for m in _WORD.finditer(text, start, end)]


def scan(
    text: str,
    span: tuple[int, int],
    core: Mapping[str, tuple[Grammar, ...]],
    glue: Container[str],
    read: Callable[[str, int, int, str, re.Match[str]], P | None],
) -> list[P]:
    """The phrases of `text[span]` around words of `core`, in order, not overlapping.

    A phrase begins at the core word or at most a few `glue` words before it. The grammars of the core word are tried
    at each such place, leftmost first; `read` makes the phrase of a match or refuses it. Linear in the text.
    """
    start, end = span
    out: list[P] = []
    words = _words(text, start, end)
    if core.keys().isdisjoint(words):
        return out
    places = _places(text, start, end)
    if len(places) != len(words):  # lower case can be longer than the word: "İ"
        words = [key(m.group().lower()) for m in _WORD.finditer(text, start, end)]
    done = start
    for i, word in enumerate(words):
        if word not in core or places[i] < done:
            continue
        first, least = i, max(0, i - _BACK)
        while first > least and words[first - 1] in glue and places[first - 1] >= done:
            first -= 1
        found = _try(text, start, end, core[word], places[first : i + 1], read)
        if found is not None:
            out.append(found)
            done = found.end
    return out


def _try(
    text: str,
    start: int,
    end: int,
    grammars: tuple[Grammar, ...],
    places: list[int],
    read: Callable[[str, int, int, str, re.Match[str]], P | None],
) -> P | None:
    """What the grammars find at the first place where they cover the core word, which is at the last place."""
    for at in places:
        for kind, grammar in grammars:
            m = grammar.match(text, at, end)
            if m is not None and m.end() > places[-1]:
                found = read(text, start, end, kind, m)
                if found is not None:
                    return found
    return None
