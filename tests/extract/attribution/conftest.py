"""Invented sentences, cut and parsed as a report is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probata.extract.attribution import Roster, SpeakerReading, find, resolve, speaker_of
from probata.extract.parse import cut_sentences, parse
from probata.extract.sentences import Sentence
from probata.model.attribution import Attribution
from probata.model.report import Block, BlockKind


def sentences_of(text: str) -> list[Sentence]:
    """The parsed sentences of a text with a paragraph a line."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(line)))
        at += len(line) + 1
    sentences = cut_sentences(text, blocks)
    parse(sentences)
    return sentences


class Read:
    """A text with its sentences, attributions and roster, and the questions that the tests ask of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences = sentences_of(text)
        self.attributions = find(text, self.sentences)
        self.roster: Roster = resolve(text, self.sentences, self.attributions)

    def by_cue(self, cue: str) -> Attribution:
        """The one attribution with this cue."""
        found = [a for a in self.attributions if a.cue.text == cue and a.rule != "citing"]
        assert len(found) == 1, (cue, self.attributions)
        return found[0]

    def speaker(self, words: str) -> SpeakerReading | None:
        """Who says `words`, which stand once in the text."""
        assert self.text.count(words) == 1
        start = self.text.index(words)
        return speaker_of(self.attributions, self.sentences, start, start + len(words), self.roster.name)

    def name(self, words: str) -> str | None:
        """The full name of who says `words`."""
        reading = self.speaker(words)
        return self.roster.name(reading.source) if reading else None


@pytest.fixture(scope="session")
def read() -> Callable[[str], Read]:
    """A function that reads a text."""
    return Read
