"""What holds for any claims: ends in order, order of no weight, copies of no weight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from assess.coded import MONDAY, Printed, claim
from probata.assess import assess
from probata.model.assessment import Assessment, Range
from probata.model.claim import Claim, Count
from probata.model.span import Span

REPORTS = ("r1", "r2", "r3", "r4")
SPEAKERS = (
    None,
    "activists",
    "sources",
    "the Karsa Monitor",
    "OHCHR",
    "AFP",
    "the Syrian army",
    "rebels",
    "Anna Weil",
    "شهود",
)
WORDS = (
    None,
    "12",
    "at least 12",
    "nearly 200",
    "up to 30",
    "dozens",
    "a large number",
    "10 to 13",
    "four women and two men",
)
KINDS = (
    "killing",
    "killing",
    "killing",
    "injury",
    "casualties",
    "bodies_found",
    "attack",
    "verification",
    "condemnation",
)
ABOUT = {
    r: Printed(o, MONDAY + timedelta(n)) for n, (r, o) in enumerate(zip(REPORTS, ("A", "B", "B", ""), strict=True))
}


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    out = []
    for n in range(draw(st.integers(1, 7))):
        out.append(
            claim(
                f"c{n}",
                report=draw(st.sampled_from(REPORTS)),
                kind=draw(st.sampled_from(KINDS)),
                stance=draw(st.sampled_from(["affirmed", "affirmed", "affirmed", "denied", "unverified", "possible"])),
                by=draw(st.sampled_from(SPEAKERS)),
                via=draw(st.sampled_from([(), ("AFP",), ("OHCHR",), ("Radio Meren",)])),
                basis=draw(st.sampled_from([None, "own_staff", "eyewitness"])),
                agents=draw(st.sampled_from([(), ("the regime",), ("rebels", "masked men"), ("shells",)])),
                groups=draw(st.sampled_from([(), ("child",), ("civilian", "woman"), ("combatant",)])),
                count=draw(st.sampled_from(WORDS)),
                method=draw(st.sampled_from([None, "burned", "air strike"])),
                title=draw(st.booleans()),
                when=draw(st.sampled_from([None, (MONDAY, MONDAY, "day"), (MONDAY, None, "open")])),
            )
        )
    return out


FAMILIES = st.lists(st.frozensets(st.sampled_from(REPORTS)), max_size=2)


def ranges(found: Assessment) -> list[Range]:
    return [found.killed, found.injured, found.casualties, found.bodies, *(g.range for g in found.groups)]


def in_order(ends: list[int | None]) -> bool:
    known = [n for n in ends if n is not None]
    return known == sorted(known)


@given(claims(), FAMILIES)
@settings(max_examples=150, deadline=None)
def test_properties_ends_are_in_order(made: list[Claim], families: list[frozenset[str]]) -> None:
    found = assess(made, families, about=ABOUT)
    for r in ranges(found):
        assert in_order([r.low, r.best, r.high])
    for v in found.views:
        assert in_order([v.low, v.best, v.high])
    for f in found.figures:
        assert in_order([f.low, f.best, f.high])


@given(
    st.one_of(st.none(), st.integers(0, 10**9)),
    st.one_of(st.none(), st.integers(0, 10**9)),
    st.sampled_from(
        [
            "n",
            "sum",
            "range",
            "at-least-n",
            "more-than-n",
            "up-to-n",
            "nearly-n",
            "fewer-than-n",
            "about-n",
            "words",
            "",
        ]
    ),
)
@settings(max_examples=300, deadline=None)
def test_properties_any_count_has_ends_in_order(low: int | None, high: int | None, rule: str) -> None:
    made = replace(claim("a", by="medics"), count=Count(Span(0, 4, "some"), low, high, rule))
    (f,) = assess([made]).figures
    assert in_order([f.low, f.best, f.high])


@given(claims(), FAMILIES, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_properties_order_has_no_weight(made: list[Claim], families: list[frozenset[str]], chance: object) -> None:
    shuffled, turned = list(made), list(families)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    turned.reverse()
    assert assess(shuffled, turned, about=ABOUT) == assess(made, families, about=ABOUT)


@given(claims(), FAMILIES, st.sampled_from(REPORTS))
@settings(max_examples=150, deadline=None)
def test_properties_copy_adds_no_source_and_no_dead(made: list[Claim], families: list[frozenset[str]], of: str) -> None:
    before = assess(made, families, about=ABOUT)
    copies = [replace(c, id=f"{c.id}-copy", report="copy") for c in made if c.report == of]
    about = {**ABOUT, "copy": Printed("Another Outlet", date(2016, 12, 30))}
    after = assess([*made, *copies], [*families, frozenset({of, "copy"})], about=about)
    assert after.independent_sources <= before.independent_sources
    assert [(r.low, r.high) for r in ranges(after)] == [(r.low, r.high) for r in ranges(before)]


@given(claims())
@settings(max_examples=100, deadline=None)
def test_properties_nothing_is_ever_added_up(made: list[Claim]) -> None:
    found = assess(made, about=ABOUT)
    largest = max((f.high or f.best or f.low or 0 for f in found.figures), default=0)
    for r in ranges(found):
        assert max(n for n in (r.low, r.best, r.high, 0) if n is not None) <= largest


@given(claims())
@settings(max_examples=50, deadline=None)
def test_properties_every_end_has_its_claim(made: list[Claim]) -> None:
    ids = {c.id for c in made}
    for r in ranges(assess(made, about=ABOUT)):
        for end, source in ((r.low, r.low_from), (r.best, r.best_from), (r.high, r.high_from)):
            assert (end is None) == (source is None)
            assert source is None or source in ids
