"""Sums of figures in a list."""

from __future__ import annotations

import pytest

from probata.extract.mentions.numbers import find_numbers
from probata.resolve.numbers import lists, total


@pytest.mark.parametrize(
    "text, ones, expected",
    [
        ("nine children and four women", 0, (13, 13)),
        ("37 guards and 101 fighters", 0, (138, 138)),
        ("six women five children and three officers", 0, (14, 14)),
        ("over 225 fighters and 153 civilians", 0, (379, None)),
        ("up to 30 men and 5 women", 0, (None, 35)),
        ("dozens of men and 5 women", 0, (None, None)),
        ("two women", 2, (4, 4)),
    ],
)
def test_numbers_total(text: str, ones: int, expected: tuple[int | None, int | None]) -> None:
    assert total(find_numbers(text, 0, len(text)), ones) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Nine children and four women were burned", [(0, 1)]),
        ("kill 10 children 5 women in Qasra", [(0, 1)]),
        ("six women, five children and three police officers", [(0, 1, 2)]),
        ("45 opposition fighters and 43 regime soldiers had died", [(0, 1)]),
        ("killed 19 and wounded 22", []),
        ("12 people were killed and 4 others", []),
        ("15 people including 5 children", []),
        ("at least six people, two of them children, at the market", []),
        ("40 people, 12 children", []),
        ("Six people and two of those in the car", []),
        ("two men died in 3 days", []),
    ],
)
def test_numbers_lists(text: str, expected: list[tuple[int, ...]]) -> None:
    assert lists(text, find_numbers(text, 0, len(text))) == expected
