"""Snippets: the piece that shows most of what was searched for, with true offsets."""

from __future__ import annotations

import pytest

from probata.store.snippets import snippet
from probata.vocab.query import terms

FILL = "Nothing of note was told that day by anyone. " * 20


@pytest.mark.parametrize(
    "asked, text, marked",
    [
        ("mayor", "The mayor spoke.", ["mayor"]),
        ("mayor clinic", f"The mayor spoke. {FILL} The mayor of Tarqa saw the clinic.", ["mayor", "clinic"]),
        ("mayor clinic", f"The clinic. {FILL} The mayor. {FILL}", ["clinic"]),
        ('"the mayor"', f"{FILL}The  Mayor’s men{FILL}", ["The  Mayor’s"]),
        ("القصف", f"{FILL}قُتلوا بالقصف.", ["بالقصف"]),
        ("mayor", "x" * 5000 + " mayor " + "y" * 5000, ["mayor"]),
        ("東", "東京" * 2000, ["東"] * 31),
    ],
)
def test_snippet_shows_the_most(asked: str, text: str, marked: list[str]) -> None:
    found = snippet(text, terms(asked))
    assert found
    assert found.text == text[found.start : found.end]
    assert [text[m.start : m.end] for m in found.marks] == marked
    assert len(found.text) < 340
    for mark in found.marks:
        assert found.start <= mark.start < mark.end <= found.end


def test_snippet_cuts_at_spaces() -> None:
    found = snippet(FILL + "mayor " + FILL, terms("mayor"))
    assert found
    assert set(found.text.split()) <= set((FILL + "mayor").split())


def test_snippet_of_a_text_without_the_words_is_none() -> None:
    assert snippet("Nothing.", terms("mayor")) is None
    assert snippet("", terms("mayor")) is None


def test_a_snippet_of_a_long_text_is_looked_for_until_a_term_is_found() -> None:
    wanted = terms("mayor spoke")
    filler = "words of nothing " * 10_000
    found = snippet(filler + "the mayor spoke " + filler, wanted)
    assert found
    assert {m.term for m in found.marks} == {0, 1}
    assert "the mayor spoke" in found.text
    early = snippet("mayor " + filler + "the mayor spoke", wanted)
    assert early
    assert early.start == 0
    assert snippet("nomayor" * 40_000, wanted) is None
    assert snippet(filler, wanted) is None


def test_no_word_is_cut_in_two_between_stretches() -> None:
    for shift in range(0, 12, 4):
        text = "x" * shift + " " + "unmarketable " * 8_000
        assert snippet(text, terms("market")) is None
        assert snippet(text, terms("able")) is None
