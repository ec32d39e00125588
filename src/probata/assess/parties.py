"""Parties: whom a report accuses; names and sides are those of vocab/partynames.py."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from probata.vocab import load
from probata.vocab.partynames import Party, parties, party_of, pattern, plain, same_party

__all__ = ["UNIDENTIFIED", "Party", "accused_of", "party_of", "pattern", "plain", "same_party"]


UNIDENTIFIED = Party("unidentified attackers", None)


@lru_cache(maxsize=1 << 14)
def accused_of(label: str) -> Party | None:
    """The party that the words for an agent accuse; None when they name a weapon, a thing or a deed, or are a pronoun.

    Attackers whom the words do not identify have one neutral name. A body that is no party is named as that body.
    """
    low, table, words = plain(label)[:300].removeprefix("the ").removeprefix("a "), parties(), _words()
    if not low or low in words.nobody:
        return None
    if low in words.unidentified:
        return UNIDENTIFIED
    if (body := words.bodies.search(low)) is not None:
        return Party(words.body_of[body.group()], None)
    known = party_of(label)
    if known is not None:
        return known
    if table.means.search(low) and not table.actors.search(low):
        return None
    return Party(low, None)


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    nobody: frozenset[str]
    unidentified: frozenset[str]
    bodies: re.Pattern[str]
    body_of: dict[str, str]


@cache
def _words() -> _Words:
    more = load("voices")
    bodies = {
        plain(w): name
        for name, row in load("parties")["bodies"].items()
        if row["kind"] != "party"
        for w in row["words"]
    }
    return _Words(frozenset(more["nobody"]), frozenset(more["unidentified"]), pattern(bodies), bodies)
