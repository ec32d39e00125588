"""Ranges from independent sources: never a sum; parts, stocks, longer times and older tolls stay beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assess.coded import ABOUT, C03, C05, C07, C08, I1, MONDAY, SEED, TUESDAY, X4, Printed, claim, x2
from probata.assess import assess
from probata.model.assessment import Assessment, Measure, Range
from probata.model.claim import Claim, Count
from probata.model.incident import Relation
from probata.model.span import Span


def ends(r: Range) -> tuple[int | None, int | None, int | None]:
    return r.low, r.best, r.high


def relation(found: Assessment, name: str) -> str:
    return next(f.relation for f in found.figures if f.claim == name)


@pytest.mark.parametrize("claims", [I1, SEED, [C03], [C03, C05, C07, C08]])
def test_ranges_seed_is_199_and_never_303(claims: list[Claim]) -> None:
    killed = assess(claims, about=ABOUT).killed
    assert ends(killed) == (190, 199, 199)
    assert (killed.low_from, killed.best_from, killed.high_from) == ("C03", "C03", "C03")


def test_ranges_seed_parts_are_beside_it() -> None:
    found = assess(SEED, about=ABOUT)
    got = {f.claim: f.relation for f in found.figures}
    assert got == {
        "C01": "uncounted",
        "C02": "restated",
        "C03": "event",
        "C05": "uncounted",
        "C06": "uncounted",
        "C07": "part",
        "C08": "stock",
    }
    assert ends(found.bodies) == (91, 91, None)
    assert all(f.why for f in found.figures if f.relation != "event")


def test_ranges_x2_widens_to_82_and_keeps_both() -> None:
    found = assess([*SEED, x2()], about=ABOUT)
    assert (found.killed.low, found.killed.high) == (82, 199)
    assert (found.killed.low_from, found.killed.high_from) == ("X2-x2", "C03")
    assert found.independent_sources == 2
    assert {f.claim for f in found.figures if f.relation == "event"} == {"C03", "X2-x2"}


@pytest.mark.parametrize(
    "counts, expected",
    [
        (["12"], (12, 12, 12)),
        (["at least 12"], (12, 12, None)),
        (["more than 90"], (91, 91, None)),
        (["nearly 200"], (190, 199, 199)),
        (["up to 30"], (1, 30, 30)),
        (["10 to 13"], (10, 11, 13)),
        (["around 100"], (95, 100, 105)),
        (["dozens"], (12, 12, None)),
        (["hundreds"], (100, 100, None)),
        (["tens of thousands"], (10_000, 10_000, None)),
        (["a large number"], (None, None, None)),
        ([None], (1, None, None)),
        (["at least 82", "79"], (79, 79, None)),
        (["at least 82", "200"], (82, 82, 200)),
        (["12", "15", "20"], (12, 15, 20)),
        (["12", None], (12, 12, 12)),
    ],
)
def test_ranges_of_independent_sources(counts: list[str | None], expected: tuple[int | None, ...]) -> None:
    claims = [
        claim(f"c{n}", report=f"r{n}", by=f"the {who} Monitor", count=words)
        for n, (words, who) in enumerate(zip(counts, ("Karsa", "Tarqa", "Meren"), strict=False))
    ]
    assert ends(assess(claims).killed) == expected


@pytest.mark.parametrize(
    "words, low, high, expected",
    [
        ("nearly two hundred", None, 200, (190, 199, 199)),
        ("190 to 199", 190, 199, (190, 199, 199)),
        ("12", 12, 12, (12, 12, 12)),
        ("12 or so", 12, None, (12, 12, None)),
        ("?", None, 30, (1, 30, 30)),
        ("some", None, None, (None, None, None)),
    ],
)
def test_ranges_of_counts_coded_by_hand(
    words: str, low: int | None, high: int | None, expected: tuple[int | None, ...]
) -> None:
    coded = replace(claim("a", by="medics"), count=Count(Span(0, len(words), words), low, high, "coded"))
    assert ends(assess([coded]).killed) == expected


def test_ranges_groups_are_within_the_figure() -> None:
    total = claim("a", by="the Karsa Monitor", count="20", words="20 people killed")
    part = claim("b", by="the Karsa Monitor", groups=["child"], count="five", words="five children killed")
    found = assess([total, part])
    assert ends(found.killed) == (20, 20, 20)
    assert relation(found, "b") == "part"
    (children,) = [g for g in found.groups if g.group == "child"]
    assert (ends(children.range), children.status) == ((5, 5, 5), "not stated")


def test_ranges_children_of_another_source_are_a_part_too() -> None:
    total = claim("a", report="a", by="the Karsa Monitor", count="20", words="20 people killed")
    part = claim("b", report="b", by="the Tarqa Monitor", groups=["child"], count="five", words="five children killed")
    assert ends(assess([total, part]).killed) == (20, 20, 20)


def test_ranges_civilians_are_no_part() -> None:
    found = assess([C03, x2()], about=ABOUT)
    assert relation(found, "X2-x2") == "event"


def test_ranges_list_gives_each_group() -> None:
    found = assess([C07], about=ABOUT)
    assert {g.group: ends(g.range) for g in found.groups} == {"child": (0, 9, 9), "woman": (0, 4, 4)}
    assert ends(found.killed) == (0, 13, 13)


def test_ranges_status_is_never_raised() -> None:
    found = assess([claim("a", by="medics", groups=["civilian"], count="3", words="3 civilians killed"), C08])
    assert {(g.group, g.status) for g in found.groups} == {("civilian", "civilian")}
    assert assess([C08]).groups == (), "bodies have no status"


@pytest.mark.parametrize(
    "words, when",
    [
        ("48 killed since Monday", (MONDAY, TUESDAY, "since Monday")),
        ("48 people killed in three days", (MONDAY, TUESDAY, "days")),
        ("48 killed this week", None),
        ("48 killed", (date(2016, 12, 5), TUESDAY, "week")),
    ],
)
def test_ranges_toll_of_a_longer_time_is_not_the_events(words: str, when: tuple[date, date, str] | None) -> None:
    one = claim("a", report="a", by="the Karsa Monitor", count="12", words="12 killed on Monday")
    toll = claim("b", report="b", by="the Tarqa Monitor", count="48", words=words, when=when)
    found = assess([one, toll])
    assert ends(found.killed) == (12, 12, 12)
    assert relation(found, "b") == "cumulative"
    assert ends(assess([toll]).killed) == (48, 48, 48), "alone it is what there is"


def test_ranges_revised_toll_replaces_the_older_and_keeps_it() -> None:
    first = claim("a", report="a", by="the Karsa Monitor", count="12")
    later = claim("b", report="b", by="the Karsa Monitor", count="19")
    other = claim("c", report="c", by="the Tarqa Monitor", count="15")
    about = {"a": Printed("x", MONDAY), "b": Printed("y", TUESDAY), "c": Printed("z", MONDAY)}
    found = assess([first, later, other], about=about)
    assert ends(found.killed) == (15, 15, 19)
    assert relation(found, "a") == "revised"
    lower = claim("b", report="b", by="the Karsa Monitor", count="9")
    assert ends(assess([first, lower], about=about).killed) == (9, 9, 9), "also downwards"


def test_ranges_old_copy_printed_late_revises_nothing() -> None:
    first = claim("a", report="a", by="the Karsa Monitor", count="12")
    later = claim("b", report="b", by="the Karsa Monitor", count="19")
    copy = claim("c", report="c", by="the Karsa Monitor", count="12")
    about = {"a": Printed("x", MONDAY), "b": Printed("y", TUESDAY), "c": Printed("z", date(2016, 12, 20))}
    assert ends(assess([first, later, copy], [frozenset("ac")], about=about).killed) == (19, 19, 19)


def test_ranges_relations_of_grouping_hold() -> None:
    one, part = (
        claim("a", by="the Karsa Monitor", count="12"),
        claim("b", report="b", by="the Tarqa Monitor", count="5"),
    )
    assert ends(assess([one, part]).killed) == (5, 5, 12)
    found = assess([one, part], relations={"b": Relation.PART})
    assert ends(found.killed) == (12, 12, 12)
    assert ends(assess([part], relations={"b": Relation.PART}).killed) == (5, 5, 5), "the part by itself"


def test_ranges_injured_and_undivided_casualties_are_apart() -> None:
    claims = [
        claim("a", by="medics", count="12"),
        claim("b", by="medics", kind="injury", count="30"),
        claim("c", by="medics", kind="casualties", count="50"),
    ]
    found = assess(claims)
    assert [ends(r) for r in (found.killed, found.injured, found.casualties)] == [(12,) * 3, (30,) * 3, (50,) * 3]


def test_ranges_denied_or_feared_dead_are_not_counted() -> None:
    claims = [claim("a", by="medics", count="12"), claim("b", report="b", by="the army", stance="denied", count="40")]
    assert ends(assess([*claims, claim("c", by="medics", stance="possible", count="99")]).killed) == (12, 12, 12)


def test_ranges_title_says_nothing_new() -> None:
    claims = [claim("a", by="medics", count="at least 35"), claim("b", count="dozens", title=True)]
    assert ends(assess(claims).killed) == (35, 35, None)
    assert ends(assess(claims[1:]).killed) == (12, 12, None)


def test_ranges_must_be_in_order() -> None:
    with pytest.raises(ValueError, match="not in order"):
        Range(3, 2, 4)
    assert ends(Range(3, None, 4)) == (3, None, 4)


def test_ranges_x4_alone() -> None:
    assert ends(assess([X4], about=ABOUT).killed) == (21, 21, 21)
    assert [m.value for m in Measure] == ["killed", "injured", "casualties", "bodies"]


def _of(*counts: str) -> list[Claim]:
    return [claim(f"s{n}", report=f"s{n}", by=f"Monitor {chr(65 + n)}x", count=c) for n, c in enumerate(counts)]


def test_ranges_somebodys_own_dead_are_a_part() -> None:
    found = assess(_of("one", "40", "52", "at least 45"))
    assert (found.killed.low, found.killed.high) == (40, 52)
    assert {f.claim: f.relation for f in found.figures}["s0"] == "part"


@pytest.mark.parametrize("counts", [("one", "40"), ("one", "two", "40"), ("3", "40", "52"), ("one", "8", "9")])
def test_ranges_small_figures_that_are_disputes_stay(counts: tuple[str, ...]) -> None:
    assert {f.relation for f in assess(_of(*counts)).figures} == {"event"}


def test_ranges_toll_of_a_war_is_not_the_events() -> None:
    found = assess(_of("12", "more than 230,000"))
    assert (found.killed.low, found.killed.best) == (12, 12)
    assert {f.claim: f.relation for f in found.figures}["s1"] == "cumulative"
    assert assess(_of("more than 230,000")).killed.low == 230001, "alone it is what is said"


def test_ranges_copy_that_changed_a_figure_stays_beside_it() -> None:
    board = claim("a", report="a", by="the Karsa Monitor", count="at least 82")
    changed = claim("b", report="b", by="the Karsa Monitor", count="85")
    part = claim("c", report="c", by="the Karsa Monitor", count="13")
    found = assess([board, changed, part], [frozenset("abc")])
    assert {f.claim: f.relation for f in found.figures} == {"a": "event", "b": "event", "c": "part"}
    assert found.killed.low == 82


def test_ranges_up_to_sets_no_least_beside_others() -> None:
    found = assess(_of("up to 100", "at least 82"))
    assert (found.killed.low, found.killed.high) == (82, 100)
    assert next(v for v in found.views if v.name == "acled").best == 82
    assert assess(_of("up to 100")).killed.low == 1, "alone it is at least one"
