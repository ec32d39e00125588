"""Sentences: where they end, and their words with offsets and parse."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from probata.extract.mentions.numbers import NumberWords
from probata.extract.mentions.times import TimeWords
from probata.model.report import Block

_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s+[\"“‘'(\[]*[A-Z0-9])|[.!?][\"”](?=[A-Z])|\n\s*\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Brig|Capt|Sgt|Sen|Rep|Gov|St|No|Jr|Sr|Prof|vs|approx|etc)|\b[A-Z])\.$"
)
LONGEST = 1500  # characters; a longer stretch without a full stop is cut at white space so that cost stays linear


@dataclass(slots=True)
class Sentence:
    """One sentence: words with offsets into the report, and their parse.

    Time expressions and quotation marks are left out of the words, and a number phrase ("at least 12") is one
    word: the parser errs less. All offsets are into the report's text. Before parsing, tags and deps are empty.
    """

    start: int
    end: int
    block: Block
    index: int = 0  # position in the report
    words: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)  # lower case
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)  # Penn Treebank
    deps: list[str] = field(default_factory=list)  # spaCy's English labels
    heads: list[int] = field(default_factory=list)  # index of the head; a root is its own head
    kids: list[list[int]] = field(default_factory=list)
    numbers: dict[int, NumberWords] = field(default_factory=dict)  # by word index
    times: list[TimeWords] = field(default_factory=list)
    quotes: list[int] = field(default_factory=list)  # offsets of quotation marks
    _edges: list[tuple[int, int]] = field(default_factory=list, repr=False, compare=False)

    @property
    def parsed(self) -> bool:
        """Whether the parser has seen it."""
        return bool(self.tags)

    def at(self, offset: int) -> int:
        """Index of the first word that ends after `offset`; len(words) when there is none."""
        return bisect_right(self.ends, offset)

    def edges(self, i: int) -> tuple[int, int]:
        """First and last word of all that depends on word i, itself included."""
        if not self._edges:
            order = [k for k, h in enumerate(self.heads) if h == k]
            for k in order:  # grows as it is read: heads before what depends on them
                order.extend(self.kids[k])
            found = [(k, k) for k in range(len(self.heads))]
            for k in reversed(order):
                if (h := self.heads[k]) != k:
                    found[h] = min(found[h][0], found[k][0]), max(found[h][1], found[k][1])
            self._edges = found
        return self._edges[i]

    def subtree(self, i: int) -> list[int]:
        """Indices of word i and all that depends on it, in order."""
        out, todo = [i], list(self.kids[i])
        while todo:
            k = todo.pop()
            out.append(k)
            todo.extend(self.kids[k])
        out.sort()
        return out


def sentence_at(sentences: Sequence[Sentence], offset: int) -> int:
    """Index of the first sentence that ends after `offset`; their number when there is none."""
    return bisect_right(sentences, offset, key=lambda s: s.end)


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of `text[start:end]`, without surrounding white space."""
    at = start
    for m in _END.finditer(text, start, end):
        if m.group()[0] == "." and _ABBREVIATION.search(text, max(at, m.start() - 8), m.start() + 1):
            continue
        yield from _trimmed(text, at, m.end())
        at = m.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
