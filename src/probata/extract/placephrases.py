"""Place phrases: a place name with all that is strung to it ("a village in the north of Harran province")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from probata.extract.kinds import table
from probata.extract.mentions.places import PlaceWords
from probata.extract.sentences import Sentence

_NONE: frozenset[str] = frozenset()
# One letter a word: N name, A noun of place, m modifier, d determiner, p link, c and, k comma, x anything else.
_PHRASE = re.compile(r"m*[AN]+(?:(?:p|k|c|kp|cp|pp)?d?m*[AN]+)*")
_LINKS = frozenset("of in near outside inside around at on across between from close adjacent beyond along".split())
_DETERMINERS = frozenset("the a an its their his this that".split())
_REALMS = frozenset({"State", "Emirate", "Army", "Front"})
_BODIES = frozenset({"armed", "body"})
_LOCATIVE = frozenset(
    (
        "in at near on outside inside around across throughout into over within against towards toward along from to of"
    ).split()
)
_MODIFIER_TAGS = frozenset({"JJ", "JJS", "JJR", "HYPH", "NNP", "NNPS", "VBN", "CD", "POS"})


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """Offsets of a place phrase, its head word, whether it holds a name, names only a country, and the word before."""

    start: int
    end: int
    head: int  # word index of the first noun
    sentence: int
    named: bool
    country: bool
    before: str
    name: str = ""  # the first name in it


def place_phrases(s: Sentence, text: str, places: Sequence[PlaceWords]) -> list[PlacePhrase]:
    """The place phrases of a parsed sentence, in order. `places` are the names found in it."""
    letters = _letters(s, places)
    out = []
    for m in _PHRASE.finditer(letters):
        first, last = m.start(), m.end() - 1
        run = letters[first : last + 1]
        while first < last and s.tags[first] in ("CD", "POS", "HYPH"):
            first += 1
        head = m.start() + re.search(r"[AN]+", run).end() - 1  # type: ignore[union-attr]
        if _is_body(s, first, last):
            continue
        start, end = s.starts[first], s.ends[last]
        for p in places:
            if s.starts[last] < p.end < end:
                end = p.end  # "Syrias": the name without the s that lost its apostrophe
        names = [p for p in places if start <= p.start < end]
        country = bool(names) and all(p.kind == "country" for p in names) and "A" not in run
        before = s.low[m.start() - 1] if m.start() else "^"
        if before in _DETERMINERS and m.start() > 1:
            before = s.low[m.start() - 2]
        name = text[names[0].start : names[0].end] if names else ""
        out.append(PlacePhrase(start, end, head, s.index, bool(names), country, before, name))
    return out


def _is_body(s: Sentence, first: int, last: int) -> bool:
    """Whether the words are part of a body's name: "Harran Liberation Front", "the State of A and B"."""
    kinds = table()
    if first and s.low[first - 1] in _LOCATIVE and s.low[first - 1] != "of":
        return False
    after = last + 1
    while after < len(s.tags) and after <= last + 3 and s.tags[after][:3] == "NNP":
        if kinds.get(s.low[after], _NONE) & _BODIES:
            return True
        after += 1
    return first > 1 and s.low[first - 1] in ("of", "in") and s.words[first - 2] in _REALMS


def is_locative(word: str) -> bool:
    """Whether a word before a place phrase says that something is there."""
    return word in _LOCATIVE


def _letters(s: Sentence, places: Sequence[PlaceWords]) -> str:
    kinds = table()
    letters = []
    at = 0
    for i, low in enumerate(s.low):
        start = s.starts[i]
        while at < len(places) and places[at].end <= start:
            at += 1
        if at < len(places) and places[at].start <= start:
            letters.append("N")
        elif low in _DETERMINERS:
            letters.append("d")
        elif low in _LINKS:
            letters.append("p")
        elif low == "and":
            letters.append("c")
        elif low == ",":
            letters.append("k")
        elif s.tags[i][:2] in ("NN", "RB", "JJ") and "area" in kinds.get(low, _NONE) and s.deps[i] != "compound":
            letters.append("A")
        elif s.tags[i] in _MODIFIER_TAGS or (s.tags[i] == "NN" and s.deps[i] in ("compound", "amod", "nmod")):
            letters.append("m")
        else:
            letters.append("x")
    return "".join(letters)
