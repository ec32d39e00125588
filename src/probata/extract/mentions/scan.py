"""Scanning: where a phrase can stand, found by its core word before any grammar is tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
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
    """What a word is looked up by: a year as "year", other figures as "figure" or with a colon as "clock"."""
    if word[0].isdigit():
        if word[-1] == ":":
            return "<clock>"
        return "<year>" if len(word) == 4 and word[:2] in ("19", "20") else "<figure>"
    return word


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
    words = [key(w) for w in _WORD.findall(text[start:end].lower())]
    if core.keys().isdisjoint(words):
        return out
    done = start
    places: list[tuple[int, str]] = []
    for m in _WORD.finditer(text, start, end):
        word = key(m.group().lower())
        at = m.start()
        places.append((at, word))
        if at < done or word not in core:
            continue
        first = len(places) - 1
        least = max(0, first - _BACK)
        while first > least and places[first - 1][1] in glue and places[first - 1][0] >= done:
            first -= 1
        found = _try(text, start, end, core[word], places[first:], m.end(), read)
        if found is not None:
            out.append(found)
            done = found.end
    return out


def _try(
    text: str,
    start: int,
    end: int,
    grammars: tuple[Grammar, ...],
    places: list[tuple[int, str]],
    reach: int,
    read: Callable[[str, int, int, str, re.Match[str]], P | None],
) -> P | None:
    for at, _ in places:
        for kind, grammar in grammars:
            m = grammar.match(text, at, end)
            if m is not None and m.end() >= reach - 1:
                found = read(text, start, end, kind, m)
                if found is not None:
                    return found
    return None
