"""Noun phrases: actor words before a means, figures inside, names behind, bare attacks."""

from __future__ import annotations

import pytest

from probata.extract.parse import cut_sentences, parse
from probata.extract.phrases import Phrase, phrases
from probata.extract.sentences import Sentence
from probata.model.report import Block, BlockKind


def read(text: str) -> tuple[Sentence, list[Phrase]]:
    """The first sentence of a text and its phrases."""
    sentences = cut_sentences(text, [Block(BlockKind.PARAGRAPH, 0, len(text))])
    parse(sentences)
    return sentences[0], phrases(sentences[0])


def said(text: str, modifier: bool) -> list[str]:
    """The cores of the phrases that are, or are not, actor words before another noun."""
    s, found = read(text)
    return [text[s.starts[p.first] : s.ends[p.last]] for p in found if p.modifier is modifier]


@pytest.mark.parametrize(
    ("text", "actors", "rest"),
    [
        ("Turkish drone strikes killed two people.", ["Turkish"], "drone strikes"),
        ("Russian and government air strikes hit the village.", ["Russian", "government"], "air strikes"),
        ("Rebel-backed Kurdish forces took the village.", [], "Kurdish forces"),
    ],
)
def test_the_actor_before_a_means_is_a_phrase_of_its_own(text: str, actors: list[str], rest: str) -> None:
    assert said(text, True) == actors
    assert any(rest in p for p in said(text, False))


def test_what_stands_before_a_figure_is_no_part_of_what_it_counts() -> None:
    assert "rescue workers" in said("The town buried 5 rescue workers on the hill.", False)


@pytest.mark.parametrize(("text", "bare"), [("The attack killed two.", True), ("The rocket attack killed two.", False)])
def test_a_bare_attack_is_no_means(text: str, bare: bool) -> None:
    s, found = read(text)
    attack = next(p for p in found if s.low[p.head] == "attack")
    assert ("bare" in attack.kinds) is bare
    assert ("means" in attack.kinds) is not bare


def test_means_joined_by_and_are_one() -> None:
    text = "They were killed by barrel bombs and air strikes."
    s, found = read(text)
    bombs = next(p for p in found if s.low[p.head] == "bombs")
    assert s.low[bombs.pair] == "strikes"
