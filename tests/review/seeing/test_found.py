"""What searches of the application find: claims as people read them last, incidents of places in any spelling."""

from __future__ import annotations

from typing import Any

import pytest

from probata.review.work import matching
from probata.store import models, readings
from review.harness import Site


def found(site: Site, words: str, kind: str) -> list[dict[str, Any]]:
    answer = site.client("Amal").get(f'/search/?q="{words}"&kind={kind}&format=json').json()
    listed: list[dict[str, Any]] = answer[kind]
    return listed


def test_a_claim_is_found_as_people_read_it_before_grouping_knows(site: Site) -> None:
    claim = models.Claim.objects.exclude(place=None).select_related("report").order_by("id").first()
    assert claim
    assert claim.place
    at = claim.report.text.index(" ")
    place = {"start": 0, "end": at, "name": "Zerevan-on-Sea"}
    assert claim.name in [c["name"] for c in found(site, claim.place, "claims")]
    assert found(site, "Zerevan", "claims") == []
    readings.correct(site.book, claim.name, {"place": place}, "Basim", "another town", 0)
    assert [c["name"] for c in found(site, "Zerevan", "claims")] == [claim.name]
    assert [r["name"] for r in found(site, "Zerevan", "reports")] == [claim.report.name]
    readings.reject(site.book, claim.name, "Basim", "of another war", 1)
    assert found(site, "Zerevan", "claims") == found(site, "Zerevan", "reports") == []


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("tarqa", ["Tarqa", "Tarqa al-Jadida", "al-Tarqa"]),
        ("tarqa jadida", ["Tarqa al-Jadida"]),
        ('"jadida tarqa"', []),
        ("jad*", ["Tarqa al-Jadida"]),
        ("الرقة", ["الرقة", "مدينة الرقّة"]),
        ("qasr meren", ["Qasr al-Meren"]),
        ("…", []),
        ("", []),
    ],
)
def test_names_of_a_list_that_have_the_words(words: str, names: list[str]) -> None:
    listed = ["Tarqa", "Tarqa al-Jadida", "al-Tarqa", "الرقة", "مدينة الرقّة", "Qasr al-Meren", "Kessar"]
    assert matching.having(listed, words) == names
