"""Source and information are graded apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assess.coded import ABOUT, C03, C05, C06, C07, C08, C11, C13, C15, GOVERNMENT, SEED, claim, named, x2
from probata.assess import assess
from probata.model.claim import Claim


def rated(claims: list[Claim], name: str) -> str:
    r = next(r for r in assess(claims, about=ABOUT).ratings if r.claim == name)
    return f"{r.source}{r.information}"


@pytest.mark.parametrize(
    "one, expected",
    [
        (C03, "F3"),
        (C05, "F6"),
        (C06, "F3"),
        (C07, "F3"),
        (C08, "C3"),
        (C11, "D3"),
        (x2(), "B3"),
        (C13, "A1"),
        (C15, "A1"),
    ],
    ids=lambda v: v.id if isinstance(v, Claim) else v,
)
def test_admiralty_of_the_seed(one: Claim, expected: str) -> None:
    assert rated([one], one.id) == expected


def test_admiralty_act_of_saying_does_not_lift_what_is_said() -> None:
    found = {r.claim: r for r in assess([*SEED, C13], about=ABOUT).ratings}
    assert (found["C13"].of, found["C15"].of) == ("act of saying", "act of saying")
    assert (found["C03"].source, found["C03"].information) == ("F", 3)
    content = claim("content", by="Ban Ki-moon", stance="unverified")
    assert rated([C03, C13, content], "content") == "B6"


def test_admiralty_letter_leaves_the_number() -> None:
    for who in ("activists", "OHCHR", "Osama Abu Zayd", "the Karsa Gazette", "Anna Weil"):
        changed = replace(C08, speaker=named(who))
        assert rated([changed], "C08")[1] == "3", who
    letters = {rated([replace(C08, speaker=named(w))], "C08")[0] for w in ("activists", "OHCHR", "Osama Abu Zayd")}
    assert letters == {"F", "B", "D"}


def test_admiralty_number_leaves_the_letter() -> None:
    denial = claim("D", report="d", by="the Syrian army", stance="denied", agents=[GOVERNMENT])
    assert rated([C03], "C03") == "F3"
    assert rated([C03, denial], "C03") == "F4"
    agreeing = claim("E", report="e", by="the Karsa Monitor", count="at least 150")
    assert rated([C03, agreeing], "C03") == "F2"
    assert rated([C03, claim("E", report="e", by="the Karsa Monitor", count="12")], "C03") == "F3"


def test_admiralty_named_with_access() -> None:
    assert rated([claim("a", by="Anna Weil", count="3")], "a") == "E3"
    assert rated([claim("a", by="Anna Weil", basis="medical", count="3")], "a") == "C3"


def test_admiralty_withdrawn_is_improbable() -> None:
    found = assess([C03, C08], about=ABOUT, withdrawn=frozenset({"C03"}))
    assert {r.claim: r.information for r in found.ratings}["C03"] == 5
    assert found.killed.low is None
