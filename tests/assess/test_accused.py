"""Whom claims accuse, who accuses them, whether another side is named, and what the accused answer."""

from __future__ import annotations

import pytest

from assess.coded import ABOUT, C03, C06, C11, C19, GOVERNMENT, SEED, X4, claim, x2
from probata.assess import assess
from probata.assess.parties import UNIDENTIFIED, accused_of, party_of
from probata.model.claim import Claim


def stands(claims: list[Claim]) -> dict[str, str]:
    return {a.name: a.stands for a in assess(claims, about=ABOUT).accused}


def answer(claims: list[Claim], name: str) -> str:
    return next(a.answer for a in assess(claims, about=ABOUT).answers if a.accused == name)


def test_accused_of_the_seed_are_one_side_with_variants() -> None:
    found = stands(SEED)
    assert found["Syrian government forces"] == "named"
    assert found["militias allied to the government"] == "named"
    assert found["Hezbollah"] == "variant"
    assert "alternative" not in found.values()


def test_accused_says_who_accuses_in_which_words() -> None:
    (hezbollah,) = [a for a in assess([C03, C06], about=ABOUT).accused if a.name == "Hezbollah"]
    (by,) = hezbollah.by
    assert (by.speaker, by.claim, by.report, by.words) == (
        "activists on the ground",
        "C06",
        "seed",
        "Hezbollah militia",
    )
    assert hezbollah.labels == ("Hezbollah militia",)


def test_accused_of_another_side_is_an_alternative() -> None:
    assert stands([C03, X4])["opposition armed groups"] == "alternative"


def test_accused_duty_is_no_accusation() -> None:
    assert assess([C19], about=ABOUT).accused == ()
    assert stands([C03, C19]) == stands([C03])


def test_accused_a_possessive_is_no_accusation_of_the_man() -> None:
    found = assess(SEED, about=ABOUT).accused
    assert not [a for a in found if a.name.lower() in ("assad", "bashar al-assad")]


@pytest.mark.parametrize("words", ["shells", "an air strike", "car bomb", "the explosion", "heavy shelling", "clashes"])
def test_accused_weapons_accuse_nobody(words: str) -> None:
    assert accused_of(words) is None
    assert assess([claim("a", by="medics", agents=[words], count="3")]).accused == ()


@pytest.mark.parametrize(
    "words, name, side",
    [
        ("Bashar al-Assad’s forces", "Syrian government forces", "government"),
        ("Russian warplanes", "Russian forces", "government"),
        ("militias loyal to the regime", "militias allied to the government", "government"),
        ("the regime", "government forces", "government"),
        ("anti-government fighters", "opposition armed groups", "opposition"),
        ("the Northern Front", "northern front", "opposition"),
        ("ISIS fighters", "Islamic State", "islamic state"),
        ("the Karsa army", "karsa army", "government"),
        ("masked men", "unidentified attackers", None),
    ],
)
def test_accused_neutral_name_and_side(words: str, name: str, side: str | None) -> None:
    party = accused_of(words)
    assert party is not None
    assert (party.name, party.side) == (name, side)


def test_accused_unknown_sides_are_not_set_against_one_another() -> None:
    two = [
        claim("a", report="a", by="medics", agents=["masked men"]),
        claim("b", report="b", by="A B", agents=["Zed Group"]),
    ]
    assert set(stands(two).values()) == {"named", "variant"}
    assert party_of("masked men") is None


def test_answers_none_reported() -> None:
    found = assess(SEED, about=ABOUT)
    assert {a.answer for a in found.answers} == {"none reported"}
    assert len(found.answers) == len(found.accused)


