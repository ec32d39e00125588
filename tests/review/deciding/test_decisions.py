"""Same or different: reasons before, a written one with it, a later decision takes it back; programs only suggest."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from probata.review.models import Job, Suggestion
from probata.review.worker import do
from probata.store import grouping, models
from probata.store.turn import turn
from review.harness import Site


@pytest.fixture
def two(site: Site, largest: models.Incident) -> dict[str, str]:
    """Claims of two incidents that come close."""
    near = site.client("amal").get(f"/incidents/{largest.name}/near/?format=json").json()["near"]
    assert near
    assert near[0]["reasons"]
    assert near[0]["incident"] != largest.name
    return {"a": near[0]["a"]["name"], "b": near[0]["b"]["name"]}


def _incidents(two: dict[str, str]) -> set[str]:
    rows = models.Member.objects.filter(claim__name__in=two.values())
    return set(rows.values_list("scene__incident__name", flat=True))


def test_comparison_names_features_and_both_values(site: Site, two: dict[str, str]) -> None:
    found = site.client("amal").get(f"/compare/?{urlencode({**two, 'format': 'json'})}").json()["comparison"]
    assert found["together"] is False
    named = {f["feature"]: f for f in found["features"]}
    assert {"days", "place", "killed"} <= named.keys()
    assert all({"a", "b", "weight"} <= f.keys() for f in named.values())


def test_decision_joins_and_a_later_one_takes_it_back(site: Site, two: dict[str, str]) -> None:
    client = site.client("amal")
    before = _incidents(two)
    assert len(before) == 2
    client.post("/decisions/new/", {**two, "decision": "same", "why": "the mayor corrected the day", "seen": 0})
    assert len(_incidents(two)) == 1
    first = models.Decision.objects.get()
    assert (first.who, first.why) == ("amal", "the mayor corrected the day")
    client.post("/decisions/new/", {**two, "decision": "different", "why": "two strikes after all", "seen": first.pk})
    assert len(_incidents(two)) == 2
    listed = client.get("/decisions/?format=json").json()["decisions"]
    assert [(d["same"], d["stands"]) for d in listed] == [(False, True), (True, False)]


def test_decision_without_reason_keeps_the_choice(site: Site, two: dict[str, str]) -> None:
    answer = site.client("amal").post("/decisions/new/", {**two, "decision": "same", "why": " ", "seen": 0})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "has no reason" in page
    assert not models.Decision.objects.exists()


def test_second_to_decide_sees_the_first(site: Site, two: dict[str, str]) -> None:
    form = {**two, "decision": "different", "seen": 0}
    site.client("amal").post("/decisions/new/", {**form, "why": "another street"})
    answer = site.client("basim").post("/decisions/new/", {**form, "decision": "same", "why": "the same street"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "another street" in page
    assert "the same street" in page
    assert models.Decision.objects.count() == 1


def test_decision_while_reports_are_read_is_kept_for_the_worker(site: Site, two: dict[str, str]) -> None:
    with turn(site.book):
        site.client("amal").post("/decisions/new/", {**two, "decision": "same", "why": "one street", "seen": 0})
    job = Job.objects.get(kind="decide")
    assert not models.Decision.objects.exists()
    assert do(site.book, job)
    assert job.state == "done"
    assert len(_incidents(two)) == 1


def test_software_suggests_and_never_decides(site: Site, two: dict[str, str]) -> None:
    program = site.client("matcher", "analyst", software=True)
    form = {**two, "decision": "same", "why": "same picture", "seen": 0}
    assert program.post("/decisions/new/", form).status_code == 403
    program.post("/suggestions/new/", form)
    program.post("/suggestions/new/", form)
    waits = Suggestion.objects.get()
    assert waits.software
    assert not models.Decision.objects.exists()
    page = site.client("amal").get("/decisions/").content.decode()
    assert "same picture" in page
    assert "software" in page
    site.client("amal").post("/decisions/new/", {**form, "why": "seen by me"})
    waits.refresh_from_db()
    assert (waits.answer, waits.answered_by) == ("taken", "amal")


def test_suggestion_is_put_aside_once(site: Site, two: dict[str, str]) -> None:
    site.client("amal").post("/suggestions/new/", {**two, "decision": "same", "why": "perhaps"})
    number = Suggestion.objects.get().pk
    assert site.client("basim").post(f"/suggestions/{number}/drop/?format=json").status_code == 200
    assert site.client("amal").post(f"/suggestions/{number}/drop/?format=json").status_code == 409


@pytest.mark.parametrize("odd", ["a=x&b=y", "a=&b=", "a=%00", ""])
def test_comparison_of_what_is_not_there(site: Site, odd: str) -> None:
    assert site.client("amal").get(f"/compare/?{odd}").status_code == 404


def test_grouping_again_keeps_decisions(site: Site, two: dict[str, str]) -> None:
    site.client("amal").post("/decisions/new/", {**two, "decision": "same", "why": "one", "seen": 0})
    with turn(site.book):
        grouping.anew(site.book)
    assert len(_incidents(two)) == 1
