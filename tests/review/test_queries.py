"""No page and no operation asks the database more for more rows: tried on all that the router knows.

A page or operation that is in none of the lists below fails here, so that a new list cannot come without being tried.
Neighbours of an incident are sought in a block with two queries more when it is full, however many scenes it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from probata.review import kept
from probata.review.api.root import operations
from probata.review.models import (
    Comment,
    Event,
    Job,
    Look,
    Notice,
    Person,
    Publication,
    Restriction,
    SavedSearch,
    Suggestion,
    Task,
    Team,
    Token,
)
from probata.review.serving import prepare
from probata.store import findings, grouping, models, readings
from probata.store.adding import Adding
from probata.store.opening import Casebook, casebook
from review.harness import PASSWORD, Site
from review.test_matrix import addresses, ours
from store.handmade import killing, unread

FEW, MANY = 5, 50
Asked = tuple[str, str, str]  # a page or operation, an address of it, who asks
# What is asked for of each page: with {report}, {claim}, {other}, {incident} of the first report there is.
LISTS = {
    "home": ["/"],
    "reports": ["/reports/", "/reports/?state=new", "/reports/?assigned=me", "/reports/?outlet=r1"],
    "report": ["/reports/{report}/"],
    "jobs": ["/jobs/"],
    "incidents": ["/incidents/", "/incidents/?place=tarqa", "/incidents/?state=waiting"],
    "incident": ["/incidents/{incident}/"],
    "incident-near": ["/incidents/{incident}/near/"],
    "incident-pictures": ["/incidents/{incident}/pictures/"],
    "incident-sources": ["/incidents/{incident}/sources/?start=0"],
    "incident-claims": ["/incidents/{incident}/claims/?source=0"],
    "decisions": ["/decisions/", "/decisions/?before=99999"],
    "compare": ["/compare/?a={claim}", "/compare/?a={claim}&b={other}"],
    "findings": ["/findings/"],
    "map": ["/map/", "/map/?at=none"],
    "timeline": ["/timeline/"],
    "activity": ["/activity/", "/activity/?by=people"],
    "search": ["/search/?q=words", "/search/?q=words&kind=claims", "/search/?q=tarqa&kind=incidents"],
    "comments": ["/comments/?kind=incident&name={incident}", "/comments/?kind=claim&name={claim}"],
    "tasks": ["/tasks/", "/tasks/?whose=all", "/tasks/?whose=all&state=done"],
    "notices": ["/notices/"],
    "publish": ["/publish/"],
    "people": ["/people/"],
    "events": ["/people/events/"],
    "protection": ["/protection/"],
    "integrity": ["/integrity/"],
    "tokens": ["/account/tokens/"],
}
# Pages of one thing, forms, and what is fetched: none of them shows rows.
SINGLE = {
    "setup", "adding", "claim-new", "claim-meaning", "claim", "claim-correct", "incident-version", "incident-ends",
    "integrity_original", "notice", "notices-settings", "protection-one", "publication", "site", "release", "looked",
    "original", "join", "task-new", "task", "search-keep", "api-docs", "protection-look", "finding-propose",
}  # fmt: skip
API = {
    "/claims": "/claims",
    "/reports/{path:name}/claims": "/reports/{report}/claims",
    "/claims/{name}/history": "/claims/{claim}/history",
    "/incidents/{name}/findings": "/incidents/{incident}/findings",
    "/findings": "/findings",
    "/decisions": "/decisions",
    "/compare": "/compare?a={claim}&b={other}",
    "/suggestions": "/suggestions",
    "/incidents": "/incidents",
    "/incidents/{name}": "/incidents/{incident}",
    "/incidents/{name}/versions": "/incidents/{incident}/versions",
    "/incidents/{name}/sources": "/incidents/{incident}/sources",
    "/incidents/{name}/claims": "/incidents/{incident}/claims?source=0",
    "/incidents/{name}/near": "/incidents/{incident}/near",
    "/search": "/search?q=words",
    "/jobs": "/jobs",
    "/publications": "/publications",
    "/reports": "/reports",
    "/reports/{path:name}": "/reports/{report}",
    "/comments": "/comments?kind=incident&name={incident}",
    "/tasks": "/tasks?whose=all",
}
API_SINGLE = {
    "/claims/{name}", "/incidents/{name}/versions/{int:number}", "/incidents/{name}/ends", "/me", "/jobs/{int:number}",
    "/publications/{int:number}", "/reports/{path:name}/text", "/tasks/{int:number}",
}  # fmt: skip
WHO = {"Edith": "administrator", "Rima": "reader", "Amal": "analyst"}


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The application on a casebook with nothing in it."""
    monkeypatch.delenv("PROBATA_DATABASE", raising=False)
    with casebook(tmp_path / "casebook", create=True) as opened:
        served = prepare(opened)
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        yield Site(served)
        served.close()


