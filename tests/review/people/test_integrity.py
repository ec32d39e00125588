"""What is altered is shown, red and explained."""

from __future__ import annotations

from django.db import connections

from probata.review import worker
from probata.review.models import Job
from probata.store import erasing, models, originals, protecting, triggers
from review.harness import Site


def checked(site: Site) -> str:
    client = site.client("Amal")
    assert client.post("/integrity/check/").status_code == 302
    assert worker.do(site.book, Job.objects.filter(kind="verify").latest("id"))
    return client.get("/integrity/").content.decode()


def test_integrity_says_that_nothing_was_altered(site: Site) -> None:
    assert "Nothing has been checked yet" in site.client("Amal").get("/integrity/").content.decode()
    assert "Nothing was altered" in checked(site)


def test_integrity_shows_an_original_that_was_altered(site: Site) -> None:
    row = models.Report.objects.using(site.book.alias).all()[0]
    path = originals.path_of(site.book.originals, row.original)
    page = f"/integrity/reports/{row.name}/"
    assert "Original as received" in site.client("Amal").get(page).content.decode()
    path.chmod(0o600)
    raw = bytearray(path.read_bytes())
    raw[0] ^= 1
    path.write_bytes(bytes(raw))
    assert 'class="alarm"' in site.client("Amal").get(page).content.decode()
    assert "Something was altered" in checked(site)


def test_integrity_shows_a_row_that_was_altered(site: Site) -> None:
    with connections[site.book.alias].cursor() as cursor, triggers.lifted(site.book.alias):
        cursor.execute("UPDATE store_claim SET type = 'damage' WHERE id = 1")
    assert "Something was altered" in checked(site)


def test_integrity_is_checked_once_a_day_and_what_is_wrong_stands_on_every_page(site: Site) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from probata.review.work import integrity
    from probata.store import models, triggers

    assert integrity.daily() is None  # the first report is not a day old
    with triggers.lifted("default"):
        models.Report.objects.update(added_at=timezone.now() - timedelta(days=2))
    job = integrity.daily()
    assert job is not None
    assert integrity.daily() is None
    worker.do(site.book, job)
    assert integrity.is_altered()  # the day of adding is in the digest of the row
    assert "Something was altered" in site.client("Rana", "reader").get("/reports/").content.decode()
    assert integrity.daily() is None
    Job.objects.update(at=timezone.now() - timedelta(days=2))
    assert integrity.daily() is not None


def test_integrity_tells_an_original_that_was_erased_from_one_that_is_gone(site: Site) -> None:
    book = site.book
    one, two = models.Report.objects.order_by("id")[:2]
    protecting.protect(book, "Nobody at all", (), "person", "noor", "asked not to be named")
    number = models.Protected.objects.get().pk
    erasing.erase(book, number, "noor", "she withdrew her consent", [one.original])
    originals.path_of(book.originals, two.original).unlink()
    page = site.client("Amal").get(f"/integrity/reports/{one.name}/").content.decode()
    assert "Original erased, as the log tells" in page
    assert "alarm" not in page
    page = site.client("Amal").get(f"/integrity/reports/{two.name}/").content.decode()
    assert "The original is gone, and no erasure tells of it." in page
    assert "original erased" in site.client("Amal").get(f"/reports/{one.name}/").content.decode()
