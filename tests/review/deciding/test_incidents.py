"""The list of incidents, and the page of one: filters, pages by key, ends of ranges, versions, copies folded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from probata.review.models import Restriction, Task, Team
from probata.store import models
from review.harness import Site


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("type=killing", lambda r: r["type"] == "killing"),
        ("place=merisk", lambda r: r["place"] == "Merisk"),
        ("sources=2", lambda r: r["sources"] >= 2),
        ("grade=Contested", lambda r: r["grade"] == "Contested"),
        ("start=2024-06-01", lambda r: r["to"] >= "2024-06-01"),
        ("end=2024-05-01", lambda r: r["from"] <= "2024-05-01"),
        ("state=none", lambda r: r["findings"]["occurred"] is None),
    ],
)
def test_list_filters_stand_in_the_address(site: Site, asked: str, holds) -> None:
    every = site.client("amal").get("/incidents/?format=json").json()["incidents"]
    found = site.client("amal").get(f"/incidents/?{asked}&format=json").json()["incidents"]
    assert found
    assert all(holds(r) for r in found)
    if not asked.startswith("state"):
        assert len(found) < len(every)


@pytest.mark.parametrize(
    "odd", ["sources=x", "start=never", "before=.x", "type=<b>", "after=2024-05-14.9999999999999999999"]
)
def test_list_lets_odd_filters_be(site: Site, odd: str) -> None:
    assert site.client("amal").get(f"/incidents/?{odd}").status_code == 200


def _many(number: int) -> None:
    day = date(2021, 1, 1)
    record = models.Version.objects.order_by("id").first().record  # type: ignore[union-attr]
    days = [day + timedelta(days=n // 3) if n % 7 else None for n in range(number)]
    rows = [
        models.Incident(name=f"inc-{n:012x}", number=1, type="killing", start=d, end=d, sources=1, grade="Weak")
        for n, d in enumerate(days)
    ]
    models.Incident.objects.bulk_create(rows)
    at = models.Version.objects.order_by("id").first().at  # type: ignore[union-attr]
    versions = [
        models.Version(incident=i, number=1, at=at, record={**record, "id": i.name}, changes=[], because={})
        for i in rows
    ]
    models.Version.objects.bulk_create(versions)


def test_list_pages_by_key_show_each_once_forth_and_back(site: Site) -> None:
    _many(130)
    client = site.client("amal")
    forth: list[list[str]] = []
    key = ""
    while True:
        page = client.get(f"/incidents/?format=json{key}").json()
        forth.append([r["id"] for r in page["incidents"]])
        if not page["earlier"]:
            break
        key = f"&before={page['earlier']}"
    shown = [name for some in forth for name in some]
    assert len(shown) == len(set(shown)) == models.Incident.objects.filter(ended=None).count()
    back = client.get(f"/incidents/?format=json&after={page['later']}").json()
    assert [r["id"] for r in back["incidents"]] == forth[-2]


@pytest.mark.parametrize("role", ["analyst", "reader"])
def test_list_asks_no_more_for_more_rows(site: Site, role: str) -> None:
    client = site.client("amal", role)
    asked = []
    for path in ("/incidents/?sources=9", "/incidents/"):
        with CaptureQueriesContext(connections["default"]) as queries:
            assert client.get(path).status_code == 200
        asked.append(len(queries))
    _many(60)
    with CaptureQueriesContext(connections["default"]) as queries:
        client.get("/incidents/")
    if role == "analyst":
        assert len(queries) <= asked[0] + 6
    assert len(queries) <= asked[1] + 3


def test_incident_says_where_each_end_of_its_range_comes_from(site: Site, largest: models.Incident) -> None:
    page = site.client("amal").get(f"/incidents/{largest.name}/?format=json").json()
    ends = {(e["measure"], e["end"]): e for e in page["ends"]}
    killed = page["incident"]["killed"]
    assert ends["killed", "low"]["number"] == killed["low"]
    assert ends["killed", "best"]["number"] == killed["best"]
    assert ends["killed", "low"]["words"]
    assert ends["killed", "low"]["claim"]["name"] in page["incident"]["claims"]
    assert ends["killed", "low"]["rule"]


def test_incident_shows_sources_with_copies_folded(site: Site, largest: models.Incident) -> None:
    page = site.client("amal").get(f"/incidents/{largest.name}/?format=json").json()
    assert len([s for s in page["sources"] if s["kind"] != "uncounted"]) == page["incident"]["independent_sources"]
    assert any(f["copies"] for s in page["sources"] for f in s["families"])
    assert page["denials"]
    assert page["verifications"]
    assert {a["accused"] for a in page["accused"]} == set(page["incident"]["accused"])
    assert "none reported" in {a["answer"] for a in page["accused"]}


def test_incident_gives_further_claims_when_asked(site: Site, largest: models.Incident) -> None:
    client = site.client("amal")
    page = client.get(f"/incidents/{largest.name}/?format=json").json()
    source = next(s for s in page["sources"] if s["left"])
    more = client.get(f"/incidents/{largest.name}/claims/?source={source['number']}&from=4&format=json").json()
    told = [c for f in more["families"] for c in f["claims"]]
    assert sum(1 + len(c["again"]) for c in told) == source["left"]
    assert more["left"] == 0


def test_versions_are_read_each_at_its_own_address(site: Site, largest: models.Incident) -> None:
    client = site.client("amal")
    assert client.get(f"/incidents/{largest.name}/versions/1/").status_code == 302  # the latest has the short address
    assert client.get(f"/incidents/{largest.name}/versions/2/").status_code == 404
    page = client.get(f"/incidents/{largest.name}/").content.decode()
    assert "because of" in page
    assert "first version" in page


def test_incident_kept_to_a_team_is_not_there_for_others(site: Site, largest: models.Incident) -> None:
    team = Team.objects.create(name="north")
    Restriction.objects.create(kind="incident", name=largest.name, team=team, by="amal")
    site.person("basim").teams.add(team)
    for path in ("", "ends/", "near/", "findings/", "claims/?source=0", "sources/"):
        assert site.client("amal").get(f"/incidents/{largest.name}/{path}").status_code == 404
        assert site.client("basim").get(f"/incidents/{largest.name}/{path}").status_code == 200
    assert largest.name not in site.client("amal").get("/incidents/").content.decode()


def test_list_of_those_assigned(site: Site, largest: models.Incident) -> None:
    Task.objects.create(kind="incident", name=largest.name, what="read it", person=site.person("amal"), by="basim")
    found = site.client("amal").get("/incidents/?assigned=me&format=json").json()["incidents"]
    assert [r["id"] for r in found] == [largest.name]
    rest = site.client("amal").get("/incidents/?assigned=nobody&format=json").json()["incidents"]
    assert largest.name not in [r["id"] for r in rest]
