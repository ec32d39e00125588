"""Comments, tasks and notices: who is told, what two who edit at once see, protected words, mail without names."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes

import pytest
from django.conf import settings

from probata.audit.shield import Shield
from probata.review import mailing
from probata.review.models import Comment, Job, Notice, Restriction, Task, Team
from probata.review.scrub import scrub
from probata.review.worker import do
from probata.store import models, protecting
from probata.store.turn import turn
from review.harness import Site


def _say(site: Site, who: str, incident: models.Incident, text: str, **more: object) -> None:
    form = {"kind": "incident", "name": incident.name, "text": text}
    assert site.client(who, **more).post("/comments/new/", form).status_code == 302  # type: ignore[arg-type]


def _task(site: Site, incident: models.Incident, client: str = "rana", role: str = "reviewer", **more: str) -> Task:
    form = {"kind": "incident", "name": incident.name, "what": "the envoy was asked to follow up", **more}
    site.client(client, role).post("/tasks/new/", form)
    return Task.objects.order_by("-id")[0]


def test_comment_tells_those_it_names_and_those_who_spoke(site: Site, largest: models.Incident) -> None:
    site.person("Basim")
    _say(site, "rana", largest, "what of the hospital?")
    _say(site, "amal", largest, "@basim, look. Not @nobody")
    assert set(Notice.objects.values_list("person__alias", "kind")) == {("Basim", "mention"), ("rana", "comment")}
    basim = site.client("Basim")
    notice = Notice.objects.get(person__alias="Basim")
    page = basim.get("/notices/").content.decode()
    assert "<bdi>amal</bdi> named you in a comment" in page  # the name keeps its own direction
    assert "look. Not" not in page
    assert basim.post(f"/notices/{notice.pk}/").headers["Location"].startswith(f"/incidents/{largest.name}/#comment-")
    notice.refresh_from_db()
    assert notice.seen_at
    assert site.client("amal").post(f"/notices/{notice.pk}/").status_code == 404


def test_nobody_is_told_of_what_is_kept_from_them(site: Site, largest: models.Incident) -> None:
    team = Team.objects.create(name="north")
    site.person("amal").teams.add(team)
    site.person("basim")
    Restriction.objects.create(kind="incident", name=largest.name, team=team, by="amal")
    _say(site, "amal", largest, "@basim look")
    assert not Notice.objects.exists()
    assert site.client("basim").get(f"/comments/?kind=incident&name={largest.name}").status_code == 404


def test_comment_is_taken_back_by_its_author_only(site: Site, largest: models.Incident) -> None:
    _say(site, "amal", largest, "a mistake")
    number = Comment.objects.get().pk
    assert site.client("basim").post(f"/comments/{number}/withdraw/").status_code == 404
    site.client("amal").post(f"/comments/{number}/withdraw/")
    assert Comment.objects.get().text == ""
    assert "taken back" in site.client("basim").get(f"/incidents/{largest.name}/").content.decode()


def test_comment_shows_no_protected_words_and_erasing_empties_them(site: Site, largest: models.Incident) -> None:
    _say(site, "amal", largest, "Nadia Verel saw it")
    with turn(site.book):
        protecting.protect(site.book, "Nadia Verel", (), "name", "amal", "a witness")
    page = site.client("amal").get(f"/incidents/{largest.name}/").content.decode()
    assert "Verel" not in page
    assert "saw it" in page
    assert scrub(Shield(["Nadia Verel"], "[erased 1]").shown) == 1
    assert Comment.objects.get().text == "[erased 1] saw it"


def test_hostile_comment_is_text(site: Site, largest: models.Incident) -> None:
    _say(site, "amal", largest, "<script>alert(1)</script>\u202e")
    page = site.client("amal").get(f"/incidents/{largest.name}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("text", ["", "  ", "x" * 10_001])
def test_refused_comment_is_given_back(site: Site, largest: models.Incident, text: str) -> None:
    answer = site.client("amal").post("/comments/new/", {"kind": "incident", "name": largest.name, "text": text})
    assert answer.status_code == 400
    assert not Comment.objects.exists()
    assert text in answer.content.decode()


def test_task_is_given_told_and_closed_with_what_came_of_it(site: Site, largest: models.Incident) -> None:
    site.person("amal")
    due = date.today() - timedelta(days=3)
    task = _task(site, largest, person="amal", due=due.isoformat())
    assert Notice.objects.get(person__alias="amal").kind == "task"
    mine = site.client("amal").get("/tasks/?format=json").json()
    assert mine["overdue"] == 1
    assert mine["tasks"][0]["overdue"]
    assert mine["tasks"][0]["due"] == due.isoformat()
    site.client("amal").post(f"/tasks/{task.pk}/", {"do": "done", "outcome": "no answer yet", "seen": 1})
    task.refresh_from_db()
    assert (task.done_by, task.outcome) == ("amal", "no answer yet")
    assert Notice.objects.filter(person__alias="rana", kind="done").exists()


def test_two_who_change_a_task_lose_nothing(site: Site, largest: models.Incident) -> None:
    task = _task(site, largest)
    first = {"do": "change", "what": "ask the hospital", "person": "", "due": "", "seen": 1}
    site.client("rana", "reviewer").post(f"/tasks/{task.pk}/", first)
    answer = site.client("tarek", "reviewer").post(f"/tasks/{task.pk}/", {**first, "what": "ask the mayor"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "ask the hospital" in page
    assert "ask the mayor" in page
    assert Task.objects.get().what == "ask the hospital"
    site.client("tarek").post(f"/tasks/{task.pk}/", {**first, "what": "ask the mayor", "seen": 2})
    assert Task.objects.get().what == "ask the mayor"


def test_analyst_takes_tasks_and_gives_none_to_others(site: Site, largest: models.Incident) -> None:
    site.person("basim")
    form = {"kind": "incident", "name": largest.name, "what": "read it"}
    assert site.client("amal").post("/tasks/new/", {**form, "person": "basim"}).status_code == 400
    site.client("amal").post("/tasks/new/", {**form, "person": "amal"})
    assert Task.objects.get().person == site.person("amal")
    assert site.client("reem", "reader").post("/tasks/new/", form).status_code == 403


def test_task_is_not_given_to_somebody_who_may_not_see_it(site: Site, largest: models.Incident) -> None:
    team = Team.objects.create(name="north")
    site.person("rana", "reviewer").teams.add(team)
    site.person("basim")
    Restriction.objects.create(kind="incident", name=largest.name, team=team, by="rana")
    form = {"kind": "incident", "name": largest.name, "what": "read it", "person": "basim"}
    answer = site.client("rana").post("/tasks/new/", form)
    assert answer.status_code == 400
    assert "may not see this" in answer.content.decode()


@pytest.fixture
def smtp() -> Iterator[tuple[int, list[bytes]]]:
    """A mail server on this machine, and the mails that it took."""
    got: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(20)

    def serve() -> None:
        try:
            talk, _ = server.accept()
        except OSError:
            return
        with talk, talk.makefile("rwb") as file:
            file.write(b"220 here\r\n")
            file.flush()
            while line := file.readline():
                word = line[:4].upper()
                if word == b"DATA":
                    file.write(b"354 go on\r\n")
                    file.flush()
                    body = b""
                    while not body.endswith(b"\r\n.\r\n"):
                        body += file.readline()
                    got.append(body)
                file.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
                file.flush()
                if word == b"QUIT":
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield server.getsockname()[1], got
    server.close()


def test_mail_holds_a_link_and_nothing_else(
    site: Site, largest: models.Incident, smtp: tuple[int, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, got = smtp
    for name in ("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL", "DEFAULT_FROM_EMAIL"):
        monkeypatch.setattr(settings, name, getattr(settings, name))
    for name in ("EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD"):
        monkeypatch.setattr(settings, name, "")
    monkeypatch.setattr(settings, "PUBLIC_URL", "https://cases.example")
    for name, value in mailing.settings_of(f"smtp://127.0.0.1:{port}?from=probata@cases.example").items():
        monkeypatch.setattr(settings, name, value, raising=False)
    site.person("basim", email="basim@people.example")
    site.person("tarek")
    _say(site, "amal", largest, "@basim @tarek Nadia Verel saw it in Merisk")
    job = Job.objects.get(kind="mail")
    assert do(site.book, job)
    assert job.state == "done", job.error
    mail = message_from_bytes(got[0])
    body = mail.get_payload()
    assert len(got) == 1
    assert mail["To"] == "basim@people.example"
    assert "https://cases.example/notices/" in str(body)
    for word in (b"Verel", b"Merisk", b"amal", largest.name.encode()):
        assert word not in got[0]
    assert Notice.objects.get(person__alias="basim").mailed_at
    assert not Notice.objects.get(person__alias="tarek").mailed_at


def test_mail_that_cannot_be_sent_is_sent_with_the_next(
    site: Site, largest: models.Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
    monkeypatch.setattr(settings, "EMAIL_HOST", "127.0.0.1")
    monkeypatch.setattr(settings, "EMAIL_PORT", 1)
    site.person("basim", email="basim@people.example")
    _say(site, "amal", largest, "@basim look")
    job = Job.objects.get(kind="mail")
    do(site.book, job)
    assert job.state == "failed"
    assert "mail server" in job.error
    assert Notice.objects.get().mailed_at is None
    _say(site, "amal", largest, "@basim look again")
    assert Job.objects.filter(kind="mail", state="waiting").count() == 1


def test_mail_is_not_asked_for_without_a_server(site: Site, largest: models.Incident) -> None:
    site.person("basim", email="basim@people.example")
    _say(site, "amal", largest, "@basim look")
    assert not Job.objects.filter(kind="mail").exists()
    assert Notice.objects.exists()
