"""Parsing: by hand as by the model's own pipes, within bounds of memory."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from probata.extract import encoder, parse
from probata.extract.sentences import Sentence
from probata.model.report import Block, BlockKind

CROSSING = "Villagers have long cursed the use of cluster bombs which they say fail to tell soldiers from farmers ."
TEXTS = (
    "The shelling of Orvale killed 20 people , the governor said .",
    "No",
    "Residents who had fled the town when the army entered it were told by officers that they could not return .",
    "It was not clear who , if anyone , the rebels had said they would hand over to the court in Port Selm .",
    "X mark Number ID ﷺ 😀 x*y \u200f12 '' -- ...",
    CROSSING,
)
WORDS = [t.split() for t in TEXTS]


@pytest.fixture
def by_hand() -> encoder.Encoder:
    found = parse.reader().__self__  # type: ignore[attr-defined]
    assert isinstance(found, encoder.Encoder)
    return found


def test_parse_by_hand_equals_the_models_pipes(by_hand: encoder.Encoder) -> None:
    own = spacy_again()
    assert by_hand.parse(WORDS) == encoder.by_pipes(own, WORDS)
    assert by_hand.parse(WORDS[::-1]) == by_hand.parse(WORDS)[::-1]


def test_encoded_rows_equal_the_models_tensors(by_hand: encoder.Encoder) -> None:
    own = spacy_again()
    docs = [Doc(own.vocab, words=w) for w in WORDS]
    tensors = own.get_pipe("tok2vec").predict(docs)
    rows = by_hand.encoded(WORDS)
    at = 0
    for tensor in tensors:
        assert abs(rows[at : at + len(tensor)] - tensor).max() < 1e-4
        at += len(tensor)
    assert at == len(rows)


def test_encoder_has_spacy_set_crossing_branches_right(by_hand: encoder.Encoder) -> None:
    words = CROSSING.split()
    [(_, deps, heads)] = by_hand.parse([words])
    assert (deps[words.index("which")], words[heads[words.index("which")]]) == ("nsubj", "fail")


def test_encoder_forgets_forms_beyond_its_table(by_hand: encoder.Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    want = by_hand.parse(WORDS)
    monkeypatch.setattr(encoder, "_FORMS", 60)
    for k in range(5):
        by_hand.parse([[f"form{k}x{i}" for i in range(40)]])
        assert len(by_hand._known) <= 60
    assert by_hand.parse(WORDS) == want


def test_reading_does_not_fill_the_models_string_store(by_hand: encoder.Encoder) -> None:
    vocab = parse.load().vocab
    before = len(vocab.strings), len(list(vocab))
    by_hand.parse([[f"never{k}met" for k in range(500)]])
    assert (len(vocab.strings), len(list(vocab))) == before


def test_parse_fills_each_sentence_across_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    block = Block(BlockKind.PARAGRAPH, 0, 10)
    sentences = [Sentence(0, 10, block, i, words=list(w), low=[x.lower() for x in w]) for i, w in enumerate(WORDS)]
    empty = Sentence(0, 0, block)
    monkeypatch.setattr(parse, "_BATCH", 15)
    parse.parse([*sentences, empty])
    assert not empty.parsed
    assert [(s.tags, s.deps, s.heads) for s in sentences] == parse.reader()(WORDS)
    for s in sentences:
        assert [h for h, kids in enumerate(s.kids) for _ in kids] == sorted(h for i, h in enumerate(s.heads) if h != i)


def spacy_again() -> Language:
    """The model loaded anew: the reader's own copy no longer runs by its pipes."""
    return parse.load.__wrapped__()
