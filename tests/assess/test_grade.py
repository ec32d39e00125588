"""The suggested grade, rule by rule, with its reason."""

from __future__ import annotations

import re

from assess.coded import ABOUT, C03, C08, C11, C19, GOVERNMENT, I1, SEED, TUESDAY, Printed, claim, x2
from probata.assess import assess
from probata.model.assessment import Grade
from probata.model.claim import Claim

OTHER = claim("O", report="o", by="SANA", agents=["rebels"], groups=["civilian"], count="82")
ACCEPTED = claim("P", report="p", by="the Syrian military", agents=["the Syrian army"], count="80")


def grade(claims: list[Claim], withdrawn: frozenset[str] = frozenset()) -> Grade:
    return assess(claims, about=ABOUT, withdrawn=withdrawn).grade


def test_grade_steps_of_the_seed() -> None:
    claims = [*I1]
    assert grade(claims).name == "Weak"
    claims.append(x2())
    assert grade(claims).name == "Fair"
    claims.append(OTHER)
    assert grade(claims).name == "Contested"
    claims.append(ACCEPTED)
    assert grade(claims).name == "Confirmed"
    assert grade(claims, frozenset(c.id for c in claims)).name == "Discounted"


def test_grade_reason_names_the_sources_and_the_parties() -> None:
    assert "eyewitnesses" in grade(I1).reason
    assert "human rights office" in grade([*I1, x2()]).reason
    contested = grade([*I1, x2(), OTHER])
    assert "Syrian government forces" in contested.reason
    assert "opposition armed groups" in contested.reason
    assert contested.rule == "other-side-blamed"


def test_grade_two_parties_alone_are_weak() -> None:
    one = claim("a", report="a", by="Osama Abu Zayd", agents=[GOVERNMENT], count="3")
    two = claim("b", report="b", by="rebels", agents=[GOVERNMENT], count="4")
    assert grade([one, two]).name == "Weak"


def test_grade_withdrawn_by_its_own_source() -> None:
    first = claim("a", report="a", by="the Karsa Monitor", count="3")
    back = claim("b", report="b", by="the Karsa Monitor", stance="denied", count="3")
    about = {"a": Printed("x", TUESDAY), "b": Printed("y", TUESDAY.replace(day=20))}
    found = assess([first, back], about=about).grade
    assert (found.name, found.rule) == ("Discounted", "all-withdrawn")
    assert assess([first, back, C03], about={**ABOUT, **about}).grade.name == "Weak", "another source still says so"
    same_day = {"a": Printed("x", TUESDAY), "b": Printed("y", TUESDAY)}
    assert assess([first, back], about=same_day).grade.name == "Weak", "which came last is not known"


def test_grade_out_of_scope() -> None:
    assert grade([C19]).name == "Out of scope"
    assert grade([claim("a", by="medics", stance="possible", count="3")]).name == "Out of scope"
    assert "outside" in grade([C03]).scope
    assert "within" in grade([claim("a", by="medics", method="air strike", count="3")]).scope


def test_grade_of_incidents_without_dead() -> None:
    assert {grade([c]).name for c in (C08, C11)} == {"Weak"}


def test_grade_seed_alone_is_weak_with_all_its_claims() -> None:
    found = assess(SEED, about=ABOUT)
    assert found.grade.name == "Weak"
    assert found.verification == "unverified"
    assert dict(found.versions).keys() == {"counting", "grades", "law", "parties", "voices"}
    assert found.grade.reason in found.reasons


def test_grade_accepting_an_attack_accepts_no_dead() -> None:
    struck = claim("P", report="p", kind="attack", by="the Syrian military", agents=["the Syrian army"])
    found = assess([C03, struck], about=ABOUT)
    assert found.grade.name != "Confirmed"
    assert "accepted, of the attack only" in {a.answer for a in found.answers}


def test_grade_party_that_accepts_what_others_lay_on_another_confirms_nothing() -> None:
    """Somebody's claim of other dead that came into the incident is no confirmation."""
    blamed = [
        claim(n, report=n, by=w, agents=["rebels"], count="12") for n, w in (("a", "the Karsa Monitor"), ("b", "OHCHR"))
    ]
    assert grade([*blamed, ACCEPTED]).name == "Contested"
    assert grade([ACCEPTED]).name == "Confirmed", "nobody else is accused"


def test_grade_needs_somebody_accused_to_be_fair() -> None:
    two = [claim(n, report=n, by=w, count="12") for n, w in (("a", "the Karsa Monitor"), ("b", "OHCHR"))]
    found = grade(two)
    assert (found.name, found.rule) == ("Weak", "nobody-accused")


def test_grade_reason_names_a_few_of_many_sources() -> None:
    many = [
        claim(f"c{n:02}", report=f"r{n}", by=f"Monitor {chr(65 + n)}{chr(65 + n)}x", agents=["rebels"])
        for n in range(20)
    ]
    assert re.search(r"; and 1\d more$", grade(many).reason)


def test_grade_who_blames_both_sides_contests_nothing() -> None:
    both = [
        claim("a", report="a", by="the Karsa Monitor", agents=["the regime"], count="12"),
        claim("b", report="a", by="the Karsa Monitor", agents=["rebels"], count="3"),
        claim("c", report="c", by="OHCHR", agents=["rebels"], count="3"),
    ]
    assert grade(both).name == "Fair"
    assert grade([*both, claim("d", report="d", by="medics", agents=["the regime"], count="12")]).name == "Contested"
