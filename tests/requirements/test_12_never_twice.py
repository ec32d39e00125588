"""Requirement 12: nobody is counted twice: duplicate, part, overlap and stock are explicit, nothing is added."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from probata.assess import assess, ranges
from probata.assess.incidents import assessed
from probata.export.incidentlines import record
from probata.link.incidents import link
from probata.model.assessment import Figure, Range
from requirements.coded_seed import about, coded


def numbers(value: object) -> set[int]:
    """Every number in a record."""
    if isinstance(value, dict):
        return {n for v in value.values() for n in numbers(v)}
    if isinstance(value, list):
        return {n for v in value for n in numbers(v)}
    return {value} if isinstance(value, int) and not isinstance(value, bool) else set()


def test_12_total_killed_of_the_seed_is_199(shared: Path) -> None:
    found = assess(list(coded(shared).values()), about=about())
    assert (found.killed.low, found.killed.best, found.killed.high) == (190, 199, 199)


def test_12_headline_deck_staff_thirteen_and_bodies_stand_beside_with_a_relation(shared: Path) -> None:
    found = assess(list(coded(shared).values()), about=about())
    relation = {f.claim: f.relation for f in found.figures}
    assert [c for c, r in relation.items() if r == "event"] == ["C03"]
    assert relation["C02"] == "restated"
    assert relation["C07"] == "part"
    assert relation["C08"] == "stock"
    assert {relation[c] for c in ("C01", "C04", "C05", "C06")} == {"uncounted"}
    assert all(f.why for f in found.figures if f.relation != "event")


def test_12_grouped_incidents_hold_no_sum(shared: Path) -> None:
    claims = list(coded(shared).values())
    records = [record(a.incident, a.found) for a in assessed(claims, about(), link(claims, about()))]
    assert max(r["killed"]["high"] or 0 for r in records) == 199
    for added in (199 + 13 + 91, 199 + 13, 199 + 91, 190 + 13, 190 + 91, 13 + 91, 200 + 90):
        assert added not in numbers(json.loads(json.dumps(records)))
    (bodies,) = [r for r in records if r["type"] == "bodies_found"]
    assert bodies["beside"][0]["relation"] == "stock"


def test_12_a_build_that_adds_up_would_be_seen(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def summed(figures: list[Figure], source: object) -> Range:
        total = sum(f.best or 0 for f in figures)
        return Range(total, total, total)

    monkeypatch.setattr("probata.assess.assessing.range_of", summed)
    monkeypatch.setattr("probata.assess.assessing.event", lambda figures, measure: list(figures))
    assert ranges.range_of is not summed
    found = assess([coded(shared)[c] for c in ("C03", "C07", "C08")], about=about())
    assert found.killed.best == 199 + 13 + 91
    with pytest.raises(AssertionError):
        assert (found.killed.low, found.killed.best, found.killed.high) == (190, 199, 199)
