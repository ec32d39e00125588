"""Every address times every role: made from the router, so that a page without a rule fails here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from probata.review.models import Person, Restriction, Team
from probata.review.roles import Need, Role
from probata.store import models
from review.harness import Site

# What comes with allauth: it keeps its own rules. Each is named, so that a new one is looked at first.
ALLAUTH = ("account_", "mfa_", "usersessions_")
GIVEN = {"str": "nothing", "path": "nothing", "int": "99999999", "slug": "nothing", "uuid": "0" * 8}


def addresses(patterns: list[Any] | None = None, before: str = "/") -> Iterator[tuple[str, Any, str]]:
    """Every address with values that name nothing, its view, its name."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            path = before + str(one.pattern)
            for name, converter in one.pattern.converters.items():
                kind = type(converter).__name__.removesuffix("Converter").lower()
                value = GIVEN.get("str" if kind == "string" else kind, "nothing")
                path = "".join(
                    value if part.rpartition(":")[2] == name else f"<{part}>" if odd else part
                    for odd, part in _parts(path)
                )
            yield path, one.callback, one.name or ""


def _parts(path: str) -> Iterator[tuple[bool, str]]:
    for piece in path.replace(">", "<").split("<"):
        yield (path.count(f"<{piece}>") > 0, piece)


def ours() -> list[tuple[str, Any]]:
    api = ("/api/",)
    found = addresses()
    return [(p, v) for p, v, name in found if not name.startswith(ALLAUTH) and not p.startswith(api)]


def test_matrix_every_page_says_what_it_needs() -> None:
    without = [path for path, view in ours() if not isinstance(getattr(view, "needs", None), Need)]
    assert without == []
    assert len(ours()) > 20


def test_matrix_allauth_pages_are_those_known(site: Site) -> None:
    found = {name for _, _, name in addresses() if name.startswith(ALLAUTH)}
    assert {"account_login", "mfa_index", "usersessions_list"} <= found
    open_to_all = {"account_login", "account_logout", "account_signup", "account_inactive", "mfa_authenticate"}
    client = Client()
    for path, _, name in addresses():
        if name.startswith(("mfa_", "usersessions_")) and name not in open_to_all and "webauthn/login" not in path:
            assert client.get(path).status_code in (302, 404, 405), path


@pytest.mark.parametrize("who", [*(r.value for r in Role), "software", "inactive", "stranger"])
def test_matrix_of_addresses_and_roles(site: Site, who: str) -> None:
    client = Client()
    person: Person | None = None
    if who != "stranger":
        role = who if who in set(Role) else "administrator"
        person = site.person("Them", role, software=who == "software", is_active=who != "inactive")
        client.force_login(person)
    wrong: list[tuple[str, str, int]] = []
    for path, view in ours():
        needs: Need = view.needs
        for method in view.methods:
            answer = client.generic(method, path + "?format=json")
            status = answer.status_code
            if needs is Need.ANYONE:
                fine = status != 403 and status != 401
            elif person is None or not person.is_active:
                fine = status == 401
            elif not person.may(needs):
                fine = status == 403
            else:
                fine = status not in (401, 403)
            if not fine or status >= 500:
                wrong.append((method, path, status))
    assert wrong == []


def test_matrix_what_is_kept_to_a_team_is_not_there_for_others(site: Site) -> None:
    """Each address with the name of a hidden report, a claim of it, or an incident that rests on it."""
    scene = models.Scene.objects.using(site.book.alias).exclude(incident=None).select_related("report", "incident")[0]
    assert scene.incident
    claim = models.Claim.objects.using(site.book.alias).filter(report=scene.report)[0]
    team = Team.objects.create(name="North")
    Restriction.objects.create(kind="report", name=scene.report.name, team=team, by="Amal")
    names = {"/reports/": scene.report.name, "/claims/": claim.name, "/incidents/": scene.incident.name}
    inside, outside = site.client("In", "editor"), site.client("Out", "editor")
    site.person("In").teams.add(team)
    tried, seen, wrong = 0, 0, []
    for path, view in ours():
        kind = next((k for k in names if path.startswith(f"{k}nothing/")), None)
        if kind is None or "GET" not in view.methods:
            continue
        real = path.replace("nothing", names[kind], 1).replace(GIVEN["int"], "1")
        tried += 1
        seen += inside.get(real + "?format=json").status_code == 200
        answer = outside.get(real + "?format=json")
        if answer.status_code not in (400, 404) or scene.report.text[:40] in answer.content.decode():
            wrong.append((real, answer.status_code))
    assert wrong == []
    assert tried >= seen >= 3
    for path in ("/reports/?format=json", "/incidents/?format=json", "/?format=json"):
        assert scene.report.name not in outside.get(path).content.decode()
        assert scene.incident.name not in outside.get(path).content.decode()
