"""Independent sources are originators: copies, translations, relays and outlets that do not vouch add none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assess.coded import ABOUT, C03, C06, C07, C08, C13, C15, I1, SEED, TUESDAY, X3, Printed, claim, x2
from probata.assess import assess
from probata.model.assessment import Assessment
from probata.model.claim import Claim, ClaimType, Stance


def count(claims: list[Claim], families: list[set[str]] | None = None, /, **about: Printed) -> int:
    """The number of independent sources."""
    return assess(claims, [frozenset(f) for f in families or []], about={**ABOUT, **about}).independent_sources


def why(assessment: Assessment, name: str) -> str:
    return next(u.why for u in assessment.uncounted if u.claim == name)


@pytest.mark.parametrize("claims", [I1, SEED, [C03], [C03, C06], [C03, C07], [C06, C07]])
def test_independence_seed_is_one(claims: list[Claim]) -> None:
    assert count(claims) == 1
    assert assess(claims).independent_sources == 1, "also where no outlet is known"


def test_independence_five_copies_and_a_translation_make_two() -> None:
    copies = [f"afp-{n}" for n in range(5)]
    arabic = [replace(c, id=f"{c.id}-ar", report="arabic") for c in (C03, C06, C07)]
    claims = [*SEED, *arabic, *(x2(r) for r in copies)]
    about = {r: Printed(f"Daily {r}") for r in copies}
    assert count(claims, [set(copies), {"seed", "arabic"}], **about) == 2
    assert count(claims, **about) == 2, "one body and one publisher, also where nobody has found the copies"


def test_independence_arabic_speakers_of_one_publisher_are_one() -> None:
    arabic = claim("AR", report="arabic", by="شهود عيان", count="200")
    assert count([C03, arabic]) == 1


def test_independence_alarm_at_reports_is_no_source() -> None:
    found = assess([C03, C13, C15], about=ABOUT)
    assert found.independent_sources == 1
    assert "condemnation" in why(found, "C13")


def test_independence_who_cannot_verify_is_no_source_even_of_a_killing() -> None:
    passed_on = replace(C13, type=ClaimType.KILLING)
    found = assess([C03, passed_on, C15], about=ABOUT)
    assert found.independent_sources == 1
    assert "cannot verify" in why(found, "C13")
    assert count([C03, passed_on]) == 2, "without that it is a second source"


def test_independence_unverified_adds_none() -> None:
    assert count([C03, replace(x2(), stance=Stance.UNVERIFIED)]) == 1
    assert count([replace(C03, stance=Stance.UNVERIFIED)]) == 1


def test_independence_of_something_else_adds_none() -> None:
    assert count([C03, C08]) == 1
    assert count([C08]) == 1, "but who reports bodies is the source for the bodies"


OUTLETS = {"a": Printed("Radio Meren"), "b": Printed("The Karsa Post"), "c": Printed("Tarqa Today")}


@pytest.mark.parametrize(
    "one, other, number",
    [
        ("the Karsa Observatory", "the Karsa Observatory", 1),
        ("the Karsa Observatory", "the Meren Documentation Network", 2),
        ("Yusuf al-Karim", "Yousuf Al Kareem", 1),
        ("a monitor", "the Karsa Monitor", 2),
        ("SOHR", "the Syrian Observatory for Human Rights", 1),
        ("OHCHR", "Rupert Colville", 1),
        ("activists", "the Karsa Observatory", 2),
        ("the army", "rebel commanders", 2),
    ],
)
def test_independence_of_names(one: str, other: str, number: int) -> None:
    claims = [claim("a", report="a", by=one, count="12"), claim("b", report="b", by=other, count="15")]
    assert count(claims, None, **OUTLETS) == number


def test_independence_unnamed_people_of_one_outlet_are_one() -> None:
    two = [claim("a", report="a", by="activists", count="12"), claim("b", report="b", by="doctors", count="15")]
    assert count(two, a=Printed("Radio Meren"), b=Printed("Radio Meren Online")) == 1
    assert count(two, None, **OUTLETS) == 2


def test_independence_unnamed_people_of_one_agency_are_one() -> None:
    two = [
        claim("a", report="a", by="a resident", via=["AFP"], count="12"),
        claim("b", report="b", by="witnesses", via=["AFP"], count="15"),
    ]
    assert count(two, None, **OUTLETS) == 1


def test_independence_one_figure_of_one_day_from_unnamed_people_is_one() -> None:
    two = [claim("a", report="a", by="activists", count="37"), claim("b", report="b", by="medics", count="37")]
    assert count(two, None, **OUTLETS) == 1
    assert count(two, a=Printed("Radio Meren"), b=Printed("The Karsa Post", date(2016, 12, 20))) == 2


def test_independence_a_spokesman_and_his_body_are_one_where_a_report_links_them() -> None:
    body, man = (
        claim("a", report="a", by="the Karsa Relief Board", count="37"),
        claim("b", report="b", by="Anna Weil", count="37"),
    )
    link = claim("c", report="c", by="Anna Weil", via=["the Karsa Relief Board"], count="37")
    assert count([body, man], None, **OUTLETS) == 2
    assert count([body, man, link], None, **OUTLETS) == 1


def test_independence_outlets_add_none_unless_their_staff_was_there() -> None:
    own = claim("a", report="a", count="12")
    assert count([own, C03], None, **OUTLETS) == 1
    assert count([own, X3], None, **OUTLETS) == 1, "nobody is named: one at most"
    there = claim("a", report="a", by="a Radio Meren correspondent", basis="own_staff", count="12")
    assert count([there, C03], None, **OUTLETS) == 2
    assert count([claim("a", report="a", by="AFP", count="12"), C03], None, **OUTLETS) == 1, "a relay is no source"


def test_independence_reasons_name_who_was_taken_together() -> None:
    (one,) = assess(I1, about=ABOUT).originators
    assert one.kind == "anonymous"
    assert "may be the same" in one.why
    assert one.claims == ("C03", "C06")
    assert "no source is stated" in why(assess(I1, about=ABOUT), "C05")


def test_independence_family_counts_once_for_unnamed_people() -> None:
    copies = [replace(C06, id=f"copy-{n}", report=r) for n, r in enumerate("abc")]
    assert count(copies, [{"a", "b", "c"}], **OUTLETS) == 1
    assert count(copies, [{"a", "b"}, {"b", "c"}], **OUTLETS) == 1, "families that share a report are one"
    assert count(copies, None, **OUTLETS) == 3


def test_independence_party_is_marked() -> None:
    (one,) = assess([claim("a", by="Osama Abu Zayd", count="3")], about={"seed": Printed("x", TUESDAY)}).originators
    assert (one.kind, one.party) == ("party", "opposition armed groups")


def test_independence_looks_only_at_the_reports_of_its_claims() -> None:
    """What is known of a casebook's other reports is not gone through for each incident."""

    class Kept(dict[str, Printed]):
        def items(self) -> Any:
            raise AssertionError("all reports were gone through")

        __iter__ = values = keys = items

    assert assess([C03, C06], about=Kept(ABOUT)).independent_sources == 1
