"""One state, one source: the offices of one government are not independent of each other."""

from __future__ import annotations

from collections.abc import Iterable

from probata.assess.voices import Voice
from probata.vocab import load
from probata.vocab.partynames import parties, parties_of


def one_state(voices: Iterable[Voice]) -> list[frozenset[str]]:
    """Sets of keys of voices that are one government: its ministries, its army, its press.

    Those whose country is named ("Syrian Interior Ministry") are one with others of that country. Those of no country
    ("the army") are one, and one with a named government where just one is heard. Allies are governments of their own.
    """
    named: list[tuple[set[str], set[str]]] = []  # words for the country, and keys
    bare: set[str] = set()
    for voice in voices:
        words = _country(voice)
        if words is None:
            continue
        if not words:
            bare.add(voice.key)
            continue
        same = [n for n in named if n[0] & words]
        named = [n for n in named if n not in same]
        named.append((words.union(*(n[0] for n in same)), {voice.key}.union(*(n[1] for n in same))))
    if len(named) == 1:
        named[0][1].update(bare)
    elif bare:
        named.append((set(), bare))
    return [frozenset(keys) for _, keys in named if len(keys) > 1]


def _country(voice: Voice) -> set[str] | None:
    """The words that tell one government from another, none for "the army"; None for whoever is no government."""
    if voice.kind != "party" or voice.party is None or voice.party.side != "government":
        return None
    known = parties()
    found = [p for p in parties_of(voice.name) if p.side == "government"]
    if not found or any(p.name in known.allies for p in found):
        return None
    left = {w for p in found for w in p.name.lower().split()}
    return left - set(load("voices")["office"]) - set(known.heads) - set(known.no_names)
