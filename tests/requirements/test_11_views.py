"""Requirement 11: three count views from the same claims: ACLED, UCDP, IBC and Airwars."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings

from assess.test_properties import ABOUT, FAMILIES, claims
from probata.assess import assess
from probata.model.assessment import View
from probata.model.claim import Claim
from requirements.coded_seed import about, coded, x2


def views(*of: Claim) -> dict[str, View]:
    return {v.name: v for v in assess(of, about=about()).views}


def test_11_c07_is_13_and_0_13_13_and_0_to_13(shared: Path) -> None:
    found = views(coded(shared)["C07"])
    assert found["acled"].best == 13
    assert (found["ucdp"].low, found["ucdp"].best, found["ucdp"].high) == (0, 13, 13)
    assert (found["ibc"].low, found["ibc"].high) == (0, 13)
    assert all(v.rules for v in found.values())


def test_11_other_figures_of_the_seed_are_as_coded(shared: Path) -> None:
    seed = coded(shared)
    c03 = views(seed["C03"])
    assert (c03["acled"].best, c03["ibc"].low, c03["ibc"].high) == (190, 190, 199)
    assert (c03["ucdp"].low, c03["ucdp"].best, c03["ucdp"].high) == (190, 199, 199)
    c05 = views(seed["C05"])
    assert (c05["acled"].best, c05["acled"].imputed) == (10, True)
    assert (c05["ucdp"].low, c05["ucdp"].best, c05["ucdp"].high) == (1, 1, None)
    c08 = views(seed["C08"])
    assert (c08["acled"].best, c08["ucdp"].best, c08["ibc"].low, c08["ibc"].high) == (91, None, 91, None)


def test_11_acled_is_the_single_lowest(shared: Path) -> None:
    assert views(coded(shared)["C03"], x2())["acled"].best == 82


@given(claims(), FAMILIES)
@settings(max_examples=200, deadline=None)
def test_11_low_best_and_high_are_in_order(made: list[Claim], families: list[frozenset[str]]) -> None:
    for view in assess(made, families, about=ABOUT).views:
        known = [n for n in (view.low, view.best, view.high) if n is not None]
        assert known == sorted(known)
