"""Incidents: what is joined, what is kept apart, what is never added up, and that order does not matter."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from link.dossier import BRENTA, TARQA, claim
from probata.link import near
from probata.link.facts import About, fact
from probata.link.incidents import link, why
from probata.model.claim import Claim
from probata.model.incident import Decision, Incident, Relation

DAYS = [date(2031, 3, 4), date(2031, 3, 6), date(2031, 3, 6)]


def groups(found: list[Incident]) -> set[frozenset[str]]:
    return {frozenset(i.claims) for i in found}


def two(one: dict[str, Any], other: dict[str, Any]) -> list[Incident]:
    """The incidents of two claims of two reports; slots beyond place and day as given."""
    return link([claim("post", **one), claim("radio", **other)])


@pytest.mark.parametrize(
    "one, other",
    [
        ({"count": 12}, {"count": 12}),
        ({"count": 12}, {"count": 14}),
        ({"count": "at least 82"}, {"count": "nearly 200"}),
        ({"count": 12, "date": "2031-03-03"}, {"count": 12, "date": "2031-03-02/2031-03-04"}),
        ({"agents": ["the army"]}, {"agents": ["rebels"]}),  # who did it is in dispute, not whether
        ({"method": "air strike"}, {"method": "warplanes"}),
        ({"count": 12}, {"kind": "injury", "count": 30}),
    ],
)
def test_incidents_one_event_of_two_reports_is_one(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert len(two(one, other)) == 1


@pytest.mark.parametrize(
    "one, other",
    [
        ({"count": 12}, {"count": 12, "date": "2031-03-17"}),
        ({"count": 12}, {"count": 12, "place": BRENTA, "date": "2031-03-09"}),
        ({"count": 12}, {"count": 47, "place": BRENTA}),
        ({"count": 199, "agents": ["the army"]}, {"count": 21, "agents": ["rebels"], "date": "2031-03-06"}),
        ({"count": 12}, {"kind": "displacement", "count": 900}),
        (
            {"count": 12, "method": "shelling", "agents": ["the army"]},
            {"count": 3, "method": "a car bomb", "agents": ["ISIS"]},
        ),
    ],
)
def test_incidents_two_events_stay_two(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert len(two(one, other)) == 2


@pytest.mark.parametrize(
    "published, number",
    [
        (date(2031, 3, 4), 1),  # news is of the days before it
        (date(2031, 3, 3), 1),
        (date(2031, 3, 29), 2),
        (None, 2),
    ],
)
def test_incidents_day_not_stated_is_taken_from_the_reports_day(published: date | None, number: int) -> None:
    slots: dict[str, Any] = {"count": 16, "method": "shelling"}
    claims = [claim("post", **slots), claim("radio", date=None, **slots)]
    about = {"radio": About("", published)}
    assert len(link(claims, about)) == number
    other_town = [claim("post", **slots), claim("radio", date=None, place=BRENTA, **slots)]
    assert len(link(other_town, about)) == 2


@pytest.mark.parametrize("stance", ["conditional", "future", "normative"])
def test_incidents_what_is_not_said_to_have_happened_is_none(stance: str) -> None:
    assert link([claim("post", stance=stance, count=5)]) == []


@pytest.mark.parametrize("stance", ["affirmed", "possible", "unverified", "denied"])
def test_incidents_what_may_have_happened_is_one(stance: str) -> None:
    assert len(link([claim("post", stance=stance)])) == 1


@pytest.mark.parametrize(
    "kind", ["territory", "agreement", "appeal", "legal", "verification", "threat", "condemnation"]
)
def test_incidents_only_harm_makes_one(kind: str) -> None:
    assert link([claim("post", kind)]) == []


def dossier() -> list[Claim]:
    """One night in Tarqa by three reports, one of them a copy, with a stock beside it; another day; another place."""
    said = "Shelling of the old market by the army killed at least 12 people before dawn, a doctor of the town told us"
    return [
        claim("post", count="at least 12", evidence=said, speaker="a doctor", method="shelling"),
        claim("post", "injury", count=30),
        claim("post", count=4, evidence="four women also burned", method="burning"),
        claim("post", "bodies_found", count="more than 90"),
        claim("radio", count=14, speaker="a doctor", method="shells"),
        claim("wire", count="at least 12", evidence=said, speaker="a doctor", method="shelling"),
        claim("radio", count=3, date="2031-02-11", method="a car bomb"),
        claim("daily", count=60, place=BRENTA, date="2031-03-20"),
        claim("daily", "forced_recruitment"),
    ]


def test_incidents_do_not_hang_on_the_order_of_claims() -> None:
    claims = dossier()
    expected = link(sorted(claims, key=lambda c: c.id))
    for seed in range(8):
        shuffled = claims[:]
        random.Random(seed).shuffle(shuffled)
        # the order within a report is the order of its text, which claims without offsets have only from their file
        shuffled.sort(key=lambda c: claims.index(c) if c.report == "post" else -1)
        again = link(shuffled)
        assert groups(again) == groups(expected)
        assert {i.id for i in again} == {i.id for i in expected}


def test_incidents_again_are_the_same() -> None:
    claims = dossier()
    assert link(claims) == link(claims)


def test_incidents_every_harm_claim_is_in_exactly_one() -> None:
    claims = dossier()
    found = [c for i in link(claims) for c in i.claims]
    assert sorted(found) == sorted(c.id for c in claims)


def test_incidents_part_and_stock_are_set_aside() -> None:
    claims = dossier()
    found = link(claims)
    event = next(i for i in found if claims[0].id in i.claims)
    assert event.of(Relation.PART) == (claims[2].id,)
    stock = next(i for i in found if claims[3].id in i.claims)
    assert stock.type == "bodies_found"
    assert [(b.incident, b.relation) for b in stock.beside] == [(event.id, Relation.STOCK)]


def test_incidents_sum_over_days_stands_beside_the_event() -> None:
    claims = [
        claim("post", count=12),
        claim("post", count=80, date="2031-02-20/2031-03-03", evidence="in the last 12 days shelling killed 80"),
    ]
    found = link(claims)
    assert groups(found) == {frozenset({claims[0].id}), frozenset({claims[1].id})}
    total = next(i for i in found if claims[1].id in i.claims)
    assert total.of(Relation.CUMULATIVE) == (claims[1].id,)
    assert total.beside[0].relation is Relation.CUMULATIVE


def test_incidents_later_toll_of_one_speaker_revises_the_earlier() -> None:
    claims = [
        claim("post", count=12, speaker="Civil Defence"),
        claim("radio", count=19, speaker="Civil Defence"),
        claim("wire", count=9, speaker="the mayor"),
    ]
    days = {c.report: About("", day) for c, day in zip(claims, DAYS, strict=True)}
    (found,) = link(claims, days)
    assert found.of(Relation.REVISED) == (claims[0].id,)


def test_incidents_copies_are_one_family() -> None:
    claims = dossier()
    event = next(i for i in link(claims) if claims[0].id in i.claims)
    assert event.families == (("post", "wire"), ("radio",))


def test_incidents_decisions_join_part_and_can_be_taken_back() -> None:
    claims = [
        claim("post", count=12),
        claim("radio", count=13),
        claim("daily", count=50, place=BRENTA, date="2031-05-01"),
    ]
    a, b, c = (x.id for x in claims)
    plain = link(claims)
    assert groups(plain) == {frozenset({a, b}), frozenset({c})}
    decided = [Decision(a, b, same=False, who="N.", why="two streets"), Decision(a, c, same=True, who="N.")]
    assert groups(link(claims, decisions=decided)) == {frozenset({a, c}), frozenset({b})}
    taken_back = [*decided, Decision(b, a, same=True), Decision(a, c, same=False)]
    assert groups(link(claims, decisions=taken_back)) == groups(plain)
    assert link(claims, decisions=[]) == plain


def test_incidents_decision_parts_claims_of_one_report() -> None:
    claims = [claim("post", count=12), claim("post", count=3)]
    assert len(link(claims)) == 1
    assert len(link(claims, decisions=[Decision(claims[0].id, claims[1].id, same=False)])) == 2


def test_incidents_decision_on_unknown_claims_changes_nothing() -> None:
    claims = dossier()
    assert link(claims, decisions=[Decision("gone#1", claims[0].id, same=True)]) == link(claims)


def test_why_names_features_with_both_values() -> None:
    claims = [claim("post", count=12), claim("radio", count=47, date="2031-03-09")]
    found = why(claims[0].id, claims[1].id, claims)
    assert found is not None
    by_name = {f.name: f for f in found.features}
    assert (by_name["days"].a, by_name["days"].b) == ("2031-03-03", "2031-03-09")
    assert (by_name["killed"].level, by_name["killed"].a, by_name["killed"].b) == ("differ", "12", "47")
    assert by_name["place"].level == "same"
    assert found.never
    assert why("gone#1", claims[0].id, claims) is None


def test_incidents_arabic_names_are_names() -> None:
    place = {**TARQA, "text": "طرقة"}
    claims = [claim("post", place=place, speaker="الدفاع المدني", count=5), claim("radio", place=place, count=5)]
    assert len(link(claims)) == 1


def test_a_side_of_a_town_is_in_the_town() -> None:
    one = fact(claim("post", place="Aleppo"))
    two = fact(claim("herald", place="eastern Aleppo"))
    other = fact(claim("radio", place="eastern Mosul"))
    assert one
    assert two
    assert other
    assert near.places(one.where, two.where) == near.places(two.where, one.where) == "near"
    assert near.places(two.where, other.where) == "far"
