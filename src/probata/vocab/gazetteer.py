"""The gazetteer: the places a name can mean, from the packaged index and, before it, a user's own places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from probata.vocab.placeindex import Entry, Index, index
from probata.vocab.placenames import key, skeleton
from probata.vocab.placewords import words

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST_LOOSE = 5  # letters of a key; shorter names have too many neighbours with other vowels
SHORTEST_OFF = 8  # and shorter than this, too many with another letter
LONGEST = 80  # characters; no place name is longer
KEPT = 20_000  # names remembered by one gazetteer


class Gazetteer:
    """Looks names up. `own` are a user's places with all their names; they come first and never hide the index."""

    def __init__(self, own: Iterable[tuple[Entry, tuple[str, ...]]] = (), base: Index | None = None) -> None:
        self._base = base
        self._own: dict[str, list[Entry]] = {}
        self._seen: dict[str, tuple[Entry, ...]] = {}
        self._alike: dict[tuple[str, str], tuple[Entry, ...]] = {}
        self._full: frozenset[str] | None = None
        for entry, names in own:
            keys = {key(n) for n in names} - {""}
            loose = {"~" + skeleton(k) for k in keys if len(k) >= SHORTEST_LOOSE}
            for k in keys if entry.kind == "demonym" else keys | loose:
                self._own.setdefault(k, []).append(entry)
        self._countries = frozenset(e.country for found in self._own.values() for e in found)

    def find(self, name: str) -> tuple[Entry, ...]:
        """All places (and demonyms) of this name, spelt alike after `key`: own first, then by population."""
        if (known := self._seen.get(name)) is not None:
            return known
        k = key(name) if len(name) <= LONGEST else ""
        out = self.at(k) if k else ()
        if len(self._seen) < KEPT:
            self._seen[name] = out
        return out

    def at(self, k: str) -> tuple[Entry, ...]:
        """All places with this key. "@SY" is the country, "@SY09" its division of that code, "^SY" its capital."""
        return (*self._own.get(k, ()), *self.base.find(k))

    @property
    def base(self) -> Index:
        """The index below the user's places."""
        if self._base is None:
            self._base = index()
        return self._base

    def full(self, country: str) -> bool:
        """Whether small places of this country are listed, so that a name not found there can be a misspelling."""
        if self._full is None:
            self._full = self._countries | frozenset(self.base.header["full"])
        return country in self._full

    def similar(self, name: str, country: str) -> tuple[Entry, ...]:
        """Places of one country whose name is spelt nearly alike: other vowels, else one letter more, less or other.

        Returns those of the nearest step that finds any. Only for countries whose small places are all indexed.
        """
        if (known := self._alike.get((name, country))) is None:
            known = self._similar(name, country)
            if len(self._alike) < KEPT:
                self._alike[name, country] = known
        return known

    def _similar(self, name: str, country: str) -> tuple[Entry, ...]:
        k = key(name) if len(name) <= LONGEST else ""
        first, _, rest = name.partition(" ")
        telling = len(key(rest)) if first.lower() in words().prefixes else len(k)  # "Kafr", "Tal" tell nothing
        if telling < SHORTEST_LOOSE or not k.isascii():
            return ()
        if found := self._of(country, "~" + skeleton(k)):
            return found
        if telling < SHORTEST_OFF:
            return ()
        if found := self._any_of(country, sorted(_one_off(k))):
            return found
        return self._any_of(country, ["~" + near for near in sorted(_one_off(skeleton(k)))])

    def _any_of(self, country: str, keys: Sequence[str]) -> tuple[Entry, ...]:
        there = self._own.keys() | self.base.having(keys)
        return tuple({e: None for k in keys if k in there for e in self._of(country, k)})

    def _of(self, country: str, k: str) -> tuple[Entry, ...]:
        return tuple(e for e in self.at(k) if e.country == country and e.kind not in ("demonym", "country"))


def _one_off(k: str) -> set[str]:
    """All strings one insertion, deletion, replacement or swap of neighbours away; the first letter stays."""
    out: set[str] = set()
    for i in range(1, len(k) + 1):
        head, tail = k[:i], k[i:]
        out.update(head + c + tail for c in LETTERS)
        if tail:
            out.add(head + tail[1:])
            out.update(head + c + tail[1:] for c in LETTERS)
        if len(tail) > 1:
            out.add(head + tail[1] + tail[0] + tail[2:])
    out.discard(k)
    return out


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer without any user's places."""
    return Gazetteer()
