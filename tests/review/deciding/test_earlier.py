"""Findings on incidents that were joined or split: shown where their claims are now, and those who made them told."""

from __future__ import annotations

import pytest

from probata.model.incident import Decision
from probata.review.models import Notice, Restriction, Team
from probata.review.work import earlier
from probata.store import findings, grouping, models, shown
from review.harness import Site

Joined = tuple[str, str, int]  # the incident that goes on, the one that ended, the number of the finding on that


@pytest.fixture
def joined(site: Site, largest: models.Incident) -> Joined:
    """An incident of one claim has a finding, and is joined with the largest."""
    for alias, role in (("amal", "analyst"), ("basim", "reviewer")):
        site.person(alias, role)
    rows = models.Version.objects.using(site.book.alias).filter(incident__gt=largest.pk)  # of two the older goes on
    small = next(v.incident for v in rows.select_related("incident").order_by("id") if len(v.record["claims"]) == 1)
    made = findings.propose(
        site.book, small.name, "occurred", "reasonable suspicion", None, "amal", "<i>seen</i>", small.number
    )
    findings.agree(site.book, made.number, "basim")
    a, b = (shown.edition(site.book, i.name).record["claims"][0] for i in (largest, small))
    grouping.decide(site.book, Decision(a, b, True, "noor", "one market"))
    assert shown.edition(site.book, small.name).ended == (largest.name,)
    return largest.name, small.name, made.number


def test_what_was_found_of_an_incident_that_ended_is_shown_at_the_one_it_is_part_of(site: Site, joined: Joined) -> None:
    now, was, number = joined
    told = site.client("amal").get(f"/incidents/{now}/?format=json").json()["findings"]
    assert told["occurred"] is None
    assert [(e["id"], e["incident"], e["again"]) for e in told["earlier"]] == [(number, was, None)]
    page = site.client("amal").get(f"/incidents/{now}/").content.decode()
    assert f'id="earlier-{number}"' in page
    assert "to be looked at again" in page
    assert "&lt;i&gt;seen&lt;/i&gt;" in page
    assert "standard=reasonable%20suspicion" in page
    api = site.client("amal").get(f"/api/v1/incidents/{now}/findings").json()
    assert [e["id"] for e in api["earlier"]] == [number]


def test_a_finding_stays_readable_where_it_was_made(site: Site, joined: Joined) -> None:
    _, was, number = joined
    page = site.client("basim").get(f"/incidents/{was}/").content.decode()
    assert f'id="finding-{number}"' in page
    assert "stood when the incident ended" in page
    assert "/answer/" not in page


def test_those_who_made_it_are_told_once(site: Site, joined: Joined) -> None:
    now, _, number = joined
    assert earlier.remind(site.book) == 2
    assert earlier.remind(site.book) == 0
    told = Notice.objects.filter(kind="again")
    assert sorted(told.values_list("person__alias", "path")) == [
        ("amal", f"/incidents/{now}/#earlier-{number}"),
        ("basim", f"/incidents/{now}/#earlier-{number}"),
    ]
    page = site.client("amal").get("/notices/").content.decode()
    assert "A finding that you had part in is to be looked at again" in page


def test_looking_at_it_again_settles_it(site: Site, joined: Joined) -> None:
    now, _, number = joined
    row = models.Incident.objects.using(site.book.alias).get(name=now)
    form = {"kind": "occurred", "standard": "reasonable suspicion", "reason": "it holds", "version": row.number}
    answer = site.client("amal").post(f"/incidents/{now}/findings/?format=json", {**form, "seen": 0})
    again = answer.json()["proposal"]
    told = site.client("amal").get(f"/incidents/{now}/?format=json").json()["findings"]["earlier"]
    assert [(e["id"], e["again"]) for e in told] == [(number, again)]
    assert earlier.remind(site.book) == 0


def test_what_is_kept_from_a_person_is_not_told_by_an_incident_that_ended(site: Site, joined: Joined) -> None:
    now, was, _ = joined
    report = shown.edition(site.book, was, 1).record["families"][0][0]
    team = Team.objects.create(name="own")
    Restriction.objects.create(kind="report", name=report, team=team)
    other = site.client("other", "reviewer")
    for path in (f"/incidents/{now}/", f"/incidents/{was}/", f"/incidents/{was}/versions/1/"):
        assert other.get(path).status_code == 404, path


def test_a_list_names_no_finding_of_claims_that_others_hold(site: Site, largest: models.Incident) -> None:
    """An id goes on with most of its claims each time; in the end it may have none that a finding was made on."""
    site.person("amal")
    site.person("basim", "reviewer")
    made = findings.propose(
        site.book, largest.name, "occurred", "reasonable suspicion", None, "amal", "seen", largest.number
    )
    findings.agree(site.book, made.number, "basim")
    listed = "/incidents/?format=json"
    told = {r["id"]: r["findings"] for r in site.client("amal").get(listed).json()["incidents"]}
    assert told[largest.name]["occurred"] == "reasonable suspicion"
    record = shown.edition(site.book, largest.name).record
    other = models.Version.objects.using(site.book.alias).filter(incident__gt=largest.pk).order_by("id")[0]
    scenes = models.Scene.objects.using(site.book.alias).filter(members__claim__name__in=record["claims"])
    scenes.update(incident=other.incident)  # as grouping leaves them when it splits the incident
    row = models.Version.objects.using(site.book.alias).get(incident=largest, number=largest.number)
    said: list[dict[str, object]] = [{"kind": "split", "sentence": "", "before": other.incident.name, "items": []}]
    models.Version.objects.using(site.book.alias).create(
        incident=largest, number=largest.number + 1, at=row.at, record=row.record, changes=said, because={}
    )
    models.Incident.objects.using(site.book.alias).filter(pk=largest.pk).update(number=largest.number + 1)
    told = {r["id"]: r["findings"] for r in site.client("amal").get(listed).json()["incidents"]}
    assert told[largest.name]["occurred"] is None
