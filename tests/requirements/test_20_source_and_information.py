"""Requirement 20: source and information graded apart, A to F and 1 to 6; suggested, never decided."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from probata.assess import assess
from probata.model.claim import Claim, Named
from probata.model.span import Span
from requirements.coded_seed import about, coded


def rated(*claims: Claim) -> dict[str, tuple[str, int]]:
    return {r.claim: (r.source, r.information) for r in assess(claims, about=about()).ratings}


@pytest.mark.parametrize(
    "name, grade",
    [("C03", "F3"), ("C05", "F6"), ("C06", "F3"), ("C07", "F3"), ("C08", "C3"), ("C11", "D3"), ("C13", "F6"),
     ("C14", "A1"), ("C15", "A1"), ("C16", "A1"), ("C18", "A1"), ("C19", "A1")],
)  # fmt: skip
def test_20_as_coded(shared: Path, name: str, grade: str) -> None:
    letter, number = rated(coded(shared)[name])[name]
    assert f"{letter}{number}" == grade


def test_20_changing_the_letter_leaves_the_number(shared: Path) -> None:
    c08 = coded(shared)["C08"]
    made = [replace(c08, speaker=Named(Span(0, len(w), w), w)) for w in ("activists", "OHCHR", "Osama Abu Zayd", "X Y")]
    found = [rated(c)["C08"] for c in made]
    assert len({letter for letter, _ in found}) >= 3
    assert {number for _, number in found} == {3}


def test_20_anonymous_starts_at_f(shared: Path) -> None:
    seed = coded(shared)
    assert {rated(seed[c])[c][0] for c in ("C03", "C04", "C06", "C07")} == {"F"}


def test_20_an_official_act_of_speaking_lifts_nothing_of_what_is_said(shared: Path) -> None:
    seed = coded(shared)
    found = rated(*seed.values())
    assert found["C14"] == ("A", 1)
    assert found["C13"] == ("F", 6)
    assert rated(seed["C13"])["C13"] == rated(seed["C13"], seed["C14"])["C13"] == ("F", 6)


def test_20_each_has_its_own_reason(shared: Path) -> None:
    for r in assess(list(coded(shared).values()), about=about()).ratings:
        assert r.source_why
        assert r.information_why
