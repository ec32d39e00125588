"""What happened to accounts is kept by the database itself, and refusals are written down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connections, transaction
from django.test import Client
from django.utils import timezone

from probata.review import refusals, scrub
from probata.review.models import Event, Token
from probata.review.serving import prepare
from probata.review.sight import Sight
from probata.review.work import tokens
from probata.store.opening import Casebook, casebook
from review.harness import Site


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Casebook]:
    """An empty casebook with the application's tables, on each database in turn."""
    monkeypatch.delenv("PROBATA_DATABASE", raising=False)
    url = ""
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        url = server.fresh()
        monkeypatch.setenv("PROBATA_DATABASE", url)
    with casebook(tmp_path / "casebook", create=True) as opened:
        yield (book := prepare(opened))
        book.close()
    if url:
        request.getfixturevalue("postgres").drop(url)


def test_events_are_kept_by_both_databases(served: Casebook) -> None:
    Event.objects.create(kind="role", who="Amal", about="Basim", detail="reader → analyst")
    for statement in ("UPDATE review_event SET who = 'nobody'", "DELETE FROM review_event"):
        with (
            pytest.raises(DatabaseError, match="rows of review_event are kept as they are"),
            transaction.atomic(),
            connections["default"].cursor() as cursor,
        ):
            cursor.execute(statement)
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        Event.objects.update(who="nobody")
    assert list(Event.objects.values_list("who", "about")) == [("Amal", "Basim")]


def test_events_are_scrubbed_by_an_erasure_and_kept_again(served: Casebook) -> None:
    Event.objects.create(kind="invited", who="Amal", about="Nura Fiction")
    assert scrub.scrub(lambda v: v.replace("Nura Fiction", "[erased 1]") if isinstance(v, str) else v) == 1
    assert Event.objects.get().about == "[erased 1]"
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        Event.objects.update(about="Nura Fiction")


def refused(site: Site) -> list[tuple[str, str]]:
    return list(Event.objects.filter(kind=refusals.KIND).order_by("id").values_list("who", "detail"))


def test_events_tell_of_what_people_were_not_allowed_to_do(site: Site) -> None:
    client = site.client("Rana", "reader")
    assert client.get("/people/").status_code == 403
    assert client.post("/decisions/decide/").status_code in (403, 404, 405)
    assert client.get("/reports/no such report/").status_code == 404  # what is not there tells nothing
    assert client.get("/api/v1/tasks").status_code in (200, 403, 404)
    assert ("Rana", "GET /people/") in refused(site)
    assert all(who == "Rana" and "no such" not in what for who, what in refused(site))
    page = site.client("Head", "administrator").get("/people/events/").content.decode()
    assert "GET /people/" in page
    assert "not allowed" in page


def test_events_tell_of_programs_that_their_token_does_not_allow(site: Site) -> None:
    person = site.person("Feeder", "analyst", software=True)
    secret = tokens.make(Sight(site.book, person), "feed", ["read"])
    assert Token.objects.count() == 1
    answer = Client().post(
        "/api/v1/suggestions",
        {"a": "x", "b": "y", "decision": "same", "why": "z"},
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 403
    assert refused(site) == [("Feeder", "POST /api/v1/suggestions")]


def test_events_of_refusals_do_not_fill_the_table(site: Site) -> None:
    client = site.client("Rana", "reader")
    for _ in range(5):
        client.get("/people/")
    assert len(refused(site)) == 1
    for n in range(2 * refusals.EACH):
        refusals._written("Rana", f"GET /{n}/")
    told = refused(site)
    assert len(told) == refusals.EACH
    assert told[-1][1].endswith("not written down")
    refusals._written("Basim", "GET /people/")
    assert refused(site)[-1] == ("Basim", "GET /people/")


def test_events_of_refusals_are_told_again_after_an_hour(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    refusals._written("Rana", "GET /people/")
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    refusals._written("Rana", "GET /people/")
    assert len(refused(site)) == 2


def test_events_tell_forms_that_were_made_elsewhere_from_what_is_not_allowed(site: Site) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(site.person("Amal", "administrator"))
    assert client.post("/integrity/check/").status_code == 403
    assert refused(site) == [("Amal", "POST /integrity/check/ (a form that is too old, or was made elsewhere)")]


def test_events_of_strangers_are_not_refusals(site: Site) -> None:
    assert Client().get("/people/").status_code == 302
    assert Client().get("/api/v1/reports").status_code == 401
    assert refused(site) == []
