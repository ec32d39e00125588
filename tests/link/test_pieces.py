"""Pieces: spans of a report's claims put together by their offsets say what the report says, and nothing else."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from link.dossier import claim
from probata.link.pieces import pieces, said
from probata.model.claim import Claim, Named
from probata.model.span import Span

TEXT = "Shells killed 12 people in Tarqa, a doctor told Radio Meren. Rebels had left the town, he said."


def told(evidence: str, speaker: str = "", text: str = TEXT) -> Claim:
    """A claim with one evidence, and perhaps a speaker, at their places in the text."""
    made = claim("post", evidence=evidence)
    slot = span(speaker, text) if speaker else None
    made = replace(made, place=None, time=None)
    return replace(made, evidence=span(evidence, text), speaker=Named(slot, speaker) if slot else None)


def span(words: str, text: str = TEXT) -> Span:
    at = text.index(words)
    return Span(at, at + len(words), words)


@pytest.mark.parametrize(
    "claims, expected",
    [
        pytest.param([], [], id="no claim"),
        pytest.param([told("Shells killed 12 people")], ["Shells killed 12 people"], id="one"),
        pytest.param([told("Shells killed"), told("killed 12")], ["Shells killed 12"], id="overlapping"),
        pytest.param([told("killed 12 people"), told("12")], ["killed 12 people"], id="one in the other"),
        pytest.param([told("Shells killed"), told("in Tarqa")], ["Shells killed", "in Tarqa"], id="a hole of words"),
        pytest.param(
            [told("in Tarqa", speaker="a doctor"), told("told Radio Meren")],
            ["in Tarqa  a doctor told Radio Meren"],
            id="the speaker fills the hole, and the mark is a space",
        ),
        pytest.param([told("in Tarqa", speaker="he")], ["in Tarqa"], id="a speaker elsewhere adds nothing"),
    ],
)
def test_pieces(claims: list[Claim], expected: list[str]) -> None:
    assert pieces(map(said, claims)) == expected
    assert pieces(map(said, claims[::-1])) == expected


def test_pieces_of_claims_coded_by_hand_are_their_evidence() -> None:
    coded = [
        claim("post", evidence="Shells killed 12 people at the market", count=12, speaker="a doctor", place="Tarqa"),
        claim("post", evidence="Rebels left the town", speaker="the mayor of the whole of Tarqa and its market"),
    ]
    assert pieces(map(said, coded)) == ["Shells killed 12 people at the market", "Rebels left the town"]


@pytest.mark.parametrize("seed", range(20))
def test_pieces_hold_each_word_of_evidence_and_no_word_that_the_text_does_not_hold_there(seed: int) -> None:
    chance = random.Random(seed)
    text = " ".join(chance.choice("ash birch, cedar. طرقة elm 12".split()) for _ in range(60))
    claims = []
    for _ in range(8):
        a, b = sorted(chance.sample(range(len(text) + 1), 2))
        c, d = sorted(chance.sample(range(len(text) + 1), 2))
        made = replace(told("Shells"), evidence=Span(a, b, text[a:b]), speaker=Named(Span(c, d, text[c:d]), "x"))
        claims.append(made)
    found = pieces(map(said, claims))
    assert all(any(c.evidence.text in piece for piece in found) for c in claims)
    for piece in found:
        assert any(_alike(piece, text[at : at + len(piece)]) for at in range(len(text)))


def _alike(piece: str, words: str) -> bool:
    return len(piece) == len(words) and all(a in (b, " ") for a, b in zip(piece, words, strict=True))
