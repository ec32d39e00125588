"""Spellings: where a text has protected words, however they are written."""

from __future__ import annotations

import html
import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from urllib.parse import unquote

from probata.vocab import folding, load

SHORT = 3  # letters and digits; fewer are found nearly everywhere
_TURNED = 4  # words; longer runs are no names whose last word is written first
_SPACED = 5  # letters from which on words may be parted anywhere: "Had- dad", "A m a l"
_TWICE = re.compile(r"([^\W\d_])\1+")
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}|&#?\w+;|\\u[0-9A-Fa-f]{4}")
_UNICODE = re.compile(r"\\u([0-9A-Fa-f]{4})")
_AHEAD = 3  # letters by which patterns are looked up
_NEXT = "\x1f"  # after each token


def joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that overlap or touch as one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


class Spellings:
    """Words to be found in any text: in any case, with or without marks, parted or joined, in Latin and Arabic script.

    They are not found inside longer words, but for what Arabic and Latin letters write before a name: and, with, the.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by: defaultdict[str, list[re.Pattern[str]]] = defaultdict(list)
        for said in dict.fromkeys(words):
            for key, pattern in _learned(said):
                if pattern not in self._by[key]:
                    self._by[key].append(pattern)

    def __bool__(self) -> bool:
        return bool(self._by)

    def __call__(self, text: str) -> list[tuple[int, int]]:
        """The stretches of whole words that hold any of the words, in order, none touching another."""
        if not self._by or not text:
            return []
        return joined([*self._plain(text), *self._escaped(text)])

    def _plain(self, text: str) -> Iterator[tuple[int, int]]:
        begins: list[int] = []
        places: list[tuple[int, int]] = []  # of each token: its word in the text
        run: list[str] = []
        size = 0
        for word in folding.words(text):
            for token in word.tokens:
                places.append((word.start, word.end))
                begins.append(size)
                run.append(token)
                size += len(token) + 1
        joined = "".join(f"{token}{_NEXT}" for token in run)
        for n, (begin, token) in enumerate(zip(begins, run, strict=True)):
            for cut in _cuts(token):
                for end in self._ends(joined, begin + cut):
                    yield places[n][0], places[bisect(begins, end - 1) - 1][1]

    def _ends(self, joined: str, at: int) -> Iterator[int]:
        ahead = _single(joined[at : at + 4 * _AHEAD].replace(_NEXT, ""))
        for length in range(1, _AHEAD + 1):
            for pattern in self._by.get(ahead[:length], ()):
                if match := pattern.match(joined, at):
                    yield match.end()

    def _escaped(self, text: str) -> Iterator[tuple[int, int]]:
        """Runs of words written as in addresses, pages or JSON ("%20", "&#233;", "\\u00e9") that hold the words."""
        if not _ESCAPED.search(text):
            return
        runs: list[tuple[int, int]] = []
        last = -2
        for n, found in enumerate(re.finditer(r"\S+", text)):
            if _ESCAPED.search(found[0]):
                if last == n - 1:
                    runs[-1] = runs[-1][0], found.end()
                else:
                    runs.append(found.span())
                last = n
        for start, end in runs:
            plain = _UNICODE.sub(lambda m: chr(int(m[1], 16)), html.unescape(unquote(text[start:end])))
            if any(True for _ in self._plain(plain)):
                yield start, end


@lru_cache(maxsize=1 << 12)
def _learned(words: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Patterns for words, in their order and with the last of them first, each with how it begins."""
    tokens = tokens_of(words)
    turns = 2 <= len(tokens) <= _TURNED and not "".join(tokens).isdecimal()
    orders = [tokens, *([tokens[-1:] + tokens[:-1]] if turns else [])]
    return tuple((order[0][:_AHEAD], _pattern(order)) for order in orders if order)


def _pattern(tokens: list[str]) -> re.Pattern[str]:
    apart = f"{_NEXT}?" if sum(map(len, tokens)) >= _SPACED else ""
    between = f"{_NEXT}?(?:(?:{_articles()}){_NEXT}?)?"
    words = ("".join(f"(?:{re.escape(c)}{apart}){'+' if c.isalpha() else ''}" for c in token) for token in tokens)
    return re.compile(between.join(words) + f"{_NEXT}?(?<={_NEXT})")


def size(words: str) -> int:
    """How many letters and digits of some words count."""
    return sum(map(len, tokens_of(words)))


def tokens_of(words: str | Iterable[str]) -> list[str]:
    """The words, or their tokens, as they are compared: without articles, double letters as one."""
    raw = [token for word in folding.words(words) for token in word.tokens] if isinstance(words, str) else [*words]
    kept = [t for t, after in pairwise([*raw, ""]) if not (after and folding.is_article(t, after))]
    return [_single(t.removeprefix("ال") if len(t) > SHORT + 1 else t) for t in kept]


def _single(token: str) -> str:
    return _TWICE.sub(r"\1", token)


def _cuts(token: str) -> list[int]:
    """Where a name may begin in a token: at its start, and after what is written before names."""
    if token[0] in "وفبكلسا":
        out = [0]
        for first in (0, 1) if token[0] in "وف" else (0,):
            for second in (first, first + 1) if token[first : first + 1] in tuple("بكلس") else (first,):
                out.append(second)
                if token.startswith(("ال", "لل"), second):
                    out.append(second + 2)
        return sorted({cut for cut in out if cut < len(token)})
    if token.startswith(("al", "el")) and len(token) > 2 + SHORT:
        return [0, 2]
    return [0]


def _articles() -> str:
    known = load("folding")
    latin = {*known["articles"].split(), *(a for spelt in known["sun_articles"].values() for a in spelt.split())}
    return "|".join(sorted({"ال", "لل", *latin}, key=len, reverse=True))