def grown(book: Casebook, start: int, end: int) -> None:
    """Rows of all kinds, `start` to `end`: reports with a claim of an incident of their own each, and work on them."""
    adding = Adding(book, "Edith")
    for n in range(start, end):
        made = unread(f"r{n}")
        adding.received(made.origin.sha256 if made.origin else "", made.text.encode())
        day = (date(2020, 1, 1) + timedelta(31 * n)).isoformat()
        for new in adding.new([made]):
            adding.keep(new, [killing(f"r{n}", 3 + n, "a doctor", date=day)])
    adding.finish()
    grouping.update(book)
    claims = list(models.Claim.objects.order_by("id").values_list("name", flat=True))
    incidents = list(models.Incident.objects.filter(ended=None).order_by("id"))
    people = list(Person.objects.order_by("id")[: len(WHO)])
    now, last = timezone.now(), people[0]
    for n in range(start, end):
        incident, claim = incidents[n], claims[n]
        for kind, name in (("incident", incident.name), ("claim", claim), ("report", f"r{n}")):
            Task.objects.create(kind=kind, name=name, what="ask again", person=last, by="Amal", due=now.date())
            Task.objects.create(kind=kind, name=name, what="asked", person=last, by="Amal", done_at=now, outcome="yes")
            Comment.objects.create(kind=kind, name=name, who="Amal", text="a doctor was seen")
        Comment.objects.create(kind="incident", name=incidents[0].name, who="Amal", text="a doctor again")
        Comment.objects.create(kind="claim", name=claims[0], who="Amal", text="a doctor again")
        Task.objects.create(kind="incident", name=incidents[0].name, what="ask", person=last, by="Amal")
        Look.objects.create(report=f"r{n}", who="Amal")
        for person in people:
            Notice.objects.create(person=person, kind="comment", by="Amal", path=f"/incidents/{incident.name}/")
        Job.objects.create(kind="add", about={"name": f"r{n}.txt"}, state="failed", by="Edith", error="x", advice="y")
        Publication.objects.create(title=f"R {n}", publisher="P", incidents=[incident.name], by="Edith")
        SavedSearch.objects.create(person=last, name=f"s{n}", path="/search/?q=words")
        Token.objects.create(person=last, name=f"t{n}", digest=f"{n:064}", scopes=["read"])
        Event.objects.create(kind="sign-in", who="Edith", about=f"p{n}")
        Restriction.objects.create(kind="report", name=f"elsewhere {n}", team=Team.objects.get(), by="Edith")
        findings.propose(
            book, incident.name, "occurred", "reasonable suspicion", None, "Omar", "seen by many", incident.number
        )
        readings.correct(book, claim, {"stance": "denied"}, "Omar", "read again", 0)
        if n:
            two = {"a": claims[n - 1], "b": claim, "same": False}
            Suggestion.objects.create(**two, why="other days", by="Amal")
            models.Decision.objects.create(**two, who="Amal", why="other days", at=now, salt="00")
    for n in range(start, end):
        Person.objects.create(alias=f"Other {n}", role="reader")
    grouping.update(book)


def numbers(clients: dict[str, Client], paths: dict[str, list[str]], given: dict[str, str]) -> dict[Asked, int]:
    """How many queries each address takes for each person that it answers."""
    out = {}
    for name, of in paths.items():
        for path in of:
            for who, client in clients.items():
                address = path.format(**given)
                if client.get(address).status_code == 200:
                    kept.forget()  # as the first person asks for it
                    with CaptureQueriesContext(connections["default"]) as asked:
                        client.get(address)
                    out[name, path, who] = len(asked)
    return out


def test_no_page_and_no_operation_asks_more_for_more_rows(empty: Site) -> None:
    clients = {who: empty.client(who, role) for who, role in WHO.items()}
    for client in clients.values():
        client.post("/account/reauthenticate/", {"password": PASSWORD})
    team = Team.objects.create(name="Kessar")
    Restriction.objects.create(kind="report", name="elsewhere", team=team, by="Edith")
    paths = LISTS | {f"API {p}": [f"/api/v1{a}"] for p, a in API.items()}
    asked = []
    for start, end in ((0, FEW), (FEW, MANY)):
        grown(empty.book, start, end)
        one, other = models.Claim.objects.order_by("id").values_list("name", flat=True)[:2]
        incident = models.Incident.objects.filter(scenes__members__claim__name=one).values_list("name", flat=True)[0]
        given = {"report": "r0", "claim": one, "other": other, "incident": incident}
        asked.append(numbers(clients, paths, given))
    few, many = asked
    assert few.keys() == many.keys()
    more = {k: many[k] - few[k] for k in few}
    assert [f"{k}: {few[k]}, then {many[k]}" for k in few if more[k] > (2 if "near" in k[1] else 0)] == []
    answered = {name for name, _, _ in few}
    assert set(paths) - answered == set(), "these answered nobody"


def test_every_page_and_operation_is_tried_for_its_queries_or_shows_no_rows() -> None:
    asking = {view for _, view in ours() if "GET" in getattr(view, "methods", ())}
    pages = {name for _, view, name in addresses() if view in asking and name}
    assert sorted(pages - set(LISTS) - SINGLE) == []
    found = {one.path.removeprefix("/api/v1") for one in operations() if one.method == "GET"}
    assert sorted(found - set(API) - API_SINGLE) == []
