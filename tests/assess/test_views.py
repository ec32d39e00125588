"""The three codebooks' views of the same claims, each with the ids of its rules."""

from __future__ import annotations

import pytest

from assess.coded import ABOUT, C03, C05, C07, C08, SEED, X3, claim, x2
from probata.assess import assess
from probata.model.assessment import View
from probata.model.claim import Claim
from probata.vocab import load

Ends = tuple[int | None, int | None, int | None]


def views(claims: list[Claim]) -> dict[str, View]:
    return {v.name: v for v in assess(claims, about=ABOUT).views}


@pytest.mark.parametrize(
    "claims, acled, ucdp, ibc",
    [
        ([C03], 190, (190, 199, 199), (190, 199)),
        (SEED, 190, (190, 199, 199), (190, 199)),
        ([C07], 13, (0, 13, 13), (0, 13)),
        ([C05], 10, (1, 1, None), (1, None)),
        ([C08], 91, (None, None, None), (91, None)),
        ([*SEED, x2()], 82, (82, 82, 199), (82, 199)),
        ([claim("a", by="medics", count="dozens")], 12, (12, 12, None), (12, None)),
        ([claim("a", by="medics", count="tens")], 10, (10, 10, None), (10, None)),
        ([claim("a", by="medics", count="hundreds")], 100, (100, 100, None), (100, None)),
        ([C03, X3], 10, (190, 199, 199), (190, 199)),
        ([claim("a", by="medics", count="a large number")], None, (None, None, None), (None, None)),
    ],
)
def test_views_of_codebooks(
    claims: list[Claim], acled: int | None, ucdp: Ends, ibc: tuple[int | None, int | None]
) -> None:
    got = views(claims)
    assert (got["acled"].low, got["acled"].best, got["acled"].high) == (acled, acled, acled)
    assert (got["ucdp"].low, got["ucdp"].best, got["ucdp"].high) == ucdp
    assert (got["ibc"].low, got["ibc"].high) == ibc


def test_views_name_their_rules() -> None:
    assert views([C07])["acled"].rules == ("acled-lowest-stated", "sum", "death-implied-low-0")
    assert views([C03])["ucdp"].rules == ("ucdp-low-best-high", "nearly-n")
    assert views([claim("a", by="medics", count="dozens")])["acled"].rules == ("acled-lowest-stated", "vague-dozens")
    known = load("counting")
    named = {r for c in (C03, C05, C07, C08) for v in views([c]).values() for r in v.rules}
    fixed = {value for view in known["views"].values() for key, value in view.items() if key.endswith("rule")}
    assert named <= fixed | set(known["rules"]) | {known["implied_death_rule"]}


def test_views_mark_what_nobody_said() -> None:
    assert views([C05])["acled"].imputed
    assert not views([C07])["acled"].imputed
    assert views([claim("a", by="medics", count="dozens")])["acled"].imputed
    assert views([C08])["ucdp"].note


@pytest.mark.parametrize(
    "words, method, low",
    [
        ("nine people burned", "burned", 0),
        ("nine people burned to death", "burned", 9),
        ("killed nine", "burned", 9),
        ("nine executed", None, 9),
        ("nine were shot", None, 0),
        ("nine were shot dead", None, 9),
        ("nine of them", None, 9),
    ],
)
def test_views_death_said_or_implied(words: str, method: str | None, low: int) -> None:
    assert assess([claim("a", by="medics", words=words, method=method, count="nine")]).killed.low == low
