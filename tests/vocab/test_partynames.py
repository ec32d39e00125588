"""Parties: named ones are kept apart, generic words fit several, and a user's file adds to the table."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from probata.model.errors import SetupError
from probata.vocab.partyfile import own_parties
from probata.vocab.partynames import meant, opposed, parties_of, party_of


def names(label: str) -> list[str]:
    return sorted(p.name for p in parties_of(label))


@pytest.mark.parametrize(
    "label, found",
    [
        ("the army", ["government forces"]),
        ("police", ["government forces"]),
        ("the security forces", ["government forces"]),
        ("rebels", ["opposition armed groups"]),
        ("Karsa's army", ["karsa"]),
        ("the Karsa police", ["karsa"]),
        ("the Redhand rebels", ["redhand"]),
        ("Syrian rebels", ["opposition armed groups"]),  # a people is no party
        ("Islamist rebels", ["opposition armed groups"]),
        ("Turkish-backed rebels", ["opposition armed groups"]),
        ("IS fighters", ["Islamic State"]),
        ("all of us", []),
        ("the man who is in charge", []),
        ("gunmen", []),
        ("masked men", []),
        ("Syrian and Russian warplanes", ["Russian forces"]),
        ("Russian warplanes and ISIS", ["Islamic State", "Russian forces"]),
    ],
)
def test_parties_of_a_label(label: str, found: list[str]) -> None:
    assert names(label) == found


@pytest.mark.parametrize(
    "label, side",
    [
        ("the Karsa army", "government"),
        ("the Redhand rebels", "opposition"),
        ("the Karsa Liberation Army", None),
        ("the People's Army of Oltrava", None),
        ("unidentified soldiers", None),
        ("gunmen", None),
        ("villagers", None),
    ],
)
def test_party_side(label: str, side: str | None) -> None:
    party = party_of(label)
    assert (party.side if party else None) == side


def test_party_of_a_name_before_a_word_that_fits_several() -> None:
    for label, name in (("the Redhand rebels", "redhand rebels"), ("Sons of al-Tarqi militants", "sons of al-tarqi")):
        party = party_of(label)
        assert party is not None
        assert party.name.startswith(name)
        assert not party.generic


@pytest.mark.parametrize(
    "a, b, same, against",
    [
        ("the army", "government forces", True, False),
        ("the Karsa army", "the army", True, False),
        ("the Karsa army", "the Oltrava army", False, False),
        ("the Redhand rebels", "rebels", True, False),
        ("the Redhand rebels", "the Bluecap rebels", False, False),
        ("Russian warplanes", "the army", False, False),  # an ally is not who the generic name means
        ("the Karsa army", "the Redhand rebels", False, True),
        ("villagers of Brenta", "the army", False, False),
    ],
)
def test_parties_meant_and_opposed(a: str, b: str, same: bool, against: bool) -> None:
    (p,), (q,) = parties_of(a), parties_of(b)
    assert (meant(p, q), meant(q, p)) == (same, same)
    assert (opposed(p, q), opposed(q, p)) == (against, against)


_PRINT = """
from probata.vocab.partynames import party_of
print([(p.name, p.side) for p in map(party_of, ("the Redhand", "RHF men", "Russian forces", "rebels"))])
"""


def test_parties_of_a_users_file_come_first(tmp_path: Path) -> None:
    file = tmp_path / "parties.yml"
    file.write_text(
        "groups:\n  Redhand Front: {side: opposition, words: [redhand], short: [RHF]}\n"
        "  Russian forces: {side: null, words: [russian]}\n",
        encoding="utf-8",
    )
    said = subprocess.run(
        [sys.executable, "-c", _PRINT],
        env={**os.environ, "PROBATA_PARTIES": str(file)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.strip() == str(
        [
            ("Redhand Front", "opposition"),
            ("Redhand Front", "opposition"),
            ("Russian forces", None),
            ("opposition armed groups", "opposition"),
        ]
    )


@pytest.mark.parametrize(
    "text, problem",
    [
        (b"groups: [", "not valid YAML"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"", "has no groups"),
        (b"groups: {}", "has no groups"),
        (b"groups: {Redhand: [redhand]}", "Redhand: give side"),
        (b"groups: {Redhand: {side: x, words: [redhand], sides: y}}", "Redhand: give side"),
        (b"groups: {Redhand: {side: x}}", "Redhand: has no words"),
        (b"groups: {Redhand: {side: [x], words: [redhand]}}", "Redhand: side is a word"),
        (b"groups: {Redhand: {side: x, words: redhand}}", "lists of words"),
        (b"groups: {Redhand: {side: x, words: [1]}}", "lists of words"),
    ],
)
def test_party_file_says_what_is_wrong(text: bytes, problem: str, tmp_path: Path) -> None:
    file = tmp_path / "parties.yml"
    file.write_bytes(text)
    with pytest.raises(SetupError, match=problem):
        own_parties(str(file))


def test_party_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="cannot be read"):
        own_parties(str(tmp_path / "none.yml"))
