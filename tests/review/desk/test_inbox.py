"""The inbox: filters in the address, pages by key, what nobody has read yet, no query more for more rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from probata.review.models import Look, Restriction, Task, Team
from probata.review.work import reports
from probata.store import models
from review.harness import Site


def names(site: Site, query: str = "", **more: Any) -> list[str]:
    answer = site.client("Amal", **more).get(f"/reports/?format=json&{query}")
    return [r["name"] for r in answer.json()["reports"]]


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("outlet=meridian", lambda r: r.outlet == "Meridian Wire"),
        ("language=ar", lambda r: r.language == "ar"),
        ("start=2024-05-18", lambda r: bool(r.published and r.published >= date(2024, 5, 18))),
        ("end=2024-05-14", lambda r: bool(r.published and r.published <= date(2024, 5, 14))),
        ("type=detention", lambda r: r.claims.filter(type="detention").exists()),
        ("state=unread", lambda r: not r.reader),
        ("state=read", lambda r: bool(r.reader)),
        ("outlet=%21%21", lambda r: False),
        ("type=nonsense&start=tomorrow&before=x", lambda r: True),
    ],
)
def test_inbox_filters_by_the_address(site: Site, query: str, holds: Any) -> None:
    rows = models.Report.objects.using(site.book.alias).order_by("-id")
    assert names(site, query) == [r.name for r in rows if holds(r)]


def test_inbox_shows_what_nobody_has_read_and_whose_it_is(site: Site) -> None:
    client = site.client("Amal")
    first, second = names(site)[:2]
    assert client.post(f"/looked/{first}/").status_code == 302
    assert first not in names(site, "state=new")
    Task.objects.create(kind="report", name=second, what="read", person=site.person("Amal"), by="Edith")
    assert names(site, "assigned=me") == names(site, "assigned=Amal") == [second]
    assert second not in names(site, "assigned=nobody")
    client.post(f"/looked/{first}/", {"looked": "no"})
    assert not Look.objects.exists()


def test_inbox_pages_by_key_forwards_and_back(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "PAGE", 8)
    client = site.client("Amal")
    pages, address = [], "/reports/?format=json"
    for _ in range(3):
        page = client.get(address).json()
        pages.append([r["name"] for r in page["reports"]])
        address = f"/reports/?format=json&before={page['older']}"
    assert [len(p) for p in pages] == [8, 8, 3]
    assert page["older"] is None
    back = client.get(f"/reports/?format=json&after={page['newer']}").json()
    assert [r["name"] for r in back["reports"]] == pages[1]


def test_inbox_asks_no_more_for_more_rows(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    client = site.client("Amal")
    client.get("/reports/")

    def asked(rows: int) -> int:
        monkeypatch.setattr(reports, "PAGE", rows)
        with CaptureQueriesContext(connections["default"]) as queries:
            assert client.get("/reports/").status_code == 200
        return len(queries)

    assert asked(5) == asked(18)


def test_inbox_hides_what_a_team_keeps(site: Site) -> None:
    kept = names(site)[0]
    Restriction.objects.create(kind="report", name=kept, team=Team.objects.create(name="Kessar"), by="Edith")
    client = site.client("Amal")
    assert kept not in names(site)
    assert {client.get(f"/{page}/{kept}/").status_code for page in ("reports", "original")} == {404}
    assert client.post(f"/looked/{kept}/").status_code == 404
