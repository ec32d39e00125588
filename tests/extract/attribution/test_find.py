"""Sources, cues and contents of invented sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from probata.extract.attribution import find

# text | cue | source | content | kind
PLAIN = [
    (
        "The governor said that soldiers had shot nine farmers.",
        "said",
        "The governor",
        "that soldiers had shot nine farmers",
        "say",
    ),
    (
        "Soldiers had shot nine farmers, the governor said.",
        "said",
        "the governor",
        "Soldiers had shot nine farmers",
        "say",
    ),
    ("The shells, the mayor said, fell on the school.", "said", "the mayor", "The shells … fell on the school", "say"),
    ("Two boats sank, said Ana Silva, the harbour master.", "said", "Ana Silva", "Two boats sank", "say"),
    (
        "The governor denied that soldiers had shot the farmers.",
        "denied",
        "The governor",
        "that soldiers had shot the farmers",
        "deny",
    ),
    (
        "Rescuers accused the army of shelling the market.",
        "accused",
        "Rescuers",
        "the army of shelling the market",
        "accuse",
    ),
    ("The army blamed rebels for the attack.", "blamed", "The army", "rebels for the attack", "accuse"),
    ("Villagers fear that the dam will be hit.", "fear", "Villagers", "that the dam will be hit", "believe"),
    ("The ministry warned that the road was mined.", "warned", "The ministry", "that the road was mined", "threaten"),
    ("The envoy called for an end to the siege.", "called", "The envoy", "an end to the siege", "appeal"),
    (
        "The council condemned the bombing of the port.",
        "condemned",
        "The council",
        "the bombing of the port",
        "condemn",
    ),
    ("Ana Silva tweeted that the clinic was hit.", "tweeted", "Ana Silva", "that the clinic was hit", "say"),
    (
        "Villagers were told by soldiers that the bridge was mined.",
        "told",
        "soldiers",
        "that the bridge was mined",
        "say",
    ),
    ("According to eyewitnesses, soldiers shot two men.", "According", "eyewitnesses", "soldiers shot two men", "say"),
    ("Soldiers shot two men, according to eyewitnesses.", "according", "eyewitnesses", "Soldiers shot two men", "say"),
]

# reports whose commas are lost: word order decides
BARE = [
    ("Nine people were killed near the harbour a monitoring group said.", "said", "a monitoring group"),
    (
        "Nine people were killed on Tuesday the Coastal Observatory for Human Rights said.",
        "said",
        "the Coastal Observatory for Human Rights",
    ),
    (
        "Shells hit a hospital in the town of Marrow the Coast-based Observatory reported.",
        "reported",
        "the Coast-based Observatory",
    ),
    ("Two people were slightly hurt in Nessby a witness said.", "said", "a witness"),
    ("A truck bomb was set off near the police station said the Observatory.", "said", "the Observatory"),
    (
        "The raid killed at least 12 civilians Harbour governor Ana Silva told Coast TV.",
        "told",
        "Harbour governor Ana Silva",
    ),
    (
        "The army must leave the valley Marrow Foreign Minister Per Holm said on Sunday.",
        "said",
        "Marrow Foreign Minister Per Holm",
    ),
    ("The toll is expected to rise it added.", "added", "it"),
    ('"The clinic is out of service" media activist Ilo Bran said in a statement.', "said", "media activist Ilo Bran"),
]

NOTHING = [
    "The law says nothing about the dead.",
    "She could not tell apart the twins.",
    "The report card was lost in the fire.",
    "The blast claimed the lives of nine people.",
    "Soldiers shot nine farmers near the bridge.",
]


@pytest.mark.parametrize("text, cue, source, content, kind", PLAIN, ids=[row[0][:40] for row in PLAIN])
def test_find_plain(read: Callable[[str], Any], text: str, cue: str, source: str, content: str, kind: str) -> None:
    found = read(text).by_cue(cue)
    assert (found.source and found.source.text, " … ".join(c.text for c in found.content), found.kind) == (
        source,
        content,
        kind,
    )


@pytest.mark.parametrize("text, cue, source", BARE, ids=[row[0][:40] for row in BARE])
def test_find_without_commas(read: Callable[[str], Any], text: str, cue: str, source: str) -> None:
    found = read(text).by_cue(cue)
    assert found.source is not None
    assert found.source.text == source
    content = found.content[0]
    assert (content.start, found.content[-1].end <= max(found.source.start, found.cue.start)) == (0, True)


@pytest.mark.parametrize("text", NOTHING)
def test_find_near_misses(read: Callable[[str], Any], text: str) -> None:
    assert read(text).attributions == []


def test_find_interrupted_quotation(read: Callable[[str], Any]) -> None:
    found = read('"The shells," the mayor said, "fell on the school."').by_cue("said")
    assert [c.text for c in found.content] == ['"The shells,"', '"fell on the school."']


def test_find_quotation_over_sentences(read: Callable[[str], Any]) -> None:
    found = read('Ana Silva said: "We saw two bodies. They were children. Nobody came."').by_cue("said")
    assert found.content[0].text.endswith('Nobody came."')


def test_find_quotation_over_paragraphs(read: Callable[[str], Any]) -> None:
    text = '"We saw two bodies," said Ana Silva. "They were children.\n"Nobody came."\nThe road is closed.'
    reading = read(text)
    assert reading.name("Nobody came") == "Ana Silva"
    assert reading.name("The road is closed") is None


def test_find_unclosed_quotation_ends_with_its_sentence(read: Callable[[str], Any]) -> None:
    reading = read('The mayor said "the cells were behind the attack. The front was crushed in spring.')
    assert reading.speaker("The front was crushed in spring") is None


def test_find_relay_told_to(read: Callable[[str], Any]) -> None:
    found = read("The minister told Harbour Radio that the road was closed.").by_cue("told")
    assert [r.text for r in found.relay] == ["Harbour Radio"]


def test_find_relay_interview(read: Callable[[str], Any]) -> None:
    found = read("In an interview with Coast TV, the mayor said nine people were dead.").by_cue("said")
    assert [r.text for r in found.relay] == ["Coast TV"]


def test_find_relay_nested(read: Callable[[str], Any]) -> None:
    reading = read("According to eyewitnesses, soldiers shot two men, Channel Nine reported.")
    assert [r.text for r in reading.by_cue("According").relay] == ["Channel Nine"]
    assert reading.by_cue("reported").relay == ()


def test_find_quoted_as_saying(read: Callable[[str], Any]) -> None:
    found = read("Coast TV quoted a doctor as saying that five patients had died.").by_cue("saying")
    assert (found.source and found.source.text, [r.text for r in found.relay]) == ("a doctor", ["Coast TV"])


def test_find_citing(read: Callable[[str], Any]) -> None:
    reading = read("Soldiers have killed nine farmers, Coast FM reported, citing a doctor.").speaker(
        "Soldiers have killed nine farmers"
    )
    assert (reading.source.text, [r.text for r in reading.relay]) == ("a doctor", ["Coast FM"])


def test_find_without_source(read: Callable[[str], Any]) -> None:
    found = read("The report could not be independently verified.").by_cue("verified")
    assert (found.source, found.kind) == (None, "verify")


def test_find_weak_cue_is_an_act(read: Callable[[str], Any]) -> None:
    found = [a for a in read("The army showed the captured guns to reporters.").attributions if a.cue.text == "showed"]
    assert all(a.kind == "act" for a in found)


@pytest.mark.parametrize(
    "text",
    ["", " ", '"', "said", "said.", '""""', "‮said ‏X", "the the the said", ": monitor", "X" * 5000, "a said " * 400],
)
def test_find_never_raises(read: Callable[[str], Any], text: str) -> None:
    reading = read(text)
    for a in reading.attributions:
        for span in (a.cue, *a.content, *a.relay, *([a.source] if a.source else [])):
            assert text[span.start : span.end] == span.text


def test_find_leaves_unparsed_sentences(read: Callable[[str], Any]) -> None:
    reading = read("The mayor said nine people died.")
    for s in reading.sentences:
        s.tags = []
    assert find(reading.text, reading.sentences) == []
