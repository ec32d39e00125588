"""Names of victims: where the words of a claim's targets name a person, and where they only may.

Names of people look like those of places, so the act tells, and what stands around them: a run of words in capitals
that is no place, body or party; one such word that is the whole target of an act that only people suffer; one after a
title, a relation or "named", or before an age.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from probata.audit.spellings import SHORT, size
from probata.extract.kinds import table
from probata.store import models, shielding, shown
from probata.store.bulk import chunks
from probata.store.opening import Casebook
from probata.vocab import load
from probata.vocab.gazetteer import gazetteer
from probata.vocab.partynames import party_of

Record = Mapping[str, Any]
_WORD = r"[^\W\d_a-z][\w'’-]+"
_LINK = r"(?:al|el|bin|ibn|abu|umm|de|van|von)[\s-]"
_RUN = re.compile(rf"\b{_WORD}(?:\s+(?:{_LINK})?{_WORD})+")
_ONE = re.compile(_WORD)
_AGED = re.compile(rf"\b({_WORD})\s*(?:,\s*(?:aged\s+)?|\()\d{{1,3}}\b")


@dataclass(frozen=True, slots=True)
class Names:
    """Names of victims: those that grammar shows, and those that may be names, for people to say."""

    sure: frozenset[str]
    possible: Mapping[str, int]  # how many claims have each


def names(claims: Iterable[Record]) -> Names:
    """The names of victims in claims, as they are written there."""
    told = list(claims)
    known = _Known(told)
    sure: Counter[str] = Counter()
    possible: Counter[str] = Counter()
    for claim in told:
        persons = claim["type"] in _rules()["persons"]
        if not persons and claim["type"] not in _rules()["harmed"]:
            continue
        for words in dict.fromkeys(w for t in claim["targets"] for w in (t["text"], t["name"]) if w):
            for name in dict.fromkeys(_named(words, persons, claim)):
                if known.is_name(name, persons, titled=bool(claim.get("in_title"))):
                    sure[name] += 1
                elif persons and known.may_be(name):
                    possible[name] += 1
    for name in list(sure):  # its last word stands alone where the person is told of again
        last = name.split()[-1]
        if last != name and not last.lower().startswith(("al-", "el-")) and known.is_name(last, True, person=True):
            sure[last] += 1
    return Names(frozenset(sure), {n: k for n, k in possible.most_common() if n not in sure})


def otherwise(claims: Iterable[Record]) -> tuple[set[str], set[str]]:
    """What claims show to be no victim: their places, and those who act in them."""
    places: set[str] = set()
    agents: set[str] = set()
    for claim in claims:
        if place := claim.get("place"):
            places |= {w for w in (place["text"], place["name"]) if w}
        for one in claim.get("agents") or ():
            agents |= {w for w in (one["text"], one["name"]) if w}
    return places, agents


def of(book: Casebook, name: str) -> Names:
    """The names of victims in an incident or a report; of those that may be names, what is not protected yet.

    Raises InputError when there is no such incident or report.
    """
    kept = models.Claim.objects.using(book.alias)
    records = list(kept.filter(report__name=name).values_list("record", flat=True))
    if not records:
        wanted = shown.edition(book, shown.named(book, name)).record["claims"]
        records = [r for some in chunks(wanted) for r in kept.filter(name__in=some).values_list("record", flat=True)]
    told, shield = names(records), shielding.of(book)
    return Names(told.sure, {n: k for n, k in told.possible.items() if not shield.holds(n)})


def _named(words: str, persons: bool, claim: Record) -> Iterator[str]:
    """What may name a person in the words of a target, and in what the evidence says right after them."""
    for run in _RUN.findall(words):
        if name := _bare(run):
            yield name
    if persons and _ONE.fullmatch(words.strip()):
        yield words.strip()
    said = claim["evidence"]["text"] if claim.get("evidence") else ""
    at = said.find(words)
    after = said[at : at + len(words) + 60] if at >= 0 else words
    for found in (*_led().finditer(words), *_named_after().finditer(after), *_AGED.finditer(after)):
        if persons:
            yield found[1]


def _bare(run: str) -> str:
    """A run of capitals without the titles that it begins with; "" when nothing is left."""
    words = run.split()
    while words and words[0].lower().rstrip(".") in _titles():
        words = words[1:]
    return " ".join(words)


class _Known:
    """What the words of claims show to be no name of a victim."""

    def __init__(self, claims: Sequence[Record]) -> None:
        self._places: set[str] = set()
        self._others: set[str] = set()
        self._low: set[str] = set()
        for claim in claims:
            if place := claim.get("place"):
                self._places |= {w for w in (place["text"], place["name"]) if w}
            for one in claim.get("agents") or ():
                self._others |= {w.lower() for w in (one["text"], one["name"]) if w}
            if claim.get("evidence"):
                self._low |= set(re.findall(r"\b[a-z][\w'’-]+", claim["evidence"]["text"]))

    def is_name(self, name: str, persons: bool, titled: bool = False, person: bool = False) -> bool:
        """Whether a name is surely one: it is told in a way that people are, and is no place, body or party.

        `titled`: in a title every word may have a capital. `person`: it is known to be somebody's.
        """
        low = [w.lower() for w in name.split()]
        if size(name) < SHORT or name.lower() in self._others or any(name in place for place in self._places):
            return False
        if party_of(name) or any(_is_body(w) for w in low):
            return False
        if len(low) > 1:
            hard = _words("directions") if persons else _words("directions", "designators")
            common = [self._ordinary(w) for w in low]
            return not (hard & {*low}) and not (any(common) if titled else all(common))
        if name.isupper() or not name[0].isupper() or self._ordinary(low[0]) or titled:
            return False
        return person or low[0] in _words("given_names") or not gazetteer().find(name)

    def may_be(self, name: str) -> bool:
        """Whether a word may be a name all the same: it is also a place, or one who acts in another claim."""
        return size(name) >= SHORT and not name.isupper() and not self._ordinary(name.lower()) and not party_of(name)

    def _ordinary(self, low: str) -> bool:
        if low in _words("given_names"):
            return False
        return low in self._low or low in table() or low.removesuffix("s") in _common() or low in _common()


@cache
def _is_body(low: str) -> bool:
    """Whether a word names a body: a force, an office, an outlet."""
    kinds = table().get(low, frozenset())
    return low in _words("bodies") | _rules()["bodies"] or bool(kinds & {"armed", "power", "body", "outlet"})


@cache
def _common() -> frozenset[str]:
    """Words that are written with a capital and name nobody: peoples, beginnings of sentences, kinds of places."""
    every = frozenset(w for key, value in load("places_words").items() for w in _inner(value) if key not in _PEOPLE)
    return every - {""}


_PEOPLE = ("given_names", "people", "version", "label", "description", "prefixes")


@cache
def _words(*keys: str) -> frozenset[str]:
    return frozenset(w for key in keys for w in _inner(load("places_words")[key]))


def _inner(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.lower().split()
    elif isinstance(value, (dict, list)):
        for inner in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _inner(inner)


@cache
def _rules() -> Mapping[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in load("publishing")["people"].items()}


@cache
def _titles() -> frozenset[str]:
    return _rules()["titles"] | (_words("people") - _rules()["names"])


@cache
def _led() -> re.Pattern[str]:
    before = "|".join(sorted(map(re.escape, {*_rules()["named"], *_rules()["kin"], *_titles()}), key=len, reverse=True))
    return re.compile(rf"\b(?i:{before})\.?,?\s+({_WORD})\b(?!\s+(?:{_LINK}|{_WORD}))")


@cache
def _named_after() -> re.Pattern[str]:
    said = "|".join(map(re.escape, sorted(_rules()["named"], key=len, reverse=True)))
    return re.compile(rf"(?:,\s*|\s)(?i:{said})\s+(?:as\s+)?({_WORD}(?:\s+{_WORD})*)")
