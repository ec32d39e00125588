"""Requirement 21: incidents graded by stated rules with the reason shown; out of scope is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from probata.assess import assess
from probata.model.assessment import Grade
from probata.model.claim import Claim
from requirements.coded_seed import about, accepted, coded, incident, other_side, x2


def grade(claims: list[Claim], *withdrawn: str) -> Grade:
    return assess(claims, about=about(), withdrawn=frozenset(withdrawn)).grade


def test_21_weak_fair_contested_confirmed_discounted(shared: Path) -> None:
    claims = incident(shared, "I1")
    assert grade(claims).name == "Weak"
    claims.append(x2())
    assert grade(claims).name == "Fair"
    claims.append(other_side())
    assert grade(claims).name == "Contested"
    claims.append(accepted())
    assert grade(claims).name == "Confirmed"
    assert grade(claims, *(c.id for c in claims)).name == "Discounted"


def test_21_the_reason_names_the_rule_and_who(shared: Path) -> None:
    fair = grade([*incident(shared, "I1"), x2()])
    assert fair.rule == "two-or-more-sources"
    assert "human rights office" in fair.reason
    contested = grade([*incident(shared, "I1"), x2(), other_side()])
    assert "Syrian government forces" in contested.reason
    assert "opposition armed groups" in contested.reason


def test_21_out_of_scope_is_said(shared: Path) -> None:
    assert "outside" in grade(incident(shared, "I1")).scope, "no explosive weapon is stated"
    seed = coded(shared)
    assert grade([seed[c] for c in ("C18", "C19")]).name == "Out of scope"
    assert grade([seed["C10"]]).name == "Out of scope"


def test_21_fair_needs_somebody_who_says_who_did_it(shared: Path) -> None:
    nobody = [replace(c, agents=()) for c in (coded(shared)["C03"], x2())]
    found = grade(nobody)
    assert (found.name, found.rule) == ("Weak", "nobody-accused")
