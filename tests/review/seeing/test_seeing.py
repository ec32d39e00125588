"""Map, timeline, search, activity, pictures of an incident: what they show, and what they keep from whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from probata.review.models import Comment, Restriction, SavedSearch, Team
from probata.review.work import drawing, timeline
from probata.review.work import map as on_map
from probata.store import models
from review.harness import Site

LISTS = (
    "/map/",
    "/timeline/",
    "/incidents/",
    "/reports/",
    "/search/?q=merisk",
    "/search/?q=merisk&kind=claims",
    "/activity/",
)


def told(client: Client, path: str) -> dict[str, Any]:
    answer = client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 200, (path, answer.content)
    found: dict[str, Any] = answer.json()
    return found


def test_every_incident_is_on_the_map_or_counted_as_without_place(site: Site) -> None:
    found = told(site.client("Amal"), "/map/")
    standing = models.Incident.objects.filter(ended=None).count()
    assert found["number"] == standing
    assert sum(p["number"] for p in found["places"]) + found["nowhere"] == standing
    assert found["nowhere"] == models.Incident.objects.filter(ended=None, place=None).count()
    listed = told(site.client("Amal"), "/map/?at=none")
    assert len(listed["incidents"]) == found["nowhere"]


def test_a_town_is_drawn_as_wide_as_a_town_and_a_region_as_an_area() -> None:
    def record(precision: str) -> dict[str, Any]:
        place = on_map._Place(on_map.Spot(31.1, -42.9, precision), "Sarnik")
        place.add("inc-1", "killing", 3)
        return place.record(_Open())  # type: ignore[arg-type]

    assert record("city")["radius_km"] >= 5
    assert not record("city")["area"]
    for precision in ("district", "province", "region", "country", "unresolved"):
        assert record(precision)["area"]
        assert record(precision)["radius_km"] > record("city")["radius_km"]
    assert set(on_map.RADIUS) >= {"point", "neighbourhood", "city", "district", "province", "region", "country"}


class _Open:
    class shield:  # noqa: N801
        @staticmethod
        def text(text: str) -> str:
            return text


def test_no_figure_of_the_map_is_a_sum(site: Site) -> None:
    for place in told(site.client("Amal"), "/map/")["places"]:
        own = models.Incident.objects.filter(ended=None, place=place["name"])
        single = {n for pair in own.values_list("killed_low", "killed_high") for n in pair}
        assert place["most"] in single


def test_the_picture_of_the_server_has_each_place_within_it() -> None:
    places = [
        {"lat": lat, "lon": lon, "radius_km": 8, "area": False, "number": 1}
        for lat, lon in ((31.1, -42.9), (32.4, -41.2), (-60.0, 170.0), (89.9, 0.0))
    ]
    for some in ([], places[:1], places[:2], places):
        made = drawing.picture(some)
        assert all(0 <= p["x"] <= made["wide"] for p in made["drawn"])


@pytest.mark.parametrize(
    "query, fewer",
    [("type=killing", True), ("place=Merisk", True), ("start=2024-06-01", True), ("start=rubbish&type=rubbish", False)],
)
def test_map_timeline_and_list_have_the_same_filters(site: Site, query: str, fewer: bool) -> None:
    client = site.client("Amal")
    numbers = {told(client, f"{page}?{query}")["number"] for page in ("/map/", "/timeline/", "/incidents/")}
    assert len(numbers) == 1
    assert (numbers.pop() < told(client, "/map/")["number"]) is fewer


def test_many_incidents_become_bars_that_count_each_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = told(site.client("Amal"), "/timeline/")
    assert marks["picture"]["kind"] == "marks"
    assert len(marks["picture"]["items"]) + marks["undated"] == marks["number"]
    monkeypatch.setattr(timeline, "MARKS", 3)
    bars = told(site.client("Amal"), "/timeline/")
    assert sum(b["number"] for b in bars["picture"]["items"]) + bars["undated"] == bars["number"]
    assert all(sum(p["number"] for p in b["parts"]) == b["number"] for b in bars["picture"]["items"])


def test_what_a_team_keeps_is_on_no_picture_and_in_no_search(site: Site) -> None:
    own = Team.objects.create(name="Kessar desk")
    row = models.Report.objects.filter(text__contains="Merisk", scenes__incident__ended=None).order_by("id").first()
    assert row
    inside = site.person("Bilal", "analyst")
    inside.teams.add(own)
    open_to_all, client = site.client("Amal"), site.client("Bilal")
    before = told(open_to_all, "/map/")["number"]
    Restriction.objects.create(kind="report", name=row.name, team=own, by="chief")
    Comment.objects.create(kind="report", name=row.name, who="Bilal", text="Not for others.")
    for kind in ("reports", "claims"):
        path = f"/search/?q=merisk&kind={kind}"
        assert row.name not in str(told(open_to_all, path))
        assert row.name in str(told(client, path))
    assert told(open_to_all, "/map/")["number"] < before == told(client, "/map/")["number"]
    assert told(open_to_all, "/timeline/")["number"] == told(open_to_all, "/map/")["number"]
    assert f"/reports/{row.name}/" not in str(told(open_to_all, "/activity/"))
    assert f"/reports/{row.name}/" in str(told(client, "/activity/"))


@pytest.mark.parametrize("query", ['"', "*", "", "\u202e", "x" * 5000, "<script>", "merisk*", "ميريسك", '"at least"'])
def test_a_search_answers_whatever_is_asked(site: Site, query: str) -> None:
    for kind in ("reports", "claims", "incidents"):
        answer = site.client("Amal").get("/search/", {"q": query, "kind": kind})
        assert answer.status_code == 200
        assert b"<script>alert" not in answer.content


def test_a_name_is_found_in_the_other_script(site: Site) -> None:
    assert told(site.client("Amal"), "/search/?q=Merisk")["total"] > 0
    assert told(site.client("Amal"), "/search/?q=ميريسك")["total"] > 0


@pytest.mark.parametrize(
    "path, kept",
    [
        ("/search/?q=merisk", True),
        ("/map/?type=killing", True),
        ("//example.org/search/", False),
        ("https://example.org/search/", False),
        ("/account/logout/", False),
        ("/\\example.org", False),
    ],
)
def test_only_lists_of_this_casebook_are_kept(site: Site, path: str, kept: bool) -> None:
    client = site.client("Amal")
    answer = client.post("/searches/", {"name": "mine", "path": path})
    assert answer["Location"] == (path if kept else "/search/")
    assert SavedSearch.objects.count() == int(kept)
    if kept:
        number = SavedSearch.objects.get().pk
        assert site.client("Bilal").post(f"/searches/{number}/forget/").status_code == 404
        assert client.post(f"/searches/{number}/forget/").status_code == 302
        assert not SavedSearch.objects.exists()


def test_the_pictures_of_an_incident_have_every_source_and_fold_copies(site: Site) -> None:
    row = models.Incident.objects.filter(ended=None).order_by("-sources").first()
    assert row
    found = told(site.client("Amal"), f"/incidents/{row.name}/pictures/")
    killed = next(c for c in found["charts"] if c["measure"] == "killed")
    record = models.Version.objects.get(incident=row, number=row.number).record
    assert killed["range"] == record["killed"]
    assert len([s for s in found["sources"] if s["counts"]]) == record["independent_sources"]
    assert any(r["reports"] > 1 for r in killed["rows"])
    keys = [(r["who"], r["outlet"], r["words"], r["low"], r["high"], r["aside"]) for r in killed["rows"]]
    assert len(keys) == len(set(keys))
    assert all(0 <= r["bar"].get("x", 0) <= 300 for r in killed["rows"])


def test_no_page_asks_more_of_the_database_when_it_shows_more(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    client = site.client("Amal")
    some = [r.pk for r in models.Report.objects.order_by("id")[:4]]
    for path in LISTS:
        client.get(path)
        with CaptureQueriesContext(connection) as many:
            client.get(path)
        with monkeypatch.context() as patch:
            _few(patch, some)
            with CaptureQueriesContext(connection) as few:
                client.get(path)
        assert len(many) <= len(few) + 2, (path, len(many), len(few))


def _few(patch: pytest.MonkeyPatch, some: list[int]) -> None:
    """See only what rests on some reports: the same pages with fewer rows."""
    from probata.review.sight import Sight

    reports, claims, incidents = Sight.reports, Sight.claims, Sight.incidents
    patch.setattr(Sight, "reports", lambda s: reports(s).filter(id__in=some))
    patch.setattr(Sight, "claims", lambda s: claims(s).filter(report__in=some))
    patch.setattr(Sight, "incidents", lambda s: incidents(s).filter(scenes__report__in=some[:1]).distinct())


def test_no_file_of_others_is_kept_here(root: Path) -> None:
    assert "resolved" not in (root / "src/probata/review/vendor/package-lock.json").read_text(encoding="utf-8")
    assert "/src/probata/review/static/vendor/" in (root / ".gitignore").read_text(encoding="utf-8").splitlines()
