"""The cue lexicon: which word forms can say that somebody speaks, believes, denies or wants."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

_VOCAB = Path(__file__).parents[2] / "vocab" / "cues.yml"
_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Forms to (lemma, kind) for verbs and nouns, to kind for adjectives and adverbs.

    `trailing` are lemmas that may follow their content, `weak` ones whose subject need not vouch for the content,
    `core` ones those of reports of violence, kept on weaker evidence, `forms` every word form that can be a cue.
    """

    verbs: dict[str, tuple[str, str]]
    nouns: dict[str, tuple[str, str]]
    adjectives: dict[str, str]
    adverbs: dict[str, str]
    trailing: frozenset[str]
    weak: frozenset[str]
    core: frozenset[str]
    forms: frozenset[str]


def verb_forms(lemma: str) -> set[str]:
    """The regular forms of an English verb; a final consonant after one vowel is given both doubled and single."""
    out = {lemma}
    last, before = lemma[-1], lemma[-2:-1]
    if last == "y" and before not in _VOWELS:
        out |= {lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"}
    elif last == "e":
        out |= {lemma + "s", lemma + "d", lemma[:-1] + "ing", lemma + "ing"}
    else:
        hiss = last in "sxzo" or lemma.endswith(("ch", "sh"))
        out |= {lemma + ("es" if hiss else "s"), lemma + "ed", lemma + "ing"}
        if last not in "wxy" and last not in _VOWELS and before in _VOWELS and lemma[-3:-2] not in _VOWELS:
            out |= {lemma + last + "ed", lemma + last + "ing"}
    return out


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of vocab/cues.yml; a word listed under two kinds keeps the first."""
    data = yaml.load(_VOCAB.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    irregular: dict[str, str] = data["irregular"]
    verbs: dict[str, tuple[str, str]] = {}
    for kind, lemmas in data["verbs"].items():
        for lemma in lemmas.split():
            for form in sorted(verb_forms(lemma)) + irregular.get(lemma, "").split():
                verbs.setdefault(form, (lemma, kind))
    nouns: dict[str, tuple[str, str]] = {}
    for kind, words in data["nouns"].items():
        for word in words.split():
            nouns.setdefault(word, (word, kind))
            nouns.setdefault(_plural(word), (word, kind))
    flat = {
        part: {word: kind for kind, words in data[part].items() for word in words.split()}
        for part in ("adjectives", "adverbs")
    }
    trailing, weak, core = (frozenset(data[part].split()) for part in ("trailing", "weak", "core"))
    forms = frozenset([*verbs, *nouns, *flat["adjectives"], *flat["adverbs"], "according"])
    return Lexicon(verbs, nouns, flat["adjectives"], flat["adverbs"], trailing, weak, core, forms)
