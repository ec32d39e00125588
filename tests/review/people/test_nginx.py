"""The proxy of docs/serving.md, tried: nginx with TLS before the server, and a person who signs in through both."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from review.harness import Live, Site
from review.people.asking import NAME, URL, Browser


def free() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def nginx(root: Path, certificate: Path) -> Iterator[Callable[[str, int, int], None]]:
    """Starts nginx as docs/serving.md has it: in front of this server, on these ports for TLS and without."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("no nginx: install the Debian package nginx-light to try the documented proxy")
    running: list[subprocess.Popen[bytes]] = []

    def started(served: str, tls: int, plain: int) -> None:
        documented = (root / "docs" / "serving.md").read_text(encoding="utf-8")
        servers = documented.partition("```nginx\n")[2].partition("```")[0]
        for old, new in (
            ("127.0.0.1:8321", served),
            ("listen 443", f"listen 127.0.0.1:{tls}"),
            ("listen 80", f"listen {plain}"),
        ):
            assert old in servers
            servers = servers.replace(old, new)
        servers = servers.replace("/etc/ssl/", f"{certificate}/")
        kept = "".join(
            f"{k}_temp_path {certificate}/{k};" for k in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        text = f"daemon off; master_process off; pid {certificate}/pid; error_log stderr; events {{}}"
        (certificate / "nginx.conf").write_text(f"{text} http {{ {kept} {servers} }}", encoding="utf-8")
        running.append(subprocess.Popen([program, "-c", str(certificate / "nginx.conf"), "-e", "stderr"]))
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", tls)):
                return
            time.sleep(0.05)

    yield started
    for process in running:
        process.terminate()
        process.wait(20)


def test_behind_nginx_as_documented(
    monkeypatch: pytest.MonkeyPatch,
    site: Site,
    start: Callable[..., Live],
    nginx: Callable[[str, int, int], None],
    certificate: Path,
) -> None:
    tls, plain = free(), free()
    site.person("Basim")
    monkeypatch.setenv("PROBATA_URL", f"{URL}:{tls}")
    nginx(urlsplit(start("--no-worker", "--behind", "127.0.0.1").url).netloc, tls, plain)
    browser = Browser(f"{NAME}:{tls}", ssl.create_default_context(cafile=certificate / "probata.pem"))
    forged = {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Host": "elsewhere.example", "X_Forwarded_Proto": "http"}
    assert browser.sign_in(**forged, Origin="https://elsewhere.example").status == 403
    answer = browser.sign_in(**forged, Origin=f"{URL}:{tls}")
    assert (answer.status, answer.headers["Location"]) == (302, "/reports/")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert all("Secure" in cookie for cookie in browser.cookies)
    sessions = browser.ask("/account/sessions/", **forged).text
    assert "127.0.0.1" in sessions
    assert "203.0.113.9" not in sessions
    moved = Browser(f"127.0.0.1:{plain}").ask("/reports/", Host=NAME)
    assert (moved.status, moved.headers["Location"]) == (301, f"{URL}/reports/")
