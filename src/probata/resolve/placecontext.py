"""Which country a report is about, from all the places and peoples it names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from probata.extract.mentions.places import PlaceWords
from probata.vocab.gazetteer import Gazetteer, gazetteer
from probata.vocab.placenames import key

SMALL = 1_000  # inhabitants given to a place whose population is not known
OWN = 200_000  # and to one of a hand-written table: listed because reports name it
_WORD = re.compile(r"\b[A-Z][a-z]{2,}\b")
SUPPORTED = 3.0  # votes: more than one place name gives
LONGEST = 200_000  # characters read for demonyms


@dataclass(frozen=True, slots=True)
class Context:
    """What a report's own words say about where it is set. `countries` and their votes, strongest first.

    `named` are those that it names by more than one place name (a single one may be another country's). `settlements`
    are the keys of the names in the report and how often each is used.
    """

    countries: tuple[tuple[str, float], ...] = ()
    named: frozenset[str] = frozenset()
    settlements: dict[str, int] = field(default_factory=dict)
    places: Gazetteer = field(default_factory=gazetteer)

    @property
    def country(self) -> str | None:
        """The country with the most support; None without any, or when two have the same."""
        if not self.countries or (len(self.countries) > 1 and self.countries[0][1] == self.countries[1][1]):
            return None
        return self.countries[0][0]

    def names(self, country: str) -> bool:
        """Whether the report names this country or its people, or several of its places."""
        return country in self.named


def read_context(text: str, found: Sequence[PlaceWords], places: Gazetteer | None = None) -> Context:
    """The context of a report from its text and the place names found in it (by `find_places`).

    A settlement or region name votes 2 for the countries that have it, shared by population; a country's name 1 and a
    demonym 0.5, each a little more when repeated: parties to a war are named often, its towns say where it is.
    """
    known = places or gazetteer()
    names = Counter(text[p.start : p.end] for p in found if p.in_gazetteer)
    votes: defaultdict[str, float] = defaultdict(float)
    named: set[str] = set()
    for name, times in names.items():
        entries = [e for e in known.find(name) if e.kind != "demonym" and e.country]
        if nations := [e for e in entries if e.kind == "country"]:
            named.add(nations[0].country)
            votes[nations[0].country] += 1 + 0.25 * min(times - 1, 4)
            continue
        weights = [OWN if e.own and not e.population else max(e.population, SMALL) for e in entries]
        for entry, weight in zip(entries, weights, strict=True):
            votes[entry.country] += 2 * weight / sum(weights)
    for word, times in Counter(_WORD.findall(text, 0, LONGEST)).items():
        for form in (word, word[:-1] if word.endswith("s") else word):
            if peoples := [e for e in known.find(form) if e.kind == "demonym"]:
                named.add(peoples[0].country)
                votes[peoples[0].country] += 0.5 + 0.1 * min(times - 1, 5)
                break
    ranked = tuple(sorted(((c, round(v, 3)) for c, v in votes.items()), key=lambda pair: (-pair[1], pair[0])))
    named |= {country for country, votes_for in ranked if votes_for >= SUPPORTED}
    return Context(ranked, frozenset(named), dict(Counter({key(n): t for n, t in names.items()})), known)
