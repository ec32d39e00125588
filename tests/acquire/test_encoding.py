"""Bytes into text: what is read, what is said about it, what is refused."""

from __future__ import annotations

import contextlib
import os

import pytest

from probata.acquire.encoding import decode
from probata.model.errors import InputError

ENGLISH = "The mayor said shelling killed two people in Brenta – “a café” near the bridge was hit.\n" * 4
ARABIC = "قال شهود إن القصف أسفر عن مقتل عشرة أشخاص في المدينة ومن بينهم أطفال. " * 6
RUSSIAN = "Обстрел города привёл к гибели десяти человек, сообщил мэр. " * 6


@pytest.mark.parametrize(
    "raw, encoding, text",
    [
        (ENGLISH.encode(), "utf-8", ENGLISH),
        (ENGLISH.encode("utf-8-sig"), "utf-8-sig", ENGLISH),
        (ENGLISH.encode("utf-16"), "utf-16", ENGLISH),
        (ENGLISH.encode("utf-32"), "utf-32", ENGLISH),
        (ENGLISH.encode("utf-16-le"), "utf-16-le", ENGLISH),
        (ENGLISH.encode("utf-16-be"), "utf-16-be", ENGLISH),
        (ENGLISH.encode("cp1252"), "windows-1252", ENGLISH),
        (ARABIC.encode("cp1256"), "windows-1256", ARABIC),
        (ARABIC.encode(), "utf-8", ARABIC),
        (b"two\r\nlines", "utf-8", "two\r\nlines"),
    ],
)
def test_encoding_reads_what_was_written(raw: bytes, encoding: str, text: str) -> None:
    got = decode(raw, "f.txt")
    assert (got.encoding, got.text) == (encoding, text)


@pytest.mark.parametrize("encoding", ["cp1252", "cp1256", "utf-16-le"])
def test_encoding_says_what_it_assumed(encoding: str) -> None:
    text = ARABIC if encoding == "cp1256" else ENGLISH
    assert any("encoding" in gap for gap in decode(text.encode(encoding), "f.txt").gaps)


def test_encoding_leaves_out_a_character_cut_at_the_end() -> None:
    got = decode("naïve é".encode()[:-1], "f.txt")
    assert got.text == "naïve "
    assert "1 bytes" in got.gaps[0]


@pytest.mark.parametrize(
    "raw, code",
    [
        (b"abc\0def" * 50, "binary"),
        (bytes(range(256)) * 20, "binary"),
        (RUSSIAN.encode("koi8-r"), "encoding"),  # would become Arabic letters that are no words
        (RUSSIAN.encode("cp1251"), "encoding"),
        ("日本語の報告".encode("shift-jis") * 9, "encoding"),
        (b"\xff\xfe" + b"\x00\xd8" * 3, "encoding"),  # a mark, then damage
        (ENGLISH.encode() + b"\xff" * 400, "encoding"),
    ],
)
def test_encoding_refuses_rather_than_guesses(raw: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(raw, "f.txt")
    assert caught.value.code == code
    assert "f.txt" in str(caught.value)


def test_encoding_never_raises_anything_else() -> None:
    for n in range(200):
        with contextlib.suppress(InputError):
            decode(os.urandom(n), "f")


def test_encoding_believes_what_a_page_declares() -> None:
    got = decode(RUSSIAN.encode("cp1251"), "f.html", declared="windows-1251")
    assert got.text == RUSSIAN
    assert not got.gaps
