"""The API: what its operations tell and do, tokens, errors, and values of any kind. See also test_api_matrix.py."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from probata.model.errors import InputError
from probata.review.api.root import operations
from probata.review.models import Event, Restriction, Team, Token
from probata.review.sight import Sight
from probata.review.work import tokens
from probata.store import models
from review.harness import PASSWORD, Site

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
    told = client.get("/api/v1/reports")
    assert (len(told.json()["reports"]), told["Cache-Control"]) == (19, "no-store, private")
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


def test_api_tokens_end_by_themselves(site: Site) -> None:
    client = key(site, "Amal")
    assert client.get("/api/v1/me").status_code == 200
    Token.objects.update(expires_at=timezone.now())
    answer = client.get("/api/v1/me")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="Probata"')


def test_api_a_token_is_shown_once_to_who_has_just_signed_in(site: Site) -> None:
    site.person("Amal")
    client = Client()
    given = {"name": "nightly", "scopes": ["read", "sign"], "days": "30"}
    assert site.client("Amal").post("/account/tokens/make/", given).status_code == 302  # to the password again
    client.post("/account/login/", {"login": "Amal", "password": PASSWORD})
    client.post("/account/tokens/make/", given)  # asks for the password, and goes on when it is given
    shown = client.post("/account/reauthenticate/?next=/account/tokens/make/", {"password": PASSWORD}, follow=True)
    found = re.search(r"probata_[\w-]{43}", shown.content.decode())
    assert found
    assert found[0] not in client.get("/account/tokens/").content.decode()
    program = Client(headers={"Authorization": f"Bearer {found[0]}"})
    assert program.get("/api/v1/me").json()["may"] == ["signed-in", "read"]  # an analyst signs nothing
    left = Token.objects.get().expires_at - timezone.now()  # type: ignore[operator]
    assert 29 <= left.days <= 30
    assert client.post("/account/tokens/make/", {**given, "of": "Robot"}).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "claims?after=-1",
        "claims?after=x",
        f"reports?before={2**70}",
        "search?q=",
        "search",
        "jobs/9" + "9" * 30,
        "nowhere",
        "texts",
    ],
)
def test_api_says_what_is_wrong_with_values(site: Site, path: str) -> None:
    answer = key(site, "Amal").get(f"/api/v1/{path}")
    assert 400 <= answer.status_code < 500
    assert answer.json().keys() == {"error", "item", "problem", "advice"}


def test_api_describes_itself(site: Site) -> None:
    told = site.client("Amal").get("/api/v1/openapi.json").json()
    assert "/api/v1/claims/{name}/correct" in told["paths"]


def test_api_a_token_without_names_sees_none(site: Site) -> None:
    client = key(site, "Amal", "administrator", ["read"])
    assert "A doctor at the town’s clinic" not in client.get("/api/v1/reports/harbour-post-0619/text").json()["text"]


def test_api_programs_get_their_tokens_from_administrators(site: Site) -> None:
    robot = site.person("Robot", "analyst", software=True)
    keeper = Sight(site.book, site.person("Keeper", "administrator"))
    client = Client(headers={"Authorization": f"Bearer {tokens.make(keeper, 'nightly', ALL, 'Robot')}"})
    assert client.get("/api/v1/me").json()["software"] is True
    a, b = two(site)
    said = {"a": a, "b": b, "decision": "same", "why": "The same bridge, the same evening.", "seen": 0}
    assert client.post("/api/v1/decisions", said, "application/json").status_code == 403
    assert client.post("/api/v1/suggestions", said, "application/json").status_code == 200
    waiting = client.get("/api/v1/suggestions").json()["suggestions"]
    assert [(s["by"], s["software"]) for s in waiting] == [("Robot", True)]
    assert [t["of"] for t in tokens.listed(keeper)] == ["Robot"]
    with pytest.raises(InputError):
        tokens.make(Sight(site.book, site.person("Amal")), "mine", ALL, "Robot")
    tokens.revoke(keeper, robot.tokens.get().pk)
    assert client.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("address", ["reports", "claims", "incidents", "decisions", "tasks?whose=all"])
def test_api_lists_ask_no_more_for_more_rows(site: Site, address: str) -> None:
    client = key(site, "Reader", "reader")
    counts = []
    for keep in (3, None):
        hidden = list(
            models.Report.objects.using(site.book.alias).values_list("name", flat=True)[keep:] if keep else ()
        )
        team = Team.objects.create(name=f"Team {keep}")
        Restriction.objects.all().delete()
        Restriction.objects.create(kind="report", name="none", team=team, by="Amal")
        for name in hidden:
            Restriction.objects.create(kind="report", name=name, team=team, by="Amal")
        client.get(f"/api/v1/{address}")
        with CaptureQueriesContext(connections[site.book.alias]) as asked:
            client.get(f"/api/v1/{address}")
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 1


def two(site: Site) -> tuple[str, str]:
    """Two claims that are in incidents."""
    held = models.Member.objects.using(site.book.alias).order_by("id").values_list("claim__name", flat=True)
    return held[0], held[1]


def test_api_decides_and_says_when_somebody_was_faster(site: Site) -> None:
    client = key(site, "Amal")
    a, b = two(site)
    said = {"a": a, "b": b, "decision": "same", "why": "The same bridge, the same evening.", "seen": 0}
    assert client.post("/api/v1/decisions", said, "application/json").status_code == 200
    assert client.post("/api/v1/decisions", said, "application/json").status_code == 409
    assert [d["who"] for d in client.get("/api/v1/decisions").json()["decisions"]] == ["Amal"]


def test_api_findings_need_two(site: Site) -> None:
    first, second = key(site, "Amal", "reviewer"), key(site, "Basma", "reviewer")
    name = first.get("/api/v1/incidents").json()["incidents"][0]["id"]
    path = f"/api/v1/incidents/{name}/findings"
    now = first.get(path).json()
    said = {"kind": "occurred", "reason": "Several saw it.", "version": now["version"], "seen": now["seen"]}
    said["standard"] = now["choices"]["standards"][0]
    made = first.post(path, said, "application/json")
    assert made.status_code == 200, made.content
    answer = f"/api/v1/findings/{made.json()['proposal']}/answer"
    assert first.post(path, said, "application/json").json()["error"] == "changed-meanwhile"
    assert first.post(answer, {"answer": "agree"}, "application/json").status_code == 400
    told = second.post(answer, {"answer": "agree"}, "application/json").json()
    assert (told["occurred"]["who"], told["occurred"]["second"]) == ("Amal", "Basma")


def test_api_corrects_adds_and_undoes(site: Site) -> None:
    client = key(site, "Amal")
    claim = client.get("/api/v1/claims").json()["claims"][0]
    at = f"/api/v1/claims/{claim['id']}"
    said = {"record": {"stance": "denied"}, "why": "It is denied there.", "seen": 0}
    told = client.post(f"{at}/correct", said, "application/json").json()
    assert (told["number"], told["record"]["stance"], told["record"]["type"]) == (1, "denied", claim["type"])
    told = client.post(f"{at}/undo", {"why": "It is not.", "seen": 1}, "application/json").json()
    assert (told["number"], told["record"]["stance"]) == (2, claim["stance"])
    record: dict[str, Any] = {k: claim[k] for k in ("evidence", "type", "stance")}
    given = {"record": record, "why": "Said twice."}
    made = client.post(f"/api/v1/reports/{claim['report']}/claims", given, "application/json").json()["claim"]
    assert client.get(f"/api/v1/claims/{made}").json()["added"] is True
    wrong = {**given, "record": {**record, "evidence": {"start": 0, "end": 5, "text": "never"}}}
    assert client.post(f"/api/v1/reports/{claim['report']}/claims", wrong, "application/json").status_code == 400


def test_api_takes_files_and_tells_of_jobs_comments_and_tasks(site: Site) -> None:
    client = key(site, "Amal")
    files = [SimpleUploadedFile(f"{n}.txt", b"Words of fiction.") for n in range(2)]
    jobs = client.post("/api/v1/reports", {"files": files, "outlet": "Fiction Daily"}).json()["jobs"]
    assert [j["name"] for j in jobs] == ["0.txt", "1.txt"]
    assert client.get(f"/api/v1/jobs/{jobs[0]['id']}").json()["state"] == "waiting"
    about = {"kind": "report", "name": "harbour-post-0619"}
    assert client.post("/api/v1/comments", {**about, "text": "Ask them."}, "application/json").status_code == 200
    told = client.get("/api/v1/comments", about).json()["comments"]
    assert [c["text"] for c in told] == ["Ask them."]
    task = client.post("/api/v1/tasks", {**about, "what": "Ask the post.", "person": "Amal"}, "application/json").json()
    at = f"/api/v1/tasks/{task['task']}"
    seen = client.get(at).json()["revision"]
    assert (
        client.post(f"{at}/done", {"outcome": "Asked.", "seen": seen}, "application/json").json()["done_by"] == "Amal"
    )
    assert client.post(f"{at}/done", {"seen": seen}, "application/json").status_code == 409


@pytest.mark.parametrize("body", ["{", '{"why": NaN}', '{"why": "\\u0000"}', '{"why": "\\ud800"}', "[" * 100_000, "[]"])
def test_api_says_what_is_wrong_with_bodies(site: Site, body: str) -> None:
    answer = key(site, "Amal").post("/api/v1/claims/nothing/reject", body, "application/json")
    assert answer.status_code in (400, 422)
    assert answer.json().keys() == {"error", "item", "problem", "advice"}


def test_api_takes_text_that_only_looks_like_nul(site: Site) -> None:
    body = r'{"text": "Words of fiction \\u0000."}'
    assert key(site, "Amal").post("/api/v1/texts", body, "application/json").status_code == 200


def test_api_the_page_lists_every_operation(site: Site) -> None:
    client = site.client("Amal", "reader")
    page = client.get("/api/v1/docs")
    told = html.unescape(page.content.decode())
    missing = [one.path for one in operations() if re.sub(r"{\w+:", "{", one.path) not in told]
    assert missing == []
    assert "http" not in "".join(re.findall(r'(?:src|href)="([^"]*)"', told))
    assert Client().get("/api/v1/docs").status_code == 302
