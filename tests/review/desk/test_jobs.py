"""Jobs: given up when they bring the worker down, put back while another program writes, seen by whose they are."""

from __future__ import annotations

import pytest

from probata.model.errors import CasebookError
from probata.review import worker
from probata.review.models import Job
from probata.review.work import doing, jobs
from review.desk.handing import TEXT, upload, work
from review.harness import Site


def test_job_that_brings_the_worker_down_again_and_again_is_given_up(site: Site) -> None:
    upload(site, ("heavy.txt", TEXT), ("light.txt", TEXT + b"more"))
    Job.objects.filter(about__contains="heavy").update(state="running", attempts=worker.ATTEMPTS)
    worker._take_up(site.book)
    heavy = Job.objects.get(about__contains="heavy")
    assert (heavy.state, "heavy.txt" in heavy.error, bool(heavy.advice)) == ("failed", True, True)
    assert [j.state for j in work(site)] == ["failed", "done", "done"]


def test_job_waits_while_another_program_writes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise CasebookError("locked", "the casebook", "is being written by another program.", "Wait.")

    upload(site, ("a.txt", TEXT))
    with monkeypatch.context() as locked:
        locked.setattr(doing, "turn", busy)
        assert not worker.do(site.book, Job.objects.get())
    job = Job.objects.get()
    assert (job.state, job.attempts) == ("waiting", 0)
    assert work(site)[0].state == "done"


def test_grouping_is_asked_for_once(site: Site) -> None:
    for _ in range(3):
        jobs.ask_regroup("Amal")
    assert Job.objects.count() == 1
    Job.objects.update(state="running")  # what comes now may be too late for that one
    jobs.ask_regroup("Amal")
    assert Job.objects.count() == 2


def test_jobs_are_seen_by_whose_they_are_and_by_administrators(site: Site) -> None:
    upload(site, ("mine.txt", TEXT))

    def seen(alias: str, role: str) -> list[str]:
        return [j["name"] for j in site.client(alias, role).get("/jobs/?format=json").json()["jobs"]]

    assert seen("Amal", "analyst") == seen("Edith", "administrator") == ["mine.txt"]
    assert seen("Basim", "analyst") == []
    number = Job.objects.get().pk
    assert site.client("Basim").post(f"/jobs/{number}/again/").status_code == 404
    assert site.client("Amal").post(f"/jobs/{number}/again/").status_code == 400
