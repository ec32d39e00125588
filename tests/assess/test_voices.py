"""Voices: who is named, who is only described, whose office it is, and which offices are one government."""

from __future__ import annotations

import pytest

from assess.coded import Printed, claim
from probata.assess import assess
from probata.assess.states import one_state
from probata.assess.voices import voice


@pytest.mark.parametrize(
    "name, kind",
    [
        ("rescue workers", "anonymous"),
        ("Both first responders", "anonymous"),
        ("Another activist group", "anonymous"),
        ("head of the Oltrava-based group", "anonymous"),
        ("type, location and flight patterns", "anonymous"),
        ("several lawmakers", "anonymous"),
        ("شهود عيان من داخل المدينة المحاصرة", "anonymous"),
        ("مصادر طبية", "anonymous"),
        ("ناشطون محليون", "anonymous"),
        ("the mayor", "named"),
        ("provincial governor", "named"),
        ("Anna Weil", "named"),
        ("Talal al-Karim", "named"),
        ("Meren health directorate", "named"),
        ("Meren Relief Board", "named"),
        ("Karsa rescue service", "named"),
        ("Karsa Civil Defence", "rescue"),
        ("Several hospital departments", "anonymous"),
        ("Local council", "anonymous"),
        ("Meren local council", "named"),
        ("Kessar American Medical Society", "named"),
        ("a statement by the Meren Relief Board", "named"),
        ("March report of the Meren Relief Board", "named"),
        ("المجلس المحلي لمدينة قرصة", "named"),
        ("Abdel Rahman", "monitor"),
        ("Omar Abdel Rahman", "named"),
        ("death toll from the rebel stronghold of Tarqa", "anonymous"),
        ("rebels", "party"),
        ("interior ministry", "party"),
        ("an army spokesman", "anonymous party"),
        ("statement by rebels", "party"),
    ],
)
def test_voices_kind(name: str, kind: str) -> None:
    assert voice(name).kind == kind


def test_voices_hostile_names_end() -> None:
    for name in ("report of " * 100_000, "\u202e" * 10_000, "", " ", "…", "a" * 1_000_000):
        assert voice(name).kind


@pytest.mark.parametrize(
    "names, together",
    [
        (["the army", "interior ministry", "police"], [{"the army", "interior ministry", "police"}]),
        (["Syrian Interior Ministry", "SANA", "state television"],
         [{"Syrian Interior Ministry", "SANA", "state television"}]),
        (["the Karsan army", "the Oltravan army"], []),
        (["the Karsan army", "the Karsan interior ministry", "the Oltravan army"],
         [{"the Karsan army", "the Karsan interior ministry"}]),
        (["the Karsan army", "the Oltravan army", "the army"], []),
        (["the Syrian army", "Russian Defence Ministry"], []),
        (["rebels", "the army"], []),
        (["Anna Weil", "activists"], []),
    ],
)  # fmt: skip
def test_voices_one_state(names: list[str], together: list[set[str]]) -> None:
    keys = {voice(n).key: n for n in names}
    found = [{keys[k] for k in some if k in keys} for some in one_state(voice(n) for n in names)]
    assert found == together


def test_voices_offices_of_one_government_are_one_source() -> None:
    claims = [
        claim("a", report="a", by="interior ministry", count="12"),
        claim("b", report="b", by="the army", count="15"),
        claim("c", report="c", by="Meren Relief Board", count="20"),
    ]
    about = {r: Printed(f"Outlet {r}") for r in "abc"}
    found = assess(claims, about=about)
    assert found.independent_sources == 2
    (state,) = [o for o in found.originators if o.kind == "party"]
    assert state.claims == ("a", "b")


@pytest.mark.parametrize("name", ["Karsa Civil Defence", "the Oltravan civil defence", "Meren Observatory"])
def test_voices_bodies_of_other_countries_are_others(name: str) -> None:
    assert voice(name).name == name
    assert not voice(name).key.startswith("Syrian")


@pytest.mark.parametrize(
    "name", ["the civil defence", "Syrian Civil Defence", "The Observatory", "civil defence in Aleppo"]
)
def test_voices_bodies_of_the_table_are_themselves(name: str) -> None:
    assert voice(name).name.startswith("Syrian")
