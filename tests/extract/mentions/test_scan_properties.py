"""Whatever the text: nothing raised, spans in order and inside, and a cost that grows with the length only."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probata.extract.mentions.numbers import find_numbers
from probata.extract.mentions.times import find_times
from probata.resolve.dates import Context, resolve

PIECES = st.sampled_from(
    "on Monday|in|the|past|24 hours|May|March 2011|31|29 February|February 30|1,100|at least|more than|half|a million|"
    "two|dozen|,|.|-|–|2016|'s|’s|İ|\u202e|ﬁ|٣|²|½|99999999999999|last|year|week|since|between|and|to|12/31/2015|00:61|"
    "earlier|ago|every|day|next|9999|overnight|$|%|km|aged|of|one|or|so|+|next decade".split("|")
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES).map("".join))
ANCHORS = st.one_of(st.none(), st.dates(), st.just(date.min), st.just(date.max), st.just(date(2016, 2, 29)))


@settings(max_examples=300, deadline=None)
@given(TEXTS, ANCHORS, st.booleans(), st.booleans())
def test_scan_never_raises_and_spans_are_sound(text: str, anchor: date | None, future: bool, since: bool) -> None:
    for find in (find_times, find_numbers):
        at = 0
        for found in find(text, 0, len(text)):
            assert at <= found.start < found.end <= len(text)
            assert text[found.start : found.end].strip() == text[found.start : found.end]
            at = found.end
    for words in find_times(text, 0, len(text)):
        for context in (None, Context(day=anchor, future=future, since=since)):
            start, end, precision, _ = resolve(words, anchor, context)
            assert start is None or end is None or start <= end
            assert (precision == "unresolved") == (start is None and end is None)
    for number in find_numbers(text, 0, len(text)):
        assert number.low is None or number.high is None or 0 <= number.low <= number.high


@pytest.mark.parametrize(
    "piece", ["in the past two days and a half ", "at least one or two ", "since the ", "12,", "a", "1 "]
)
def test_scan_is_linear(piece: str) -> None:
    def cost(times: int) -> float:
        text, begin = piece * times, time.process_time()
        find_times(text, 0, len(text))
        find_numbers(text, 0, len(text))
        return time.process_time() - begin

    cost(100)
    small, large = min(cost(2000) for _ in range(3)), min(cost(16000) for _ in range(2))
    assert large < 40 * small + 0.05  # 8 times the text; a quadratic cost would be 64 times
