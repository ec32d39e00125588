"""Frames: one sentence pattern for many acts. What a frame keeps from being affirmed is kept so for every verb."""

from __future__ import annotations

import pytest

from probata.extract.parse import cut_sentences, parse
from probata.extract.sentences import Sentence
from probata.extract.stance import stance_of
from probata.model.claim import HARM, ClaimType
from probata.model.report import Block, BlockKind, Report
from probata.pipeline import read_many

ACTS = [  # base, past, -ing, participle, object
    ("kill", "killed", "killing", "killed", "the farmers"),
    ("wound", "wounded", "wounding", "wounded", "the farmers"),
    ("execute", "executed", "executing", "executed", "the prisoners"),
    ("torture", "tortured", "torturing", "tortured", "the prisoners"),
    ("rape", "raped", "raping", "raped", "the women"),
    ("beat", "beat", "beating", "beaten", "the prisoners"),
    ("arrest", "arrested", "arresting", "arrested", "the students"),
    ("shell", "shelled", "shelling", "shelled", "the town"),
    ("bomb", "bombed", "bombing", "bombed", "the school"),
    ("attack", "attacked", "attacking", "attacked", "the convoy"),
    ("strike", "struck", "striking", "struck", "the market"),
    ("storm", "stormed", "storming", "stormed", "the camp"),
    ("destroy", "destroyed", "destroying", "destroyed", "the bridge"),
    ("besiege", "besieged", "besieging", "besieged", "the town"),
    ("expel", "expelled", "expelling", "expelled", "the villagers"),
    ("evacuate", "evacuated", "evacuating", "evacuated", "the town"),
    ("seize", "seized", "seizing", "seized", "the hill"),
    ("capture", "captured", "capturing", "captured", "the hill"),
]
WITHHELD = {
    "denied": [
        "The army did not {b} {o}.",
        "The army has not {n} {o}.",
        "The army never {p} {o}.",
        "{O} were not {n} by the army.",
        "Nobody {p} {o}.",
        "The army denied {g} {o}.",
        "The army denied that it had {n} {o}.",
        "The army denies it {p} {o}.",
        "The army rejected claims that it {p} {o}.",
        "The army said it had not {n} {o}.",
        "The army did not {b} {o}, the mayor said.",
    ],
    "possible": [
        "The army may have {n} {o}.",
        "The army might {b} {o}.",
        "The army could {b} {o}.",
        "The army allegedly {p} {o}.",
        "The army reportedly {p} {o}.",
        "The army is believed to have {n} {o}.",
        "{O} may be {n}, the general said.",
        "Reports that the army {p} {o} are false.",
    ],
    "future": [
        "The army will {b} {o}.",
        "{O} will be {n}, the general said.",
        "The mayor said the army would {b} {o}.",
        "The army warned it would {b} {o}.",
        "The army threatened to {b} {o}.",
        "The army vowed to {b} {o}.",
        "The army plans to {b} {o}.",
        "The army wants to {b} {o}.",
        "The army is preparing to {b} {o}.",
    ],
    "conditional": [
        "If the army {p} {o}, the talks would end.",
        "The talks will end if the army {p} {o}.",
        "The army would have {n} {o}.",
    ],
    "normative": [
        "The army must not {b} {o}.",
        "The army should {b} {o}.",
        "{O} must be {n}, the general said.",
        "The envoy urged the army not to {b} {o}.",
        "The envoy told the army not to {b} {o}.",
    ],
    "unverified": [
        "The agency could not verify that the army {p} {o}.",
        "The agency could not confirm whether the army had {n} {o}.",
        "It is not clear whether the army {p} {o}.",
    ],
}
AFFIRMED = [
    "The army {p} {o}.",
    "The army has {n} {o}.",
    "{O} were {n} by the army.",
    "The mayor said the army had {n} {o}.",
    "The army {p} {o}, the mayor said.",
    "According to the mayor, the army {p} {o}.",
    "The mayor accused the army of {g} {o}.",
    "The army was accused of {g} {o}.",
    "The envoy condemned the army for {g} {o}.",
    "The army admitted {g} {o}.",
    "The army confirmed it had {n} {o}.",
    "The army said it {p} {o}.",
    "The army, which {p} {o}, left the province.",
    "The army left after {g} {o}.",
    "A video showed the army {g} {o}.",
]


def _fill(frame: str) -> list[tuple[str, tuple[str, ...]]]:
    out: list[tuple[str, tuple[str, ...]]] = []
    for base, past, ing, participle, target in ACTS:
        text = frame.format(b=base, p=past, g=ing, n=participle, o=target, O=target.capitalize())
        out.append((text, (base, past, ing, participle)))
    return out


def _parsed(text: str) -> Sentence:
    return cut_sentences(text, [Block(BlockKind.PARAGRAPH, 0, len(text))])[0]


def _stances(frame: str) -> list[tuple[str, str, str]]:
    rows = [(text, words, _parsed(text)) for text, words in _fill(frame)]
    parse([s for _, _, s in rows])
    return [(text, *stance_of(s, next(i for i, w in enumerate(s.low) if w in words))) for text, words, s in rows]


@pytest.mark.parametrize("frame", [f for frames in WITHHELD.values() for f in frames])
def test_a_frame_that_withholds_affirms_no_act(frame: str) -> None:
    assert not [row for row in _stances(frame) if row[1] == "affirmed"]


@pytest.mark.parametrize(("stance", "frame"), [(s, f) for s, frames in WITHHELD.items() for f in frames])
def test_a_frame_gives_its_stance_to_nearly_every_act(stance: str, frame: str) -> None:
    wrong = [row for row in _stances(frame) if row[1] != stance]
    assert len(wrong) <= 2, wrong  # the parser errs on a verb that can be a noun


@pytest.mark.parametrize("frame", AFFIRMED)
def test_a_frame_that_only_attributes_affirms_its_act(frame: str) -> None:
    wrong = [row for row in _stances(frame) if row[1] != "affirmed"]
    assert not wrong


def test_reading_affirms_nothing_that_a_frame_withholds() -> None:
    facts = HARM | {ClaimType.TERRITORY, ClaimType.AGREEMENT}
    texts = [text for frames in WITHHELD.values() for frame in frames for text, _ in _fill(frame)]
    found = read_many(Report(id=str(i), text=text) for i, text in enumerate(texts))
    assert not [(r.text, c.type) for r, claims in found for c in claims if c.type in facts and c.stance == "affirmed"]
