"""The gazetteer: the places a name can mean, from the packaged index and, before it, a user's own places."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from probata.vocab.placeindex import Entry, Index, index
from probata.vocab.placenames import key, skeleton

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST_LOOSE = 5  # letters of a key; shorter names have too many neighbours one letter away
LONGEST = 80  # characters; no place name is longer
KEPT = 20_000  # names remembered by one gazetteer


class Gazetteer:
    """Looks names up. `own` are a user's places with all their names; they come first and never hide the index."""

    def __init__(self, own: Iterable[tuple[Entry, tuple[str, ...]]] = (), base: Index | None = None) -> None:
        self._base = base
        self._own: dict[str, list[Entry]] = {}
        self._seen: dict[str, tuple[Entry, ...]] = {}
        for entry, names in own:
            keys = {key(n) for n in names} - {""}
            loose = {"~" + skeleton(k) for k in keys if len(k) >= SHORTEST_LOOSE}
            for k in keys if entry.kind == "demonym" else keys | loose:
                self._own.setdefault(k, []).append(entry)

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
        """All places with this key."""
        base = self._base if self._base is not None else index()
        return (*self._own.get(k, ()), *base.find(k))

    def similar(self, name: str, country: str) -> tuple[Entry, ...]:
        """Places of one country whose name is spelt nearly alike: other vowels, else one letter more, less or other.

        Returns those of the nearest step that finds any. Only for countries whose small places are all indexed.
        """
        k = key(name) if len(name) <= LONGEST else ""
        if len(k) < SHORTEST_LOOSE or not k.isascii():
            return ()
        if found := self._of(country, "~" + skeleton(k)):
            return found
        found = tuple({e: None for near in sorted(_one_off(k)) for e in self._of(country, near)})
        if found or len(k) <= SHORTEST_LOOSE + 1:
            return found
        return tuple({e: None for near in sorted(_one_off(skeleton(k))) for e in self._of(country, "~" + near)})

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
