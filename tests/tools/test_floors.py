"""Floors hold, rise freely, and fall only with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

import floors

PINNED = floors.Floors({"gold": "aa"}, {"dev.fact": 0.68, "dev.claim": 0.78}, ())


@pytest.mark.parametrize(
    "values, below",
    [
        ({"dev.fact": 0.68, "dev.claim": 0.78}, []),
        ({"dev.fact": 0.679, "dev.claim": 0.9}, ["dev.fact"]),
        ({"dev.claim": 0.9}, ["dev.fact"]),  # what was not measured does not hold
        ({}, ["dev.fact", "dev.claim"]),
    ],
)
def test_floors_below(values, below):
    assert PINNED.below(values) == below


def test_floors_rise_in_steps_and_never_fall():
    lifted = PINNED.lifted({"dev.fact": 0.6999, "dev.claim": 0.5})
    assert lifted.least == {"dev.fact": 0.695, "dev.claim": 0.78}
    assert not lifted.below({"dev.fact": 0.6999, "dev.claim": 0.78})


def test_floors_fall_only_where_needed_and_say_why():
    lowered = PINNED.lowered({"dev.fact": 0.6, "dev.claim": 0.9}, "a stricter reading of places")
    assert lowered.least == {"dev.fact": 0.6, "dev.claim": 0.78}
    assert len(lowered.log) == 1
    assert "dev.fact 0.68 to 0.6: a stricter reading of places" in lowered.log[0]


def test_floors_see_a_changed_gold():
    assert PINNED.changed({"gold": "aa"}) == []
    assert PINNED.changed({"gold": "ab"}) == ["gold"]
    assert PINNED.changed({}) == ["gold"]
    assert PINNED.changed({"gold": "aa", "more": "cc"}) == ["more"]


def test_floors_are_written_as_they_are_read(tmp_path: Path):
    path = tmp_path / "floors.toml"
    full = PINNED.pinned({"gold": "bb"}, 'the "second" gold').lowered({"dev.fact": 0.1, "dev.claim": 1.0}, "why — so")
    floors.write(full, path)
    assert floors.read(path) == full


def test_floors_of_the_repository_can_be_read():
    pinned = floors.read()
    assert {"dev.fact", "held.fact", "seed.fact", "polnear.coverage"} <= pinned.least.keys()
    assert all(len(d) == 64 for d in pinned.digests.values())
