"""Protected words are found however they are spelt, not inside longer words, and offsets fit what is shown."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probata.audit.shield import MARK, Edited, Shield
from probata.audit.spellings import size
from probata.model.errors import InputError
from probata.model.span import Span

SHIELD = Shield(["Velora al-Tammshik", "فلورة الحدّاد", "+963 944 123 456", "Ann Lo"])


@pytest.mark.parametrize(
    "text, shown",
    [
        ("Velora al-Tammshik said", "[protected] said"),
        ("VELORA TAMSHIK said", "[protected] said"),
        ("said Velora\n  Al-Tamshik.", "said [protected]."),
        ("Vélörä Ṭammshīk’s house", "[protected] house"),
        ("Velora Tamm-\nshik fled", "[protected] fled"),
        ("V e l o r a T a m s h i k", "[protected]"),
        ("Tammshik, Velora (34)", "[protected] (34)"),
        ("Velora\u200bTam\u00admshik", "[protected]"),
        ("write to velora.tammshik@post.example", "write to [protected]@post.example"),
        ("velora_tammshik", "[protected]"),
        ("see http://x.example/velora%20tammshik/1 there", "see [protected] there"),
        ("&#86;elora &#84;ammshik fled", "[protected] fled"),
        (r"\u0641\u0644\u0648\u0631\u0629 \u0627\u0644\u062d\u062f\u0627\u062f", "[protected]"),
        ("قالت فلورة الحداد", "قالت [protected]"),
        ("وفلورةَ حدّاد", "[protected]"),
        ("لفلوره الحـــداد", "[protected]"),
        ("call 00963944123456 or 963-944-123456", "call 00963944123456 or [protected]"),
        ("Ann Lo and ANN-LO", "[protected] and [protected]"),
    ],
)
def test_every_spelling_gives_way_to_the_mark(text: str, shown: str) -> None:
    assert SHIELD.text(text) == shown
    assert SHIELD.text(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Velora fled",
        "Veloraine Tammshikov",
        "Veloran Tammshik",
        "Tammshik is a village",
        "Anna Low",
        "an nlo",
        "حداد",
        "963944",
    ],
)
def test_other_words_stay(text: str) -> None:
    assert SHIELD.text(text) == text
    assert SHIELD.shown({"text": text, "start": 1, "end": 2}) == {"text": text, "start": 1, "end": 2}


@dataclass(frozen=True, slots=True)
class _Said:
    span: Span
    names: tuple[str, ...]


def test_records_of_any_shape_are_shown_without_the_words() -> None:
    name = "Velora Tammshik"
    value = {"a": [name, {"b": (name, 3, None)}], f"{name}.txt": _Said(Span(7, 7 + len(name), name), (name,))}
    assert SHIELD.shown(value) == {
        "a": [MARK, {"b": (MARK, 3, None)}],
        f"{MARK}.txt": _Said(Span(0, len(MARK), MARK), (MARK,)),
    }
    error = SHIELD.error(InputError("incident", name, "is none.", f"Not {name}."))
    assert str(error) == f"{MARK}: is none. Not {MARK}."
    assert SHIELD.shown({"start": 7, "end": 22, "text": name})["start"] is None


def test_a_shield_over_nothing_changes_nothing() -> None:
    value = {"a": ["Velora Tammshik"]}
    assert Shield(()).shown(value) is value


@pytest.mark.parametrize("words, letters", [("...", 0), ("Jo", 2), ("al-Tam", 3), ("حد", 2)])
def test_letters_that_count(words: str, letters: int) -> None:
    assert size(words) == letters


@given(st.text(max_size=40), st.text(max_size=40), st.data())
def test_spans_fit_the_text_as_it_is_shown(before: str, after: str, data: st.DataObject) -> None:
    text = f"{before} Velora Tammshik, {after} Ann Lo {before}"
    edited = Edited(text, SHIELD.edits(text), MARK)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    record = edited.record({"start": start, "end": end, "text": text[start:end]})
    assert edited.text[record["start"] : record["end"]] == record["text"]
    assert record["start"] < record["end"]
    assert "Velora" not in edited.text
    assert not SHIELD.holds(edited.text)


def test_repeated_words_are_hidden_each_time_and_others_are_the_same_objects() -> None:
    plain = "".join(["Tar", "qa"])
    shown = Shield(["Hadda Omri"]).shown({"a": "Hadda Omri", "b": ["Hadda Omri", "Tarqa"], "c": plain})
    assert shown == {"a": "[protected]", "b": ["[protected]", "Tarqa"], "c": "Tarqa"}
    assert shown["c"] is plain
