"""Ranges: from the figures of independent sources to low, best and high, each end with the claim it is from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from probata.assess.figures import rules_of
from probata.assess.relations import counted_groups
from probata.extract.mentions.numbers import NumberWords, find_numbers
from probata.model.assessment import Figure, GroupRange, Measure, Range
from probata.model.claim import Claim
from probata.resolve.groups import groups_of

_CEILINGS = frozenset({"up-to-n", "fewer-than-n"})  # their least is a convention that nobody said
_STATUS = frozenset({"civilian", "combatant"})


def range_of(figures: Iterable[Figure], source: Callable[[str], str]) -> Range:
    """The range of figures of one event, one figure a source, never a sum.

    Low is the lowest low that any source sets and high the highest high; high stays open when a source's least is above
    it, or when no source sets a high. Best is the middle of the sources' bests, the lower of two: no source is
    preferred. `source` names the independent source of a claim.
    """
    found = sorted(figures, key=lambda f: f.claim)
    lows = stated_lows(found)
    highs = [(f.high, f.claim) for f in found if f.high is not None]
    bests = _bests(found, source)
    if not lows and not bests:
        return Range(rules=_rules(found))
    low, low_from = min(lows, default=(None, None), key=lambda x: x)
    high, high_from = max(highs, default=(None, None), key=lambda x: (x[0], x[1]))
    best, best_from = bests[(len(bests) - 1) // 2] if bests else (None, None)
    least = max([n for n, _ in lows] + [n for n, _ in bests])
    if high is not None and high < least:
        high, high_from = None, None
    if low is not None and best is not None and best < low:
        low, low_from = best, best_from
    return Range(low, best, high, low_from, best_from, high_from, _rules(found))


def stated_lows(figures: Sequence[Figure]) -> list[tuple[int, str]]:
    """The least of each figure with its claim; "up to 100" sets none, unless nothing else does."""
    lows = [(f.low, f.claim) for f in figures if f.low is not None]
    said = [(f.low, f.claim) for f in figures if f.low is not None and f.rule not in _CEILINGS]
    return said or lows


def _bests(found: Sequence[Figure], source: Callable[[str], str]) -> list[tuple[int, str]]:
    """The largest best of each source, in order of size."""
    by: dict[str, tuple[int, str]] = {}
    for f in found:
        if f.best is not None:
            known = by.get(source(f.claim))
            if known is None or f.best > known[0]:
                by[source(f.claim)] = (f.best, f.claim)
    return sorted(by.values())


def _rules(found: Iterable[Figure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule for f in found for rule in rules_of(f)))


def event(figures: Iterable[Figure], measure: Measure) -> list[Figure]:
    """The figures of one measure that are of the event itself."""
    return [f for f in figures if f.measure is measure and f.relation == "event"]


def group_ranges(
    figures: Sequence[Figure], claims: Mapping[str, Claim], source: Callable[[str], str]
) -> tuple[GroupRange, ...]:
    """The range of each group of victims by status, and the groups said to be among them without a number."""
    by: dict[tuple[Measure, str], list[Figure]] = defaultdict(list)
    status: dict[tuple[Measure, str], set[str]] = defaultdict(set)
    for f in figures:
        claim = claims[f.claim]
        if f.measure not in (Measure.KILLED, Measure.INJURED) or f.relation in ("cumulative", "revised"):
            continue
        parts = _parts_of(f, claim)
        for group in dict.fromkeys((*parts, *claim.groups)):
            by[f.measure, group] += [parts[group]] if group in parts else []
            status[f.measure, group] |= _STATUS & {group, *(claim.groups if group in parts else ())}
    return tuple(
        GroupRange(measure, group, _status(status[measure, group]), _largest_each(by[measure, group], claims, source))
        for measure, group in sorted(by)
    )


def _status(found: set[str]) -> str:
    return "mixed" if len(found) > 1 else next(iter(found), "not stated")


def _largest_each(figures: list[Figure], claims: Mapping[str, Claim], source: Callable[[str], str]) -> Range:
    """One figure of a group for each source and report: its largest."""
    best: dict[tuple[str, str], Figure] = {}
    for f in figures:
        at = (source(f.claim), claims[f.claim].report)
        if at not in best or ((f.best or f.low or 0), f.claim) > ((best[at].best or best[at].low or 0), best[at].claim):
            best[at] = f
    return range_of(best.values(), source)


@lru_cache(maxsize=4096)  # a famous event is told in the same few words
def _counts(words: str) -> tuple[NumberWords, ...]:
    return tuple(n for n in find_numbers(words, 0, len(words)) if n.kind == "count")


def _parts_of(f: Figure, claim: Claim) -> dict[str, Figure]:
    """The figure of each group: of a list ("nine children and four women") one by one, else of the group counted."""
    words = f.words
    numbers = _counts(words)
    if len(numbers) > 1:
        out: dict[str, Figure] = {}
        ends = [n.start for n in numbers[1:]] + [len(words)]
        for n, end in zip(numbers, ends, strict=True):
            groups = groups_of([words[n.end : end].strip(" ,").removesuffix(" and")])
            if len(groups) == 1 and n.low is not None and groups[0] not in out:
                low = 0 if f.implied else n.low
                out[groups[0]] = Figure(
                    f.claim, f.measure, words, low, n.low, n.high, f.rule, n.low, f.imputed, f.implied
                )
        return out
    groups = counted_groups(claim)
    return {groups[0]: f} if len(groups) == 1 and claim.count is not None else {}
