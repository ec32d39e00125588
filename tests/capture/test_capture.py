"""Captures with a real browser from a real server: what is saved, what is refused, and that others can check it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from capture.conftest import PAGES, PDF, Server
from probata.acquire import reports
from probata.capture.devtools import Browser
from probata.capture.limits import Limits
from probata.capture.run import capture
from probata.capture.visit import Visit
from probata.model.errors import InputError, SetupError
from probata.model.report import Report
from webarchives import pack

pytestmark = pytest.mark.usefixtures("chromium")
LIMITS = Limits(private=True, largest=3_000_000, seconds=25.0, silence=4.0, redirects=5)


class Made:
    """A capture that was made: what was told of each visit, and the archive."""

    def __init__(self, path: Path, *urls: str, limits: Limits = LIMITS) -> None:
        self.path, self.visits = path, list[Visit]()
        with path.open("wb") as out:
            self.tools = capture(urls, out, limits, self.visits.append)

    def records(self) -> list[tuple[str, str, dict[str, str], bytes, bytes]]:
        """Type, address, headers, block head and payload of each record, as warcio reads them."""
        with zipfile.ZipFile(self.path) as zipped, zipped.open("archive/data.warc.gz") as file:
            return [
                (
                    r.rec_type,
                    r.rec_headers.get_header("WARC-Target-URI") or "",
                    dict(r.rec_headers.headers),
                    str(r.http_headers or "").encode(),
                    r.content_stream().read(),
                )
                for r in ArchiveIterator(io.BytesIO(file.read()), check_digests="raise")
            ]

    def told(self, url: str) -> dict:
        """What the archive itself says of the capture of a page."""
        (found,) = [json.loads(r[4]) for r in self.records() if r[0] == "metadata" and r[1] == f"urn:capture:{url}"]
        return dict(found)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Made:
    """Two sound pages in one archive."""
    return Made(tmp_path_factory.mktemp("full") / "a.wacz", server.url("/hop/2"), server.url("/arabic"))


def test_capture_saves_the_page_and_all_it_shows(full: Made, server: Server) -> None:
    saved = {uri: body for kind, uri, _, _, body in full.records() if kind == "response"}
    for path in (
        "/tarqa",
        "/pixel.png",
        "/style.css",
        "/back.png",
        "/script.js",
        "/data.json",
        "/frame",
        "/in-frame.png",
        "/late.png",
        "/arabic",
    ):
        assert saved[server.url(path)] == PAGES[path][1], path
    assert server.url("/gone.png") in saved  # what the server answered is kept, even that it is not there
    assert {server.url(f"/hop/{n}") for n in (2, 1, 0)} <= set(saved)


def test_capture_keeps_headers_address_time_and_both_sides(full: Made, server: Server) -> None:
    kinds = [r for r in full.records() if r[1] == server.url("/tarqa")]
    ((_, _, told, head, _),) = [r for r in kinds if r[0] == "response"]
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"Content-Type: text/html; charset=utf-8" in head
    assert told["WARC-IP-Address"] == "127.0.0.1"
    assert told["WARC-Date"].endswith("Z")
    assert told["WARC-Payload-Digest"] == "sha256:" + hashlib.sha256(PAGES["/tarqa"][1]).hexdigest()
    ((_, _, asked, _, _),) = [r for r in kinds if r[0] == "request"]
    assert asked["WARC-Concurrent-To"] == told["WARC-Record-ID"]


def test_capture_keeps_a_picture_of_the_whole_page_and_its_markup(full: Made, server: Server) -> None:
    resources = {uri: body for kind, uri, _, _, body in full.records() if kind == "resource"}
    picture = resources["urn:fullPage:" + server.url("/tarqa")]
    assert picture.startswith(b"\x89PNG")
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert width == 1280
    assert height > 5000
    assert "near the old bridge" in resources["urn:dom:" + server.url("/tarqa")].decode()


def test_capture_names_its_tools_and_what_was_not_saved(full: Made, server: Server) -> None:
    assert full.tools
    info = next(r[4] for r in full.records() if r[0] == "warcinfo").decode()
    assert "software: probata " in info
    assert full.tools.browser.split()[-1] in info
    assert "browser-sandbox: on" in info
    told = full.told(server.url("/tarqa"))
    assert told["redirects"] == 3
    assert told["status"] == 200
    assert told["not_saved"] == [{"url": server.url("/send"), "why": "is a POST request, which is not sent"}]
    assert not [path for method, path, _ in server.asked if method == "POST"]
    assert full.visits[0].missing == [(server.url("/send"), "is a POST request, which is not sent")]


def test_capture_is_read_again_with_its_times_and_hashes(full: Made, server: Server) -> None:
    first, second = [r for r in reports([full.path]) if isinstance(r, Report)]
    assert (first.url, first.title) == (server.url("/tarqa"), "Six die in Tarqa")
    assert any(gap.startswith("asked for as " + server.url("/hop/2")) for gap in first.gaps)
    assert (second.url, second.language, second.title) == (server.url("/arabic"), "ar", "مقتل ستة في ترقا")
    assert first.origin
    assert first.origin.file == hashlib.sha256(full.path.read_bytes()).hexdigest()
    assert first.origin.sha256 == hashlib.sha256(PAGES["/tarqa"][1]).hexdigest()
    assert first.origin.capture
    assert first.origin.capture.checked
    assert first.origin.capture.tool.startswith("probata ")


def test_capture_is_a_wacz_to_others(full: Made) -> None:
    pytest.importorskip("wacz", reason="the package wacz validates archives: make setup installs it")
    command = [sys.executable, "-m", "wacz.main", "validate", "-f", str(full.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Version detected as 1.1.1" in done.stdout
    with zipfile.ZipFile(full.path) as zipped:
        parts = {name: zipped.read(name).replace(b"All Pages", b"No Pages!") for name in zipped.namelist()}
    changed = pack(full.path.with_name("changed.wacz"), parts)
    done = subprocess.run([*command[:-1], str(changed)], capture_output=True, text=True, check=False)
    assert "the passed WACZ is invalid" in done.stdout


def test_capture_index_points_at_the_records(full: Made) -> None:
    with zipfile.ZipFile(full.path) as zipped:
        lines = zipped.read("indexes/index.cdx").decode().splitlines()
        warc = zipped.read("archive/data.warc.gz")
    assert lines == sorted(lines)
    assert len(lines) == sum(r[0] == "response" for r in full.records())
    for line in lines:
        told = json.loads(line.split(" ", 2)[2])
        part = warc[int(told["offset"]) : int(told["offset"]) + int(told["length"])]
        (record,) = ArchiveIterator(io.BytesIO(part))
        assert record.rec_headers.get_header("WARC-Target-URI") == told["url"]
        assert record.rec_headers.get_header("WARC-Payload-Digest") == told["digest"]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Made:
    """Pages that are hard, hostile or no pages, in one run."""
    paths = "/loop /hop/9 /large /report.pdf /gone /names /inward /alert /cookie /zipped /chunked /cut /download /bomb"
    return Made(tmp_path_factory.mktemp("mixed") / "m.wacz", *(server.url(path) for path in [*paths.split(), "/noise"]))


def visit(made: Made, server: Server, path: str) -> Visit:
    (found,) = [v for v in made.visits if v.asked == server.url(path)]
    return found


@pytest.mark.parametrize(
    "path, words",
    [
        ("/loop", "redirects more than 5 times"),
        ("/hop/9", "redirects more than 5 times"),
        ("/large", "more than 3 MB"),
        ("/cut", "nothing of it is saved"),
        ("/noise", "did not answer in HTTP"),
        ("/bomb", "unpacks to more than 3 MB"),
    ],
)
def test_capture_what_cannot_be_saved_is_named_and_the_rest_goes_on(
    mixed: Made, server: Server, path: str, words: str
) -> None:
    found = visit(mixed, server, path)
    assert found.page is None
    assert found.error
    assert words in str(found.error)


def test_capture_what_is_no_page_is_saved_and_marked(mixed: Made, server: Server) -> None:
    found = visit(mixed, server, "/report.pdf")
    assert found.page
    assert not found.screenshot
    assert found.notes == ["it is application/pdf, not a web page: saved as it is, without a picture"]
    saved = {uri: body for kind, uri, _, _, body in mixed.records() if kind == "response"}
    assert saved[server.url("/report.pdf")] == PDF
    assert saved[server.url("/download")] == PAGES["/download"][1]
    wrong = [str(e) for e in reports([mixed.path]) if isinstance(e, InputError)]
    assert any(
        "/report.pdf: is application/pdf. It stays in the archive as it was received and is not read." in e
        for e in wrong
    )
    assert any("/gone: answered with status 404." in e for e in wrong)


def test_capture_of_a_page_that_is_not_there_says_so(mixed: Made, server: Server) -> None:
    found = visit(mixed, server, "/gone")
    assert found.page
    assert found.page.said.status == 404
    assert found.screenshot


def test_capture_cookies_and_encodings_are_as_a_browser_has_them(mixed: Made, server: Server) -> None:
    for path in ("/cookie", "/zipped", "/chunked", "/alert"):
        assert visit(mixed, server, path).title == "Six die in Tarqa", path
    urls = [r.url for r in reports([mixed.path]) if isinstance(r, Report)]
    for path in ("/cookie", "/zipped", "/chunked", "/alert", "/names", "/inward"):
        assert server.url(path) in urls, path


def test_capture_hostile_names_stay_data(mixed: Made, server: Server) -> None:
    found = visit(mixed, server, "/names")
    assert found.page
    assert "\n" not in found.title
    with zipfile.ZipFile(mixed.path) as zipped:
        names = "archive/data.warc.gz indexes/index.cdx pages/pages.jsonl datapackage.json datapackage-digest.json"
        assert zipped.namelist() == names.split()
    asked = [path for _, path, _ in server.asked]
    assert not any("etc/passwd" in path and ".." in path.split("?")[0].split("/") for path in asked)
    assert not any(uri.startswith("file:") for _, uri, *_ in mixed.records())


def test_capture_of_inside_addresses_is_refused_within_pages_too(tmp_path: Path, server: Server) -> None:
    def resolve(host: str, _port: int) -> list[str]:
        return ["127.0.0.1"] if host == "post.example" else [host]

    asked = len(server.asked)
    told: list[Visit] = []
    with (tmp_path / "a.wacz").open("wb") as out:
        found = capture(
            [server.url("/tarqa"), f"http://post.example:{server.server_port}/"], out, told=told.append, resolve=resolve
        )
    assert found is None
    assert [v.error.code for v in told if v.error] == ["private", "private"]
    assert len(server.asked) == asked


def test_capture_redirects_and_pictures_cannot_lead_inside(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probata.capture import addresses

    # the server's own address counts as public here; all other private ones are refused as ever
    inside = addresses.private
    monkeypatch.setattr(addresses, "private", lambda ip: None if ip == "127.0.0.1" else inside(ip))
    made = Made(tmp_path / "a.wacz", server.url("/inward"), limits=Limits(seconds=25.0))
    assert made.visits[0].page
    why = dict(made.visits[0].missing)
    assert "169.254.169.254, a link-local address" in why["http://169.254.169.254/latest/meta-data/"]
    assert "10.1.2.3, a private" in why["http://10.1.2.3/"]


def test_capture_of_a_page_that_never_rests_ends(tmp_path: Path, server: Server) -> None:
    limits = Limits(private=True, seconds=8.0, silence=2.0)
    made = Made(tmp_path / "a.wacz", server.url("/busy"), server.url("/drip"), server.url("/arabic"), limits=limits)
    busy, drip, arabic = made.visits
    assert busy.page
    assert any("too busy" in note for note in busy.notes)
    assert drip.error
    assert arabic.title == "مقتل ستة في ترقا"  # the browser is still of use


def test_capture_certificates_that_do_not_hold_are_errors(
    tmp_path: Path, secure_server: tuple[Server, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, certificate = secure_server
    url = server.url("/tarqa", "localhost")
    made = Made(tmp_path / "a.wacz", url)
    assert made.tools is None
    assert made.visits[0].error
    assert made.visits[0].error.code == "certificate"
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    made = Made(tmp_path / "b.wacz", url)
    told = next(r[2] for r in made.records() if r[0] == "response" and r[1] == url)
    assert told["TLS-Version"] == "tls/1.3"
    assert told["WARC-Cipher-Suite"].startswith("TLS_")
    assert len(told["TLS-Certificate-SHA256"]) == 64


def test_capture_leaves_no_process_and_no_profile() -> None:
    browser = Browser()
    home, pid = browser._home, browser._pid
    assert Path(home).is_dir()
    browser.close()
    assert not Path(home).exists()
    left = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True).stdout.splitlines()
    assert not [line for line in left if line.split()[0] == str(pid) and "Z" not in line]


def _navigated(browser: Browser, url: str) -> str:
    """What the browser says of going to an address by itself."""
    target = browser.call("Target.createTarget", url="about:blank")["targetId"]
    session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    return str(browser.call("Page.navigate", 20, session, url=url).get("errorText"))


def test_capture_the_browser_itself_reaches_no_network(server: Server) -> None:
    asked = len(server.asked)
    browser = Browser()
    try:
        for host in ("127.0.0.1", "localhost"):
            assert _navigated(browser, server.url("/tarqa", host)).startswith("net::ERR_")
    finally:
        browser.close()
    assert len(server.asked) == asked


@pytest.mark.skipif(os.getuid() != 0, reason="who is not root runs the browser as themselves")
def test_capture_by_root_runs_the_browser_as_nobody_in_its_sandbox() -> None:
    browser = Browser()
    try:
        told = subprocess.run(["ps", "-eo", "pgid=,user=,args="], capture_output=True, text=True, check=True).stdout
        own = [line.split(None, 2) for line in told.splitlines() if line.split()[0] == str(browser._pid)]
    finally:
        browser.close()
    assert own
    assert {user for _, user, _ in own} == {"nobody"}
    assert not [args for *_, args in own if "--no-sandbox" in args]


def test_capture_a_browser_that_does_not_start_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    false = tmp_path / "chromium"
    false.write_text("#!/bin/sh\nexit 1\n")
    false.chmod(0o755)
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    monkeypatch.setenv("PROBATA_CHROMIUM", str(false))
    with pytest.raises(SetupError, match="cannot start Chromium with its sandbox"):
        Browser()


def test_capture_a_browser_that_dies_takes_no_other_page_with_it(tmp_path: Path, server: Server) -> None:
    told: list[Visit] = []
    killed: list[int] = []

    def resolve(_host: str, _port: int) -> list[str]:
        if not killed:
            found = subprocess.run(["pgrep", "-f", "probata-browser-"], capture_output=True, text=True, check=True)
            killed.extend(int(pid) for pid in found.stdout.split() if _is_ours(int(pid)))
            for pid in killed:
                os.kill(pid, signal.SIGKILL)
            return []
        return ["127.0.0.1"]

    url = f"http://post.example:{server.server_port}/arabic"
    with (tmp_path / "a.wacz").open("wb") as out:
        tools = capture([f"http://first.example:{server.server_port}/", url], out, LIMITS, told.append, resolve=resolve)
    assert killed
    assert told[0].error
    assert tools
    assert told[1].title == "مقتل ستة في ترقا"


def _is_ours(pid: int) -> bool:
    """Whether a process belongs to a browser that this test's own process started."""
    try:
        group = os.getpgid(pid)
        status = Path(f"/proc/{group}/status").read_text()
    except OSError:
        return False
    return f"PPid:\t{os.getpid()}\n" in status
