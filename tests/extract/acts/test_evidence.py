"""The evidence of an act where it is unsure how far it goes: cut short at link words, never inside a phrase."""

from __future__ import annotations

import pytest

from probata import pipeline
from probata.extract import claims
from probata.extract.acts.candidates import Candidate
from probata.extract.acts.evidence import evidence
from probata.extract.ranker import Model, model
from probata.extract.voices import Voices
from probata.model.report import Report

UNSURE = Model(["span"], [0.0], {})  # to this ranker all stretches are alike
TEXTS = (
    "A bomb killed six people and wounded more than 30 in the town of Orvel in the north of Tarqa on Wednesday.",
    "Shells hit the market of Kessar, killing nine traders, while the army, which denied it, left the camp.",
    "The envoy spoke of the killing of 12 farmers and of the siege of Orvel.",
)


def _candidates(text: str) -> list[Candidate]:
    words = next(pipeline.words([Report("r", text)]))
    return claims.candidates(text, words.sentences, Voices(words.attributions, words.sentences))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ranker", [UNSURE, model("span")], ids=["unsure", "trained"])
def test_evidence_holds_the_act_and_ends_where_a_phrase_does(text: str, ranker: Model) -> None:
    found = _candidates(text)
    assert found
    for c in found:
        a, b = evidence(c, ranker)
        assert a <= c.start
        assert c.end <= b
        assert text[a:b] == text[a:b].strip(" ,")
        assert text[a:b].split()[-1].lower() not in {"and", "in", "of", "the", "on", "which", "more", "than"}
        assert not text[b:].startswith(" of "), text[a:b]


def test_unsure_evidence_is_between_the_shortest_and_the_longest() -> None:
    c = next(c for c in _candidates(TEXTS[0]) if c.trigger.type == "injury")
    spans = sorted(c.spans.values(), key=lambda s: s[1] - s[0])
    a, b = evidence(c, UNSURE)
    assert spans[0][1] - spans[0][0] <= b - a < spans[-1][1] - spans[-1][0]


def test_sure_evidence_is_what_the_ranker_holds() -> None:
    c = next(c for c in _candidates(TEXTS[0]) if c.trigger.type == "killing")
    assert evidence(c, Model(["span"], [0.0], {"whole": [20.0]})) == c.spans["whole"]
