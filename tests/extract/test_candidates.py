"""Evidence that an act could have, in a parsed sentence. Places, groups and people are invented."""

from __future__ import annotations

import pytest

from probata.extract.acts.candidates import Candidate, of_sentence, span_features
from probata.extract.parse import cut_sentences, parse
from probata.model.report import Block, BlockKind

ROWS = [  # sentence, act word, evidence, whether it names who can act, whether it names means
    ("The army shelled Orvel and 12 farmers were killed.", "killed", "narrow", False, False),
    ("The army shelled Orvel and 12 farmers were killed.", "killed", "whole", True, False),
    ("Rockets hit a school and 12 farmers were wounded.", "wounded", "narrow", False, False),
    ("Rockets hit a school and 12 farmers were wounded.", "wounded", "whole", False, True),
]


def _candidate(text: str, word: str) -> Candidate:
    sentence = cut_sentences(text, [Block(BlockKind.PARAGRAPH, 0, len(text))])[0]
    parse([sentence])
    return next(c for c in of_sentence(sentence, text) if text[c.start : c.end] == word)


@pytest.mark.parametrize(("text", "word", "span", "who", "means"), ROWS)
def test_evidence_with_who_and_what(text: str, word: str, span: str, who: bool, means: bool) -> None:
    found = span_features(_candidate(text, word), span)
    assert any(f.startswith(f"who{who}.") for f in found)
    assert any(f.startswith(f"means{means}.") for f in found)
