"""Every address times every role: made from the router, so that a page without a rule fails here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from probata.review.models import Person, Restriction, Team
from probata.review.roles import Need, Role
from probata.store import models
from review.harness import PASSWORD, Site

# What comes with allauth keeps its own rules. Each is named with the rule that is tried, so that a new one fails.
OPEN = {"account_login", "account_logout", "account_inactive"}
SHUT = {
    "account_signup": {},
    "account_email": {},
    "account_email_verification_sent": {},
    "account_confirm_email": {"key": "nothing"},
    "account_reset_password": {},
    "account_reset_password_done": {},
    "account_reset_password_from_key": {"uidb36": "1", "key": "nothing"},
    "account_reset_password_from_key_done": {},
    "account_set_password": {},
    "account_confirm_login_code": {},
}
AT_SIGN_IN = {"mfa_authenticate", "mfa_login_webauthn"}  # for whoever has given a password, or comes with a passkey
SIGNED_IN = {
    "account_reauthenticate": {},
    "account_change_password": {},
    "mfa_index": {},
    "mfa_reauthenticate": {},
    "mfa_activate_totp": {},
    "mfa_deactivate_totp": {},
    "mfa_view_recovery_codes": {},
    "mfa_generate_recovery_codes": {},
    "mfa_download_recovery_codes": {},
    "mfa_list_webauthn": {},
    "mfa_add_webauthn": {},
    "mfa_reauthenticate_webauthn": {},
    "mfa_remove_webauthn": {"pk": 1},
    "mfa_edit_webauthn": {"pk": 1},
    "usersessions_list": {},
}
ALLAUTH = {*OPEN, *SHUT, *AT_SIGN_IN, *SIGNED_IN}
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
    return [(p, v) for p, v, name in found if name not in ALLAUTH and not p.startswith(api)]


def test_matrix_every_page_says_what_it_needs() -> None:
    without = [path for path, view in ours() if not isinstance(getattr(view, "needs", None), Need)]
    assert without == []
    assert len(ours()) > 20


def test_matrix_allauth_pages_are_those_known(site: Site) -> None:
    """One that an update brings is in no list here, and fails the test above as a page without a rule."""
    theirs = {name for _, view, name in addresses() if view.__module__.startswith("allauth.") and name}
    assert theirs == ALLAUTH
    assert all(view.__module__.startswith("allauth.") for _, view, name in addresses() if name in ALLAUTH)


@pytest.mark.parametrize("name", SIGNED_IN)
def test_matrix_allauth_pages_send_strangers_to_sign_in(site: Site, name: str) -> None:
    person = site.person("Them")
    for method in ("GET", "POST"):
        answer = Client().generic(method, reverse(name, kwargs=SIGNED_IN[name]))
        assert (answer.status_code, answer["Location"][:15]) == (302, "/account/login/")
    person.is_active = False
    person.save()
    out = Client()
    out.force_login(person)
    assert out.get(reverse(name, kwargs=SIGNED_IN[name]))["Location"].startswith("/account/login/")


@pytest.mark.parametrize("name", SHUT)
def test_matrix_allauth_pages_that_are_shut_are_shut_to_all(site: Site, name: str) -> None:
    site.person("Them", email="them@post.example")
    said = {"username": "New", "password1": PASSWORD, "password2": PASSWORD, "email": "them@post.example"}
    for client in (Client(), site.client("Amal", "administrator")):
        assert client.get(reverse(name, kwargs=SHUT[name])).status_code == 404
        assert client.post(reverse(name, kwargs=SHUT[name]), said).status_code == 404
    assert set(Person.objects.values_list("alias", flat=True)) == {"Them", "Amal"}


@pytest.mark.parametrize("name", sorted(AT_SIGN_IN))
def test_matrix_allauth_pages_at_sign_in_let_nobody_in_by_themselves(site: Site, name: str) -> None:
    client = Client()
    assert client.get(reverse(name))["Location"] == "/account/login/"
    assert client.get("/?format=json").status_code == 401


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
