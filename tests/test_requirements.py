"""Behaviours that the field's standards ask of reading, by their number in requirements.md, on the seed report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from probata.model.claim import Claim, ClaimType, Stance
from probata.model.span import Span
from seed import FACTS, PUBLISHED, seed_claims, seed_text, within


@pytest.fixture(scope="module")
def dated(shared: Path) -> list[Claim]:
    return seed_claims(shared, PUBLISHED)


@pytest.fixture(scope="module")
def undated(shared: Path) -> list[Claim]:
    return seed_claims(shared, None)


def spans(claim: Claim) -> list[Span]:
    named = [n.span for n in (*claim.agents, *claim.targets, *claim.relay)]
    single = (claim.speaker, claim.method, claim.count, claim.place, claim.time, claim.basis)
    return [claim.evidence, *named, *(x.span for x in single if x is not None)]


def test_1_every_span_is_its_words_in_code_points_and_in_bytes(dated: list[Claim], shared: Path) -> None:
    text = seed_text(shared)
    raw = text.encode("utf-8")
    assert (len(text), len(raw)) == (2984, 3018)
    for s in (s for c in dated for s in spans(c)):
        assert text[s.start : s.end] == s.text
        before, own = len(text[: s.start].encode("utf-8")), len(s.text.encode("utf-8"))
        assert raw[before : before + own].decode("utf-8") == s.text


def test_1_a_shifted_offset_no_longer_fits(dated: list[Claim], shared: Path) -> None:
    text = seed_text(shared)
    for s in (s for c in dated for s in spans(c)):
        moved = replace(s, start=s.start + 1, end=s.end + 1)
        assert text[moved.start : moved.end] != moved.text


def test_5_one_act_or_speech_act_a_claim(dated: list[Claim]) -> None:
    assert [c.type for c in within(dated, 1291, 1501) if c.stance == Stance.AFFIRMED] == [ClaimType.CONDEMNATION]
    assert ClaimType.VERIFICATION in [c.type for c in within(dated, 1503, 1707)]
    assert len(within(dated, 2258, 2485, "territory")) == 3, "collapse, advance, retreat"


def test_6_the_whole_chain_is_kept(dated: list[Claim]) -> None:
    (executions,) = within(dated, 196, 419, "killing")
    assert executions.speaker is not None
    assert executions.speaker.span.start >= 351
    assert executions.speaker.span.end <= 384
    assert [r.span.start for r in executions.relay] == [386]
    assert executions.basis is not None
    assert executions.basis.kind == "eyewitness"


def test_6_no_source_stated_stays_none(dated: list[Claim]) -> None:
    (killing,) = within(dated, 421, 509, "killing")
    assert killing.speaker is None
    assert killing.relay == ()


def test_6_a_spokesman_speaks_and_is_named(dated: list[Claim], shared: Path) -> None:
    (verification,) = within(dated, 1503, 1707, "verification")
    assert verification.speaker is not None
    assert verification.speaker.name.endswith(seed_text(shared)[1698:1706])


def test_8_speech_verbs_do_not_change_the_stance(dated: list[Claim]) -> None:
    for start, end in ((630, 741), (1170, 1275)):  # "confirmed", "stressed"
        assert {c.stance for c in within(dated, start, end)} == {Stance.AFFIRMED}


def test_8_cannot_verify_is_unverified_never_false(dated: list[Claim]) -> None:
    (verification,) = within(dated, 1503, 1707, "verification")
    assert verification.stance == Stance.UNVERIFIED


@pytest.mark.parametrize(
    ("start", "end"),
    [(1077, 1167), (1226, 1251), (1767, 1940), (1942, 2059), (2025, 2048), (2487, 2697), (2699, 2816)],
    ids=["C10", "C12", "C18", "C19", "C20", "C26", "C28"],
)
def test_9_what_is_conditional_foreseen_or_owed_is_no_event(dated: list[Claim], start: int, end: int) -> None:
    assert not [c for c in within(dated, start, end) if c.type in FACTS and c.stance == Stance.AFFIRMED]


@pytest.mark.parametrize(
    ("start", "end", "type_", "low", "high"),
    [(43, 173, "killing", None, 200), (196, 419, "killing", None, 200), (511, 628, "killing", None, None),
     (630, 741, "killing", 13, 13), (743, 856, "bodies_found", 91, None)],
    ids=["C02", "C03", "C06", "C07", "C08"],
)  # fmt: skip
def test_10_number_words_by_a_named_rule(
    dated: list[Claim], start: int, end: int, type_: str, low: int | None, high: int | None
) -> None:
    (claim,) = within(dated, start, end, type_)
    assert claim.count is not None
    assert (claim.count.low, claim.count.high) == (low, high)
    assert claim.count.rule


def test_10_unknown_is_empty_and_never_zero(dated: list[Claim]) -> None:
    counts = [c.count for c in dated if c.count]
    assert 0 not in [n.low for n in counts] + [n.high for n in counts]
    assert not [c for c in dated if c.count and c.type == ClaimType.TERRITORY]


def test_13_place_as_words_name_code_and_precision(dated: list[Claim]) -> None:
    (executions,) = within(dated, 196, 419, "killing")
    place = executions.place
    assert place is not None
    assert (place.span.start, place.name, place.precision) == (295, "Aleppo", "city")
    assert place.geonameid is not None
    assert place.lat == pytest.approx(36.20, abs=0.05)
    assert place.lon == pytest.approx(37.13, abs=0.05)


def test_13_a_region_is_not_shown_as_a_point(dated: list[Claim]) -> None:
    (held,) = within(dated, 2817, 2923, "territory")
    assert held.place is None or held.place.precision not in ("point", "neighbourhood", "city")


def test_13_no_more_than_seven_decimals(dated: list[Claim]) -> None:
    for c in dated:
        if c.place and c.place.lat is not None and c.place.lon is not None:
            assert (c.place.lat, c.place.lon) == (round(c.place.lat, 7), round(c.place.lon, 7))


def test_14_without_an_anchor_a_weekday_stays_unresolved(undated: list[Claim]) -> None:
    (executions,) = within(undated, 196, 419, "killing")
    assert executions.time is not None
    assert (executions.time.start, executions.time.end, executions.time.precision) == (None, None, "unresolved")
    assert not [c for c in undated if c.time and c.time.start]


def test_14_with_the_anchor_monday_is_a_day(dated: list[Claim]) -> None:
    (executions,) = within(dated, 196, 419, "killing")
    assert executions.time is not None
    assert (executions.time.start, executions.time.end) == (date(2016, 12, 12), date(2016, 12, 12))
    assert (executions.time.precision, executions.time.anchor) == ("day", PUBLISHED)


def test_14_what_is_carried_over_says_so(dated: list[Claim]) -> None:
    for start, end in ((421, 509), (630, 741)):
        (claim,) = within(dated, start, end, "killing")
        assert claim.place is None or "place" in claim.inferred
        assert claim.time is None or "time" in claim.inferred


def test_15_an_actor_keeps_its_own_words(dated: list[Claim], shared: Path) -> None:
    text = seed_text(shared)
    for c in dated:
        for a in c.agents:
            if a.span.text.endswith("allies"):
                assert a.name in (a.span.text, text[a.span.start - 4 : a.span.end])


def test_15_another_speakers_culprit_is_another_claim(dated: list[Claim]) -> None:
    (other,) = within(dated, 511, 628, "killing")
    (executions,) = within(dated, 196, 419, "killing")
    assert {a.span.start for a in other.agents} == {549}
    assert other.speaker != executions.speaker


@pytest.mark.parametrize(
    ("start", "end", "groups"),
    [(196, 419, {"woman", "child"}), (421, 509, {"medical"}), (630, 741, {"woman", "child"}), (743, 856, set())],
    ids=["C03", "C05", "C07", "C08"],
)
def test_16_groups_as_stated_and_never_upgraded(dated: list[Claim], start: int, end: int, groups: set[str]) -> None:
    (claim,) = within(dated, start, end, "killing", "bodies_found")
    assert set(claim.groups) == groups
