"""Requirement 22: new reports widen the range, history stays, the accused's answer is recorded."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from probata.assess import assess
from probata.assess.changes import changes, sentences
from probata.assess.incidents import assessed
from probata.export.incidentlines import record
from probata.link.incidents import link
from probata.model.claim import Claim
from requirements.coded_seed import SECOND, about, accepted, coded, incident, x2, x4

KNOWN = about(x2=("A Daily", SECOND), x4=("Another Daily", SECOND.replace(day=26)))


def records(claims: list[Claim]) -> list[dict[str, Any]]:
    return [record(a.incident, a.found) for a in assessed(claims, KNOWN, link(claims, KNOWN))]


def holding(claim: str, found: list[dict[str, Any]]) -> dict[str, Any]:
    return next(r for r in found if claim in r["claims"])


@pytest.fixture
def seed(shared: Path) -> list[Claim]:
    return list(coded(shared).values())


def test_22_x2_makes_82_to_199_with_both_figures_kept(seed: list[Claim]) -> None:
    one = holding("C03", records([*seed, x2()]))
    assert "x2-x2" in one["claims"]
    assert (one["killed"]["low"], one["killed"]["high"]) == (82, 199)
    found = assess([*seed, x2()], about=KNOWN)
    kept = {f.claim: (f.low, f.high) for f in found.figures if f.relation == "event"}
    assert kept == {"C03": (190, 199), "x2-x2": (82, None)}
    assert (found.killed.low_from, found.killed.high_from) == ("x2-x2", "C03")


def test_22_what_changed_is_said_and_version_1_is_as_it_was(seed: list[Claim]) -> None:
    before = holding("C03", records(seed))
    first = copy.deepcopy(before)
    after = holding("C03", records([*seed, x2()]))
    said = sentences(changes(before, after))
    assert "killed widened: 190-199 -> 82-199" in said
    assert any(s.startswith("independent sources 1 -> 2") for s in said)
    assert any(s.startswith("suggested grade Weak -> Fair") for s in said)
    assert before == first
    assert before["id"] == after["id"], "the incident goes on"


def test_22_x4_is_another_incident(seed: list[Claim]) -> None:
    found = records([*seed, x2(), x4()])
    assert holding("x4-x4", found)["claims"] == ["x4-x4"]
    assert holding("C03", found) == holding("C03", records([*seed, x2()]))


def test_22_answer_of_the_accused_or_none_reported(shared: Path) -> None:
    claims = incident(shared, "I1")
    answers = assess(claims, about=KNOWN).answers
    assert answers
    assert {a.answer for a in answers} == {"none reported"}
    given = {a.accused: a.answer for a in assess([*claims, accepted()], about=KNOWN).answers}
    assert given["Syrian government forces"] == "accepted"
