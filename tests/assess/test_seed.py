"""The seed report as it is read, with the figure of the human rights office coded by hand beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.coded import ABOUT, X4, x2
from probata.assess import assess
from probata.model.claim import Claim
from seed import PUBLISHED, seed_claims


@pytest.fixture(scope="module")
def claims(shared: Path) -> list[Claim]:
    return seed_claims(shared, PUBLISHED)


def test_seed_alone(claims: list[Claim]) -> None:
    found = assess(claims, about=ABOUT)
    assert (found.killed.low, found.killed.best, found.killed.high) == (190, 199, 199)
    assert (found.bodies.low, found.bodies.high) == (91, None)
    assert found.independent_sources == 1
    assert found.grade.name == "Weak"
    assert {a.answer for a in found.answers} == {"none reported"}
    assert "alternative" not in {a.stands for a in found.accused}
    assert assess(claims).independent_sources == 1, "also where its outlet is not known"


def test_seed_with_x2(claims: list[Claim]) -> None:
    found = assess([*claims, x2()], about=ABOUT)
    assert (found.killed.low, found.killed.high) == (82, 199)
    assert found.independent_sources == 2
    assert found.grade.name == "Fair"


def test_seed_with_the_other_side_blamed(claims: list[Claim]) -> None:
    assert assess([*claims, x2(), X4], about=ABOUT).grade.name == "Contested"


def test_seed_burning_alone(claims: list[Claim]) -> None:
    (burning,) = [c for c in claims if c.count and c.count.rule == "sum"]
    acled, ucdp, ibc = assess([burning], about=ABOUT).views
    assert acled.best == 13
    assert (ucdp.low, ucdp.best, ucdp.high) == (0, 13, 13)
    assert (ibc.low, ibc.high) == (0, 13)
