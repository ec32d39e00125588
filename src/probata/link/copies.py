"""Copies: reports whose words are nearly the same, and so speak with one voice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

from probata.link.union import Union
from probata.model.claim import Claim
from probata.model.report import Report

_WORD = re.compile(r"[^\W_]+")
LENGTH = 4  # words of a shingle: agencies' sentences are cut and joined anew, so runs are short
COMMON = 40  # reports; a shingle of more is a formula of the trade ("the syrian observatory for human rights")
LEAST = 5  # shingles in common, below which likeness is chance
# Shared runs as a share of the smaller report's, and what else must hold so that a short report with the formulas of
# the trade is no copy. On the evidence of 316 reports with 34 pairs that copy (gold/incidents/dev.jsonl, 2026-11-24):
# 0.4 finds 32 with 9 wrong, 0.5 29 with 5, 0.6 24 with 2; with the second condition 0.5 finds 29 with 1 in one
# incident.
SHARE = 0.5
MANY = 35
BOTH = 0.2


def shingles(passages: Iterable[str]) -> frozenset[int]:
    """The runs of LENGTH words of passages, as hashes. A run does not go over the end of a passage."""
    found: set[int] = set()
    for passage in passages:
        said = [w.lower() for w in _WORD.findall(passage)]
        found.update(crc32(" ".join(said[i : i + LENGTH]).encode()) for i in range(len(said) - LENGTH + 1))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two reports, their runs in common, and these as a share of the smaller's and of both together."""

    a: str
    b: str
    shared: int
    least: float
    both: float

    @property
    def is_copy(self) -> bool:
        """Whether one copies the other, or both a third."""
        return self.least >= SHARE and (self.shared >= MANY or self.both >= BOTH)


def likeness(of: Mapping[str, frozenset[int]]) -> list[Likeness]:
    """The pairs of reports with LEAST runs in common or more. Linear in the runs, as common ones are left out."""
    holding: defaultdict[int, list[str]] = defaultdict(list)
    for report in sorted(of):
        for run in of[report]:
            holding[run].append(report)
    shared: defaultdict[tuple[str, str], int] = defaultdict(int)
    for reports in holding.values():
        if 1 < len(reports) <= COMMON:
            for pair in combinations(reports, 2):
                shared[pair] += 1
    out = []
    for (a, b), n in sorted(shared.items()):
        if n >= LEAST:
            out.append(Likeness(a, b, n, n / min(len(of[a]), len(of[b])), n / (len(of[a]) + len(of[b]) - n)))
    return out


def families(reports: Iterable[Report]) -> list[tuple[str, ...]]:
    """The ids of reports, those that copy one another together, from their texts; the others alone."""
    return _families({r.id: shingles([r.text]) for r in reports})


def families_of_claims(claims: Iterable[Claim]) -> list[tuple[str, ...]]:
    """As `families`, from the exact words of claims, where the texts are not at hand."""
    said: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        said[claim.report].add(claim.evidence.text)
    return _families({report: shingles(passages) for report, passages in said.items()})


def _families(of: Mapping[str, frozenset[int]]) -> list[tuple[str, ...]]:
    joined = Union()
    for pair in likeness(of):
        if pair.is_copy:
            joined.join(pair.a, pair.b)
    return joined.sets(of)
