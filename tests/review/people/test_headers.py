"""What every answer carries, of whatever kind: no foreign script, no frame, no cache, no open cookie."""

from __future__ import annotations

import re
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from probata.model.errors import InputError
from probata.review.pages import setup
from probata.review.sight import Sight
from probata.review.work import jobs, people, tokens
from probata.store import models
from review.harness import PASSWORD, Site

Ask = Callable[[Site, pytest.MonkeyPatch], Any]


def _in(site: Site, path: str, role: str = "administrator", **more: Any) -> Any:
    client = site.client(role, role)
    client.raise_request_exception = False
    return client.get(path, **more)


def _report(site: Site) -> str:
    return models.Report.objects.using(site.book.alias).get(name="harbour-post-0619").name


def _incident(site: Site) -> str:
    return models.Incident.objects.using(site.book.alias).filter(ended=None)[0].name


def _conflict(site: Site, patch: pytest.MonkeyPatch) -> Any:
    def refuse(*_: Any, **__: Any) -> None:
        raise InputError("changed-meanwhile", "this claim", "was changed.", "Look again.")

    patch.setattr(jobs, "listed", refuse)
    return _in(site, "/jobs/")


def _broken(site: Site, patch: pytest.MonkeyPatch) -> Any:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError

    patch.setattr(jobs, "listed", fail)
    return _in(site, "/jobs/")


def _forged(site: Site, patch: pytest.MonkeyPatch) -> Any:
    client = Client(enforce_csrf_checks=True)
    client.force_login(site.person("Amal"))
    return client.post("/language/", {"language": "ar"})


def _second_factor(site: Site, patch: pytest.MonkeyPatch) -> Any:
    sight = Sight(site.book, site.person("administrator", "administrator"))
    people.require(sight, True)
    answer = _in(site, "/reports/")
    people.require(sight, False)
    return answer


def _by_token(site: Site, patch: pytest.MonkeyPatch) -> Any:
    secret = tokens.make(Sight(site.book, site.person("administrator", "administrator")), "tests", ["read"])
    return Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/reports")


def _signed_in(site: Site, patch: pytest.MonkeyPatch) -> Any:
    site.person("Basim")
    return Client().post("/account/login/", {"login": "Basim", "password": PASSWORD})


def _uploaded(site: Site, patch: pytest.MonkeyPatch) -> Any:
    page = SimpleUploadedFile("a.html", b"<script>alert(1)</script>")
    return site.client("analyst", "analyst").post("/add/files/", {"files": page})


KINDS: dict[str, tuple[int, Ask]] = {
    "first administrator": (200, lambda s, _: Client().get(f"/setup/{setup.TOKEN}/")),
    "page": (200, lambda s, _: _in(s, "/")),
    "page of an analyst": (200, lambda s, _: _in(s, f"/reports/{_report(s)}/", "analyst")),
    "page of a reader": (200, lambda s, _: _in(s, f"/incidents/{_incident(s)}/", "reader")),
    "JSON": (200, lambda s, _: _in(s, "/reports/?format=json")),
    "part": (200, lambda s, _: _in(s, "/jobs/", headers={"HX-Request": "true"})),
    "original": (200, lambda s, _: _in(s, f"/original/{_report(s)}/")),
    "upload": (302, _uploaded),
    "API": (200, lambda s, _: _in(s, "/api/v1/reports")),
    "API by token": (200, _by_token),
    "API without": (401, lambda s, _: Client().get("/api/v1/reports")),
    "API method": (405, lambda s, _: Client().put("/api/v1/reports")),
    "API description": (200, lambda s, _: _in(s, "/api/v1/openapi.json")),
    "API pages": (200, lambda s, _: _in(s, "/api/v1/docs")),
    "sign in": (200, lambda s, _: Client().get("/account/login/")),
    "signed in": (302, _signed_in),
    "stranger": (302, lambda s, _: Client().get("/")),
    "stranger's JSON": (401, lambda s, _: Client().get("/?format=json")),
    "second factor needed": (302, _second_factor),
    "second factor": (200, lambda s, _: _in(s, "/account/2fa/")),
    "sessions": (200, lambda s, _: _in(s, "/account/sessions/")),
    "password": (200, lambda s, _: _in(s, "/account/password/change/")),
    "show again": (200, lambda s, _: _in(s, "/account/reauthenticate/")),
    "forbidden": (403, lambda s, _: _in(s, "/people/", "reader")),
    "forged form": (403, _forged),
    "missing": (404, lambda s, _: _in(s, "/nothing/")),
    "missing to strangers": (404, lambda s, _: Client().get("/nothing/")),
    "missing file": (404, lambda s, _: Client().get("/static/probata/nothing.js")),
    "wrong method": (405, lambda s, _: _in(s, "/language/")),
    "conflict": (409, _conflict),
    "broken": (500, _broken),
    "wrong host": (400, lambda s, _: Client().get("/", headers={"Host": "elsewhere.example"})),
}


