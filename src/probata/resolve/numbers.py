"""Sums: one figure for a list of figures about one act."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from probata.extract.mentions.numbers import NumberWords

_BETWEEN = re.compile(r"\s(?:[\w’'-]+\s){0,4}?[\w’'-]+(?:\s?,\s?(?:and\s)?|\sand\s)$|\s[a-z]+\s$")
_PART = re.compile(r"\s+(?:of (?:them|whom|those|these|which|the)|among them)\b")
_VERB = re.compile(
    r"\b(?:is|are|was|were|have|has|had|killed|wounded|injured|hurt|dead|died|others?|detained|arrested|displaced|"
    r"in|on|at|by|from|after|when|while|who|that|including|among|of)\b"
)


def total(numbers: Iterable[NumberWords], ones: int = 0) -> tuple[int | None, int | None]:
    """The bounds of the sum of figures about one act; `ones` counts members without a figure ("a woman and ...").

    A sum is open where any of its parts is. It does not say that the parts belong together: the caller decides.
    """
    low: int | None = ones
    high: int | None = ones
    for n in numbers:
        low = None if low is None or n.low is None else low + n.low
        high = None if high is None or n.high is None else high + n.high
    return low, high


def lists(text: str, numbers: Sequence[NumberWords]) -> list[tuple[int, ...]]:
    """Runs of figures that the words between them join into one list, as indices into `numbers`, two or more each.

    "nine children and four women" is a run; "killed 19 and wounded 22", "12 people were killed and 4 others" and
    "six people, two of them children" are none: a part is never added to its whole.
    """
    out: list[tuple[int, ...]] = []
    run: list[int] = []
    for i, n in enumerate(numbers):
        if n.kind != "count":
            continue
        if _PART.match(text, n.end):
            continue
        if run:
            gap = text[numbers[run[-1]].end : n.start]
            if not (len(gap) < 60 and _BETWEEN.match(gap) and not _VERB.search(gap)):
                if _is_list(text, numbers, run):
                    out.append(tuple(run))
                run = []
        run.append(i)
    if _is_list(text, numbers, run):
        out.append(tuple(run))
    return out


def _is_list(text: str, numbers: Sequence[NumberWords], run: Sequence[int]) -> bool:
    """Whether a run is no mere apposition: "40 people, 12 children" sets a part beside its whole."""
    if len(run) < 2:
        return False
    gap = text[numbers[run[-2]].end : numbers[run[-1]].start]
    return " and " in gap or "," not in gap
