"""Requirement 7: independent originators are counted, not articles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from probata.assess import assess
from requirements.coded_seed import SECOND, about, coded, incident, x2


def test_07_i1_of_the_seed_is_one(shared: Path) -> None:
    for claims in (incident(shared, "I1"), list(coded(shared).values())):
        found = assess(claims, about=about())
        assert found.independent_sources == 1
        assert {"C03", "C06"} <= set(found.originators[0].claims), "eyewitnesses and activists may be the same people"


def test_07_arabic_version_and_five_copies_of_one_agency_story_make_two(shared: Path) -> None:
    seed = incident(shared, "I1")
    arabic = [replace(c, id=f"{c.id}-ar", report="arabic") for c in seed]
    copies = [x2(f"daily-{n}", via=["AFP"]) for n in range(5)]
    known = about(**{f"daily-{n}": (f"Daily {n}", SECOND) for n in range(5)})
    families = [frozenset(c.report for c in copies)]
    found = assess([*seed, *arabic, *copies], families, about=known)
    assert found.independent_sources == 2
    assert assess([*seed, *arabic, *copies], about=known).independent_sources == 2, "also where no copy was recognised"
    assert assess([*seed, *arabic], about=known).independent_sources == 1, "a translation of the same publisher"


def test_07_who_does_not_vouch_adds_nothing_and_the_reason_is_shown(shared: Path) -> None:
    found = assess(incident(shared, "I1"), about=about())
    left = {u.claim: u.why for u in found.uncounted}
    assert {"C01", "C02", "C05", "C13"} <= left.keys()
    assert "outlet" in left["C02"]
    assert all(left.values())
    assert found.originators[0].why
