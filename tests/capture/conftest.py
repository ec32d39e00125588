"""A web server on the loopback with invented pages, well-meaning and hostile, and a browser to visit them."""

from __future__ import annotations

import gzip
import http.server
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from webarchives import TARQA, article

ARABIC = "قال المجلس المحلي في ترقا إن ستة مدنيين قتلوا في غارة على السوق يوم الاثنين، وإن من بينهم ثلاثة أطفال"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)
PDF = b"%PDF-1.4\n% an invented report on Tarqa\n"
PAGES: dict[str, tuple[str, bytes]] = {
    "/pixel.png": ("image/png", PIXEL),
    "/style.css": ("text/css", b"body { background: url(/back.png) }"),
    "/back.png": ("image/png", PIXEL),
    "/script.js": ("text/javascript", b"fetch('/data.json'); fetch('/send', {method: 'POST', body: 'x'});"),
    "/data.json": ("application/json", b'{"of": "Tarqa"}'),
    "/frame": ("text/html", b"<p>Carpets of Oltrava</p><img src='/in-frame.png'>"),
    "/in-frame.png": ("image/png", PIXEL),
    "/late.png": ("image/png", PIXEL),
    "/report.pdf": ("application/pdf", PDF),
    "/arabic": ("text/html; charset=utf-8", article("مقتل ستة في ترقا", ARABIC, ARABIC, language="ar")),
    "/tarqa": (
        "text/html; charset=utf-8",
        TARQA.replace(
            b"</article>",
            b'<img src="/pixel.png"><img src="/gone.png"><link rel="stylesheet" href="/style.css">'
            b'<script src="/script.js"></script><iframe src="/frame"></iframe>'
            b'<div style="height: 5000px"></div><img src="/late.png" loading="lazy"></article>',
        ),
    ),
    "/busy": ("text/html", TARQA + b"<script>while (true) {}</script>"),
    "/alert": ("text/html", TARQA + b"<script>alert('stop'); confirm('really'); window.print()</script>"),
    "/names": (
        "text/html; charset=utf-8",
        TARQA.replace(b"<title>Six die in Tarqa", "<title>\u202eSix\x1b[31m die\n in Tarqa".encode())
        + b"<img src='/%2e%2e/%2e%2e/etc/passwd'><img src='/a%0d%0ab.png'><img src='file:///etc/passwd'>"
        + b"<img src='http://[::bad/'><img src='/"
        + b"x" * 3000
        + b".png'>",
    ),
    "/inward": (
        "text/html",
        TARQA + b"<img src='http://169.254.169.254/latest/meta-data/'><img src='http://10.1.2.3/'>",
    ),
    "/download": ("application/octet-stream", b"MZ" * 99),
}


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers of an invented server; what it was asked for is kept."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.command, self.path, dict(self.headers)))  # type: ignore[attr-defined]
        path = self.path.split("?")[0]
        if path in PAGES:
            self._answer(200, *PAGES[path])
        elif path.startswith("/hop/"):
            left = int(path[5:])
            self._answer(302, "text/html", b"", Location=f"/hop/{left - 1}" if left else "/tarqa")
        elif path == "/loop":
            self._answer(301, "text/html", b"", Location="/loop")
        elif path == "/cookie":
            known = "k=v" in self.headers.get("Cookie", "")
            more = {} if known else {"Location": "/cookie", "Set-Cookie": "k=v; Path=/"}
            self._answer(200 if known else 302, "text/html", TARQA, **more)
        elif path == "/zipped":
            self._answer(200, "text/html; charset=utf-8", gzip.compress(TARQA), **{"Content-Encoding": "gzip"})
        elif path == "/bomb":
            self._answer(200, "text/html", gzip.compress(bytes(30_000_000)), **{"Content-Encoding": "gzip"})
        elif path == "/chunked":
            self._answer(200, "text/html; charset=utf-8", None, **{"Transfer-Encoding": "chunked"})
            for at in range(0, len(TARQA), 200):
                part = TARQA[at : at + 200]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            self.wfile.write(b"0\r\n\r\n")
        elif path == "/large":
            self._answer(200, "text/html", None, **{"Content-Length": "900000000"})
        elif path in ("/endless", "/endless-chunks"):
            chunked = path == "/endless-chunks"
            self._answer(200, "text/html", None, **({"Transfer-Encoding": "chunked"} if chunked else {}))
            part = b"8000\r\n" + b"x" * 32768 + b"\r\n" if chunked else b"x" * 32768
            while True:
                self.wfile.write(part)
        elif path == "/headers":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while True:
                self.wfile.write(b"X-More: of the same\r\n" * 99)
        elif path == "/drip":
            self._answer(200, "text/html", None, **{"Content-Length": "1000"})
            for _ in range(100):
                self.wfile.write(b"x")
                self.server.over.wait(0.2)  # type: ignore[attr-defined]
        elif path == "/cut":
            self._answer(200, "text/html", TARQA[:200], **{"Content-Length": str(len(TARQA))})
        elif path == "/noise":
            self.wfile.write(b"SSH-2.0-none\r\n\r\n")
        else:
            self._answer(
                404, "text/html", article("Not there", "There is no such page on this server of Oltrava. " * 3)
            )
        self.close_connection = True

    def do_POST(self) -> None:
        self.do_GET()

    def _answer(self, status: int, media: str, body: bytes | None, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        if body is not None and "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    """The server; `url` makes an address of a path."""

    daemon_threads = True
    scheme = "http"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.over = threading.Event()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.server_port}{path}"

    def handle_error(self, *_: Any) -> None:
        """A visitor that hangs up is what most of these tests are about."""


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server() as running:
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield running
        running.over.set()
        running.shutdown()


@pytest.fixture(scope="session")
def secure_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A server with a certificate of its own making for the name localhost, and that certificate's file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl: install the Debian package openssl to try certificates")
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        + [
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-keyout",
            "key.pem",
            "-out",
            "cert.pem",
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    with Server() as running:
        running.scheme = "https"
        running.socket = context.wrap_socket(running.socket, server_side=True)
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield running, folder / "cert.pem"
        running.over.set()
        running.shutdown()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser of the system, or a clear word that it is not there."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium: install the Debian package chromium to try captures")
    return path


def soon(seconds: float) -> float:
    """A moment of the monotonic clock."""
    return time.monotonic() + seconds
