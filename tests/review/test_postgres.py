"""The application on PostgreSQL: its lists, pages and search, people's work from inbox to release, and its worker."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client

from postgres import Server
from probata.review.api.root import operations
from probata.review.models import Job, Publication
from probata.review.serving import prepare
from probata.review.sight import Sight
from probata.review.work import tokens
from probata.store import findings, models
from probata.store.opening import casebook
from probata.store.readings import history
from review.desk.handing import upload, work
from review.desk.test_correcting import REPORT, claim_of, correct
from review.harness import PASSWORD, Site
from review.test_api_matrix import QUERY
from review.test_matrix import ours

ARABIC = "قالت مصادر طبية يوم الأحد إن القصف أسفر عن مقتل سبعة أشخاص في ميريسك.\n\nنص خيالي.\n".encode()
FILTERED = ("/reports/", "/incidents/", "/map/", "/timeline/", "/activity/", "/search/")
FILTERS = "q=market&state=occurred&place=Merisk&from=2031-03-01&to=2031-03-31&type=killing&outlet=Post"
# what a database refuses that the other takes: a NUL, half a character, a number larger than any key
ODD = ("%00%ED%A0%80", "9" * 20)


@pytest.fixture(scope="module")
def folder(root: Path, postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A casebook of the demo's reports whose tables are on PostgreSQL, for all tests here; the environment names it."""
    home, url = tmp_path_factory.mktemp("postgresql") / "casebook", postgres.fresh()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROBATA_HOME", str(home))
        patch.setenv("PROBATA_DATABASE", url)
        command = [sys.executable, "-m", "probata", "add", str(root / "demo" / "reports")]
        places = ["--gazetteer", str(root / "demo" / "gazetteer.yml")]
        subprocess.run([*command, *places], check=True, capture_output=True)
        yield home
    postgres.drop(url)


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    """The application on it."""
    with casebook(folder) as opened:
        served = prepare(opened)
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        yield Site(served)
        connections["default"].close()


def largest() -> models.Incident:
    found = models.Incident.objects.filter(ended=None).order_by("-sources", "id").first()
    assert found
    return found


def test_postgres_serves_every_page_and_list(site: Site) -> None:
    assert connection.vendor == "postgresql"
    client = site.client("Amal", "administrator")
    client.raise_request_exception = False
    claim, incident = claim_of(site), largest()
    named = {"/reports/": REPORT, "/claims/": claim.name, "/incidents/": incident.name, "/original/": REPORT}
    wrong: dict[str, int] = {}
    for path, view in ours():
        if "GET" not in view.methods:
            continue
        start = next((k for k in named if path.startswith(f"{k}nothing/")), "")
        real = path.replace("nothing", named[start], 1).replace("99999999", "1") if start else path
        more = (f"?{one}" for one in FILTERS.split("&")) if path in FILTERED else ()
        for query in ("", "?format=json", *more):
            answer = client.get(real + query, follow=True)
            answer.close()
            if answer.status_code >= 500 or (start and real.count("/") == 3 and answer.status_code != 200):
                wrong[real + query] = answer.status_code
    assert wrong == {}


def test_postgres_serves_every_reading_operation_of_the_api(site: Site) -> None:
    person = site.person("Amal", "administrator")
    secret = tokens.make(Sight(site.book, person), "tests", [s.value for s in tokens.SCOPES])
    client = Client(headers={"Authorization": f"Bearer {secret}"}, raise_request_exception=False)
    wrong: dict[str, int] = {}
    for one in operations():
        if one.method == "GET":
            name = largest().name if "incidents" in one.path else REPORT
            path = re.sub(r"\{int:\w+\}", "1", one.path).replace("{path:name}", name).replace("{name}", name)
            status = client.get(path + QUERY).status_code
            wrong |= {path: status} if status >= 500 else {}
    assert wrong == {}


def test_postgres_pages_by_key_tell_every_report_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[str] = []
    monkeypatch.setattr("probata.review.work.reports.PAGE", 4)
    client, path = site.client("Amal"), "/reports/?format=json"
    while path:
        page = client.get(path).json()
        found += [r["name"] for r in page["reports"]]
        path = f"/reports/?format=json&before={page['older']}" if page["older"] else ""
    assert len(found) == len(set(found)) == models.Report.objects.count()


def test_postgres_sign_in_and_refusal(site: Site) -> None:
    site.person("Basim")
    assert Client().post("/account/login/", {"login": "Basim", "password": "wrong"}).status_code == 200
    client = Client()
    assert client.post("/account/login/", {"login": "Basim", "password": PASSWORD}).status_code == 302
    assert client.get("/account/sessions/").status_code == 200


def test_postgres_reads_what_is_handed_over_and_finds_it_in_both_scripts(site: Site) -> None:
    sent = b"MERISK, 3 June 2024. Shells killed seven people in Merisk on Sunday, a doctor said.\n\nFiction.\n"
    upload(site, ("merisk.txt", sent), ("nida.txt", ARABIC))
    assert {(j.kind, j.state, j.error) for j in work(site)} == {("add", "done", ""), ("regroup", "done", "")}
    client = site.client("Amal")
    for words, name in (
        ("shells Merisk", "merisk"),
        ("القصف", "nida"),
        ("مقتل أشخاص", "nida"),
        ('"a doctor said"', "merisk"),
    ):
        found = client.get("/search/", {"q": words, "format": "json"}).json()
        assert name in str(found), words
        assert client.get("/search/", {"q": words}).status_code == 200
    assert "merisk" in str(client.get("/reports/?format=json").json()["reports"])


