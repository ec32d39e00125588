"""The mail server that PROBATA_MAIL names: what an address means, and a mail that really goes out."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from probata.model.errors import SetupError
from probata.review.mailing import settings_of
from probata.review.models import Job, Notice
from probata.review.server import typed
from probata.review.work import notices
from review.harness import Site


@pytest.mark.parametrize(
    ("url", "host", "port", "whole", "start"),
    [
        ("smtp://mail.example", "mail.example", 25, False, False),
        ("smtp://mail.example:2525", "mail.example", 2525, False, False),
        ("smtp://mail.example:587", "mail.example", 587, False, True),
        ("submission://mail.example", "mail.example", 587, False, True),
        ("submission://mail.example:2587", "mail.example", 2587, False, True),
        ("smtps://mail.example", "mail.example", 465, True, False),
        ("smtps://mail.example:587", "mail.example", 587, True, False),
        ("smtp://[2001:db8::25]", "2001:db8::25", 25, False, False),
    ],
)
def test_mail_address_says_server_port_and_tls(url: str, host: str, port: int, whole: bool, start: bool) -> None:
    found = settings_of(url)
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == (host, port)
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (whole, start)


def test_mail_address_says_who_sends_and_by_what_password() -> None:
    found = settings_of("smtps://post%40probata:a%2Fb%3Ac@mail.example?from=notices@probata.example.org")
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("post@probata", "a/b:c")
    assert found["DEFAULT_FROM_EMAIL"] == "notices@probata.example.org"
    assert settings_of("smtp://mail.example")["DEFAULT_FROM_EMAIL"] == "probata@localhost"


@pytest.mark.parametrize(
    "url",
    ["mail.example", "https://mail.example", "smtp://", "smtp://u:secret@mail.example:x", "smtp://[", "smtps://a/b"],
)
def test_mail_address_that_is_none_is_told_without_its_password(url: str) -> None:
    with pytest.raises(SetupError, match="PROBATA_MAIL") as raised:
        settings_of(url)
    assert "secret" not in str(raised.value)


class Taking(socketserver.StreamRequestHandler):
    """A mail server that takes every mail."""

    def handle(self) -> None:
        """Speak SMTP for one connection."""
        self.wfile.write(b"220 test\r\n")
        for line in self.rfile:
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                mail = b""
                while not mail.endswith(b"\r\n.\r\n"):
                    mail += self.rfile.readline()
                self.server.taken.append(mail.decode())  # type: ignore[attr-defined]
            self.wfile.write(b"250 yes\r\n")
            if line.upper().startswith(b"QUIT"):
                return


class Server(socketserver.ThreadingTCPServer):
    """It, on a port of its own; `taken` are the mails."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.taken: list[str] = []


@contextmanager
def server(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    with Server() as found:
        if tls:
            found.socket = tls.wrap_socket(found.socket, server_side=True)
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield found
        found.shutdown()
        thread.join()


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_mail_of_notices_goes_out(site: Site, certificate: Path, monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    tls = None
    if scheme == "smtps":
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate / "probata.pem", certificate / "probata.key")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "probata.pem"))
    basim = site.person("Basim", email="basim@mail.example")
    Notice.objects.create(person=basim, kind="comment", by="Amal", path="/incidents/secret-name/")
    with server(tls) as found:
        url = f"{scheme}://localhost:{found.server_address[1]}?from=notices@probata.example.org"
        given: dict[str, Any] = settings_of(url)
        with override_settings(**given):
            assert notices.mail(site.book, Job(kind="mail", about={})) == {"sent": 1}
            assert notices.mail(site.book, Job(kind="mail", about={})) == {"sent": 0}
    assert len(found.taken) == 1
    assert "To: basim@mail.example" in found.taken[0]
    assert "From: notices@probata.example.org" in found.taken[0]
    assert "/notices/" in found.taken[0]
    assert "secret-name" not in found.taken[0]
    assert "Amal" not in found.taken[0]


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://localhost:8321/"),  # by its name, for which browsers keep passkeys
        ("::1", "http://[::1]:8321/"),
        ("box.example", "http://box.example:8321/"),
    ],
)
def test_address_that_is_shown_can_be_typed(host: str, address: str) -> None:
    assert typed(host, 8321) == address
