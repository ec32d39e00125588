"""Nouns that the parser takes for participles."""

from __future__ import annotations

import pytest

from probata.extract.repair import gerunds
from probata.extract.sentences import Sentence
from probata.model.report import Block, BlockKind


def tree(rows: list[tuple[str, str, str, int]]) -> Sentence:
    """A parsed sentence from (word, tag, label, head) rows."""
    block = Block(BlockKind.PARAGRAPH, 0, 1)
    s = Sentence(0, 1, block)
    for word, tag, dep, head in rows:
        s.words.append(word)
        s.low.append(word.lower())
        s.tags.append(tag)
        s.deps.append(dep)
        s.heads.append(head)
    s.kids = [[k for k in range(len(rows)) if s.heads[k] == i and k != i] for i in range(len(rows))]
    return s


def test_a_noun_in_ing_takes_the_place_of_the_actor_before_it() -> None:
    s = tree(
        [
            ("killed", "VBN", "ROOT", 0),
            ("in", "IN", "prep", 0),
            ("army", "NN", "pobj", 1),
            ("shelling", "VBG", "acl", 2),
            ("on", "IN", "prep", 3),
            ("Norville", "NNP", "pobj", 4),
        ]
    )
    gerunds(s)
    assert (s.tags[3], s.deps[3], s.heads[3]) == ("NN", "pobj", 1)
    assert (s.deps[2], s.heads[2]) == ("compound", 3)
    assert s.kids[1] == [3]
    assert s.kids[3] == [2, 4]


def test_it_becomes_the_root_where_the_actor_was_one() -> None:
    s = tree([("Army", "NN", "ROOT", 0), ("shelling", "VBG", "acl", 0), ("on", "IN", "prep", 1)])
    gerunds(s)
    assert s.heads == [1, 1, 1]
    assert s.kids == [[], [0, 2], []]


@pytest.mark.parametrize("dep", ["dobj", "aux", "nsubj"])
def test_a_verb_with_an_object_or_subject_stays_one(dep: str) -> None:
    s = tree([("troops", "NNS", "pobj", 0), ("shelling", "VBG", "acl", 0), ("Norville", "NNP", dep, 1)])
    gerunds(s)
    assert s.tags[1] == "VBG"
    assert s.heads == [0, 0, 1]