@pytest.mark.parametrize(
    "said, expected",
    [
        (claim("D", report="d", by="the Syrian army", stance="denied", agents=[GOVERNMENT]), "denied"),
        (claim("D", report="d", by="Bashar Jaafari", stance="denied"), "denied"),
        (claim("D", report="d", by="the Syrian military", agents=["the Syrian army"]), "accepted"),
        (
            claim("D", report="d", by="the Syrian military", agents=["the Syrian army"], groups=["combatant"]),
            "accepted, of fighters only",
        ),
        (claim("D", report="d", by="SANA", agents=["terrorists"]), "blames another"),
        (claim("D", report="d", by="Igor Konashenkov", stance="denied", agents=[GOVERNMENT]), "denied by an ally"),
        (claim("D", report="d", by="rebels", stance="denied", agents=["rebels"]), "none reported"),
        (claim("D", report="d", by="medics", stance="denied", agents=[GOVERNMENT]), "none reported"),
        (claim("D", report="d", by="the Syrian army", kind="appeal"), "none reported"),
    ],
)
def test_answers_of_the_accused(said: Claim, expected: str) -> None:
    assert answer([C03, said], "Syrian government forces") == expected


def test_answers_have_their_claim() -> None:
    denial = claim("D", report="d", by="the Syrian army", stance="denied", agents=[GOVERNMENT])
    found = next(a for a in assess([C03, denial]).answers if a.accused == "Syrian government forces")
    assert (found.claim, found.speaker) == ("D", "the Syrian army")


def test_accused_of_recruitment_alone() -> None:
    assert stands([C11]) == {"Syrian government forces": "named"}
    assert stands([x2()]) == {"government forces": "named"}


@pytest.mark.parametrize("words", ["he", "whose planes", "warplanes", "a car", "houses", "joint", "shells", ""])
def test_accused_words_that_accuse_nobody(words: str) -> None:
    assert accused_of(words) is None


@pytest.mark.parametrize("words", ["gunmen", "the suicide bomber", "unknown assailants", "armed men"])
def test_accused_attackers_whom_nobody_identifies_have_one_name(words: str) -> None:
    assert accused_of(words) == UNIDENTIFIED
    found = assess([claim("a", by="medics", agents=[words], count="3")], about=ABOUT)
    assert [a.name for a in found.accused] == ["unidentified attackers"]
    assert found.accused[0].labels == (words,)
    assert found.answers == (), "they cannot answer"


def test_accused_a_body_is_not_taken_for_a_party() -> None:
    party = accused_of("the opposition National Coalition")
    assert party is not None
    assert (party.name, party.side) == ("Syrian National Coalition", None)


def test_accused_alternatives_are_told_beside_unidentified_attackers() -> None:
    claims = [claim(f"u{n}", report=f"u{n}", by=f"Monitor {n}x", agents=["gunmen"]) for n in range(3)]
    claims += [
        claim("g", report="g", by="medics", agents=["the regime"]),
        claim("o", report="o", by="SANA", agents=["rebels"]),
    ]
    stands = {a.name: a.stands for a in assess(claims, about=ABOUT).accused}
    assert stands == {
        "unidentified attackers": "variant",
        "government forces": "named",
        "opposition armed groups": "alternative",
    }


@pytest.mark.parametrize(
    "words, agents, said",
    [
        ("the army killed 20 terrorists in the hills", ["the army"], "accepted, of fighters only"),
        ("our soldiers killed 20 commanders", ["the army"], "accepted, of fighters only"),
        ("its soldiers killed 20 villagers", ["soldiers"], "accepted"),
        ("the army killed 20 villagers", ["the army"], "accepted"),
        ("rebels shelled the army's districts, killing 20", ["rebels", "the army"], "blames another"),
    ],
)
def test_accused_what_an_army_says_of_its_own_deed(words: str, agents: list[str], said: str) -> None:
    blame = claim("a", report="a", by="medics", agents=["the army", "soldiers"], count="20")
    own = claim("b", report="b", by="the army", agents=agents, count="20", words=words)
    assert (
        answer([blame, own], "army") == said
        if agents != ["soldiers"]
        else "accepted" in answer([blame, own], "soldiers")
    )
