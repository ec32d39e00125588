"""Place names found before parsing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probata.extract.mentions.places import find_places


def names(text: str) -> list[str]:
    return [text[p.start : p.end] for p in find_places(text, 0, len(text))]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Shells fell on Aleppo and Idlib.", ["Aleppo", "Idlib"]),
        ("In Aleppo, residents fled.", ["Aleppo"]),
        ("Aleppo residents fled to al-Bab and Deir ez-Zor.", ["Aleppo", "al-Bab", "Deir ez-Zor"]),
        ("They fled Al Hasakah for el-Fasher.", ["Al Hasakah", "el-Fasher"]),
        ("Syria's Idlib and Aleppo’s Sukkari quarter", ["Syria", "Idlib", "Aleppo", "Sukkari"]),
        ("Syrias Idlib province and Aleppos Bustan al-Qasr", ["Syria", "Idlib", "Aleppo", "Bustan al-Qasr"]),
        ("a raid on the Gaza Strip and the West Bank", ["Gaza Strip", "West Bank"]),
        ("Khartoum, El Fasher and Nyala in Darfur", ["Khartoum", "El Fasher", "Nyala", "Darfur"]),
        ("fighting in the Democratic Republic of the Congo", ["Democratic Republic of the Congo"]),
        ("Turkey Lebanon and Jordan took them in.", ["Turkey", "Lebanon", "Jordan"]),
        ("KHARTOUM, June 3 (Our Agency) - Shells fell.", ["KHARTOUM"]),
        ("It is held in the US, he said.", ["US"]),
        ("They met in New York and St. Petersburg.", ["New York", "St. Petersburg"]),
        ("the Hasaka-Qamishli highway", ["Hasaka", "Qamishli"]),
    ],
)
def test_find_places_known(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text, expected, kind, wide",
    [
        ("the village of Qeldun burned", "Qeldun", "settlement", "village of Qeldun"),
        ("Qeldun village burned", "Qeldun", "settlement", "Qeldun village"),
        ("the Qeldun refugee camp", "Qeldun", "named-feature", "Qeldun refugee camp"),
        ("the Qeldun border crossing", "Qeldun", "named-feature", "Qeldun border crossing"),
        ("in al-Qeldun neighbourhood", "al-Qeldun", "neighbourhood", "al-Qeldun neighbourhood"),
        ("in Idlib province", "Idlib", "region", "Idlib province"),
        ("the province of Idlib", "Idlib", "region", "province of Idlib"),
        ("Tel Qeldun town was hit", "Tel Qeldun", "settlement", "Tel Qeldun town"),
    ],
)
def test_find_places_with_a_word_of_kind(text: str, expected: str, kind: str, wide: str) -> None:
    (place,) = find_places(text, 0, len(text))
    assert (text[place.start : place.end], place.kind, text[place.wide_start : place.wide_end]) == (
        expected, kind, wide,
    )  # fmt: skip
    assert place.in_gazetteer == (expected == "Idlib")


@pytest.mark.parametrize(
    "text",
    [
        "Mohammed al-Omari told reporters.",
        "President Hassan al-Halabi resigned, and Abu Omar al-Tal followed.",
        "The Syrian Observatory for Human Rights said so.",
        "The Aleppo Media Centre filmed it.",
        "Syrian and Russian warplanes; Syrians and Russians fled.",
        "US warplanes struck; a US-backed, Saudi-led, Damascus-based group",
        "They crossed to the west bank of the river.",
        "On Monday, March 3, Most of them Hit back. Reading and Nice were heard.",
        "The White House and the Kazakh envoy; Will it last? Toll rises.",
        "SANA, AFP and TASS reported.",
    ],
)
def test_find_places_finds_none_in_people_bodies_and_peoples(text: str) -> None:
    assert names(text) == []


def test_find_places_small_place_needs_a_cue() -> None:
    assert names("Atareb spoke first.") == []
    assert names("People died in Atareb.") == ["Atareb"]
    assert names("Aleppo, Atareb and Sarmin") == ["Aleppo", "Atareb", "Sarmin"]
    assert names("Atareb spoke first. Later, in Atareb, all was quiet.") == ["Atareb", "Atareb"]


def test_find_places_offsets_count_in_the_whole_text() -> None:
    text = "Aleppo fell. Idlib stood."
    assert [(p.start, p.end) for p in find_places(text, 13, len(text))] == [(13, 18)]


@given(st.text(st.sampled_from("Aa -al’'.,\nAleppo Syria province of village أحلبÉ\u202e\u200f"), max_size=80))
def test_find_places_any_text_gives_ordered_spans(text: str) -> None:
    found = find_places(text, 0, len(text))
    at = 0
    for p in found:
        assert at <= p.start < p.end <= p.wide_end <= len(text)
        assert p.wide_start <= p.start
        at = p.end


def test_find_places_cost_is_linear() -> None:
    def cost(times: int) -> float:
        text = "Aleppo Qeldun al-Bab town of Idlib and " * times
        began = time.process_time()
        find_places(text, 0, len(text))
        return time.process_time() - began

    cost(50)
    assert cost(8000) < 30 * max(cost(800), 0.005)
