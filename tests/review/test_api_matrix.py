"""Every operation of the API times every role and scope: made from its routes, so that one without a rule fails."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from probata.review.api.root import Operation, operations
from probata.review.models import Comment, Job, Person, Restriction, Task, Team
from probata.review.roles import Need, Role
from probata.review.sight import Sight
from probata.review.work import findings, incident, tokens
from probata.store import models
from review.harness import Site

ALL = [s.value for s in tokens.SCOPES]
FREE = (Need.ANYONE, Need.SIGNED_IN)
# a body with which any operation gets past its form
BODY: dict[str, Any] = {
    "record": {},
    "why": "for a test",
    "seen": 0,
    "text": "Words of fiction.",
    "urls": ["https://post.example/1"],
    "kind": "report",
    "standard": "reasonable suspicion",
    "reason": "for a test",
    "version": 1,
    "answer": "agree",
    "a": "nothing",
    "b": "none",
    "decision": "same",
    "name": "nothing",
    "what": "for a test",
}
QUERY = "?q=market&a=nothing&b=none&name=nothing&source=0"


def key(site: Site, person: Person, scopes: list[str]) -> Client:
    return Client(headers={"Authorization": f"Bearer {tokens.make(Sight(site.book, person), 'tests', scopes)}"})


def sent(client: Client, one: Operation, name: str = "nothing", number: int = 99999999) -> int:
    """The status of an operation with values that are in order."""
    path = one.path.replace("{path:name}", name).replace("{int:number}", str(number)).replace("{name}", name)
    if (one.method, one.path) == ("POST", "/api/v1/reports"):
        return client.post(path, {"files": SimpleUploadedFile("a.txt", b"Some words of fiction.")}).status_code
    body = {**BODY, "kind": "occurred"} if one.path.endswith("/findings") else BODY
    path += QUERY + ("&kind=report" if one.path.endswith("/comments") else "")
    return client.generic(one.method, path, json.dumps(body), content_type="application/json").status_code


def test_api_every_operation_says_what_it_needs() -> None:
    assert [one for one in operations() if not one.needs] == []
    assert len(list(operations())) > 40
    changing = [one for one in operations() if one.method != "GET"]
    assert [one for one in changing if set(one.needs) <= {Need.READ, *FREE}] == []


@pytest.mark.parametrize("who", [*(r.value for r in Role), "software", "inactive", "stranger"])
def test_api_every_operation_with_every_role(site: Site, who: str) -> None:
    role = who if who in set(Role) else "administrator"
    person = site.person("Them", role, software=who == "software")
    client = Client() if who == "stranger" else key(site, person, ALL)
    if who == "inactive":
        Person.objects.filter(pk=person.pk).update(is_active=False)
    wrong = []
    for one in operations():
        status = sent(client, one)
        allowed = all(person.may(need) for need in one.needs)
        fine = status == 401 if who in ("stranger", "inactive") else (status == 403) == (not allowed) and status != 401
        if status >= 500 or status == 422 or not fine:
            wrong.append((one.method, one.path, status))
    assert wrong == []


@pytest.mark.parametrize("scope", ALL)
def test_api_every_operation_with_every_scope_alone(site: Site, scope: str) -> None:
    client = key(site, site.person("Them", "administrator"), [scope])
    wrong = []
    for one in operations():
        status = sent(client, one)
        allowed = all(need in FREE or need.value == scope for need in one.needs)
        if status >= 500 or (status == 403) == allowed:
            wrong.append((one.method, one.path, status))
    assert wrong == []


def test_api_a_session_reads_and_never_changes(site: Site) -> None:
    client = site.client("Them", "administrator")
    statuses = {(one.method, sent(client, one)) for one in operations()}
    assert {status for method, status in statuses if method == "POST"} == {401}
    assert not {status for method, status in statuses if method == "GET"} & {401, 403}
    assert client.get("/api/v1/me", headers={"Authorization": "Bearer probata_none"}).status_code == 401


def test_api_what_is_kept_to_a_team_is_not_there_for_others(site: Site) -> None:
    """Each operation on a hidden report, a claim of it, its incident, and what people wrote about it."""
    scene = models.Scene.objects.using(site.book.alias).exclude(incident=None).select_related("report", "incident")[0]
    assert scene.incident
    report, event = scene.report.name, scene.incident.name
    claim = models.Claim.objects.using(site.book.alias).filter(report=scene.report)[0].name
    inside = Sight(site.book, site.person("In", "editor"))
    found = incident.opened(inside, event)
    draft = findings.Draft("occurred", "reasonable suspicion", "", "It was seen by many.", found.edition.number)
    number = findings.propose(inside, found, draft)
    task = Task.objects.create(kind="report", name=report, what="Ask again.", by="In")
    Comment.objects.create(kind="report", name=report, who="Out", text="Mine.")
    team = Team.objects.create(name="North")
    inside.person.teams.add(team)
    Restriction.objects.create(kind="report", name=report, team=team, by="Amal")
    clients = {who: key(site, site.person(who, "editor"), ALL) for who in ("In", "Out")}
    names = {"/api/v1/reports/": report, "/api/v1/claims/": claim, "/api/v1/incidents/": event}
    numbers = {"/api/v1/findings/": number, "/api/v1/tasks/": task.pk, "/api/v1/comments/": 1}
    tried, wrong = 0, list[tuple[str, str, int]]()
    for one in operations():
        name = next((v for k, v in names.items() if one.path.startswith(k + "{")), None)
        at = next((v for k, v in numbers.items() if one.path.startswith(k + "{")), None)
        if name is None and at is None:
            continue
        tried += 1
        status = sent(clients["Out"], one, name or "nothing", at or 1)
        if status != 404:
            wrong.append((one.method, one.path, status))
        if one.method == "GET" and (status := sent(clients["In"], one, name or "nothing", at or 1)) not in (200, 404):
            wrong.append((one.method, one.path, status))
    assert (wrong, tried > 20) == ([], True)
    for path in ("reports", "incidents", "claims", "findings", "decisions", "tasks?whose=all", "search?q=the"):
        told = clients["Out"].get(f"/api/v1/{path}").content.decode()
        assert [name for name in (report, event, claim) if name in told] == [], path
    assert Job.objects.count() == 0
