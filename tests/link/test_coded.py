"""Hand-coded records: what their strings mean, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from probata.assess.figures import figure
from probata.export import jsonl
from probata.link import coded
from probata.model.claim import Claim

Bounds = tuple[int | None, int | None]


def read(count: Any) -> Claim:
    return coded.claim({"report": "post", "type": "killing", "count": count}, 1)


@pytest.mark.parametrize(
    "said, bounds",
    [
        (12, (12, 12)),
        ("12", (12, 12)),
        ("at least 12", (12, None)),
        ("nine children and four women", (13, 13)),
        ("4 women, 3 men and two children", (9, 9)),
        ("at least nine children and four women", (13, None)),
        ("a woman and two children", (3, 3)),
        ("two officials and their driver", (3, 3)),
        ("a total of 12 people", (12, 12)),
        ("six people, two of them children", (6, 6)),
        ("12 people, including 4 women", (12, 12)),
        ("40 people, 12 children", (40, 40)),
        ("between 8 and 14", (8, 14)),
        ("dozens", (None, None)),
        ({"low": 12, "high": None}, (12, None)),
        ({"best": 12}, (12, 12)),
        ({"text": "nine children and four women"}, (13, 13)),
    ],
)
def test_coded_count_bounds(said: Any, bounds: Bounds) -> None:
    count = read(said).count
    assert count is not None
    assert (count.low, count.high) == bounds


def test_coded_best_is_kept_and_counted() -> None:
    claim = read({"low": 8, "best": 12, "high": 14})
    found = figure(claim)
    assert found is not None
    assert (found.low, found.best, found.high) == (8, 12, 14)
    again = jsonl.from_record(json.loads(jsonl.line(jsonl.record(claim))))
    assert again.count == claim.count


@pytest.mark.parametrize(
    "count, reason",
    [
        (-1, "negative"),
        (True, "neither a number nor words"),
        ([12], "neither a number nor words"),
        ({"low": 14, "high": 8}, "above its high"),
        ({"low": "12"}, "no whole numbers"),
        ({"low": 8, "best": 20, "high": 14}, "outside"),
        ({"low": 8, "best": 2}, "outside"),
    ],
)
def test_coded_count_that_is_none_is_refused(count: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read(count)


@pytest.mark.parametrize("count", [None, "", " ", {}])
def test_coded_count_left_out_is_none(count: Any) -> None:
    assert read(count).count is None
