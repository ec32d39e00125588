"""Number phrases: bounds, words, and kinds that are no counts of people."""

from __future__ import annotations

import pytest

from probata.extract.mentions.figures import value
from probata.extract.mentions.numbers import find_numbers

COUNTS: list[tuple[str, str, int | None, int | None, str]] = [
    ("killing 12 people", "12", 12, 12, "n"),
    ("Twenty-six men died", "Twenty-six", 26, 26, "n"),
    ("one hundred and twenty-six people", "one hundred and twenty-six", 126, 126, "n"),
    ("1,100 people", "1,100", 1100, 1100, "n"),
    ("at least 12 people", "at least 12", 12, None, "at-least-n"),
    ("At least two officers", "At least two", 2, None, "at-least-n"),
    ("no fewer than nine men", "no fewer than nine", 9, None, "at-least-n"),
    ("12 or more people", "12 or more", 12, None, "at-least-n"),
    ("90+ people", "90+", 90, None, "at-least-n"),
    ("more than 90 people", "more than 90", 91, None, "more-than-n"),
    ("over 90 people", "over 90", 91, None, "more-than-n"),
    ("well over 1000 civilians", "well over 1000", 1001, None, "more-than-n"),
    ("more than a dozen men", "more than a dozen", 13, None, "more-than-n"),
    ("more than a quarter of a million people", "more than a quarter of a million", 250001, None, "more-than-n"),
    ("up to 30 people", "up to 30", None, 30, "up-to-n"),
    ("as many as 1300 people", "as many as 1300", None, 1300, "up-to-n"),
    ("nearly two hundred people", "nearly two hundred", None, 200, "nearly-n"),
    ("almost 200 people", "almost 200", None, 200, "nearly-n"),
    ("fewer than 10 people", "fewer than 10", None, 9, "fewer-than-n"),
    ("around 41 people", "around 41", 41, 41, "about-n"),
    ("some 41 people", "some 41", 41, 41, "about-n"),
    ("an estimated 220000 dead", "an estimated 220000", 220000, 220000, "about-n"),
    ("approximately 6.5 million people", "approximately 6.5 million", 6_500_000, 6_500_000, "about-n"),
    ("1.2m people", "1.2m", 1_200_000, 1_200_000, "n"),
    ("half a million people", "half a million", 500_000, 500_000, "n"),
    ("one and a half million people", "one and a half million", 1_500_000, 1_500_000, "n"),
    ("a couple of men", "a couple", 2, 2, "n"),
    ("two dozen men", "two dozen", 24, 24, "n"),
    ("10 to 12 people", "10 to 12", 10, 12, "range"),
    ("10-12 people", "10-12", 10, 12, "range"),
    ("between 10 and 12 people", "between 10 and 12", 10, 12, "range"),
    ("one or two people", "one or two", 1, 2, "range"),
    ("2 to 3 million people", "2 to 3 million", 2_000_000, 3_000_000, "range"),
    ("Dozens of civilians", "Dozens", None, None, "words"),
    ("tens of thousands of people", "tens of thousands", None, None, "words"),
    ("hundreds of thousands of people", "hundreds of thousands", None, None, "words"),
    ("several hundred people", "several hundred", None, None, "words"),
    ("a large number of people", "a large number of", None, None, "words"),
    ("a number of civilians", "a number of", None, None, "words"),
    ("an unspecified number were hurt", "an unspecified number", None, None, "words"),
    ("many were wounded", "many", None, None, "words"),
    ("One was killed", "One", 1, 1, "n"),
    ("12 Kestrian soldiers", "12", 12, 12, "n"),
    ("2000 civilians fled", "2000", 2000, 2000, "n"),
]


@pytest.mark.parametrize("text, words, low, high, rule", COUNTS)
def test_numbers_counts(text: str, words: str, low: int | None, high: int | None, rule: str) -> None:
    found = [(text[n.start : n.end], n.low, n.high, n.rule, n.kind) for n in find_numbers(text, 0, len(text))]
    assert found == [(words, low, high, rule, "count")]


OTHER = [
    ("a man aged 12", "12", "age"),
    ("a 12-year-old boy", "12-year-old", "age"),
    ("Ziad 13, fled", "13", "age"),
    ("Hassan Mardi , 45, head of a school", "45", "age"),
    ("Omar Dali (52) fled", "52", "age"),
    ("50% of homes", "50", "percent"),
    ("50 per cent of homes", "50", "percent"),
    ("a 152mm shell", "152", "calibre"),
    ("7.62 rounds", "7.62", "calibre"),
    ("15 kilometres away", "15", "distance"),
    ("about 40 km north", "about 40", "distance"),
    ("0.3 miles", "0.3", "distance"),
    ("500m away", "500m", "distance"),
    ("$6.5 million in aid", "$6.5 million", "money"),
    ("500 dollars", "500", "money"),
    ("the 4th brigade", "4th", "ordinal"),
    ("more than half of the homes", "more than half", "share"),
    ("two thirds of the homes", "two thirds", "share"),
    ("half the population", "half", "share"),
    ("three days of shelling", "three", "clock"),
    ("struck four times", "four", "clock"),
    ("many times over", "many", "clock"),
    ("resolution 2254", "2254", "label"),
    ("the Group of 7", "7", "label"),
    ("Operation Wadi Dawn 8 began", "8", "label"),
    ("the 2013 agreement", "2013", "label"),
    ("ten air strikes", "ten", "thing"),
    ("dozens of rockets", "Dozens", "thing"),
    ("several Kestrian tanks", "several", "count"),  # an unknown word between: left to the parse
    ("over 30 tanks", "over 30", "thing"),
    ("15 civilian homes", "15", "thing"),
]


@pytest.mark.parametrize("text, words, kind", OTHER)
def test_numbers_kinds(text: str, words: str, kind: str) -> None:
    found = [(text[n.start : n.end].lower(), n.kind) for n in find_numbers(text, 0, len(text))]
    assert found == [(words.lower(), kind)]


NONE = ["a Su-24 jet", "a T-72 tank", "one another", "no figure here", "how many died?", "at 2:05", "on 26/8/2022", ""]


@pytest.mark.parametrize("text", NONE)
def test_numbers_leave_other_words_alone(text: str) -> None:
    assert [n for n in find_numbers(text, 0, len(text)) if n.kind == "count"] == []


def test_numbers_label_goes_on_over_a_list() -> None:
    text = "resolutions 2139 and 2254 on 12 people"
    assert [n.kind for n in find_numbers(text, 0, len(text))] == ["label", "label", "count"]


def test_numbers_of_a_list_stay_apart() -> None:
    text = "killed 19 and wounded 22; 76 children and 41 women"
    assert [n.low for n in find_numbers(text, 0, len(text))] == [19, 22, 76, 41]


@pytest.mark.parametrize(
    "words, expected",
    [
        ("12", 12),
        ("1,200", 1200),
        ("1,20", None),
        ("three quarters of a million", 750_000),
        ("two hundred thousand", 200_000),
        ("one million two hundred thousand", 1_200_000),
        ("half a dozen", 6),
        ("12 million", 12_000_000),
        ("0.3", None),
        ("9999999999999", None),
        ("", None),
        ("many", None),
    ],
)
def test_figures_value(words: str, expected: int | None) -> None:
    assert value(words) == expected
