"""The vocabulary of speakers: roles, people, bodies, media, ways of knowing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

_VOCAB = Path(__file__).parents[2] / "vocab" / "speakers.yml"


@dataclass(frozen=True, slots=True)
class Speakers:
    """Word sets of vocab/speakers.yml, lower case; `basis` is word to kind, `acronyms` known bodies."""

    roles: frozenset[str]
    people: frozenset[str]
    bodies: frozenset[str]
    vague_bodies: frozenset[str]
    media: frozenset[str]
    role_words: frozenset[str]
    watching: frozenset[str]
    monitors: frozenset[str]
    generic: frozenset[str]
    modifiers: frozenset[str]
    things: frozenset[str]
    basis: dict[str, str]
    acronyms: dict[str, str]


@lru_cache(maxsize=1)
def speakers() -> Speakers:
    """The vocabulary, read once."""
    data = yaml.load(_VOCAB.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    basis = {word: kind for kind, words in data["basis"].items() for word in words.split()}
    words = {key: frozenset(data[key].split()) for key in _SETS}
    return Speakers(**words, basis=basis, acronyms=dict(data["acronyms"]))


_SETS = (
    "roles",
    "people",
    "bodies",
    "vague_bodies",
    "media",
    "role_words",
    "watching",
    "monitors",
    "generic",
    "modifiers",
    "things",
)
