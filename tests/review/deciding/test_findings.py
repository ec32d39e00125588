"""Findings in the application: two people, written reasons, versions, and what the rules refuse."""

from __future__ import annotations

import pytest

from probata.review.models import Notice
from probata.store import findings, models
from probata.store.signing import confirmation
from review.harness import Site

GROUNDS = "reasonable grounds to believe"


def _form(incident: models.Incident, **more: object) -> dict[str, object]:
    form = {"kind": "occurred", "standard": GROUNDS, "reason": "nine sources", "version": incident.number, "seen": 0}
    return {**form, **more}


def _propose(site: Site, incident: models.Incident, **more: object) -> int:
    answer = site.client("amal").post(f"/incidents/{incident.name}/findings/?format=json", _form(incident, **more))
    assert answer.status_code == 200, answer.content
    return int(answer.json()["proposal"])


def test_finding_stands_when_a_second_person_agrees(site: Site, largest: models.Incident) -> None:
    number = _propose(site, largest)
    reviewer = site.client("basim", "reviewer")
    assert Notice.objects.filter(person__alias="basim", kind="proposal").exists() is False  # came later than that
    assert not findings.of(site.book, largest.name).stands.occurred
    reviewer.post(f"/findings/{number}/answer/", {"answer": "agree"})
    stands = findings.of(site.book, largest.name).stands.occurred
    assert stands
    assert (stands.who, stands.second, stands.version) == ("amal", "basim", largest.number)
    assert Notice.objects.filter(person__alias="amal", kind="finding").exists()
    listed = site.client("amal").get("/incidents/?state=occurred&format=json").json()["incidents"]
    assert [r["id"] for r in listed] == [largest.name]
    assert listed[0]["findings"]["occurred"] == GROUNDS


def test_nobody_is_their_own_second_person(site: Site, largest: models.Incident) -> None:
    site.person("amal", "reviewer")
    number = _propose(site, largest)
    answer = site.client("amal").post(f"/findings/{number}/answer/", {"answer": "agree"}, follow=True)
    assert "The second person has to be another one." in answer.content.decode()
    assert not findings.of(site.book, largest.name).stands.occurred


@pytest.mark.parametrize(("role", "software"), [("reader", False), ("analyst", False), ("reviewer", True)])
def test_signing_is_for_reviewers_who_are_people(
    site: Site, largest: models.Incident, role: str, software: bool
) -> None:
    number = _propose(site, largest)
    client = site.client("other", role, software=software)
    assert client.post(f"/findings/{number}/answer/", {"answer": "agree"}).status_code == 403
    if software:
        assert client.post(f"/incidents/{largest.name}/findings/", _form(largest)).status_code == 403


def test_one_source_needs_the_signed_reason(site: Site, one_source: models.Incident) -> None:
    reviewer = site.client("basim", "reviewer")
    number = _propose(site, one_source, reason="one witness, seen by us")
    refused = reviewer.post(f"/findings/{number}/answer/", {"answer": "agree"}, follow=True).content.decode()
    assert "cannot reach reasonable grounds to believe on 1 independent source without a signed reason" in refused
    signed = _propose(site, one_source, reason="one witness, seen by us", seen=number, confirmed=confirmation("amal"))
    reviewer.post(f"/findings/{signed}/answer/", {"answer": "agree"})
    stands = findings.of(site.book, one_source.name).stands.occurred
    assert stands
    assert stands.signature


def test_who_did_it_cannot_stand_above_that_it_happened(site: Site, largest: models.Incident) -> None:
    number = _propose(site, largest, kind="perpetrator", party="army")
    refused = site.client("basim", "reviewer").post(f"/findings/{number}/answer/", {"answer": "agree"}, follow=True)
    assert "Set the finding that it happened first." in refused.content.decode()


@pytest.mark.parametrize(
    ("more", "said"),
    [({"reason": " "}, "has no reason"), ({"kind": "perpetrator", "party": ""}, "names no party")],
)
def test_refused_proposal_keeps_what_was_written(
    site: Site, largest: models.Incident, more: dict[str, str], said: str
) -> None:
    answer = site.client("amal").post(f"/incidents/{largest.name}/findings/", _form(largest, **more))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert more.get("reason", "nine sources") in page


def test_second_to_propose_sees_the_first_before_saving(site: Site, largest: models.Incident) -> None:
    first = _propose(site, largest, reason="I looked at the pictures")
    form = _form(largest, reason="and I at the graves")
    client = site.client("basim")
    answer = client.post(f"/incidents/{largest.name}/findings/", form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "I looked at the pictures" in page
    assert "and I at the graves" in page
    assert models.Proposal.objects.count() == 1
    again = client.post(f"/incidents/{largest.name}/findings/", {**form, "seen": first})
    assert again.status_code == 302
    assert models.Proposal.objects.count() == 2


def test_proposal_on_an_older_version_is_shown_what_changed(site: Site, largest: models.Incident) -> None:
    answer = site.client("amal").post(
        f"/incidents/{largest.name}/findings/", _form(largest, version=largest.number - 1)
    )
    assert answer.status_code == 409
    assert "first version" in answer.content.decode()


def test_finding_on_an_older_version_says_so(site: Site, largest: models.Incident) -> None:
    number = _propose(site, largest)
    site.client("basim", "reviewer").post(f"/findings/{number}/answer/", {"answer": "agree"})
    last = models.Version.objects.get(incident=largest, number=largest.number)
    models.Version.objects.create(
        incident=largest, number=2, at=last.at, record=last.record, changes=[], because=last.because
    )
    models.Incident.objects.filter(pk=largest.pk).update(number=2)
    page = site.client("amal").get(f"/incidents/{largest.name}/").content.decode()
    assert "found on an older version" in page


def test_decline_and_withdraw_need_words_and_stay_in_the_history(site: Site, largest: models.Incident) -> None:
    reviewer = site.client("basim", "reviewer")
    number = _propose(site, largest)
    page = reviewer.post(f"/findings/{number}/answer/", {"answer": "decline"}, follow=True).content.decode()
    assert "Write what is missing" in page
    reviewer.post(f"/findings/{number}/answer/", {"answer": "decline", "why": "the day is not settled"})
    second = _propose(site, largest, seen=number)
    reviewer.post(f"/findings/{second}/answer/", {"answer": "agree"})
    site.client("amal").post(f"/findings/{second}/withdraw/", {"why": "a copy after all"})
    told = site.client("amal").get(f"/incidents/{largest.name}/?format=json").json()["findings"]
    assert told["occurred"] is None
    assert [p["state"] for p in told["history"]] == ["withdrawn", "agreed", "declined"]
    page = site.client("amal").get(f"/incidents/{largest.name}/").content.decode()
    assert "the day is not settled" in page
    assert "a copy after all" in page
