"""Which addresses a capture reaches: public ones, each name resolved once."""

from __future__ import annotations

import pytest

from probata.capture.addresses import Addresses, checked, private
from probata.model.errors import InputError


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "100.100.100.200", "192.0.0.192", "198.18.0.1", "224.0.0.1", "255.255.255.255", "168.63.129.16", "::1", "::",
        "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::1",
        "2001:db8::1", "nonsense", "",
    ],
)  # fmt: skip
def test_addresses_inside_are_named(address: str) -> None:
    assert private(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_addresses_of_the_public_internet_are_not(address: str) -> None:
    assert private(address) is None


def test_addresses_a_name_is_resolved_once_whatever_it_says_later() -> None:
    answers = [["93.184.215.14"], ["127.0.0.1"]]
    known = Addresses(allow_private=False, resolve=lambda _host, _port: answers.pop(0))
    assert known.of("post.example", 443, "https://post.example/") == ["93.184.215.14"]
    assert known.of("post.example", 443, "https://post.example/") == ["93.184.215.14"]
    assert len(answers) == 1


def test_addresses_one_private_answer_among_public_ones_refuses_all() -> None:
    known = Addresses(allow_private=False, resolve=lambda _host, _port: ["93.184.215.14", "10.0.0.1"])
    for _ in range(2):
        with pytest.raises(InputError, match=r"10\.0\.0\.1, a private") as caught:
            known.of("post.example", 443, "https://post.example/")
        assert "--allow-private" in caught.value.advice
    allowed = Addresses(allow_private=True, resolve=lambda _host, _port: ["10.0.0.1"])
    assert allowed.of("post.example", 443, "https://post.example/") == ["10.0.0.1"]


def test_addresses_without_answer_are_named() -> None:
    known = Addresses(allow_private=False, resolve=lambda _host, _port: [])
    with pytest.raises(InputError, match="is not known"):
        known.of("nowhere.example", 80, "http://nowhere.example/")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_addresses_of_this_machine_in_any_spelling_are_refused(host: str) -> None:
    with pytest.raises(InputError):
        Addresses(allow_private=False).of(host.strip("[]"), 80, f"http://{host}/")


@pytest.mark.parametrize(
    "given, whole",
    [
        ("https://post.example/1", "https://post.example/1"),
        ("post.example/1#top", "https://post.example/1"),
        (" http://post.example:8080/?a=b ", "http://post.example:8080/?a=b"),
        ("http://[::1]/x", "http://[::1]/x"),
    ],
)
def test_addresses_given_by_people_are_made_whole(given: str, whole: str) -> None:
    assert checked(given) == whole


@pytest.mark.parametrize(
    "given",
    ["", "file:///etc/passwd", "javascript:alert(1)", "ftp://post.example/", "https://", "https://a b/", "http://[::",
     "http://post.example:99999/", "https://post.example/\r\nX: y", "data:text/html,x", "http://post.example:0/",
     "https://me:secret@post.example/", "https://post.example/" + "x" * 9000],
)  # fmt: skip
def test_addresses_that_are_none_are_refused(given: str) -> None:
    with pytest.raises(InputError) as caught:
        checked(given)
    assert "secret" not in str(caught.value)