def test_postgres_correction_stands_beside_the_machines_reading(site: Site) -> None:
    claim = claim_of(site)
    said: dict[str, Any] = {"count.words": "a clinic", "count.at": "", "count.low": "3", "count.high": "5"}
    assert correct(site, claim, **said).status_code == 302
    first, second = history(site.book, claim.name)
    assert (first.who != "Amal", second.who, second.record["count"]["low"]) == (True, "Amal", 3)
    answer = correct(site, claim, "Basim", seen="0", **{**said, "count.low": "4"})
    assert answer.status_code == 409  # what Amal did is not lost
    assert len(history(site.book, claim.name)) == 2
    assert {j.state for j in work(site)} == {"done"}


def test_postgres_finding_takes_two_people(site: Site) -> None:
    incident = largest()
    form = {"kind": "occurred", "standard": "reasonable grounds to believe", "reason": "nine sources", "seen": 0}
    answer = site.client("Amal").post(
        f"/incidents/{incident.name}/findings/?format=json", {**form, "version": incident.number}
    )
    assert answer.status_code == 200, answer.content
    site.client("Rana", "reviewer").post(f"/findings/{answer.json()['proposal']}/answer/", {"answer": "agree"})
    stands = findings.of(site.book, incident.name).stands.occurred
    assert stands
    assert (stands.who, stands.second) == ("Amal", "Rana")


def test_postgres_decision_joins_incidents(site: Site) -> None:
    client = site.client("Basim")
    [first, *_] = client.get(f"/incidents/{largest().name}/near/?format=json").json()["near"]
    about = {"a": first["a"]["name"], "b": first["b"]["name"], "same": True, "why": "one strike", "seen": 0}
    job = Job.objects.create(kind="decide", about=about, by="Basim")
    connections.close_all()
    command = [sys.executable, "-m", "probata", "work", "--once"]
    subprocess.run(command, check=True, timeout=120, env=os.environ)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    assert models.Decision.objects.filter(who="Basim").count() == 1


def test_postgres_publishes_what_was_approved(site: Site) -> None:
    said = {"title": "Dravonia", "publisher": "Dravonian Records", "incidents": ""}
    site.client("Amal").post("/publish/", said)
    number = Publication.objects.latest("id").pk
    editor = site.client("Edith", "editor")
    digest = editor.get(f"/publish/{number}/?format=json").json()["preview"]["digest"]
    editor.post(f"/publish/{number}/approve/", {"digest": digest, "note": "looked at"})
    assert {(j.kind, j.error) for j in work(site) if j.state != "done"} == set()
    assert (site.book.folder / "releases" / Publication.objects.get(pk=number).file).is_file()
    assert (site.book.folder / "site" / "index.html").exists()


@pytest.mark.parametrize("odd", ODD)
def test_postgres_takes_whatever_stands_in_an_address(site: Site, odd: str) -> None:
    client = site.client("Amal", "administrator")
    client.raise_request_exception = False
    names = {name.partition("=")[0] for name in FILTERS.split("&")} | {"before", "after", "page", "claim", "a", "b"}
    query = "&".join(f"{name}={odd}" for name in sorted(names))
    wrong: dict[str, int] = {}
    for path, view in ours():
        if "GET" in view.methods and path.count("/") <= 4:
            asked = {f"{path}?{query}"} if path in FILTERED else set()
            for real in {*asked, path.replace("nothing", odd).replace("99999999", odd)} - {path}:
                answer = client.get(real)
                answer.close()
                if answer.status_code >= 500:
                    wrong[real] = answer.status_code
    assert wrong == {}


def test_postgres_takes_whatever_is_typed(site: Site) -> None:
    client = site.client("Amal", "administrator")
    client.raise_request_exception = False
    odd, incident = "a\0b\ud800", largest().name
    sent = {
        "text": odd,
        "why": odd,
        "reason": odd,
        "title": odd,
        "publisher": odd,
        "what": odd,
        "name": odd,
        "alias": odd,
    }
    sent |= {
        "login": odd,
        "password": odd,
        "due": odd,
        "q": odd,
        "outlet": odd,
        "language": odd,
        "next": odd,
        "words": odd,
    }
    sent |= {"kind": "occurred", "decision": "same", "a": odd, "b": odd, "seen": "9" * 20, "version": "9" * 20}
    wrong: dict[str, int] = {}
    for path, view in ours():
        if "POST" in view.methods and path != "/setup/nothing/":
            real = path.replace("/incidents/nothing/", f"/incidents/{incident}/").replace("/nothing/", f"/{REPORT}/")
            for some in (
                sent,
                {**sent, "seen": "0", "version": str(largest().number), "kind": "report", "about": REPORT},
            ):
                status = client.post(
                    real.replace("99999999", "1"), {k: v.encode("utf-8", "surrogatepass") for k, v in some.items()}
                ).status_code
                if status >= 500:
                    wrong[real] = status
    assert wrong == {}
