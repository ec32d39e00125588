"""From a draft to a release: what goes out is what an editor approved, field by field."""

from __future__ import annotations

import zipfile

import pytest

from probata.review import worker
from probata.review.models import Job, Publication
from probata.store import models
from review.harness import Site

DRAFT = {"title": "Dravonia", "publisher": "Dravonian Records", "incidents": ""}


def draft(site: Site, alias: str = "Amal", **said: str) -> int:
    answer = site.client(alias, "analyst").post("/publish/", {**DRAFT, **said})
    assert answer.status_code == 302
    return Publication.objects.latest("id").pk


def digest(site: Site, number: int) -> str:
    said = site.client("Edith", "editor").get(f"/publish/{number}/?format=json").json()
    return str(said["preview"]["digest"])


def do_jobs(site: Site) -> list[Job]:
    for job in Job.objects.filter(state="waiting"):
        worker.do(site.book, job)
    return list(Job.objects.all())


def test_publish_shows_exactly_what_the_release_then_holds(site: Site) -> None:
    number = draft(site)
    seen = site.client("Edith", "editor").get(f"/publish/{number}/?format=json").json()["preview"]
    site.client("Edith", "editor").post(f"/publish/{number}/approve/", {"digest": seen["digest"], "note": "looked at"})
    [job] = do_jobs(site)
    assert (job.state, job.error) == ("done", "")
    path = site.book.folder / "releases" / Publication.objects.get().file
    with zipfile.ZipFile(path) as packed:
        lines = packed.read("incidents.jsonl").splitlines()
    assert seen["numbers"]["incidents"] == len(lines) == models.Incident.objects.filter(ended=None).count()
    import json

    assert sorted(seen["records"]["incidents"], key=lambda r: r["id"]) == [json.loads(x) for x in lines]
    assert (site.book.folder / "site" / "index.html").exists()
    got = site.client("Amal").get(f"/publish/{number}/release.zip")
    assert b"".join(got.streaming_content) == path.read_bytes()  # type: ignore[attr-defined]
    assert "attachment" in got["Content-Disposition"]


def test_publish_needs_an_editor(site: Site) -> None:
    number = draft(site)
    said = {"digest": digest(site, number)}
    assert site.client("Rana", "reviewer").post(f"/publish/{number}/approve/", said).status_code == 403
    assert not Job.objects.exists()


def test_publish_refuses_what_was_changed_after_it_was_looked_at(site: Site) -> None:
    number = draft(site)
    seen = digest(site, number)
    change(site)
    answer = site.client("Edith", "editor").post(f"/publish/{number}/approve/", {"digest": seen})
    assert answer.status_code == 409
    assert "changed meanwhile" in answer.content.decode()


def test_publish_releases_nothing_that_was_changed_after_approval(site: Site) -> None:
    number = draft(site)
    site.client("Edith", "editor").post(f"/publish/{number}/approve/", {"digest": digest(site, number)})
    change(site)
    [job] = do_jobs(site)
    assert job.state == "failed"
    assert Publication.objects.get().state == "failed"
    assert not list((site.book.folder / "releases").glob("*.zip"))
    assert "approve it again" in site.client("Amal").get(f"/publish/{number}/").content.decode()


def test_publish_hides_drafts_of_what_the_person_may_not_see(site: Site) -> None:
    from probata.review.models import Restriction, Team

    name = models.Incident.objects.order_by("id").values_list("name", flat=True)[0]
    number = draft(site, incidents=name)
    Restriction.objects.create(kind="incident", name=name, team=Team.objects.create(name="north"), by="Amal")
    other = site.client("Omar", "editor")
    assert other.get(f"/publish/{number}/").status_code == 404
    assert other.get("/publish/?format=json").json()["publications"] == []
    assert other.post("/publish/", {**DRAFT, "incidents": name}).status_code == 400


@pytest.mark.parametrize("incidents", ["inc-000000000000", "x" * 300, "inc-1\u202e"])
def test_publish_names_what_is_not_there(site: Site, incidents: str) -> None:
    answer = site.client("Amal").post("/publish/", {**DRAFT, "incidents": incidents})
    assert answer.status_code == 400
    assert "is no incident of this casebook" in answer.content.decode()


def test_publish_once_though_the_worker_does_it_twice(site: Site) -> None:
    number = draft(site)
    site.client("Edith", "editor").post(f"/publish/{number}/approve/", {"digest": digest(site, number)})
    [job] = do_jobs(site)
    first = Publication.objects.get().manifest
    Job.objects.update(state="waiting")  # as a worker that was killed before it said that it was done
    [job] = do_jobs(site)
    assert (job.state, Publication.objects.get().manifest) == ("done", first)


def change(site: Site) -> None:
    """Something that changes what would be published: words become protected."""
    from datetime import UTC, datetime

    models.Protected.objects.create(
        words="Merisk", variants=[], kind="other", commitment="0" * 64, salt="0", who="Amal", why="test",
        at=datetime.now(UTC),
    )  # fmt: skip
