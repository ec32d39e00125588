"""Queries: what they ask for, what they refuse, and where a text has it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probata.model.errors import InputError
from probata.vocab import query
from probata.vocab.query import Term, marks, terms


@pytest.mark.parametrize(
    "asked, expected",
    [
        ("Mayor", [Term((("mayor",),))]),
        ("shelling, killed  shelling", [Term((("shelling",),)), Term((("killed",),))]),
        ("shell*", [Term((("shell",),), prefix=True)]),
        ("Su-2*", [Term((("su2",), ("su", "2")), prefix=True)]),
        ('"The mayor’s office"', [Term((("the", "mayor", "office"),), exact=True)]),
        ("«بالقصف»", [Term((("بالقصف",),), exact=True)]),
        ("بالقصف", [Term((("قصف",),))]),
        ('one "two three" four', [Term((("one",),)), Term((("two", "three"),), exact=True), Term((("four",),))]),
        ('"" one "…"', [Term((("one",),))]),
        ('one "two three', [Term((("one",),)), Term((("two",),)), Term((("three",),))]),
    ],
)
def test_query_terms(asked: str, expected: list[Term]) -> None:
    assert terms(asked) == tuple(expected)


@pytest.mark.parametrize(
    "asked, said",
    [
        ("", "no word"),
        ("  … * \x00 \u202e", "no word"),
        ('""', "no word"),
        (" ".join(f"w{n}" for n in range(query.MOST + 1)), "too long"),
        ('"' + "a " * (query.LONGEST + 1) + '"', "too long"),
    ],
)
def test_query_refuses(asked: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        terms(asked)


@pytest.mark.parametrize(
    "asked, text, expected",
    [
        ("mayor", "The Mayor’s men met the mayor.", ["Mayor’s", "mayor"]),
        ("shell*", "Shells, shelling; eggshell", ["Shells", "shelling"]),
        ('"the mayor"', "The Mayor, the old mayor, the mayors", ["The Mayor"]),
        ('"a a"', "a a a", ["a a", "a a"]),
        ("cease-fire", "A ceasefire; cease all fire; cease fire", ["ceasefire", "cease fire"]),
        ("القصف", "قُتل بالقصف وقصف", ["بالقصف", "وقصف"]),
        ('"القصف"', "القصف بالقصف", ["القصف"]),
        ("one two", "two one", ["two", "one"]),
        ("four", "one two", []),
    ],
)
def test_query_marks(asked: str, text: str, expected: list[str]) -> None:
    assert [text[m.start : m.end] for m in marks(text, terms(asked))] == expected


@settings(max_examples=100, deadline=None)
@given(st.text(), st.text())
def test_query_raises_nothing_else(asked: str, text: str) -> None:
    try:
        wanted = terms(asked)
    except InputError:
        return
    for mark in marks(text, wanted):
        assert 0 <= mark.start < mark.end <= len(text)
        assert wanted[mark.term]
