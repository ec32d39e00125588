"""The cue lexicon."""

from __future__ import annotations

import pytest

from probata.extract.attribution.cues import lexicon, verb_forms


@pytest.mark.parametrize(
    "lemma, form",
    [
        ("deny", "denied"),
        ("tell", "tells"),
        ("urge", "urging"),
        ("admit", "admitted"),
        ("stress", "stresses"),
        ("say", "saying"),
    ],
)
def test_verb_forms(lemma: str, form: str) -> None:
    assert form in verb_forms(lemma)


@pytest.mark.parametrize("form, lemma", [("said", "say"), ("told", "tell"), ("wrote", "write"), ("denies", "deny")])
def test_lexicon_lemma(form: str, lemma: str) -> None:
    assert lexicon().verbs[form][0] == lemma


def test_lexicon_lists_name_known_verbs() -> None:
    lex = lexicon()
    lemmas = {lemma for lemma, _ in lex.verbs.values()}
    assert (lex.trailing | lex.weak | lex.core) - lemmas == set()
