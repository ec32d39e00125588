"""Programs suggest and never decide: by a token with every scope, whatever role their account has."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from probata.review.api.root import Operation, operations
from probata.review.models import Job, Publication, Suggestion
from probata.review.roles import Role
from probata.review.sight import Sight
from probata.review.work import tokens
from probata.store import models
from review.harness import Site
from review.test_api_matrix import sent

# What only a person does. A new operation that decides must be here, or ask for one of these needs.
DECIDING = {
    ("POST", "/api/v1/claims/{name}/correct"),
    ("POST", "/api/v1/claims/{name}/reject"),
    ("POST", "/api/v1/claims/{name}/undo"),
    ("POST", "/api/v1/incidents/{name}/findings"),
    ("POST", "/api/v1/findings/{int:number}/answer"),
    ("POST", "/api/v1/findings/{int:number}/withdraw"),
    ("POST", "/api/v1/decisions"),
    ("POST", "/api/v1/suggestions/{int:number}/drop"),
}


def program(site: Site, role: str = "administrator") -> Client:
    """A token with every scope of a program's account."""
    scopes = [s.value for s in tokens.SCOPES]
    of = site.person("counter", role, software=True)
    secret = tokens.make(Sight(site.book, site.person("Amal", "administrator")), "tests", scopes, of.alias)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def deciding() -> list[Operation]:
    return [one for one in operations() if any(need.decides for need in one.needs)]


def pair(site: Site) -> tuple[str, str]:
    rows = models.Member.objects.using(site.book.alias).exclude(scene__incident=None).order_by("id")
    a = rows[0].claim
    b = rows.exclude(scene__incident=rows[0].scene.incident)[0].claim
    return a.name, b.name


def post(client: Client, path: str, **given: Any) -> Any:
    return client.post(f"/api/v1/{path}", json.dumps(given), "application/json")


def test_what_decides_is_known_as_such() -> None:
    assert {(one.method, one.path) for one in deciding()} >= DECIDING


@pytest.mark.parametrize("role", [r.value for r in Role])
def test_every_operation_that_decides_is_refused_to_a_program(site: Site, role: str) -> None:
    client = program(site, role)
    claim = models.Claim.objects.using(site.book.alias).order_by("id")[0].name
    event = models.Incident.objects.using(site.book.alias).filter(ended=None)[0].name
    names = {"/api/v1/claims/": claim, "/api/v1/incidents/": event}
    log = models.Entry.objects.count()
    for one in deciding():
        name = next((v for k, v in names.items() if one.path.startswith(k + "{")), "nothing")
        assert sent(client, one, name, 1) == 403, one.path
    assert (models.Entry.objects.count(), Job.objects.count(), Publication.objects.count()) == (log, 0, 0)


def test_every_page_that_decides_is_refused_to_a_program(site: Site) -> None:
    """A program has no password; were it signed in all the same, it could do nothing more."""
    from review.test_matrix import ours

    client = site.client("counter", "administrator", software=True)
    tried = 0
    for path, view in ours():
        if not view.needs.decides:
            continue
        for method in view.methods:
            tried += 1
            assert client.generic(method, path + "?format=json").status_code == 403, path
    assert tried > 25
    assert client.get("/people/").status_code != 200


def test_suggestions_of_a_program_arrive_and_a_person_takes_or_drops_them(site: Site) -> None:
    client, (a, b) = program(site), pair(site)
    assert post(client, "suggestions", a=a, b=b, decision="same", why="the same place and day").status_code == 200
    row = Suggestion.objects.get()
    assert (row.software, row.by, row.answer) == (True, "counter", "")
    assert not models.Decision.objects.exists()
    person = site.client("Rana", "analyst")
    page = person.get("/decisions/").content.decode()
    assert "the same place and day" in page
    assert "counter" in page
    assert "1 suggestion" in person.get("/").content.decode()
    assert client.get("/api/v1/suggestions").json()["suggestions"][0]["id"] == row.pk
    took = person.post(
        "/decisions/new/", {"a": a, "b": b, "decision": "same", "why": "I looked: they are", "seen": "0"}
    )
    assert took.status_code == 302
    row.refresh_from_db()
    assert (row.answer, row.answered_by, models.Decision.objects.get().who) == ("taken", "Rana", "Rana")
    post(client, "suggestions", a=a, b=b, decision="different", why="other streets")
    other = Suggestion.objects.get(answer="")
    assert post(client, f"suggestions/{other.pk}/drop", why="mine").status_code == 403
    assert person.post(f"/suggestions/{other.pk}/drop/", {"why": "the streets are the same"}).status_code == 302
    other.refresh_from_db()
    assert (other.answer, other.answered_by, models.Decision.objects.count()) == ("dropped", "Rana", 1)
