"""Why two claims are one incident or two: features with weights, what forbids it, people's rows, chains."""

from __future__ import annotations

from typing import Any

import pytest

from assess.dossiers import POST, claims_of
from probata.assess.why import why
from probata.export.comparison import record, text
from probata.export.plain import width
from probata.export.style import Style
from probata.link.incidents import link
from probata.link.score import JOIN
from probata.model.comparison import Comparison
from probata.model.incident import Decision

MAYOR = {**POST, "report": "radio", "outlet": "Radio Meren", "speaker": "the mayor", "count": 14}
FAR = {**POST, "report": "far", "place": {"text": "Kessar", "lat": 20.0, "lon": 40.0, "precision": "city"},
       "date": "2031-05-20", "evidence": "rebels shot two drivers dead"}  # fmt: skip
APPEAL = {**POST, "report": "un", "type": "appeal", "count": ""}
# Two covers both days, so that it goes with One of the first and with Three of the second.
ONE = {**POST, "report": "one", "count": 31, "method": "shelling", "evidence": "shelling of the market killed many"}
TWO = {**ONE, "report": "two", "date": "2031-03-03/2031-03-04"}
THREE = {**ONE, "report": "three", "date": "2031-03-04", "evidence": "nurses buried the dead of the ferry"}
THREES = [{**THREE, "agents": [a], "count": n} for a in ("rebels", "the army") for n in (31, 33, 50, "")]


def compared(a: str, b: str, *records: dict[str, Any], decisions: tuple[Decision, ...] = ()) -> Comparison:
    claims, about = claims_of(*records)
    return why(a, b, claims, link(claims, about, decisions), decisions)


def test_why_features_add_up_to_the_score() -> None:
    found = compared("post-1#1", "radio#2", POST, MAYOR)
    assert found.together
    assert found.score == pytest.approx(found.base + sum(f.weight for f in found.features))
    assert found.score is not None
    assert found.score >= found.threshold == JOIN
    by = {f.feature: f for f in found.features}
    assert (by["killed"].a, by["killed"].b) == ("12", "14")
    assert by["days"].weight > 0
    assert found.incident_a == found.incident_b is not None


def test_why_says_what_forbids_it() -> None:
    found = compared("post-1#1", "far#2", POST, FAR)
    assert found.together is False
    assert "never one" in found.reason
    assert found.never in found.reason
    assert found.incident_a != found.incident_b


def test_why_one_report_tells_of_both() -> None:
    hurt = {**POST, "type": "injury", "count": 30}
    found = compared("post-1#1", "post-1#2", POST, hurt)
    assert (found.together, found.features) == (True, ())
    assert "one report" in found.reason


def test_why_a_claim_of_no_harm_is_in_no_incident() -> None:
    found = compared("post-1#1", "un#2", POST, APPEAL)
    assert found.together is None
    assert "un#2 is in no incident: appeal" in found.reason


def test_why_unknown_claim() -> None:
    with pytest.raises(KeyError):
        compared("post-1#1", "none", POST)


def test_why_people_go_before_the_score() -> None:
    apart = Decision("post-1#1", "radio#2", same=False, who="Anna Weil", why="two markets")
    found = compared("post-1#1", "radio#2", POST, MAYOR, decisions=(apart,))
    assert found.together is False
    assert found.reason == "Anna Weil decided that they are different"
    assert found.decisions == (apart,)
    same = Decision("post-1#1", "far#2", same=True, who="Anna Weil")
    found = compared("post-1#1", "far#2", POST, FAR, decisions=(same,))
    assert found.together
    assert found.reason == "Anna Weil decided that they are the same"
    assert found.never, "it still says that the features forbid it"
    back = Decision("post-1#1", "far#2", same=False, who="Yusuf Karim")
    assert compared("post-1#1", "far#2", POST, FAR, decisions=(same, back)).together is False, "a later row wins"


def test_why_shows_the_chain_through_others() -> None:
    chained = [f for three in THREES if (f := compared("one#1", "three#3", ONE, TWO, three)).chain]
    assert chained, "some of these go together through the second report only"
    for found in chained:
        assert found.together
        assert [(s.report_a, s.report_b) for s in found.chain] == [("one", "two"), ("two", "three")]
        assert found.reason.endswith("joined through another report")
        assert found.score is not None
        assert min(s.score for s in found.chain) > found.score
        assert all(s.why for s in found.chain)
        assert "what joins them" in text(found, Style())


def test_why_chain_names_who_joined_a_step() -> None:
    row = Decision("two#2", "three#3", same=True, who="Anna Weil", why="the same convoy")
    chained = [f for t in THREES if (f := compared("one#1", "three#3", ONE, TWO, t, decisions=(row,))).chain]
    assert chained
    assert all("Anna Weil decided" in f.chain[-1].why[0] for f in chained)
    assert all(f.decisions == (row,) for f in chained)


@pytest.mark.parametrize("columns", [60, 100, 160])
def test_why_table_fits(columns: int) -> None:
    arabic = {**MAYOR, "agents": ["قوات النظام السوري والميليشيات الموالية لها في المدينة"]}
    row = Decision("post-1#1", "radio#2", same=True, who="سلمى", why="سوق واحد")
    said = text(compared("post-1#1", "radio#2", POST, arabic, decisions=(row,)), Style(columns=columns))
    assert max(map(width, said.splitlines())) <= columns
    assert "one incident from" in said


def test_why_record_holds_everything() -> None:
    made = record(compared("post-1#1", "radio#2", POST, MAYOR))
    assert {"together", "features", "base", "score", "threshold", "never", "decisions", "chain"} <= made.keys()
    assert set(made["features"][0]) == {"feature", "level", "a", "b", "weight"}
