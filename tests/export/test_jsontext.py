"""JSON that any file can hold."""

from __future__ import annotations

import json

import pytest

from probata.export import jsontext


@pytest.mark.parametrize(
    "value", ["\ud800", "a\udfffb", "سوق قرصة", "\U0001f600", "\x00", '"', "\\ud800", "plain", 3, None]
)
def test_jsontext_round_trip(value: object) -> None:
    made = jsontext.text({"x": value})
    assert json.loads(made.encode("utf-8")) == {"x": value}


def test_jsontext_is_readable() -> None:
    assert "سوق" in jsontext.text(["سوق"])
