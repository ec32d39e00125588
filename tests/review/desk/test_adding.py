"""Handing over reports: what is accepted is on the disk, read by a job, never run, and refused in plain words."""

from __future__ import annotations

import io
import json
from typing import IO

import pytest

from probata.review import worker
from probata.review.models import Job
from probata.review.sight import Sight
from probata.review.work import adding, doing, jobs, received
from probata.store import grouping, models
from review.desk.handing import TEXT, upload, work
from review.harness import Site
from webarchives import TARQA, Warc

HOSTILE = '<html><title>"><script>alert(1)</script></title><body><p>%s</p><svg onload=alert(1)></svg></body></html>'


def test_upload_is_on_disk_before_it_is_accepted_then_read_and_grouped(site: Site) -> None:
    answer = upload(site, ("post-1.txt", TEXT), ("post-2.txt", TEXT + b"more"), outlet="Kessar Post")
    assert [j["state"] for j in json.loads(answer.content)["jobs"]] == ["waiting", "waiting"]
    for job in Job.objects.all():
        assert received.path_of(site.book, job.about["path"]).stat().st_size == job.about["size"]
    done = work(site)
    assert [(j.kind, j.state) for j in done] == [("add", "done"), ("add", "done"), ("regroup", "done")]
    row = models.Report.objects.using(site.book.alias).get(name="post-1")
    assert (row.outlet, row.added_by, row.data["origin"]["path"]) == ("Kessar Post", "Amal", "post-1.txt")
    assert (site.book.originals / row.original[:2] / row.original).read_bytes() == TEXT
    assert done[2].result["new"] + done[2].result["changed"] > 0
    assert not list(received.folder(site.book).glob("*"))


def test_upload_of_what_is_there_already_adds_nothing(site: Site) -> None:
    upload(site, ("a.txt", TEXT))
    work(site)
    upload(site, ("b.txt", TEXT))
    assert [j.result.get("known") for j in work(site) if j.kind == "add"] == [0, 1]


def test_upload_of_many_reports_is_grouped_in_turns(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doing, "TURN", 2)
    monkeypatch.setattr(doing, "TOGETHER", 2)
    lines = [json.dumps({"id": f"wire-{n}", "text": TEXT.decode().replace("seven", str(n))}) for n in range(5, 10)]
    turns: list[int] = []
    monkeypatch.setattr(grouping, "update", lambda book: turns.append(models.Report.objects.using("default").count()))
    upload(site, ("wire.jsonl", "\n".join(lines).encode()))
    worker.do(site.book, Job.objects.earliest("id"))
    assert turns == [21, 23]
    assert Job.objects.earliest("id").result["reports"] == 5


def test_paste_keeps_title_outlet_and_day(site: Site) -> None:
    said = {"text": TEXT.decode().replace("\n", "\r\n"), "title": "Shells hit / Merisk", "outlet": "Post"}
    answer = site.client("Amal").post("/add/text/", {**said, "published": "2024-06-03"})
    assert answer.status_code == 302
    assert work(site)[0].state == "done"
    row = models.Report.objects.using(site.book.alias).latest("id")
    assert (row.title, row.outlet, str(row.published)) == ("Shells hit / Merisk", "Post", "2024-06-03")
    assert "\r" not in row.text


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "media"),
        ("blank.txt", b"  \n ", "empty"),
        ("broken.json", b"{", ""),
        ("archive.wacz", b"PK\x03\x04" + bytes(40), ""),
    ],
)
def test_upload_that_cannot_be_read_fails_by_name_and_is_kept(site: Site, name: str, raw: bytes, code: str) -> None:
    upload(site, (name, raw))
    job = work(site)[0]
    assert job.state == "failed"
    assert name in job.error
    assert job.advice
    assert str(site.book.folder) not in job.error + job.advice
    assert received.path_of(site.book, job.about["path"]).read_bytes() == raw
    page = site.client("Amal").get("/jobs/?state=failed").content.decode()
    assert name in page
    client = site.client("Amal")
    assert client.post(f"/jobs/{job.pk}/again/").status_code == 302
    assert work(site)[0].state == "failed"
    client.post(f"/jobs/{job.pk}/forget/")
    assert not Job.objects.filter(pk=job.pk).exists()
    assert not received.path_of(site.book, job.about["path"]).exists()


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=alert(1)>.html",
        "../../../etc/passwd.html",
        "a" * 300 + ".html",
        "\u202elmth.exe.html",
        "CON.html",
    ],
)
def test_upload_with_a_hostile_name_stays_in_its_folder_and_is_escaped(site: Site, name: str) -> None:
    upload(site, (name, (HOSTILE % ("Shells killed seven people in Merisk on Sunday, a doctor said. " * 9)).encode()))
    [job] = Job.objects.all()
    path = received.path_of(site.book, job.about["path"])
    assert path.parent.parent == received.folder(site.book).resolve()
    work(site)
    client = site.client("Amal")
    row = models.Report.objects.using(site.book.alias).latest("id")
    for address in ("/jobs/", "/reports/", f"/claims/new/?report={row.name}"):
        page = client.get(address).content.decode()
        assert "<img src=x" not in page
        assert "<script>alert" not in page
        assert "<svg onload" not in page


