"""Lists of reports and claims: filters that give the same on both databases, records as they were read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from handmade import FULL
from probata.export import jsonl
from probata.model.errors import InputError
from probata.store import listing, models
from probata.store.listing import Sought
from probata.store.opening import Casebook
from store.shelf import fill

ALL = ["division", "market", "arabic", "talks", "undated"]
CASES: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ALL),
    ({"report": "talks"}, ["talks"]),
    ({"report": "none"}, []),
    ({"outlet": "the KARSA post"}, ["market"]),
    ({"outlet": "كارسا"}, ["arabic"]),
    ({"language": "AR"}, ["division", "arabic"]),
    ({"start": date(2031, 5, 21)}, ["arabic", "talks"]),
    ({"end": date(2031, 5, 20)}, ["division", "market"]),
    ({"start": date(2031, 5, 20), "end": date(2031, 5, 20)}, ["market"]),
    ({"type": "killing"}, ["division", "market", "arabic", "talks"]),
    ({"type": "killing", "stance": "denied"}, []),
    ({"stance": "denied"}, ["undated"]),
    ({"speaker": "mayor"}, ["market"]),
    ({"speaker": "dray ilan"}, ["market"]),
    ({"speaker": '"dray ilan"'}, []),
    ({"speaker": "عمدة"}, ["arabic"]),
    ({"place": "tarqa"}, ["market"]),
    ({"place": "Meren", "speaker": "mayor"}, []),
    ({"place": "al-Meren", "language": "en"}, ["undated"]),
]


def test_listing_of_reports(book: Casebook) -> None:
    fill(book)
    found = [[r["id"] for r in listing.reports(book, Sought(**sought))] for sought, _ in CASES]
    assert found == [names for _, names in CASES]
    assert [r["id"] for r in listing.reports(book, Sought(), limit=2)] == ALL[:2]
    first = next(listing.reports(book, Sought(report="market")))
    assert first == {
        "id": "market",
        "title": "Shells kill six at Tarqa market",
        "outlet": "The Karsa Post",
        "published": "2031-05-20",
        "language": "en",
        "url": None,
        "author": None,
        "claims": 1,
        "read_by": first["read_by"],
        "gaps": [],
        "sha256": f"{0:064}",
        "original": f"{0:064}",
        "added_at": "2031-06-01T12:00:00+00:00",
        "added_by": "aliyah",
    }


def test_listing_of_claims(book: Casebook) -> None:
    fill(book)
    order = ["market", "talks", "undated", "arabic", "division"]
    cases = [(sought, names) for sought, names in CASES if not {"start", "end"} & set(sought)]
    cases += [
        ({"start": date(2031, 5, 19)}, ["market", "talks", "arabic", "division"]),
        ({"start": date(2031, 5, 20)}, []),
        ({"end": date(2031, 5, 18)}, []),
        ({"end": date(2031, 5, 19), "place": "tarqa"}, ["market"]),
    ]
    for sought, names in cases:
        found = list(listing.claims(book, Sought(**sought)))
        assert [r["report"] for r in found] == sorted(names, key=order.index), sought
        told = list(listing.by_report(book, Sought(**sought)))
        assert [jsonl.of_report(claim, report) for report, (claim,) in told] == found


def test_listing_of_days_with_open_ends(book: Casebook) -> None:
    fill(book)
    claims = models.Claim.objects.using(book.alias)
    row = claims.get(report__name="market")
    row.pk, row.name, row.start, row.end = None, "since", date(2031, 5, 1), None
    row.save(using=book.alias)
    row.pk, row.name, row.start, row.end = None, "until", None, date(2031, 5, 30)
    row.save(using=book.alias)

    def of(**days: Any) -> list[str]:
        rows = listing._claims(book, Sought(report="market", **days))
        return list(rows.values_list("name", flat=True))

    assert of(start=date(2031, 6, 1)) == ["since"]
    assert of(end=date(2031, 4, 1)) == ["until"]
    assert of(start=date(2031, 5, 20), end=date(2031, 5, 25)) == ["since", "until"]


def test_listing_gives_records_as_they_were_read(book: Casebook) -> None:
    fill(book)
    (record,) = listing.claims(book, Sought(report="market"))
    claim = jsonl.from_record(record)
    assert (claim.evidence, claim.count, claim.time) == (FULL.evidence, FULL.count, FULL.time)
    known = {"outlet": "The Karsa Post", "published": "2031-05-20"}
    assert jsonl.line(record) == jsonl.line({**jsonl.record(claim), **known})


def test_listing_takes_any_number_of_names(book: Casebook) -> None:
    fill(book)
    row = models.Claim.objects.using(book.alias).get(report__name="market")
    many = [models.Claim(**{**_columns(row), "name": f"m{n}", "speaker": f"Mayor {n}"}) for n in range(3000)]
    models.Claim.objects.using(book.alias).bulk_create(many, batch_size=500)
    assert sum(1 for _ in listing.claims(book, Sought(speaker="mayor"))) == 3001
    assert sum(1 for _ in listing.claims(book, Sought(speaker="mayor"), limit=7)) == 7


def test_listing_refuses_names_without_words(book: Casebook) -> None:
    with pytest.raises(InputError, match="no word"):
        list(listing.claims(book, Sought(place="…")))


def _columns(row: models.Claim) -> dict[str, Any]:
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname != "id"}