def policy(answer: Any) -> dict[str, list[str]]:
    """The content security policy, by directive."""
    parts = (part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip())
    return {name: values for name, *values in parts}


def test_headers_are_on_every_answer(site: Site) -> None:
    wrong: dict[str, str] = {}
    for kind, (status, ask) in KINDS.items():
        with pytest.MonkeyPatch.context() as patch:
            answer = ask(site, patch)
        try:
            assert answer.status_code == status
            assert "no-store" in answer["Cache-Control"]
            assert "public" not in answer["Cache-Control"]
            _common(answer)
            if answer["Content-Type"].startswith("text/html"):
                _plain(answer.content.decode())
        except (AssertionError, KeyError) as error:
            wrong[kind] = str(error)
        answer.close()
    assert wrong == {}


def _common(answer: Any) -> None:
    said = policy(answer)
    assert said["default-src"] == ["'none'"]
    allowed = {value for values in said.values() for value in values}
    assert allowed <= {"'none'", "'self'", "data:", "blob:"}  # nothing inline, nothing evaluated, no foreign host
    if "sandbox" not in said:
        assert said["script-src"] == said["style-src"] == ["'self'"]
        assert said["frame-ancestors"] == said["base-uri"] == said["object-src"] == ["'none'"]
        assert said["form-action"] == ["'self'"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(answer["Permissions-Policy"].split(", "))
    assert "Strict-Transport-Security" not in answer
    assert "Access-Control-Allow-Origin" not in answer
    assert not {"Server", "X-Powered-By"} & set(answer.headers)


def _plain(html: str) -> None:
    """No script or style stands in the page, and nothing comes from elsewhere."""
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", html)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert not re.search(r"(?:src|action|<link[^>]*href)=[\"']?(?:https?:)?//", html)


@pytest.mark.parametrize("name", ["probata/app.css", "probata/vendor"])
def test_headers_of_files_let_browsers_keep_them(site: Site, name: str) -> None:
    path = name if "." in name else _one_vendored()
    answer = Client().get(f"/static/{path}")
    assert answer.status_code == 200
    _common(answer)
    assert "max-age" in answer["Cache-Control"]
    assert not answer.cookies
    answer.close()


def _one_vendored() -> str:
    for finder in finders.get_finders():
        for path, _ in finder.list([]):
            if path.endswith(".svg"):
                return str(path)
    return "probata/app.css"


def test_headers_cookies_are_kept_from_scripts_and_other_sites(site: Site) -> None:
    jar = _cookies(site)
    assert {"sessionid", "csrftoken", "django_language"} <= set(jar)
    for cookie in jar.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", ""), cookie.key


def test_headers_with_tls_cookies_and_address_are_kept_to_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        monkeypatch.setattr(settings, name, True)
    monkeypatch.setattr(settings, "SECURE_HSTS_SECONDS", 60)
    assert all(cookie["secure"] for cookie in _cookies(site, secure=True).values())
    assert Client().get("/account/login/", secure=True)["Strict-Transport-Security"] == "max-age=60"
    assert "Strict-Transport-Security" not in Client().get("/account/login/")


def _cookies(site: Site, **more: Any) -> SimpleCookie:
    site.person("Basim")
    client = Client()
    jar = SimpleCookie()
    jar.update(client.get("/account/login/", **more).cookies)
    jar.update(client.post("/account/login/", {"login": "Basim", "password": PASSWORD}, **more).cookies)
    jar.update(client.post("/language/", {"language": "ar"}, **more).cookies)
    return jar
