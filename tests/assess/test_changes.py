"""What changed between two versions of an incident, as sentences and data."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.dossiers import BOARD, DENIAL, POST, printed
from probata.assess.changes import changes, sentences


def one(*records: dict[str, Any]) -> dict[str, Any]:
    (found,) = printed(*records)
    return found


def told(old: dict[str, Any], new: dict[str, Any], **moved: dict[str, str]) -> list[str]:
    return sentences(changes(old, new, **moved))


def test_changes_first_and_none() -> None:
    record = one(POST)
    assert sentences(changes(None, record)) == ["first version"]
    assert changes(record, copy.deepcopy(record)) == ()
    assert told(record, record) == ["nothing that is shown has changed"]


def test_changes_of_a_second_source() -> None:
    old, new = one({**POST, "count": 30}), one({**POST, "count": 30}, {**BOARD, "count": "at least 12"})
    found = told(old, new)
    assert "1 report added: wire-0" in found
    assert "1 claim added: wire-0#2" in found
    assert "killed widened: 30 -> 12-30" in found
    assert "independent sources 1 -> 2; added Meren Relief Board" in found
    assert any(s.startswith("suggested grade Weak -> Fair: two or more independent sources") for s in found)


def test_changes_back_again_narrow() -> None:
    old, new = one({**POST, "count": 30}), one({**POST, "count": 30}, {**BOARD, "count": "at least 12"})
    found = told(new, old)
    assert "killed narrowed: 12-30 -> 30" in found
    assert "1 report no longer: wire-0" in found
    assert "independent sources 2 -> 1; no longer Meren Relief Board" in found


def test_changes_of_a_denial_are_an_answer() -> None:
    found = told(one(POST), one(POST, DENIAL))
    assert any(s.endswith("none reported -> denied") for s in found)


def test_changes_name_new_accused() -> None:
    found = changes(one(POST), one(POST, {**BOARD, "agents": ["rebels"]}))
    (accused,) = [c for c in found if c.kind == "accused added"]
    assert accused.items == ("opposition armed groups",)
    assert any("Weak -> Contested" in c.sentence for c in found)


@pytest.mark.parametrize(
    "before, after, sentence",
    [
        ((190, 199, 199), (82, 190, 199), "killed widened: 190-199 -> 82-199"),
        ((12, 12, None), (12, 12, 20), "killed narrowed: 12 or more -> 12-20"),
        ((12, 12, 12), (20, 20, 20), "killed changed: 12 -> 20"),
        ((None, None, None), (3, 3, 3), "killed: no figure -> 3"),
        ((3, 3, 3), (None, None, None), "killed: 3 -> no figure"),
        ((10, 12, 20), (10, 15, 20), "killed: best 12 -> 15, in 10-20"),
        ((None, None, 30), (5, 6, 30), "killed narrowed: up to 30 -> 5-30"),
    ],
)
def test_changes_of_ranges(before: tuple[int | None, ...], after: tuple[int | None, ...], sentence: str) -> None:
    old, new = ({**one(POST), "killed": dict(zip(("low", "best", "high"), r, strict=True))} for r in (before, after))
    assert told(old, new) == [sentence]


def test_changes_tell_joined_and_split_from_new_and_gone() -> None:
    old = one(POST)
    new = {**old, "claims": [*old["claims"], "a", "b", "c"]}
    assert told(old, new, came={"a": "inc-1", "b": "inc-1"}) == [
        "joined with inc-1, which held 2 claims",
        "1 claim added: c",
    ]
    assert told(new, old, went={"a": "inc-2", "b": "inc-2", "c": "inc-2"}) == ["split: inc-2, which now holds 3 claims"]
    assert told(new, old) == ["3 claims removed: a, b, c"]


def test_changes_of_a_new_incident_say_where_its_claims_were() -> None:
    new = one(POST)
    assert told_first(new, came={"post-1#1": "inc-1"}) == ["first version", "1 claim of it was in inc-1"]


def told_first(new: dict[str, Any], **moved: dict[str, str]) -> list[str]:
    return sentences(changes(None, new, **moved))


def test_changes_of_what_stands_beside() -> None:
    old = one(POST)
    new = {**old, "beside": [{"incident": "inc-2", "relation": "stock", "reason": "x"}]}
    assert told(old, new) == ["stands beside inc-2 (stock): never added"]
    assert told(new, old) == ["stands beside inc-2 (stock) no more"]


def test_changes_of_place_days_rules_and_relations() -> None:
    old = one(POST)
    new = copy.deepcopy(old) | {"place": "Brenta", "from": None, "to": None}
    new["versions"]["grades"] += 1
    new["relations"] = [{"claim": old["claims"][0], "relation": "revised", "reason": "x"}]
    found = told(old, new)
    assert "place: Tarqa -> Brenta" in found
    assert "days: 2031-03-03 -> not known" in found
    assert "post-1#1: event -> revised" in found
    assert any(s.startswith("rules of grades: version") for s in found)


def test_changes_with_many_reports_name_a_few() -> None:
    old = one(POST)
    new = {**old, "families": [*old["families"], *([f"r{n}"] for n in range(100))]}
    (change,) = changes(old, new)
    assert change.sentence.endswith("and 95 more")
    assert len(change.items) == 100


def test_changes_read_a_record_of_an_older_version() -> None:
    """Records of before lack fields that came later; what is not there is no change of a value."""
    record = one(POST)
    few = {k: record[k] for k in ("claims", "killed", "families", "grade")}
    assert all(c.kind for c in changes(few, record))


_ENDS = st.one_of(st.none(), st.integers(0, 300))


@given(_ENDS, _ENDS)
@settings(max_examples=60, deadline=None)
def test_changes_never_say_narrowed_for_a_lower_low(low: int | None, high: int | None) -> None:
    old = {"killed": {"low": 100, "best": 150, "high": 200}}
    new = {"killed": {"low": low, "best": None, "high": high}}
    said = " ".join(told(old, new))
    if low is not None and low < 100:
        assert "narrowed" not in said
