"""Thousands of quotations: what is looked at grows with their number, not with its square. Counted, not timed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from probata.extract.attribution.quotes import carried, grow, quotations
from probata.extract.parse import cut_sentences
from probata.model.attribution import Attribution
from probata.model.report import Block, BlockKind
from probata.model.span import Span

SAID = '"We were hit again," he said. '


class Counted(Sequence[tuple[int, int]]):
    """Quotations that count how often one is looked at."""

    def __init__(self, quotes: Sequence[tuple[int, int]]) -> None:
        self.quotes, self.looks = quotes, 0

    def __len__(self) -> int:
        return len(self.quotes)

    def __getitem__(self, at: Any) -> Any:
        got = self.quotes[at]
        self.looks += len(got) if isinstance(at, slice) else 1
        return got

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for n in range(len(self)):
            yield self[n]


def _looks(times: int) -> int:
    text = SAID * times
    sentences = cut_sentences(text, [Block(BlockKind.PARAGRAPH, 0, len(text))])
    quotes = Counted(quotations(text, sentences))
    assert len(quotes) == times
    for s in sentences:
        grow([(s.start, s.end)], s, quotes, 0, len(text))
    return quotes.looks


def test_the_quotations_of_a_sentence_are_sought_not_gone_through() -> None:
    assert _looks(800) < 6 * _looks(200)  # 16 times if each sentence looked at every quotation


@pytest.mark.parametrize("times", [3, 40])
def test_quotations_in_a_row_all_go_to_the_source_before_them(times: int) -> None:
    text = '"They shelled us," Orla Ben said. ' + '"The school in Tarqa is gone." ' * times
    sentences = cut_sentences(text, [Block(BlockKind.PARAGRAPH, 0, len(text))])
    quotes = quotations(text, sentences)
    said, who = text.index("said"), text.index("Orla")
    one = Attribution(Span.of(text, who, who + 8), Span.of(text, said, said + 4), (Span.of(text, 0, 18),))
    (found,) = carried(text, [one], sentences, quotes)
    assert [c.start for c in found.content] == [q[0] for q in quotes]
