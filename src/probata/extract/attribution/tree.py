"""Reading a parsed sentence: subtrees as word sets, word sets as offsets."""

from __future__ import annotations

from collections.abc import Iterable

from probata.extract.sentences import Sentence

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_QUOTES = frozenset("\"“”„«»‘’'`")


def kid(s: Sentence, i: int, deps: frozenset[str]) -> int | None:
    """The first dependent of word i with one of these labels."""
    for k in s.kids[i]:
        if s.deps[k] in deps:
            return k
    return None


def below(s: Sentence, i: int, without: frozenset[int] | set[int] = frozenset()) -> list[int]:
    """Word i and what depends on it, in order, leaving out the subtrees of the words in `without`."""
    out, todo = [], [i]
    kids = s.kids
    while todo:
        k = todo.pop()
        if k in without:
            continue
        out.append(k)
        todo.extend(kids[k])
    out.sort()
    return out


def trim(s: Sentence, words: list[int]) -> list[int]:
    """The words without punctuation and conjunctions at the ends."""
    a, b = 0, len(words)
    while a < b and s.words[words[a]] in _EDGE:
        a += 1
    while b > a and s.words[words[b - 1]] in _EDGE:
        b -= 1
    return words[a:b]


_EDGE = frozenset([",", ".", ":", ";", "-", "--", "—", "–", "and", "(", ")", "?", "!", "[", "]", "..."])


def runs(words: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of neighbouring word indices, first and last inclusive."""
    out: list[tuple[int, int]] = []
    for i in words:
        if out and i == out[-1][1] + 1:
            out[-1] = (out[-1][0], i)
        else:
            out.append((i, i))
    return out


def offsets(s: Sentence, text: str, words: list[int], taken: set[int]) -> list[tuple[int, int]]:
    """The offsets of a word set: runs without edge punctuation, widened over adjoining quotation marks and times.

    Runs with nothing but words of neither side (punctuation) between them are joined unless `taken` holds a word there.
    """
    out: list[tuple[int, int]] = []
    joined: list[tuple[int, int]] = []
    for a, b in runs(words):
        if joined and all(k not in taken and s.words[k] in _EDGE for k in range(joined[-1][1] + 1, a)):
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    for a, b in joined:
        while a <= b and s.words[a] in _EDGE:
            a += 1
        while b >= a and s.words[b] in _EDGE:
            b -= 1
        if a > b:
            continue
        out.append(widen(s, text, s.starts[a], s.ends[b]))
    return out


def widen(s: Sentence, text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets grown over a time expression that follows directly and over adjoining quotation marks."""
    for t in s.times:
        if t.start >= end and not text[end : t.start].strip():
            end = t.end
    if start > s.start and text[start - 1] in _QUOTES:
        start -= 1
    if end < s.end and text[end] in _QUOTES:
        end += 1
    elif end + 1 < s.end and text[end] in ".,!?" and text[end + 1] in _QUOTES:
        end += 2
    return start, end