def test_upload_of_nothing_says_so_and_keeps_what_was_typed(site: Site) -> None:
    answer = site.client("Amal").post("/add/text/", {"text": " ", "outlet": "Kessar Post"})
    assert answer.status_code == 400
    assert "Kessar Post" in answer.content.decode()
    assert upload(site, ("empty.txt", b"")).status_code == 400
    assert not Job.objects.exists()
    assert not list(received.folder(site.book).glob("*"))


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://[::1]:8000/x", "http://169.254.169.254/", "http://localhost/", "ftp://a", "http://"],
)
def test_capture_refuses_addresses_that_lead_inside(site: Site, url: str) -> None:
    answer = site.client("Amal").post("/add/page/", {"urls": url})
    assert answer.status_code == 400
    assert not Job.objects.exists()


def test_capture_says_when_there_is_no_browser(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("probata.review.work.adding.program", _none)
    assert not adding.can_capture()
    assert "needs Chromium" in site.client("Amal").get("/add/").content.decode()
    site.client("Amal").post("/add/page/", {"urls": "https://post.example/1"})
    monkeypatch.setattr("probata.capture.devtools.program", _none)
    job = work(site)[0]
    assert (job.state, "Chromium" in job.error + job.advice) == ("failed", True)


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were captured, by a stand-in that writes the same archive for each."""
    urls_of: list[str] = []

    def captured(urls: list[str], out: IO[bytes], **_: object) -> object:
        urls_of.extend(urls)
        out.write(_archive())
        return object()

    monkeypatch.setattr("probata.capture.run.capture", captured)
    return urls_of


def test_capture_saves_the_page_then_reads_it_and_a_kill_in_between_saves_it_once(
    site: Site, saved: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.client("Amal").post("/add/page/", {"urls": "https://post.example/tarqa"})
    job = Job.objects.get()
    with monkeypatch.context() as broken:
        broken.setattr(doing, "_read_file", _killed)
        with pytest.raises(KeyboardInterrupt):
            worker.do(site.book, job)
    assert Job.objects.get().state == "running"
    worker._take_up(site.book)
    assert work(site)[0].result["reports"] == 1
    assert saved == ["https://post.example/tarqa"]
    row = models.Report.objects.using(site.book.alias).latest("id")
    assert row.data["origin"]["capture"]["url"] == "https://post.example/tarqa"
    assert not list(received.folder(site.book).glob("*"))


@pytest.mark.parametrize("setting", ["https_proxy", "HTTPS_PROXY", "ALL_PROXY"])
def test_capture_goes_around_no_proxy_unless_the_server_may(
    site: Site, saved: list[str], monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    job = jobs.ask("capture", {"url": "https://post.example/tarqa"}, "Amal")  # asked for before the proxy was set
    monkeypatch.setenv(setting, "http://127.0.0.1:9")
    answer = site.client("Amal").post("/add/page/", {"urls": "https://post.example/tarqa"})
    assert (answer.status_code, "through a proxy" in answer.content.decode()) == (400, True)
    assert [j.state for j in work(site)] == ["failed"]
    assert (saved, Job.objects.count()) == ([], 1)
    monkeypatch.setenv("PROBATA_DIRECT", "yes")
    jobs.again(Sight(site.book, site.person("Amal")), job.pk)
    assert work(site)[0].result["reports"] == 1
    assert site.client("Amal").post("/add/page/", {"urls": "https://post.example/tarqa"}).status_code == 302
    assert saved == ["https://post.example/tarqa"]


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def _archive() -> bytes:
    made = Warc()
    made.response("https://post.example/tarqa", TARQA)
    return made.raw


def _none() -> str:
    from probata.model.errors import SetupError

    raise SetupError("no-browser", "capture", "needs Chromium.", "Install it.")


def test_readers_hand_over_nothing(site: Site) -> None:
    client = site.client("Rana", "reader")
    sent = {"files": io.BytesIO(TEXT)}
    asked = [client.get("/add/"), client.get("/jobs/"), client.post("/add/files/", sent), client.post("/add/text/")]
    assert [a.status_code for a in asked] == [403] * 4
