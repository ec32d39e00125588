"""The words around place names, as sets ready for use."""

from __future__ import annotations

from functools import cache
from typing import Any

from probata.vocab import load


class PlaceVocabulary:
    """Read once from places_words.yml."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.kind_of: dict[str, str] = {w: kind for kind, words in table["designators"].items() for w in words}
        self._singular = {w[:-1] + "ies": w for w in self.kind_of if w.endswith("y")}
        self._singular |= {w + "s": w for w in self.kind_of} | {w: w for w in self.kind_of}
        self.two_words: dict[str, str] = dict(table["two_words"])
        self.precision_of: dict[str, str] = {w: p for p, words in table["precision_of"].items() for w in words}
        self.relation_of: dict[str, str] = {w: p for p, words in table["relations"].items() for w in words}
        self.directions = frozenset(table["directions"])
        self.breakers = frozenset(table["breakers"])
        self.people = frozenset(table["people"])
        self.bodies = frozenset(table["bodies"])
        self.groups = frozenset(table["groups"])
        self.given_names = frozenset(table["given_names"])
        self.prefixes = frozenset(table["prefixes"])
        self.never = frozenset(table["never"])
        self.capitals = frozenset(table["weak_capitals"])

    def designator(self, word: str) -> str | None:
        """The singular of a word that says what kind of place a name is ("towns": "town"), or None."""
        return self._singular.get(word)


@cache
def words() -> PlaceVocabulary:
    """The vocabulary, loaded on first use."""
    return PlaceVocabulary(load("places_words"))
