"""Party names: neutral names and sides of those whom reports name, from vocab/parties.yml and a user's own file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from probata.vocab import load
from probata.vocab.gazetteer import gazetteer
from probata.vocab.partyfile import OWN, own_parties

_SPACE = re.compile(r"\s+")
_BACKED = re.compile(r"\b[\w.]+-(?:backed|supported|trained|armed)\b", re.IGNORECASE)  # the backer did not do it
_NAME = re.compile(r"\b[^\W\d_a-z][\w’'-]*")
_LONGEST = 300  # characters of a label that are looked at


@dataclass(frozen=True, slots=True)
class Party:
    """A party under a neutral name; `side` is None where nothing tells it. `generic` names fit several parties."""

    name: str
    side: str | None
    generic: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Parties:
    """The parties by word, the heads that give a side, words of those who act and of what is used, sides at war."""

    groups: dict[str, Party]
    group_words: re.Pattern[str]
    group_words_any: re.Pattern[str]
    short: dict[str, Party]
    short_words: re.Pattern[str]
    heads: dict[str, str]
    head_words: re.Pattern[str]
    sideless: re.Pattern[str]
    actors: re.Pattern[str]
    means: re.Pattern[str]
    generic: dict[str, Party]
    allies: frozenset[str]
    opposed: frozenset[frozenset[str]]
    no_names: frozenset[str]


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the words as whole words, the longest first."""
    return re.compile(rf"(?<![\w-])(?:{either(words)})(?![\w])")


def either(words: Iterable[str]) -> str:
    """The words as alternatives of a pattern, the longest first."""
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))


def plain(name: str) -> str:
    """A name in lower case with plain spaces and apostrophes."""
    return _SPACE.sub(" ", name.lower().replace("’", "'")).strip()


@cache
def parties() -> Parties:
    """The table, with the parties of the file that the setting PROBATA_PARTIES names, if it does; read once."""
    table = load("parties")
    path = os.environ.get(OWN)
    rows = {**table["groups"], **(own_parties(path) if path else {})}
    generic = frozenset(table["generic"])
    by_name = {name: Party(name, row["side"], name in generic) for name, row in rows.items()}
    groups = {plain(word): by_name[name] for name, row in rows.items() for word in row["words"]}
    short = {word: by_name[name] for name, row in rows.items() for word in row.get("short", ())}
    heads = {word: side for side, words in table["heads"].items() for word in words}
    return Parties(
        groups=groups,
        group_words=pattern(groups),
        group_words_any=re.compile(pattern(groups).pattern, re.IGNORECASE),
        short=short,
        short_words=pattern(short),
        heads=heads,
        head_words=pattern(heads),
        sideless=pattern(table["sideless"]),
        actors=pattern(table["actors"]),
        means=pattern(table["means"]),
        generic={by_name[name].side or "": by_name[name] for name in sorted(generic)},
        allies=frozenset(table["allies"]),
        opposed=frozenset(frozenset(two) for two in table["opposed"]),
        no_names=frozenset(table["no_names"]),
    )


def party_of(label: str) -> Party | None:
    """The party that words name ("Bashar al-Assad's forces"); None for none known. The longest word found decides.

    Of a name before a word that fits several ("Seleka rebels") the party is made; its side is that of the word.
    """
    return _party_of(label[:_LONGEST], parties())


@lru_cache(maxsize=1 << 14)
def _party_of(label: str, table: Parties) -> Party | None:
    said = _BACKED.sub("", label.replace("’", "'"))
    low = plain(said)
    if found := table.group_words.findall(low):
        # "Russian government": the one that names somebody before the one that fits several
        party = table.groups[max(found, key=lambda w: (not table.groups[w].generic, len(w), w))]
        if not party.generic or not (own := _own_name(said, table)):
            return party
        return Party(f"{own.lower()} {max(found, key=len)}", party.side)
    if found := table.short_words.findall(said):
        return table.short[found[0]]
    if found := table.head_words.findall(low):
        side = None if table.sideless.search(low) else table.heads[found[-1]]
        return Party(low.removeprefix("the "), side)
    return None


def parties_of(label: str) -> frozenset[Party]:
    """All parties that words name: those of the table, else the one of its head, else one of each name in it."""
    return _parties_of(label[:_LONGEST], parties())


@lru_cache(maxsize=1 << 14)
def _parties_of(label: str, table: Parties) -> frozenset[Party]:
    said = _BACKED.sub("", label.replace("’", "'"))
    low = plain(said)
    found = {table.groups[w] for w in table.group_words.findall(low)}
    found |= {table.short[w] for w in table.short_words.findall(said)}
    if named := {p for p in found if not p.generic}:
        return frozenset(named)
    if found and not _own_name(said, table):
        return frozenset(found)
    if (party := _party_of(label, table)) is not None:
        generic = table.generic.get(party.side or "")
        bare = generic is not None and not _NAME.search(said.removeprefix("The "))
        return frozenset({generic if bare and generic else replace(party, name=_core(said) or party.name)})
    return frozenset(Party(w.lower(), None) for w in _NAME.findall(said) if w.lower() not in ("the", "a", "an"))


def same_party(a: Party, b: Party) -> bool:
    """Whether two names can be one party: the same name, or the same side where one of the names is generic."""
    return a.name == b.name or (a.side is not None and a.side == b.side and (a.generic or b.generic))


def meant(a: Party, b: Party) -> bool:
    """Whether two reports can mean one party: as `same_party`, but no generic name of a side means its allies."""
    return a.name == b.name or (same_party(a, b) and parties().allies.isdisjoint((a.name, b.name)))


def opposed(a: Party, b: Party) -> bool:
    """Whether two parties are of sides that fight each other."""
    return a.side is not None and b.side is not None and frozenset((a.side, b.side)) in parties().opposed


def _own_name(said: str, table: Parties) -> str:
    """The name of its own that a label gives a party ("Seleka" of "the Seleka rebels"), "" when it gives none.

    A place or a people ("Syrian rebels") is no name of a party.
    """
    rest = table.group_words_any.sub(" ", said)
    own = [m for m in _NAME.finditer(rest) if not _told(m.group(), table)]
    return _SPACE.sub(" ", rest[own[0].start() : own[-1].end()]) if own else ""


@lru_cache(maxsize=1 << 12)
def _told(word: str, table: Parties) -> bool:
    low = plain(word)
    return (
        low in table.groups
        or low in table.heads
        or low in table.no_names
        or bool(table.actors.fullmatch(low))
        or bool(gazetteer().find(word) or (word.endswith("s") and gazetteer().find(word[:-1])))
    )


def _core(said: str) -> str:
    """The capitalised words of a label: "karsa" of "the Karsa army" and of "Karsa's soldiers"."""
    words = [w.lower().replace("’", "'").removesuffix("'s") for w in _NAME.findall(said)]
    return " ".join(w for w in words if w not in ("the", "a", "an"))
