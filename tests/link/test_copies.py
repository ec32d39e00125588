"""Copies: long passages repeated word for word make a family, short runs and filled-in forms do not."""

from __future__ import annotations

import random
from datetime import date

import pytest

from link.dossier import claim
from probata.link.copies import COMMON, families, families_of_claims
from probata.model.report import Anchor, AnchorBasis, Report

STORY = (
    "Shelling of the old market of Tarqa killed at least 12 people before dawn on Monday, a doctor told us. "
    "Rescuers pulled nine children and four women from under a collapsed bakery, he said, and the clinic has no blood."
)
CUT = (
    "The mayor of Tarqa called for help. Rescuers pulled nine children and four women from under a collapsed bakery. "
    "Shelling of the old market of Tarqa killed at least 12 people before dawn, a doctor said."
)
OWN = (
    "At least 12 people died when shells hit the old market of Tarqa on Monday, according to a doctor. "
    "Nine children and four women were among the dead, the mayor said and more may lie under the rubble."
)
FORM = "The Karsa Council urges all parties to protect civilians and calls on the envoy to open the roads to Tarqa."
ARABIC = "قال طبيب في مدينة طرقة إن القصف على السوق القديم قتل اثني عشر شخصا على الأقل قبل الفجر وإن العيادة بلا دم"
WORDS = [a + b for a in "bar kel mur tos vin zed".split() for b in "an el ik or us".split()]


def together(*texts: str) -> bool:
    return len(families([Report(f"r{n}", text) for n, text in enumerate(texts)])) == 1


@pytest.mark.parametrize(
    "one, other, copy",
    [
        pytest.param(STORY, STORY, True, id="the same"),
        pytest.param(STORY, STORY.upper().replace(",", ""), True, id="other case and marks"),
        pytest.param(STORY, CUT, True, id="cut and joined anew"),
        pytest.param(STORY, f"{OWN} {STORY}", True, id="within a longer report"),
        pytest.param(STORY, OWN, False, id="one event in own words"),
        pytest.param("Shells killed 12 in Tarqa on Monday.", "Shells killed 12 in Tarqa on Monday.", False, id="short"),
        pytest.param("", "", False, id="empty"),
        pytest.param(ARABIC, f"{ARABIC} {OWN}", True, id="Arabic"),
    ],
)
def test_copies_of_texts(one: str, other: str, copy: bool) -> None:
    assert together(one, other) is copy
    assert together(other, one) is copy


def test_copies_a_story_of_more_outlets_than_are_compared_is_one_family() -> None:
    number = COMMON * 2
    assert len(families([Report(f"r{n}", f"Outlet{n} writes: {STORY}") for n in range(number)])) == 1


def test_copies_a_formula_of_many_outlets_makes_no_family() -> None:
    chance = random.Random(1)
    texts = [f"The Tarqa observatory for human rights said: {' '.join(chance.sample(WORDS, 25))}" for _ in range(60)]
    assert len(families([Report(f"r{n}", text) for n, text in enumerate(texts)])) == 60


def test_copies_a_form_filled_in_months_apart_is_none() -> None:
    def dated(name: str, day: date) -> Report:
        return Report(name, FORM, anchors=(Anchor(day, AnchorBasis.METADATA),))

    spring, days_later, autumn = date(2031, 3, 3), date(2031, 3, 9), date(2031, 10, 1)
    assert families([dated("a", spring), dated("b", autumn)]) == [("a",), ("b",)]
    assert families([dated("a", spring), dated("b", days_later)]) == [("a", "b")]


def test_copies_from_the_words_of_claims() -> None:
    claims = [
        claim("post", evidence=STORY),
        claim("wire", evidence=STORY),
        claim("daily", evidence=OWN),
        claim("weekly", evidence=STORY, date="2031-09-01"),
    ]
    expected = [("daily",), ("post", "wire"), ("weekly",)]
    assert families_of_claims(claims) == expected
    assert families_of_claims(claims[::-1]) == expected
    assert families_of_claims([]) == []
