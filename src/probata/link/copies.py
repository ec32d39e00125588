"""Copies: reports that repeat long passages of one another word for word, and so speak with one voice."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from zlib import crc32

import numpy as np

from probata.link.pieces import Said, pieces, said
from probata.link.union import Union
from probata.model.claim import Claim
from probata.model.report import Report

_WORD = re.compile(r"[^\W_]+")
# Words of a run. Whoever reports one event alone shares short runs (names, figures, formulas of the trade), whoever
# copies shares long ones, even where sentences are cut and joined anew.
LENGTH = 5
COMMON = 40  # reports; where more hold a run each is compared with its neighbours only: a formula, or a story of all
LEAST = 5  # runs in common, below which likeness is chance
MANY = 15  # words repeated, below which a short report may be a formula only
# Words in runs that the other has as well, as a share of the report that repeats most. On the pieces of 316 reports
# with 34 pairs that copy (gold/incidents/dev.jsonl, 2026-11-25): 0.50 finds 30 with 3 wrong in one incident, 0.53 to
# 0.57 30 with 1, 0.60 29 with 1, 0.65 28 with none. Evidence alone finds 29 at 0.55, whole texts 30.
SHARE = 0.55
APART = 14  # days between the days that two reports tell of, from which they repeat a form, not a story


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a report as hashed runs, passage by passage, and the days it tells of, as ordinals."""

    passages: tuple[array[int], ...]
    words: int
    days: tuple[int, ...] = ()


def wording(passages: Iterable[str], days: Iterable[int] = ()) -> Wording:
    """The wording of these passages. A run does not go over the end of a passage."""
    hashed: list[array[int]] = []
    number = 0
    for passage in sorted(set(passages)):
        said = [w.lower() for w in _WORD.findall(passage)]
        number += len(said)
        runs = (" ".join(said[i : i + LENGTH]) for i in range(len(said) - LENGTH + 1))
        hashed.append(array("I", (crc32(run.encode("utf-8", "replace")) for run in runs)))
    return Wording(tuple(h for h in hashed if h), number, tuple(sorted(set(days))))


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two reports: the most words that one repeats of the other, and these as a share of its own."""

    a: str
    b: str
    words: int
    share: float

    @property
    def is_copy(self) -> bool:
        """Whether one copies the other, or both a third."""
        return self.share >= SHARE and self.words >= MANY


def likeness(of: Mapping[str, Wording]) -> Iterator[Likeness]:
    """The pairs of reports with LEAST runs in common or more, in order. Linear in the runs."""
    for a, b in _candidates(of):
        if not _apart(of[a], of[b]):
            repeated = ((_words(of[x], of[y]), of[x].words) for x, y in ((a, b), (b, a)))
            share, words = max((n / number, n) for n, number in repeated)
            yield Likeness(a, b, words, share)


def _candidates(of: Mapping[str, Wording]) -> Iterator[tuple[str, str]]:
    """The pairs that share LEAST runs. Arrays: the reports of a million claims hold ten million runs."""
    names = sorted(of)
    sizes = [sum(map(len, of[name].passages)) for name in names]
    told = chain.from_iterable(chain.from_iterable(of[name].passages for name in names))
    held = np.fromiter(told, dtype=np.uint32, count=sum(sizes))
    by = np.repeat(np.arange(len(names), dtype=np.int64), sizes)
    ordered = np.lexsort((by, held))
    held, by = held[ordered], by[ordered]
    once = np.r_[True, (held[1:] != held[:-1]) | (by[1:] != by[:-1])] if len(held) else by.astype(bool)
    held, by = held[once], by[once]
    starts = np.flatnonzero(np.r_[True, held[1:] != held[:-1]]) if len(held) else by
    counts = np.diff(np.r_[starts, len(held)])
    found = []
    for number in np.unique(counts[counts > 1]).tolist():
        rows = by[starts[counts == number][:, None] + np.arange(number)]
        steps = range(1, number if number <= COMMON else 2)
        found += [(rows[:, :-step] * len(names) + rows[:, step:]).ravel() for step in steps]
    pairs, shared = np.unique(np.concatenate(found), return_counts=True) if found else (by[:0], by[:0])
    for pair in pairs[shared >= LEAST].tolist():
        yield names[pair // len(names)], names[pair % len(names)]


def _words(told: Wording, other: Wording) -> int:
    """How many words of a report are in runs that the other has as well."""
    runs = set().union(*other.passages)
    number = 0
    for passage in told.passages:
        end = 0  # of the words counted so far
        for at, run in enumerate(passage):
            if run in runs:
                number += at + LENGTH - max(at, end)
                end = at + LENGTH
    return number


def _apart(a: Wording, b: Wording) -> bool:
    """Whether two reports tell of other days: a form that an outlet fills in each time is no copy."""
    return bool(a.days and b.days) and min(abs(x - y) for x in a.days for y in b.days) > APART


def families(reports: Iterable[Report]) -> list[tuple[str, ...]]:
    """The ids of reports, those that copy one another together, from their texts; the others alone."""
    return families_of({r.id: wording([r.text], [r.anchor.day.toordinal()] if r.anchor else ()) for r in reports})


def families_of_claims(claims: Iterable[Claim]) -> list[tuple[str, ...]]:
    """As `families`, from the exact words of claims, where the texts are not at hand."""
    of: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        of[claim.report].append(claim)
    return families_of({report: _of_report(list(map(said, some))) for report, some in of.items()})


def wordings(told: Iterable[Said]) -> dict[str, Wording]:
    """The wording of reports by the words of all their claims."""
    of: defaultdict[str, list[Said]] = defaultdict(list)
    for claim in told:
        of[claim.report].append(claim)
    return {report: _of_report(some) for report, some in of.items()}


def _of_report(told: Sequence[Said]) -> Wording:
    return wording(pieces(told), [c.day for c in told if c.day])


def families_of(told: Mapping[str, Wording]) -> list[tuple[str, ...]]:
    """As `families`, from the wording of reports by id."""
    joined = Union()
    for pair in likeness(told):
        if pair.is_copy:
            joined.join(pair.a, pair.b)
    return joined.sets(told)
