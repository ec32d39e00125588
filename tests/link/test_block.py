"""Blocks: what is compared, what never is, and that the number of pairs grows with the number of scenes only."""

from __future__ import annotations

from typing import Any

import pytest

from link.dossier import BRENTA, claim
from link.test_rows import world
from probata.link import block
from probata.link.counts import count, weights
from probata.link.incidents import scenes_of
from probata.link.scenes import Scene
from probata.link.union import Parts
from probata.model.claim import Claim


def compared(claims: list[Claim]) -> tuple[list[Scene], list[tuple[int, int]]]:
    found = sorted(scenes_of(claims), key=lambda s: s.key)
    return found, [(a, b) for a, b in block.pairs(found, weights(count(found))).tolist()]


@pytest.mark.parametrize(
    "one, other, meet",
    [
        pytest.param({}, {}, True, id="place and day"),
        pytest.param({}, {"date": "2031-03-05"}, True, id="place and days near"),
        pytest.param({}, {"date": None}, True, id="place, and a day not known"),
        pytest.param({"count": 47}, {"count": 47, "date": "2031-06-01"}, True, id="place and figure"),
        pytest.param({"place": None, "method": "chlorine"}, {"method": "poison gas"}, True, id="means and day"),
        pytest.param({"place": None, "count": 47}, {"count": 47}, True, id="figure and day"),
        pytest.param({"evidence": "Zorabek"}, {"evidence": "Zorabek", "place": BRENTA, "date": None}, True, id="word"),
        pytest.param({"method": "chlorine"}, {"method": "chlorine", "place": BRENTA}, False, id="two towns, one day"),
        pytest.param({}, {"kind": "displacement"}, False, id="another kind of event"),
    ],
)
def test_block_of_two_scenes(one: dict[str, Any], other: dict[str, Any], meet: bool) -> None:
    _, pairs = compared([claim("post", **one), claim("radio", **other)])
    assert bool(pairs) is meet


def test_block_kinds_named_like_their_words_do_not_meet() -> None:
    kinds = ["bodies_found", "detention", "displacement", "deprivation", "forced_recruitment"]
    _, pairs = compared([claim(kind, kind, evidence="bodies detention displacement recruitment") for kind in kinds])
    assert pairs == []


def test_block_pairs_grow_with_scenes_only() -> None:
    crowd = [claim(f"r{n:04}", count=20 + n % 7, method="shelling") for n in range(600)]
    found, pairs = compared([*crowd, *world(2)])
    assert len(pairs) <= block.MOST * len(found)
    assert len(set(pairs)) == len(pairs)
    assert all(a < b for a, b in pairs)


def test_block_a_crowd_hangs_together() -> None:
    found, pairs = compared([claim(f"r{n:04}", count=20 + n % 7) for n in range(300)])
    parts = Parts(len(found))
    for a, b in pairs:
        parts.join(a, b)
    assert {parts.find(n) for n in range(len(found))} == {0}


def test_block_of_nothing() -> None:
    assert compared([]) == ([], [])
    assert compared([claim("post")])[1] == []
