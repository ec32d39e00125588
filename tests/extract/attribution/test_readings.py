"""Whose words a stretch of text is, and the speaker's full name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from probata.extract.attribution import speaker_of

OBSERVATORY = "The Coastal Observatory for Human Rights said soldiers shelled Marrow. "

# text | words | full name of the speaker
NAMES = [
    ("Harbour Governor Ana Silva said the port was hit. Silva said nine people died.", "nine people died", "Ana Silva"),
    (
        "Ana Silva, head of the Coastal Observatory, said the port was hit. She added that nine people died.",
        "nine people died",
        "Ana Silva",
    ),
    (
        OBSERVATORY + "The Observatory said nine people died.",
        "nine people died",
        "Coastal Observatory for Human Rights",
    ),
    (OBSERVATORY + "The group said nine people died.", "nine people died", "Coastal Observatory for Human Rights"),
    (OBSERVATORY + "It said nine people died.", "nine people died", "Coastal Observatory for Human Rights"),
    (OBSERVATORY + "CORP said nine people died.", "nine people died", "CORP"),
    (OBSERVATORY + "COHR said nine people died.", "nine people died", "Coastal Observatory for Human Rights"),
    ("Observatory director Ilo Abdel Bran said nine people died.", "nine people died", "Ilo Abdel Bran"),
    ("State news agency NEPA said nine people died.", "nine people died", "NEPA"),
    ("A spokesman for the army said nine people died.", "nine people died", "spokesman for the army"),
    (
        "A monitor said nine people died. The Coastal Observatory for Human Rights said more were hurt.",
        "nine people died",
        "Coastal Observatory for Human Rights",
    ),
    (
        "A source at the Marrow police said two men fled. The source said nine people died.",
        "nine people died",
        "source at the Marrow police",
    ),
    ("Evidence suggests that soldiers shelled the port, Ana Silva said.", "soldiers shelled the port", "Ana Silva"),
    ("The mayor said at least 40 people were hurt, adding that nine people died.", "nine people died", "mayor"),
]


@pytest.mark.parametrize("text, words, name", NAMES, ids=[row[0][-60:] for row in NAMES])
def test_readings_name(read: Callable[[str], Any], text: str, words: str, name: str) -> None:
    assert read(text).name(words) == name


def test_readings_own_voice(read: Callable[[str], Any]) -> None:
    assert read("Soldiers shelled the port. Nine people died.").speaker("Nine people died") is None


def test_readings_between_two_sentences_of_one_source(read: Callable[[str], Any]) -> None:
    text = "The mayor said shells fell on the port. Nine people died. The mayor said others were hurt."
    reading = read(text).speaker("Nine people died")
    assert (reading.source.text, reading.inferred, reading.rule) == ("The mayor", True, "between")


def test_readings_not_between_two_sources(read: Callable[[str], Any]) -> None:
    text = "The mayor said shells fell on the port. Nine people died. The army said it had not fired."
    assert read(text).speaker("Nine people died") is None


def test_readings_after_the_last_sentence_of_a_source(read: Callable[[str], Any]) -> None:
    text = "The mayor said shells fell on the port. Nine people died. The road to Marrow is closed."
    assert read(text).speaker("Nine people died") is None


def test_readings_denial_with_its_cue(read: Callable[[str], Any]) -> None:
    reading = read("The army has strongly denied responsibility.").speaker(
        "The army has strongly denied responsibility"
    )
    assert reading.source.text == "The army"


def test_readings_two_named_sources(read: Callable[[str], Any]) -> None:
    text = "Nine people died, according to the Coastal Observatory and the Red Dune rescue service."
    reading = read(text).speaker("Nine people died")
    assert (reading.source.text, [s.text for s in reading.also]) == (
        "the Coastal Observatory",
        ["the Red Dune rescue service"],
    )


def test_readings_support_is_no_statement(read: Callable[[str], Any]) -> None:
    text = "The council supported the withdrawal of soldiers from the port."
    assert read(text).speaker("the withdrawal of soldiers") is None


@pytest.mark.parametrize(
    "source, kind",
    [
        ("Eyewitnesses", "eyewitness"),
        ("A doctor", "medical"),
        ("The ministry", "official"),
        ("Our correspondent", "own_staff"),
    ],
)
def test_readings_basis(read: Callable[[str], Any], source: str, kind: str) -> None:
    reading = read(f"{source} said nine people died.").speaker("nine people died")
    assert reading.basis.kind == kind


def test_readings_between_a_body_and_its_director(read: Callable[[str], Any]) -> None:
    text = (
        "The Coastal Observatory for Human Rights said shells fell on the port. Nine people died. "
        "Observatory director Ilo Bran said others were hurt."
    )
    reading = read(text)
    start = text.index("Nine")
    found = speaker_of(reading.attributions, reading.sentences, start, start + 16, reading.roster.voice)
    assert found is not None
    assert (found.inferred, reading.roster.name(found.source)) == (True, "Coastal Observatory for Human Rights")


@pytest.mark.parametrize(
    "text, words, source",
    [
        ("The council plans to close the port.", "The council plans to close the port", "The council"),
        ("It was the council's request for aid.", "council's request for aid", "the council"),
    ],
)
def test_readings_speech_act(read: Callable[[str], Any], text: str, words: str, source: str) -> None:
    reading = read(text)
    start = text.index(words)
    found = speaker_of(reading.attributions, reading.sentences, start, start + len(words), speech=True)
    assert found is not None
    assert found.source.text == source


def test_readings_inner_pronoun_is_the_outer_source(read: Callable[[str], Any]) -> None:
    found = read("Marrow has said it believes that gas leaked from a depot.").speaker("gas leaked from a depot")
    assert found.source.text == "Marrow"


def test_readings_evidence_speaks_for_nobody(read: Callable[[str], Any]) -> None:
    assert read("Footage shows that the bridge was destroyed.").speaker("the bridge was destroyed") is None
