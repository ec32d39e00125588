"""Clauses: the stretch of a sentence that states an act, as evidence."""

from __future__ import annotations

from probata.extract.sentences import Sentence

_CLAUSAL = frozenset({"conj", "parataxis", "advcl", "ccomp", "relcl", "acl"})
_LINKS = frozenset(
    {"and", "while", "but", ",", ";", "when", "as", "after", "who", "which", "|", "where", "also", "because", "-", ":"}
)
_TRIM = frozenset({",", ".", ":", "CC", "HYPH", "-LRB-", "-RRB-", "NFP", "``", "''", "IN"})


def narrow(s: Sentence, at: int) -> tuple[int, int]:
    """First and last word of the phrase or clause that word `at` heads, with the noun it modifies."""
    first, last = _within(s, at)
    if s.deps[at] in ("acl", "relcl"):
        first = min(first, _core(s, s.heads[at]))
    return first, last


def wide(s: Sentence, at: int) -> tuple[int, int]:
    """First and last word of the whole clause around word `at`: up to the nearest verb that states something."""
    i = at
    for _ in range(12):
        dep, head = s.deps[i], s.heads[i]
        if head == i:
            break
        if s.tags[i][:1] == "V" and dep in ("ccomp", "relcl", "acl", "conj", "parataxis"):
            break
        if s.tags[i][:1] == "V" and dep == "advcl" and i != at:
            break
        i = head
    first, last = _within(s, i)
    if s.deps[i] in ("acl", "relcl"):
        return min(_core(s, s.heads[i]), first), last
    return min(first, at), max(last, at)


def between(s: Sentence, at: int, others: list[int]) -> tuple[int, int]:
    """First and last word of what stands between the neighbouring acts: from link word to link word around `at`."""
    first, last = 0, len(s.words) - 1
    for o in others:
        if o < at:
            first = max(first, next((k + 1 for k in range(o + 1, at) if s.low[k] in _LINKS), first))
        elif o > at:
            last = min(last, next((k - 1 for k in range(o - 1, at, -1) if s.low[k] in _LINKS), last))
    return min(first, at), max(last, at)


def offsets(s: Sentence, first: int, last: int) -> tuple[int, int]:
    """Offsets of words first..last, without punctuation at the ends, with time expressions that touch them."""
    while first < last and s.tags[first] in _TRIM and s.tags[first] != "IN":
        first += 1
    while last > first and s.tags[last] in _TRIM:
        last -= 1
    start, end = s.starts[first], s.ends[last]
    if not s.times:
        return start, end
    before = s.ends[first - 1] if first else s.start
    after = s.starts[last + 1] if last + 1 < len(s.words) else s.end
    for t in s.times:
        if before <= t.start and t.end <= start and start - t.end <= 3:
            start = t.start
        elif t.start >= end and t.end <= after and t.start - end <= 3:
            end = t.end
    return start, end


def _within(s: Sentence, head: int) -> tuple[int, int]:
    """First and last word under `head`, without coordinated or loosely joined clauses of its own."""
    first = last = head
    deps, verb = s.deps, s.tags[head][:1] == "V"
    for k in s.kids[head]:
        dep = deps[k]
        if verb and dep in ("conj", "parataxis") and s.tags[k][:1] == "V":
            continue
        if k < head and dep in ("ccomp", "parataxis"):
            continue
        a, b = s.edges(k)
        first, last = min(first, a), max(last, b)
    return first, last


def _core(s: Sentence, noun: int) -> int:
    first = noun
    for k in s.kids[noun]:
        if k < noun:
            first = min(first, k)
    return first
