"""A report's page: the words of each claim marked in the text, the claims beside it, the original never run."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.test import Client

from probata.model.report import Report
from probata.review.work import marking
from probata.store import models, protecting
from review.harness import Site


def claims_of(site: Site, name: str) -> list[models.Claim]:
    rows = models.Claim.objects.using(site.book.alias).select_related("report")
    return list(rows.filter(report__name=name).order_by("number"))


def test_report_shows_each_claim_and_its_words(site: Site) -> None:
    page = site.client("Amal").get("/reports/harbour-post-0517/").content.decode()
    for n, claim in enumerate(claims_of(site, "harbour-post-0517"), 1):
        assert f'id="claim-{n}"' in page
        start = claim.record["evidence"]["start"]
        assert re.search(rf'data-o="{start}"[^>]*data-c="[\d ]*{n}', page)


def test_report_opens_a_claim_without_script(site: Site) -> None:
    claim = claims_of(site, "harbour-post-0517")[1]
    page = site.client("Amal").get("/reports/harbour-post-0517/", {"claim": claim.name}).content.decode()
    assert 'aria-expanded="true"' in page
    assert "Who says so" in page
    for slot in ("speaker", "place"):
        assert claim.record["by"]["rules"][slot] in page
    answer = site.client("Amal").get(f"/claims/{claim.name}/")
    assert answer["Location"].startswith("/reports/harbour-post-0517/?claim=")


def test_report_as_json_holds_text_and_claims(site: Site) -> None:
    claim = claims_of(site, "harbour-post-0517")[0]
    said = site.client("Amal").get(f"/reports/harbour-post-0517/?format=json&claim={claim.name}").json()
    span = said["claim"]["record"]["evidence"]
    assert said["text"][span["start"] : span["end"]] == span["text"]
    assert "ui" not in said


@pytest.mark.parametrize("role", ["reader", "analyst", "administrator"])
def test_every_report_and_claim_opens(site: Site, role: str) -> None:
    client = site.client(role.title(), role)
    names: dict[str, list[str]] = {}
    for claim in models.Claim.objects.using(site.book.alias).select_related("report"):
        names.setdefault(claim.report.name, []).append(claim.name)
    for name in models.Report.objects.using(site.book.alias).values_list("name", flat=True):
        said = client.get(f"/reports/{name}/?format=json").json()
        for told in said["claims"]:
            opened = client.get(f"/claims/{told['name']}/?format=json").json()["claim"]
            span = opened["record"]["evidence"]
            assert said["text"][span["start"] : span["end"]] == span["text"]
        assert client.get(f"/reports/{name}/?claim={names.get(name, ['-'])[0]}").status_code == 200


@pytest.mark.parametrize("text", ["", "x", "a\r\nb\u202ec\u2069 d\x85e\ufeff", "𝄞 clef and 👩‍👧 here", "\ud800 lone"])
def test_marking_keeps_the_length_of_any_text(text: str) -> None:
    shown = marking.one_for_one(text)
    assert len(shown) == len(text)
    assert not re.search("[\r\u202e\u2069\ud800]", shown)


def test_marking_loses_no_word_and_nests_marks() -> None:
    text = "Aliyah said that shells killed nine people in Merisk on Monday. The army denied it."
    at = text.index("shells")
    record = {"type": "killing", "evidence": {"start": at, "end": 62, "text": text[at:62]}}
    place = text.index("Merisk")
    record |= {"place": {"start": place, "end": place + 6, "text": "Merisk"}, "relay": [], "agents": [], "targets": []}
    claims = [marking.Marked("one", 1, record), marking.Marked("two", 2, {**record, "place": None})]
    runs = [r for p in marking.paragraphs(Report("r", text), claims, "one") for r in p.runs]
    assert "".join(r.text for r in runs) == text
    assert [(r.at, r.text, r.slot) for r in runs if r.slot] == [(place, "Merisk", "place")]
    assert {r.claims for r in runs if r.group} == {(1, 2)}
    rejected = [marking.Marked("one", 1, record, rejected=True)]
    assert not any(r.group or r.opened for p in marking.paragraphs(Report("r", text), rejected) for r in p.runs)
    assert any(r.chosen and r.group for p in marking.paragraphs(Report("r", text), rejected, "one") for r in p.runs)


def test_original_is_a_download_that_no_browser_runs(site: Site) -> None:
    answer = site.client("Amal").get("/original/harbour-post-0517/")
    raw = b"".join(answer)
    answer.close()
    row = models.Report.objects.using(site.book.alias).get(name="harbour-post-0517")
    assert hashlib.sha256(raw).hexdigest() == row.original
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert site.client("Rana", "reader").get("/original/harbour-post-0517/").status_code == 403
    assert Client().get("/original/harbour-post-0517/").status_code == 302


def test_report_without_protected_words(site: Site) -> None:
    protecting.protect(site.book, "Corvek", [], "name", "Amal", "a witness")
    for address in ("/reports/harbour-post-0517/", "/reports/harbour-post-0517/?format=json", "/reports/?format=json"):
        assert "Corvek" not in site.client("Amal").get(address).content.decode()
    assert site.client("Amal").get("/original/harbour-post-0517/").status_code == 404
