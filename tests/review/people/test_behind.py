"""Behind a proxy: who comes, how and by what name is taken from the proxy that was named, and from nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from probata.model.errors import SetupError
from probata.review.behind import believing, network
from probata.review.serving import public
from review.harness import Live, Site
from review.people.asking import URL, Browser


def seen(proxy: str, peer: str, url: str = URL, **headers: str) -> dict[str, Any]:
    """What the application is told of a request that comes from `peer` with these headers."""
    told: dict[str, Any] = {}

    def application(environ: dict[str, Any], _: Callable[..., Any]) -> list[bytes]:
        told.update(environ)
        return []

    environ = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http", "HTTP_HOST": "127.0.0.1:8321", "SERVER_PORT": "8321"}
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    list(believing(application, proxy, url)(environ, lambda *_: None))
    return told


FORGED = {
    "x_forwarded_for": "198.51.100.7",
    "x_forwarded_proto": "https",
    "x_forwarded_host": "elsewhere.example",
    "x_forwarded_port": "444",
    "forwarded": "for=198.51.100.7;proto=https;host=elsewhere.example",
}


@pytest.mark.parametrize(
    ("proxy", "peer"),
    [
        ("", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.2"),
        ("10.1.0.0/16", "10.2.0.1"),
        ("127.0.0.1", ""),
        ("::1", "127.0.0.1"),
    ],
)
def test_behind_what_anybody_else_says_changes_nothing(proxy: str, peer: str) -> None:
    told = seen(proxy, peer, **FORGED)
    assert (told["REMOTE_ADDR"], told["wsgi.url_scheme"], told["HTTP_HOST"]) == (peer, "http", "127.0.0.1:8321")
    assert told["SERVER_PORT"] == "8321"
    assert not [name for name in told if "FORWARDED" in name]


@pytest.mark.parametrize(
    ("proxy", "peer"),
    [("127.0.0.1", "127.0.0.1"), ("10.1.0.0/16", "10.1.3.4"), ("::1", "::1"), ("127.0.0.1", "::ffff:127.0.0.1")],
)
def test_behind_the_proxy_is_believed_of_who_and_how_but_not_of_the_host(proxy: str, peer: str) -> None:
    told = seen(proxy, peer, **{**FORGED, "x_forwarded_for": "203.0.113.9, 198.51.100.7"})
    assert (told["REMOTE_ADDR"], told["wsgi.url_scheme"]) == ("198.51.100.7", "https")
    assert told["HTTP_HOST"] == "probata.example.org"
    assert not [name for name in told if name in ("HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_FORWARDED")]


@pytest.mark.parametrize(
    ("given", "host"),
    [
        ("localhost:8321", "probata.example.org:8443"),
        ("[::1]:8321", "probata.example.org:8443"),
        ("probata.example.org", "probata.example.org:8443"),  # nginx's $host has no port
        ("elsewhere.example", "elsewhere.example"),  # refused by the application, as without a proxy
        ("[", "["),
    ],
)
def test_behind_the_public_address_is_that_of_the_setting(given: str, host: str) -> None:
    assert seen("127.0.0.1", "127.0.0.1", f"{URL}:8443", host=given)["HTTP_HOST"] == host


@pytest.mark.parametrize("value", ["proxy", "", "127.0.0.1:80", "*"])
def test_behind_must_be_an_address(value: str) -> None:
    with pytest.raises(SetupError, match=r"172\.18"):
        network(value)


@pytest.mark.parametrize(
    "url",
    [
        "probata.example.org",
        "ftp://a.example",
        "https://",
        "https://a.example/sub",
        "https://u:p@a.example",
        "http://[",
        "x",
    ],
)
def test_public_address_must_be_one_that_people_can_type(url: str) -> None:
    with pytest.raises(SetupError, match="PROBATA_URL"):
        public(url)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, site: Site, start: Callable[..., Live]) -> Callable[..., Browser]:
    """Starts a server with a public address and gives what asks it, as a proxy would."""

    def started(*options: str) -> Browser:
        site.person("Basim")
        monkeypatch.setenv("PROBATA_URL", URL)
        return Browser(urlsplit(start("--no-worker", *options).url).netloc)

    return started


TLS = {"X_Forwarded_Proto": "https", "X_Forwarded_For": "198.51.100.7"}


def test_behind_sign_in_by_tls_with_the_public_address(told: Callable[..., Browser]) -> None:
    browser = told("--behind", "127.0.0.1")
    assert browser.sign_in(**TLS, Origin="https://elsewhere.example").status == 403
    answer = browser.sign_in(**TLS, Origin=URL)
    assert (answer.status, answer.headers["Location"]) == (302, "/reports/")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert browser.cookies
    assert all("Secure" in c and "HttpOnly" in c and "SameSite=Lax" in c for c in browser.cookies)
    assert browser.ask("/reports/", **TLS).status == 200
    assert browser.ask("/reports/", **TLS, Host="elsewhere.example").status == 400
    plain = browser.ask("/reports/", X_Forwarded_Proto="http")
    assert plain.headers["Strict-Transport-Security"] is None


def test_without_behind_forged_headers_change_nothing(told: Callable[..., Browser]) -> None:
    browser = told()
    forged = {**TLS, "X_Forwarded_Host": "elsewhere.example", "Forwarded": "proto=https;host=elsewhere.example"}
    page = browser.ask("/account/login/", **forged)
    assert page.headers["Strict-Transport-Security"] is None
    assert browser.sign_in(**forged, Origin="https://elsewhere.example").status == 403
    assert "elsewhere" not in str(browser.ask("/", **forged).headers)


MANY = [f"198.51.100.{n}" for n in range(1, 12)]  # one more than may fail in a minute from one address


@pytest.mark.parametrize(
    ("options", "addresses", "throttled"),
    [
        ((), MANY, True),  # all from one client, whatever it says
        (("--behind", "127.0.0.1"), [f"{forged}, 203.0.113.9" for forged in MANY], True),  # the proxy adds the last
        (("--behind", "127.0.0.1"), MANY, False),  # as many people, each with one try
    ],
)
def test_throttling_sees_the_client_and_is_not_fooled_by_a_forged_header(
    told: Callable[..., Browser], options: tuple[str, ...], addresses: list[str], throttled: bool
) -> None:
    browser = told(*options)
    tried = [browser.sign_in(f"somebody {n}", "wrong", X_Forwarded_For=at) for n, at in enumerate(addresses)]
    assert any("Too many" in answer.text for answer in tried) == throttled
    assert "Too many" not in tried[0].text
