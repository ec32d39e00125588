"""Canonical JSON: the bytes RFC 8785 asks for, and what is refused."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probata.audit.canonical import LARGEST, canonical, digest
from probata.model.errors import InputError


class Kind(StrEnum):
    CLAIM = "claim"


@pytest.mark.parametrize(
    "value, expected",
    [
        ({}, b"{}"),
        ([], b"[]"),
        ({"b": 1, "a": None}, b'{"a":null,"b":1}'),
        ([True, False, 0, -1], b"[true,false,0,-1]"),
        ((1, "x"), b'[1,"x"]'),
        (Kind.CLAIM, b'"claim"'),
        ({"": 1, "a": {"z": [], "B": 2}}, b'{"":1,"a":{"B":2,"z":[]}}'),
        ('\b\t\n\f\r"\\/\x00\x1f\x7f', b'"\\b\\t\\n\\f\\r\\"\\\\/\\u0000\\u001f\x7f"'),
        ("قتل ستة", '"قتل ستة"'.encode()),
        ("\u2028<é>", '"\u2028<é>"'.encode()),
        (LARGEST, b"9007199254740991"),
    ],
)
def test_canonical_bytes(value: Any, expected: bytes) -> None:
    assert canonical(value) == expected


def test_canonical_keys_are_sorted_by_utf16_units() -> None:
    """U+1F600 is written with surrogates from D83D on, so it comes before U+FB33, whose code point is smaller."""
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    expected = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(canonical(dict.fromkeys(names, 1)))) == expected


def test_canonical_does_not_normalise_letters() -> None:
    assert canonical("e\u0301") != canonical("\u00e9")


@pytest.mark.parametrize(
    "value, word",
    [
        ({"a": [1.0]}, "value.a[0]"),
        (float("nan"), "fraction"),
        (LARGEST + 1, "2^53"),
        (-LARGEST - 1, "2^53"),
        ({1: 2}, "no string"),
        ({"a": "\ud800"}, "U+D800"),
        ({"\udfff": 1}, "U+DFFF"),
        (b"x", "bytes"),
        ({"a": {1, 2}}, "set"),
    ],
)
def test_canonical_refuses(value: Any, word: str) -> None:
    with pytest.raises(InputError, match=r"^value") as raised:
        canonical(value)
    assert word in str(raised.value)


def test_canonical_refuses_depth() -> None:
    value: Any = 1
    for _ in range(5000):
        value = [value]
    with pytest.raises(InputError, match="nested"):
        canonical(value)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_canonical_loses_nothing_and_knows_no_order(value: Any) -> None:
    data = canonical(value)
    read = json.loads(data)
    assert read == value
    assert canonical(_turned(read)) == data
    assert digest(value) == digest(read)


def _turned(value: Any) -> Any:
    """The same value, its keys in the opposite order."""
    if isinstance(value, dict):
        return {k: _turned(value[k]) for k in reversed(list(value))}
    return [_turned(v) for v in value] if isinstance(value, list) else value
