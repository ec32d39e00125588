"""Reminders of tasks: once on the day, once after it, by the person's own days, however often a worker is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import connections
from django.utils import timezone

from probata.review import worker
from probata.review.models import Job, Notice, Person, Restriction, Task, Team
from probata.review.serving import prepare
from probata.review.work import notices, reminders, tasks
from probata.store import models
from probata.store.opening import casebook
from review.harness import Site

DAY = date(2031, 5, 20)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], None]:
    """Sets the clock."""

    def set_to(day: int, hour: int) -> None:
        monkeypatch.setattr(timezone, "now", lambda: datetime(2031, 5, day, hour, 30, tzinfo=UTC))

    return set_to


def task(site: Site, person: Person | None, due: date = DAY, by: str = "Rana") -> Task:
    name = models.Report.objects.order_by("id")[0].name
    return Task.objects.create(kind="report", name=name, what="Ask the envoy.", person=person, by=by, due=due)


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("id").values_list("person__alias", "kind"))


def test_reminded_once_on_the_day_and_once_after_it(site: Site, at: Callable[[int, int], None]) -> None:
    one = task(site, site.person("Basim"))
    said = []
    for day, hour in ((19, 23), (20, 0), (20, 12), (20, 23), (21, 0), (21, 12), (25, 3)):
        at(day, hour)
        reminders.remind()
        said.append(len(told()))
    assert said == [0, 1, 1, 1, 2, 2, 2]
    assert told() == [("Basim", "due"), ("Basim", "late")]
    assert Notice.objects.latest("id").path.endswith(f"#task-{one.pk}")
    assert {n.by for n in Notice.objects.all()} == {""}


@pytest.mark.parametrize(
    ("zone", "first", "after"),
    [
        ("UTC", (20, 0), (21, 0)),
        ("Pacific/Kiritimati", (19, 10), (20, 10)),
        ("Pacific/Pago_Pago", (20, 11), (21, 11)),
        ("Nowhere/Land", (20, 0), (21, 0)),
    ],
)
def test_the_day_begins_in_the_persons_own_time_zone(
    site: Site, at: Callable[[int, int], None], zone: str, first: tuple[int, int], after: tuple[int, int]
) -> None:
    task(site, site.person("Basim", zone=zone))
    for (day, hour), number in ((first, 1), (after, 2)):
        at(*((day, hour - 1) if hour else (day - 1, 23)))
        reminders.remind()
        assert len(told()) == number - 1
        at(day, hour)
        reminders.remind()
        assert len(told()) == number


def test_a_task_that_is_moved_is_reminded_of_again_and_one_that_is_done_no_more(
    site: Site, at: Callable[[int, int], None]
) -> None:
    one, other = task(site, site.person("Basim")), task(site, site.person("Basim"))
    at(20, 8)
    assert reminders.remind() == 2
    Task.objects.filter(pk=one.pk).update(due=date(2031, 5, 22))
    Task.objects.filter(pk=other.pk).update(done_at=timezone.now())
    at(22, 8)
    assert reminders.remind() == 1
    assert told() == [("Basim", "due")] * 3


def test_of_what_nobody_has_taken_whoever_asked_is_reminded(site: Site, at: Callable[[int, int], None]) -> None:
    site.person("Rana", "reviewer")
    task(site, None)
    at(21, 8)
    reminders.remind()
    assert told() == [("Rana", "late")]


def test_nobody_is_reminded_of_what_is_kept_from_them(site: Site, at: Callable[[int, int], None]) -> None:
    one = task(site, site.person("Basim"))
    Restriction.objects.create(kind="report", name=one.name, team=Team.objects.create(name="North"), by="Amal")
    at(20, 8)
    reminders.remind()
    assert told() == []


def test_reminders_are_mailed_and_shown_on_the_first_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
    monkeypatch.setattr(mail, "outbox", [], raising=False)
    basim = site.person("Basim", email="basim@post.example", language="ar")
    task(site, basim, due=tasks.today(basim))
    task(site, site.person("Rana", "reviewer"), due=tasks.today(basim))
    reminders.remind()
    [job] = Job.objects.filter(kind="mail")
    worker.do(site.book, job)
    [sent] = mail.outbox
    assert sent.to == ["basim@post.example"]
    assert "جديد" in sent.subject
    assert "envoy" not in sent.body
    home = site.client("Basim").get("/").content.decode()
    assert "1 task is due today" in home
    assert "is due today" in site.client("Basim").get("/notices/").content.decode()


def test_settings_of_notices_are_a_persons_own(site: Site) -> None:
    client = site.client("Basim", "reader")
    assert client.post("/notices/settings/", {"email": "no address", "zone": "UTC"}).status_code == 400
    assert client.post("/notices/settings/", {"email": "", "zone": "Nowhere/Land"}).status_code == 400
    said = {"email": "basim@post.example", "zone": "Asia/Amman"}
    assert client.post("/notices/settings/", said).status_code == 302
    basim = Person.objects.get(alias="Basim")
    assert (basim.email, basim.zone) == ("basim@post.example", "Asia/Amman")
    assert "basim@post.example" in client.get("/notices/settings/").content.decode()
    admin = site.client("Amal", "administrator")
    for path in ("/people/?format=json", "/people/", "/notices/settings/"):
        assert "basim@post.example" not in admin.get(path).content.decode()


KILLED = """
import os, signal, sys
from probata.review.work import notices
from probata.review import worker
from probata.store.opening import open_casebook
was = notices.tell
def kill(*given, **more):
    was(*given, **more)
    os.kill(os.getpid(), signal.SIGKILL)
notices.tell = kill
worker.work(open_casebook(sys.argv[1]), True, False)
"""


def test_a_worker_killed_while_it_reminds_tells_nobody_twice_and_nobody_never(folder: Path) -> None:
    with casebook(folder) as opened:
        site = Site(prepare(opened))
        task(site, site.person("Basim"), due=date(2024, 1, 2))
        connections["default"].close()
    killed = subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    command = [sys.executable, "-m", "probata", "work", "--once", "--casebook", str(folder)]
    for _ in range(2):
        subprocess.run(command, check=True, timeout=60, env=os.environ)
    with casebook(folder) as opened:
        prepare(opened)
        assert told() == [("Basim", "late")]
        connections["default"].close()


def test_notices_know_the_time_zones_of_this_machine() -> None:
    assert {"UTC", "Asia/Damascus", "Africa/Khartoum"} <= set(notices.zones())
