"""A report too long to be read whole: its claims come from its beginning, and a gap says up to where."""

from __future__ import annotations

import pytest

from probata import pipeline
from probata.acquire import Options, report_of_text
from probata.model import report as bound

WORDS = "Soldiers killed two farmers in Orvel on Monday. "


@pytest.mark.parametrize(
    ("text", "read_to"),
    [("a" * 90, 90), ("a b " * 60, 99), ("a" * 200, 100), ("a\n" * 60, 99)],
    ids=["short", "at a space", "no space", "at a line's end"],
)
def test_reading_ends_before_the_bound(text: str, read_to: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bound, "MOST_READ", 100)
    monkeypatch.setattr(bound, "_NEAR", 20)
    report = report_of_text(text, Options(), "long")
    assert report.read_to == read_to
    assert report.text == text
    assert any(gap.startswith("too long") for gap in report.gaps) == (read_to < len(text))


def test_what_lies_behind_the_bound_gives_no_claims_and_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = report_of_text(WORDS * 6, Options(), "long")
    everything = pipeline.read(whole)
    monkeypatch.setattr(bound, "MOST_READ", 3 * len(WORDS))
    cut = report_of_text(WORDS * 6, Options(), "long")
    some = pipeline.read(cut)
    assert 0 < len(some) < len(everything)
    assert all(c.evidence.end <= cut.read_to for c in some)
    assert f"first {cut.read_to:,} characters of {len(cut.text):,}" in "; ".join(cut.gaps)
