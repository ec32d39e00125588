"""Text made safe for a terminal or a page, and its width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probata.export.plain import isolated, one_line, plain, width, wrapped


@pytest.mark.parametrize(
    "text, safe",
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07x", "]0;titlex"),
        ("\u202edenied\u202c", "denied"),
        ("a\u2066b\u2069c\u200fd\u061ce", "abcde"),
        ("a\r\nb\u2028c\rd", "a\nb\nc\nd"),
        ("a\x9bb\x00c\x7f", "abc"),
        ("\ufeffa\U000e0041b", "ab"),
        ("می\u200cشود", "می\u200cشود"),  # the joiner belongs to the word
    ],
)
def test_plain_leaves_out_what_could_deceive(text: str, safe: str) -> None:
    assert plain(text) == safe


@pytest.mark.parametrize(
    "text, columns",
    [("abc", 3), ("市場", 4), ("e\u0301", 1), ("طرقة", 4), ("a\u200cb", 2), ("\u2068a\u2069", 1), ("", 0)],
)
def test_plain_width(text: str, columns: int) -> None:
    assert width(text) == columns


def test_plain_isolates_right_to_left_text_only() -> None:
    assert isolated("طرقة") == "\u2068طرقة\u2069"
    assert isolated("Tarqa") == "Tarqa"


@given(st.text(max_size=200), st.integers(2, 40))
def test_plain_wrapped_loses_no_word_and_fits(text: str, columns: int) -> None:
    line = one_line(text)
    lines = wrapped(line, columns)
    assert "".join(lines).replace(" ", "") == line.replace(" ", "")
    assert all(width(x) <= columns for x in lines)
