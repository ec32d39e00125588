"""Voices: what kind of speaker a claim has, and under which name it is the same speaker in other reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from probata.assess.parties import Party, party_of, pattern, plain
from probata.model.claim import Claim
from probata.vocab import load
from probata.vocab.placenames import key, skeleton

_CUT = re.compile(
    r"\s(?:from|in|at|on|of|near|who|which|within|inside|close|with|among|to|for|and|speaking|من|في|داخل|على|عن|قرب|لدى|"
    r"الذين|الذي|التي)\s|[,;(،]"
)
# who speaks in "a statement by the council" is the council
_TOLD_BY = re.compile(
    r"(?:(?:an?|the) )?(?:\w+ )?(?:statement|report|bulletin|press release|letter) (?:by|from|of) (?:the )?(?=\w)", re.I
)
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_ARABIC = re.compile("[\u0600-\u06ff]")
LONG_NAME = 7  # letters; shorter names are compared as spelt, since too many others share their consonants


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks. `key` is equal for one speaker under several spellings; `kind` is one of un, court, monitor, rescue,

    medical, named, party, anonymous, anonymous party, media, outlet (the report's own voice).
    """

    name: str
    key: str
    kind: str
    party: Party | None = None

    @property
    def is_named(self) -> bool:
        """Whether it is somebody whom a reader could ask."""
        return self.kind not in ("anonymous", "anonymous party", "media", "outlet")


OUTLET = Voice("the outlet itself", "", "outlet")


@dataclass(frozen=True, slots=True, eq=False)
class _Speakers:
    bodies: dict[str, tuple[str, str]]
    body_words: re.Pattern[str]
    unnamed: frozenset[str]
    media: re.Pattern[str]
    of_party: frozenset[str]
    publisher: frozenset[str]
    institutions: frozenset[str]
    offices: frozenset[str]
    no_names: frozenset[str]
    general: frozenset[str]
    civil: re.Pattern[str]
    alone: dict[str, str]


@cache
def _table() -> _Speakers:
    table: dict[str, Any] = load("parties")
    more: dict[str, Any] = load("voices")
    bodies = {plain(w): (name, e["kind"]) for name, e in table["bodies"].items() for w in e["words"]}
    return _Speakers(
        bodies,
        pattern(bodies),
        frozenset(table["unnamed"]) | frozenset(more["more_unnamed"]),
        pattern(table["media"]),
        frozenset(table["of_party"]),
        frozenset(table["publisher"]),
        frozenset(more["institutions"]),
        frozenset(more["offices"]),
        frozenset(more["more_unnamed"]) | frozenset(table["no_names"]),
        frozenset(more["general"]),
        pattern(more["civil"]),
        more["alone"],
    )


def voice_of(claim: Claim) -> Voice:
    """The voice of a claim's speaker; the outlet's own when it has none."""
    return voice(claim.speaker.name) if claim.speaker else OUTLET


@lru_cache(maxsize=1 << 14)
def voice(name: str) -> Voice:
    """The voice of a speaker by the name that the report gives it."""
    if (told := _TOLD_BY.match(name[:300])) is not None:
        return voice(name[told.end() : 300])
    table, low = _table(), plain(name)[:300]
    if found := table.body_words.findall(low):
        words_for = max(found, key=lambda w: (len(w), w))
        body, kind = table.bodies[words_for]
        if words_for in table.general and _other_name(name, words_for, body):
            return Voice(name, _name_key(name), kind)
        return Voice(body, body, kind, party_of(body) if kind == "party" else None)
    if (known_as := table.alone.get(low)) is not None:
        return Voice(known_as, known_as, next(k for n, k in table.bodies.values() if n == known_as))
    said = _WORD.findall(_CUT.split(name.replace("’", "'")[:300], maxsplit=1)[0])
    words = [w.lower() for w in said]
    if not words:
        return OUTLET if not low else Voice(name, low, "named")
    # a capital letter after the first word makes a name of it: "Activists" are unnamed, the "Karsa Monitor" is not
    # Arabic puts the head first: "witnesses" in "field witnesses", "sources" in "medical sources"
    head = words[0].removeprefix("ال") if _ARABIC.match(words[0]) else words[-1]
    if head in table.unnamed and (len(said) == 1 or not said[-1][:1].isupper()):
        if not table.of_party.isdisjoint(words) and "activist" not in low:
            return Voice(name, "", "anonymous party", party_of(" ".join(words)))
        return Voice(name, "", "anonymous")
    if table.media.search(low):
        if words[0] == "state":
            return Voice(name, low, "party", party_of(low))
        return Voice(name, publisher(name), "media")
    # "death toll from the rebel stronghold": the party must be in the head, or in what says whose office it is
    is_office = not table.institutions.isdisjoint(words)
    known = party_of(name) if is_office or party_of(" ".join(said)) is not None else None
    if known is not None and not table.civil.search(low):
        return Voice(name, known.name, "party", known)
    if not _is_name(said, table):
        return Voice(name, "", "anonymous")
    return Voice(name, _name_key(name), "named")


def _other_name(name: str, words: str, body: str) -> bool:
    """Whether a name has a capitalised word before the words for a body that is none of the body's own."""
    before = name[: plain(name).find(words)]
    return any(w[:1].isupper() and w not in body.split() and w not in ("The", "A") for w in _WORD.findall(before))


def _is_name(said: list[str], table: _Speakers) -> bool:
    """Whether words name somebody, and do not only describe people ("rescue workers", "Both first responders").

    Whom an office makes known ("the mayor") is somebody whom a reader could ask.
    """
    if not any(c.isalpha() and c.isascii() for w in said for c in w):
        return True  # a script without capital letters
    capital = [any(c.isupper() for c in w) for w in said]
    named = any(up and w.lower() not in table.no_names for up, w in zip(capital, said, strict=True))
    head = said[-1].lower()
    return capital[-1] or head in table.offices or (named and head in table.institutions)


def _name_key(name: str) -> str:
    spelt = key(name)
    return "~" + skeleton(spelt) if len(spelt) >= LONG_NAME and spelt.isascii() else spelt or plain(name)


@lru_cache(maxsize=1 << 14)
def publisher(outlet: str) -> str:
    """The name of an outlet without what its services differ in, so that its channel and its page are one publisher."""
    words = re.findall(r"[^\W_]+", plain(outlet).replace("-", " "))
    return " ".join(w for w in words if w not in _table().publisher) or plain(outlet)
