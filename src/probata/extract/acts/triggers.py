"""Triggers: the words of a sentence that can state an act."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from probata.extract.forms import noun_forms, verb_forms
from probata.extract.sentences import Sentence
from probata.vocab import load

VERB, NOUN, ADJECTIVE, PHRASE = "v", "n", "a", "p"


TOLL = "toll"  # figure, number, total: of whom, the words after it say
_NEXT = 4  # words after it that can say so
_NAMES_ACT = frozenset({"core", "person"})
_DEATHS = frozenset({"killing", "casualties"})
_HELD = frozenset({"attr"})  # a stronghold states who holds it in "is a stronghold of" only


_ACTORS = frozenset({"forces"})  # who acts; the verb only where it is tagged as one


@dataclass(frozen=True, slots=True)
class Entry:
    """A vocabulary entry: the claim type, the base form, its class there, and how it is met (v, n, a or p)."""

    type: str
    lemma: str
    group: str
    part: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """Word `at` of a sentence can state an act of `type`, by this vocabulary entry."""

    at: int
    type: str
    lemma: str
    group: str
    part: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by written form, those for verbs first and those for nouns first; phrases with their pattern."""

    as_verb: dict[str, tuple[Entry, ...]]
    as_noun: dict[str, tuple[Entry, ...]]
    pattern: re.Pattern[str]
    phrases: dict[str, tuple[Entry, ...]]


@cache
def lexicon() -> Lexicon:
    """acts.yml by written form."""
    words: dict[str, set[Entry]] = {}
    phrases: dict[str, set[Entry]] = {}

    def put(kind: str, groups: dict[str, list[str]], part: str, forms: Callable[[str], set[str]]) -> None:
        for group, bases in groups.items():
            for base in bases:
                for form in forms(base):
                    words.setdefault(form, set()).add(Entry(kind, base, group, part))

    for kind, entry in load("acts").items():
        if not isinstance(entry, dict):
            continue
        put(kind, entry["verbs"], VERB, verb_forms)
        put(kind, entry["nouns"], NOUN, noun_forms)
        put(kind, {"core": entry["adjectives"]}, ADJECTIVE, lambda base: {base})
        for phrase in entry["phrases"]:
            phrases.setdefault(phrase, set()).add(Entry(kind, phrase, "core", PHRASE))
    pattern = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, phrases), key=len, reverse=True)) + r")\b")

    def ordered(entries: set[Entry], parts: str) -> tuple[Entry, ...]:
        return tuple(sorted(entries, key=lambda e: (parts.index(e.part), e.type, e.lemma, e.group)))

    return Lexicon(
        {k: ordered(v, "vanp") for k, v in words.items()},
        {k: ordered(v, "navp") for k, v in words.items()},
        pattern,
        {k: ordered(v, "navp") for k, v in phrases.items()},
    )


def triggers(s: Sentence, text: str) -> list[Trigger]:
    """The triggers of a sentence in order, one for each type that a word can state. The tag decides verb or noun."""
    lex = lexicon()
    out: list[Trigger] = []
    taken: set[tuple[int, str]] = set()

    def add(i: int, e: Entry) -> None:
        if (i, e.type) not in taken:
            taken.add((i, e.type))
            out.append(Trigger(i, e.type, e.lemma, e.group, e.part))

    for m in lex.pattern.finditer(text[s.start : s.end].lower()):
        at = s.at(s.start + m.start())
        if at < len(s.words):
            for e in lex.phrases[m.group()]:
                add(at, e)
    for i, low in enumerate(s.low):
        tag = s.tags[i] if s.tags else ""
        table = lex.as_verb if tag[:1] == "V" else lex.as_noun
        entries = table.get(low) or (table.get(low.replace("*", "")) if "*" in low else None)
        for e in entries or ():
            if (
                _fits(e.part, tag)
                and not (e.part == VERB and tag[:2] == "NN" and low in _ACTORS)
                and (e.group != "area" or not s.deps or s.deps[i] in _HELD)
                and not (e.group == TOLL and _counts_others(s, i, e.type, lex))
            ):
                add(i, e)
    out.sort(key=lambda t: t.at)
    return out


def _counts_others(s: Sentence, at: int, kind: str, lex: Lexicon) -> bool:
    """Whether the words after a figure say that it is one of another act: "the number displaced", "total wounded"."""
    for i in range(at + 1, min(at + 1 + _NEXT, len(s.words))):
        tag = s.tags[i] if s.tags else ""
        if tag[:1] == "V" and tag != "VBN":
            return False
        table = lex.as_verb if tag[:1] == "V" else lex.as_noun
        types = {e.type for e in table.get(s.low[i], ()) if e.group in _NAMES_ACT and e.part != PHRASE}
        if types:
            return kind not in types and not types & _DEATHS
    return False


def _fits(part: str, tag: str) -> bool:
    if not tag:
        return True
    if part == VERB:
        return tag[0] == "V" or tag in ("JJ", "NN", "NNS", "NNP")
    if part == NOUN:
        return tag[0] == "N" or tag in ("VBG", "JJ", "VB", "VBP", "VBZ", "VBN", "VBD")
    return True
