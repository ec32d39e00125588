"""An incident in words: all that a reader needs to judge it, and nothing that a record does not say."""

from __future__ import annotations

from typing import Any

from probata.export.incidenttext import groups, text
from probata.export.style import Style

RANGE = {"low": None, "best": None, "high": None}
RECORD: dict[str, Any] = {
    "id": "inc-0123456789ab", "type": "killing", "place": "Tarqa", "from": "2031-05-20", "to": "2031-05-20",
    "killed": {"low": 6, "best": 27, "high": None}, "injured": RANGE, "independent_sources": 2,
    "originators": [{"name": "a doctor"}, {"name": "the mayor"}], "families": [["post", "wire"]],
    "accused": ["army", "rebels"], "verification": "unverified", "grade": "Contested", "grade_reason": "two sides",
    "grade_scope": "explosive weapons: within the scope of Airwars", "relations": [], "beside": [],
    "accusations": [
        {"accused": "army", "stands": "named", "by": [{"speaker": "a doctor"}, {"speaker": "a doctor"}]},
        {"accused": "rebels", "stands": "alternative", "by": [{"speaker": None}]},
    ],
    "answers": [{"accused": "army", "answer": "denied"}],
    "groups": [
        {"measure": "killed", "group": "child", "status": "not stated", "low": 4, "best": 4, "high": 4},
        {"measure": "injured", "group": "woman", "status": "not stated", **RANGE},
    ],
    "views": [{"name": "ucdp", "low": 6, "best": 27, "high": None, "rules": ["ucdp-low-best-high"], "imputed": False,
               "note": ""}],
    "law": [
        {"ref": "ICC 8(2)(c)(i)", "label": "murder", "fit": "candidate", "stated": ["a death"], "missing": ["link"],
         "why": "not stated: link"},
        {"ref": "ICC 8(2)(b)(i)", "label": "attack", "fit": "refused", "stated": [], "missing": [],
         "why": "the conflict is not international"},
    ],
}  # fmt: skip
SAID = " ".join(text(RECORD, Style(columns=200, colour=False)).split())


def test_each_accused_has_who_accuses_it_and_its_answer() -> None:
    assert "army, by a doctor; answer: denied" in SAID
    assert "rebels (alternative), by the outlet itself; answer: none reported" in SAID


def test_views_name_their_rules_and_labels_what_is_not_stated() -> None:
    assert "UCDP: 6 or more (27) (rules ucdp-low-best-high)" in SAID
    assert "ICC 8(2)(c)(i) murder: candidate; stated: a death; not stated: link" in SAID
    assert "refused: the conflict is not international (ICC 8(2)(b)(i))" in SAID


def test_groups_have_their_own_range_and_status() -> None:
    assert list(groups(RECORD["groups"])) == [
        "child, status not stated: 4 killed",
        "named without a figure: woman (injured)",
    ]


def test_nobody_accused_is_said() -> None:
    said = text({**RECORD, "accused": [], "accusations": []}, Style(columns=200, colour=False))
    assert "accused       nobody" in said
