"""The traps of the seed report, by the claim they concern: what a hasty reader makes of it, and Probata must not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from probata.model.claim import HARM, Claim, ClaimType, Stance
from seed import FACTS, PUBLISHED, seed_claims, seed_text, within


@pytest.fixture(params=[None, PUBLISHED], ids=["undated", "dated"], scope="module")
def published(request: pytest.FixtureRequest) -> date | None:
    day: date | None = request.param
    return day


@pytest.fixture(scope="module")
def claims(shared: Path, published: date | None) -> list[Claim]:
    return seed_claims(shared, published)


def test_c05_also_does_not_make_these_dead_part_of_the_nearly_200(claims: list[Claim]) -> None:
    (killing,) = within(claims, 421, 509, "killing")
    assert killing.count is None
    assert not [c for c in claims if c.count and (c.count.low or 0) > 200]


def test_c05_a_possessive_is_no_actor(claims: list[Claim], shared: Path) -> None:
    owner = seed_text(shared)[441:456]  # of "...'s forces"
    (killing,) = within(claims, 421, 509, "killing")
    assert any(a.span.start <= 441 and a.span.end >= 465 for a in killing.agents), "the forces are named"
    assert not [a for c in within(claims, 421, 509) for a in c.agents if owner in (a.span.text, a.name)]
    assert not [c for c in claims if c.type in HARM and any(a.name == owner for a in c.agents)]


def test_c07_confirmed_is_a_speech_verb(claims: list[Claim]) -> None:
    found = within(claims, 630, 741)
    assert not [c for c in found if c.type == ClaimType.VERIFICATION]
    assert [c.speaker.span.text for c in found if c.speaker] == ["Sources"] * len(found)


def test_c07_is_one_act_with_two_groups_and_thirteen_dead(claims: list[Claim]) -> None:
    found = [c for c in within(claims, 630, 741) if c.type in HARM]
    assert [c.type for c in found] == [ClaimType.KILLING]
    assert set(found[0].groups) == {"child", "woman"}
    assert found[0].count is not None
    assert (found[0].count.low, found[0].count.high) == (13, 13)


def test_c08_names_no_perpetrator_weapon_or_cause(claims: list[Claim]) -> None:
    found = within(claims, 743, 856)
    assert [c.type for c in found] == [ClaimType.BODIES_FOUND]
    assert found[0].agents == ()
    assert found[0].method is None
    assert found[0].groups == (), "the status of the dead is not stated"


def test_c08_is_not_added_to_the_executions(claims: list[Claim]) -> None:
    (bodies,) = within(claims, 743, 856)
    assert bodies.count is not None
    assert (bodies.count.low, bodies.count.high) == (91, None)
    killings = [c.count for c in claims if c.type == ClaimType.KILLING and c.count]
    assert not [n for n in killings if n.low in (90, 91, 290, 291) or n.high in (290, 291)]


def test_c10_an_offer_on_a_condition_is_no_withdrawal(claims: list[Claim]) -> None:
    assert not [c for c in within(claims, 1077, 1167) if c.type in FACTS and c.stance == Stance.AFFIRMED]


def test_c12_what_is_only_presupposed_is_no_claim_of_its_own(claims: list[Claim]) -> None:
    assert not within(claims, 1226, 1251)
    assert not [c for c in within(claims, 1170, 1275) if c.type == ClaimType.DISPLACEMENT]


def test_c13_the_spokesman_is_no_second_source_for_the_executions(claims: list[Claim]) -> None:
    assert not [c for c in within(claims, 1291, 1501) if c.type in HARM and c.stance == Stance.AFFIRMED]
    executions = [c for c in claims if c.type == ClaimType.KILLING and c.evidence.start < 420 and c.speaker]
    assert len({c.speaker.name for c in executions if c.speaker}) == 1


def test_c15_not_being_able_to_verify_is_no_denial(claims: list[Claim]) -> None:
    found = within(claims, 1503, 1707, "verification")
    assert [c.stance for c in found] == [Stance.UNVERIFIED]
    assert not [c for c in claims if c.stance == Stance.DENIED]


def test_c19_a_responsibility_to_protect_is_no_guilt(claims: list[Claim]) -> None:
    found = within(claims, 1942, 2059)
    assert not [c for c in found if c.type in FACTS]
    assert not [c for c in found if c.stance != Stance.NORMATIVE]


def test_c21_is_not_control_of_the_whole_city(claims: list[Claim], shared: Path) -> None:
    city = seed_text(shared)[35:41]
    found = within(claims, 2085, 2256, "territory")
    assert found
    for c in found:
        assert c.place is None or c.place.span.text != city, "the districts, not the city"
        assert city not in [t.span.text for t in c.targets]


def test_c24_a_share_of_ground_is_no_number_of_people(claims: list[Claim]) -> None:
    assert not [c for c in within(claims, 2258, 2485) if c.count is not None]


def test_c26_what_has_not_happened_is_not_affirmed(claims: list[Claim]) -> None:
    assert not [c for c in within(claims, 2487, 2697) if c.stance == Stance.AFFIRMED and c.type in FACTS]
