"""The codes of ACLED and UCDP for how exactly place and time are known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from probata.assess.precision import place_codes, time_codes

DAY = date(2031, 3, 3)


@pytest.mark.parametrize(
    "precision, codes",
    [
        ("point", (1, 1)),
        ("neighbourhood", (1, 1)),
        ("city", (1, 1)),
        ("district", (2, 3)),
        ("province", (3, 4)),
        ("region", (3, 5)),
        ("country", (3, 6)),
        ("unresolved", (None, None)),
        (None, (None, None)),
    ],
)
def test_precision_of_places(precision: str | None, codes: tuple[int | None, int | None]) -> None:
    assert place_codes(precision) == codes


def test_precision_of_a_place_carried_over_is_near_at_best() -> None:
    assert place_codes("city", carried=True) == (1, 2)
    assert place_codes("province", carried=True) == (3, 4)


@pytest.mark.parametrize(
    "days, codes",
    [(1, (1, 1)), (2, (2, 2)), (6, (2, 2)), (7, (2, 3)), (8, (3, 4)), (31, (3, 4)), (32, (3, 5)), (366, (3, 5)),
     (367, (None, None))],
)  # fmt: skip
def test_precision_of_times(days: int, codes: tuple[int | None, int | None]) -> None:
    assert time_codes(DAY, DAY + timedelta(days - 1)) == codes


@pytest.mark.parametrize("start, end", [(None, None), (DAY, None), (None, DAY)])
def test_precision_of_open_times_is_not_guessed(start: date | None, end: date | None) -> None:
    assert time_codes(start, end) == (None, None)
