"""One exchange: kept byte for byte, within limits, over certificates that hold."""

from __future__ import annotations

import hashlib
import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from capture.conftest import PAGES, Server, soon
from probata.acquire.httpmessage import entity
from probata.capture.addresses import Addresses
from probata.capture.limits import Limits
from probata.capture.wire import Exchange, exchange
from probata.model.errors import InputError
from webarchives import TARQA

LIMITS = Limits(private=True, largest=2_000_000, silence=2.0)


def got(url: str, limits: Limits = LIMITS, seconds: float = 5.0) -> Exchange:
    return exchange(url, "GET", [("Accept", "*/*")], Addresses(allow_private=True), limits, soon(seconds))


@pytest.mark.parametrize("path", ["/tarqa", "/zipped", "/chunked", "/report.pdf"])
def test_wire_keeps_what_was_sent(server: Server, path: str) -> None:
    there = got(server.url(path))
    assert there.head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert there.head.endswith(b"\r\n\r\n")
    assert there.request.startswith(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.server_port}\r\n".encode())
    assert there.address == "127.0.0.1"
    assert there.secured is None
    assert entity(there.body, there.said, 10**6, "x") == PAGES.get(path, ("", TARQA))[1]


@pytest.mark.parametrize(
    "path, code, words",
    [
        ("/large", "too-large", "more than 2 MB"),
        ("/endless", "too-large", "more than 2 MB"),
        ("/endless-chunks", "too-large", "more than 2 MB"),
        ("/headers", "http", "headers without end"),
        ("/drip", "slow", "no answer in time"),
        ("/cut", "cut", "nothing of it is saved"),
        ("/noise", "http", "did not answer in HTTP"),
    ],
)
def test_wire_refuses_what_has_no_end(server: Server, path: str, code: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        got(server.url(path), seconds=1.0)
    assert caught.value.code == code
    assert path in str(caught.value)


def test_wire_no_server_is_named() -> None:
    with pytest.raises(InputError, match="cannot be reached"):
        got("http://127.0.0.1:9/")


def test_wire_headers_of_pages_cannot_break_a_request(server: Server) -> None:
    addresses = Addresses(allow_private=True)
    headers = [("Referer", "x\r\nX-Injected: 1\r\n\r\nGET /other HTTP/1.1"), ("Host", "other.example")]
    there = exchange(server.url("/tarqa"), "GET", headers, addresses, LIMITS, soon(5))
    assert b"\r\nX-Injected" not in there.request
    assert b"other.example" not in there.request
    assert there.request.count(b"\r\n\r\n") == 1


def test_wire_a_certificate_that_does_not_hold_is_an_error(secure_server: tuple[Server, Path]) -> None:
    server, _ = secure_server
    with pytest.raises(InputError, match="certificate that does not hold: self") as caught:
        got(server.url("/tarqa", "localhost"))
    assert caught.value.code == "certificate"


def test_wire_tells_what_tls_agreed_on(secure_server: tuple[Server, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    server, certificate = secure_server
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    there = got(server.url("/tarqa", "localhost"))
    der = ssl.PEM_cert_to_DER_cert(certificate.read_text())
    assert there.secured
    assert there.secured.version == "tls/1.3"
    assert there.secured.cipher.startswith("TLS_")
    assert there.secured.certificate == hashlib.sha256(der).hexdigest()
    assert there.secured.subject == "commonName=localhost"
    with pytest.raises(InputError, match="certificate that does not hold"):  # a name it was not made for
        got(server.url("/tarqa"))


def test_wire_private_addresses_are_refused_unless_allowed(server: Server) -> None:
    before = len(server.asked)
    with pytest.raises(InputError, match="loopback"):
        exchange(
            server.url("/tarqa"), "GET", [], Addresses(allow_private=False), replace(LIMITS, private=False), soon(5)
        )
    assert len(server.asked) == before
