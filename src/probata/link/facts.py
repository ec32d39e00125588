"""A claim as grouping sees it: days as numbers, places as keys, words as sets. Small, so that a million fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from sys import intern
from typing import Any, TypeVar

from probata.link.vocabulary import Words, words
from probata.model.claim import Claim, ClaimType, Stance
from probata.vocab.gazetteer import gazetteer
from probata.vocab.partynames import Party, parties_of
from probata.vocab.placenames import key, skeleton

T = TypeVar("T")
COUNTED = frozenset({Stance.AFFIRMED, Stance.POSSIBLE, Stance.UNVERIFIED, Stance.DENIED})
_TOKEN = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_CAPITAL = re.compile(r"\b[^\W\d_a-z][\w’'-]+")
_LONG = 3  # days; a longer interval is a period, over which figures add up
_NOBODY: frozenset[Party] = frozenset()
_FINE = frozenset({"point", "neighbourhood", "city"})
_SIDE = re.compile(r"(?:east|west|north|south|central|old|inner)(?:ern)? ", re.IGNORECASE)
_TOWN = re.compile(r"\b(?:city|town|downtown|centre|center)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a report beside its claims."""

    outlet: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """A place as keys: its name (spelling folded), GeoNames id, degrees, precision.

    `names` are the names in its words that tell one small place from another: unknown to the gazetteer, or its own.
    `loose` says that the bare name may be the town's or its province's, `town` is the key of the town that a name such
    as Eastern Karsa is a side of.
    """

    key: str
    name: str
    geonameid: int | None
    lat: float | None
    lon: float | None
    precision: str
    names: frozenset[str]
    loose: bool = False
    town: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """First and last day as ordinals (None: open or unknown); `fixed` where no anchor was needed to know them."""

    first: int | None
    last: int | None
    precision: str
    fixed: bool

    @property
    def is_day(self) -> bool:
        """Whether one day, or a night between two, is meant."""
        return self.first is not None and self.last is not None and self.last - self.first <= 1

    @property
    def is_period(self) -> bool:
        """Whether a longer time is meant, over which a figure is a sum."""
        if self.first is None or self.last is None:
            return self.precision == "open"
        return self.last - self.first >= _LONG


@dataclass(frozen=True, slots=True)
class Fact:
    """What grouping uses of one claim. `figure` is the count when it has one bound at least."""

    claim: str
    report: str
    order: int
    type: ClaimType
    family: str
    stance: Stance
    speaker: str
    accused: frozenset[Party]
    means: frozenset[str]
    figure: int | None
    low: int | None
    high: int | None
    where: Where | None
    when: When | None
    words: tuple[str, ...]  # in order, each once
    sums: bool  # its words speak of a sum over a longer time


def fact(claim: Claim, order: int = 0) -> Fact | None:
    """The claim as a fact; None when no incident can come of it: no harm, or said to be conditional, future or due."""
    v = words()
    family = v.family.get(claim.type.value)
    if family is None or claim.stance not in COUNTED:
        return None
    said = claim.evidence.text
    method = claim.method.span.text if claim.method else ""
    count = claim.count
    low, high = (count.low, count.high) if count else (None, None)
    best = count.best if count else None
    figure = best if best is not None else low if low is not None else high
    return Fact(
        claim=claim.id,
        report=claim.report,
        order=order,
        type=claim.type,
        family=family,
        stance=claim.stance,
        speaker=claim.speaker.name if claim.speaker else "",
        accused=_accused(tuple(a.name for a in claim.agents)) if claim.agents else _NOBODY,
        means=_means(f"{method} | {said}", v),
        figure=figure,
        low=low,
        high=high,
        where=_where(claim),
        when=_when(claim),
        words=_content(said, v),
        sums=bool(v.toll.search(said) or (claim.time and v.toll.search(claim.time.span.text))),
    )


def facts(claims: Mapping[int, Claim] | list[Claim]) -> list[Fact]:
    """The facts of claims, in the order given."""
    source = claims.values() if isinstance(claims, Mapping) else claims
    return [f for n, c in enumerate(source) if (f := fact(c, n))]


def _where(claim: Claim) -> Where | None:
    p = claim.place
    if p is None:
        return None
    return _place(p.span.text, p.name, p.geonameid, p.lat, p.lon, p.precision)


@lru_cache(maxsize=1 << 16)
def _place(
    said: str, name: str | None, geonameid: int | None, lat: float | None, lon: float | None, precision: str
) -> Where | None:
    v = words()
    said_names = [w for w in _CAPITAL.findall(said) if w.lower() not in v.place_words]
    named = {skeleton(key(w)) for w in said_names if not _is_known(w)}
    names = frozenset(n for n in named if len(n) > 2)
    own = skeleton(key(name)) if name else "-".join(sorted(names))
    if not own:
        return None
    fine = precision in _FINE
    loose = fine and _is_province(name or "") and not _TOWN.search(said)
    telling = names | {own} if fine and not loose else names - {own}
    town = _town(name) if name and fine else ""
    return Where(own, name or said, geonameid, lat, lon, precision, telling, loose, town)


def _town(name: str) -> str:
    side = _SIDE.match(name)
    return skeleton(key(name[side.end() :])) if side and _is_known(name[side.end() :]) else ""


@lru_cache(maxsize=1 << 15)
def _is_known(name: str) -> bool:
    """Whether a name is in the gazetteer, as a place or a people: it is then in the words for some other place."""
    return bool(gazetteer().find(name) or (name.endswith("s") and gazetteer().find(name[:-1])))


@lru_cache(maxsize=1 << 12)
def _is_province(name: str) -> bool:
    return any(e.kind == "region" and e.precision == "province" for e in gazetteer().find(name))


def _when(claim: Claim) -> When | None:
    t = claim.time
    if t is None or (t.start is None and t.end is None):
        return None
    first = t.start.toordinal() if t.start else None
    return _days(first, t.end.toordinal() if t.end else None, t.precision, t.anchor is None)


@lru_cache(maxsize=1 << 16)
def _days(first: int | None, last: int | None, precision: str, fixed: bool) -> When:
    return When(first, last, precision, fixed)


@lru_cache(maxsize=1 << 15)
def _accused(names: tuple[str, ...]) -> frozenset[Party]:
    return frozenset().union(*map(parties_of, names))


def _means(said: str, v: Words) -> frozenset[str]:
    return one_of(frozenset(v.means[m.group(1)] for m in v.any_means.finditer(said.lower())))


def _content(said: str, v: Words) -> tuple[str, ...]:
    told = {intern(w) for w in _TOKEN.findall(said.lower()) if len(w) > 3 and w not in v.common}
    return one_of(tuple(sorted(told)))


def one_of(value: T) -> T:
    """One object for equal values, so that a million claims share them."""
    same: T = _kept(value)
    return same


@lru_cache(maxsize=1 << 16)
def _kept(value: object) -> Any:
    return value


@cache
def ordinal_name(day: int) -> str:
    """The day of an ordinal, as 2031-05-20."""
    return date.fromordinal(day).isoformat()
