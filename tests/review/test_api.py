"""The API: what its operations tell and do, tokens, errors, and values of any kind. See also test_api_matrix.py."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from probata.review.models import Event, Token
from probata.review.sight import Sight
from probata.review.work import tokens
from probata.store import models
from review.harness import Site

ALL = [s.value for s in tokens.SCOPES]


def key(site: Site, alias: str, role: str = "analyst", scopes: list[str] | None = None, **more: Any) -> Client:
    secret = tokens.make(Sight(site.book, site.person(alias, role, **more)), "tests", scopes or ALL)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_api_scope_limits_what_the_role_would_allow(site: Site) -> None:
    client = key(site, "Amal", scopes=["read"])
    assert client.get("/api/v1/me").json()["may"] == ["signed-in", "read"]
    answer = client.post("/api/v1/claims/nothing/reject", {"why": "it is not there"}, "application/json")
    assert (answer.status_code, answer.json()["error"]) == (403, "forbidden")


def test_api_tells_reports_claims_incidents(site: Site) -> None:
    client = key(site, "Amal")
    assert len(client.get("/api/v1/reports").json()["reports"]) == 19
    first = client.get("/api/v1/claims").json()
    rest = client.get(f"/api/v1/claims?after={first['next']}").json()
    assert len(first["claims"]) == len(rest["claims"]) == 50
    claim = first["claims"][0]
    text = client.get(f"/api/v1/reports/{claim['report']}/text").json()["text"]
    assert text[claim["evidence"]["start"] : claim["evidence"]["end"]] == claim["evidence"]["text"]
    assert client.get(f"/api/v1/claims/{claim['id']}").status_code == 200
    one = client.get("/api/v1/incidents").json()["incidents"][0]["id"]
    assert client.get(f"/api/v1/incidents/{one}").status_code == 200
    assert client.get(f"/api/v1/incidents/{one}/versions").status_code == 200


def test_api_rejects_once_and_says_when_somebody_was_faster(site: Site) -> None:
    client = key(site, "Amal")
    name = models.Claim.objects.using(site.book.alias).values_list("name", flat=True)[0]
    said = {"why": "The report does not say it.", "seen": 0}
    assert client.post(f"/api/v1/claims/{name}/reject", said, "application/json").json()["number"] == 1
    again = client.post(f"/api/v1/claims/{name}/reject", said, "application/json")
    assert (again.status_code, again.json()["error"]) == (409, "changed-meanwhile")
    told = client.get(f"/api/v1/claims/{name}/history").json()["readings"]
    assert [r["kind"] for r in told] == ["rejected", "machine"]


def test_api_hides_from_readers_what_pages_hide(site: Site) -> None:
    reader, analyst = key(site, "R", "reader"), key(site, "A")
    path = "/api/v1/reports/harbour-post-0619/text"
    assert "A doctor at the town’s clinic" in analyst.get(path).json()["text"]
    assert "A doctor at the town’s clinic" not in reader.get(path).json()["text"]
    assert reader.get('/api/v1/search?q="doctor at the town"').json()["total"] == 0


def test_api_tokens_are_kept_as_hashes_and_end(site: Site) -> None:
    client = key(site, "Amal")
    row = Token.objects.get()
    assert len(row.digest) == 64
    tokens.revoke(Sight(site.book, site.person("Amal")), row.pk)
    assert client.get("/api/v1/me").status_code == 401
    assert list(Event.objects.values_list("kind", flat=True)) == ["token made", "token revoked"]


@pytest.mark.parametrize(
    "path", ["claims?after=-1", "claims?after=x", f"reports?before={2**70}", "search?q=", "search", "jobs/9" + "9" * 30]
)
def test_api_says_what_is_wrong_with_values(site: Site, path: str) -> None:
    answer = key(site, "Amal").get(f"/api/v1/{path}")
    assert 400 <= answer.status_code < 500
    assert answer.json().keys() == {"error", "item", "problem", "advice"}


def test_api_describes_itself(site: Site) -> None:
    told = site.client("Amal").get("/api/v1/openapi.json").json()
    assert "/api/v1/claims/{name}/correct" in told["paths"]
