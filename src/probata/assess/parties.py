"""Parties: the neutral name and the side of whom a report accuses, and of who speaks for a party."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from probata.vocab import load

_SPACE = re.compile(r"\s+")
_BACKED = re.compile(r"\b[\w.]+-(?:backed|supported|trained|armed)\b")  # whoever backs them did not do it


@dataclass(frozen=True, slots=True)
class Party:
    """A party under a neutral name; `side` is None where nothing tells it. `generic` names fit several parties."""

    name: str
    side: str | None
    generic: bool = False


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the words as whole words, the longest first."""
    found = "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<![\w-])(?:{found})(?![\w])")


def plain(name: str) -> str:
    """A name in lower case with plain spaces and apostrophes."""
    return _SPACE.sub(" ", name.lower().replace("’", "'")).strip()


@dataclass(frozen=True, slots=True, eq=False)
class _Parties:
    groups: dict[str, Party]
    group_words: re.Pattern[str]
    heads: dict[str, str]
    head_words: re.Pattern[str]
    actors: re.Pattern[str]
    means: re.Pattern[str]


@cache
def _table() -> _Parties:
    table: dict[str, Any] = load("parties")
    generic = frozenset(table["generic"])
    groups = {
        plain(word): Party(name, entry["side"], name in generic)
        for name, entry in table["groups"].items()
        for word in entry["words"]
    }
    heads = {word: side for side, words in table["heads"].items() for word in words}
    return _Parties(groups, pattern(groups), heads, pattern(heads), pattern(table["actors"]), pattern(table["means"]))


@lru_cache(maxsize=1 << 14)
def party_of(label: str) -> Party | None:
    """The party that words name ("Bashar al-Assad's forces"); None for none known. The longest word found decides."""
    low, table = _BACKED.sub("", plain(label)[:300]), _table()
    if found := table.group_words.findall(low):
        # "Russian government": the one that names somebody before the one that fits several
        return table.groups[max(found, key=lambda w: (not table.groups[w].generic, len(w), w))]
    if found := table.head_words.findall(low):
        return Party(low.removeprefix("the "), table.heads[found[-1]])
    return None


@lru_cache(maxsize=1 << 14)
def accused_of(label: str) -> Party | None:
    """The party that the words for an agent accuse; None when they name a weapon or a deed, which accuses nobody."""
    low, table = plain(label)[:300], _table()
    known = party_of(label)
    if known and known.side and table.groups.get(low.removeprefix("the ")):
        return known
    if known is None and table.means.search(low) and not table.actors.search(low):
        return None
    if known is None:
        return Party(low.removeprefix("the "), None) if low else None
    return known


def same_party(a: Party, b: Party) -> bool:
    """Whether two names can be one party: the same name, or the same side where one of the names is generic."""
    return a.name == b.name or (a.side is not None and a.side == b.side and (a.generic or b.generic))
