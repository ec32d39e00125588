"""Requirement 22 on a casebook: version 1 still opens after X2 has widened the range, and X4 stays apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from probata.cli.main import main
from seed import seed_text

# The leads in our own words: what the body said, as a daily could have printed it.
X2 = """UN office: at least 82 civilians killed in Aleppo

Pro-government forces killed at least 82 civilians, among them 11 women and 13 children, in Aleppo on Monday, \
the UN human rights office said on Tuesday.
"""
X4 = """Bodies found in Aleppo districts

Rebels executed 21 civilians in Aleppo on Sunday, the Syrian state news agency SANA reported on Monday.
"""
Show = Callable[..., Any]


@pytest.fixture
def show(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Show:
    """Reports into a casebook one after the other, and what a verb prints of it as JSON."""
    monkeypatch.setenv("PROBATA_HOME", str(tmp_path / "casebook"))
    monkeypatch.setenv(
        "DJANGO_ALLOW_ASYNC_UNSAFE", "1"
    )  # the browser of other tests leaves an event loop in this thread
    for name, text in (("seed", seed_text(shared)), ("x2", X2), ("x4", X4)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")

    def call(*words: str) -> Any:
        if words[0] == "add":
            day = "2016-12-26" if words[1] == "x4" else "2016-12-13"
            path = str(tmp_path / f"{words[1]}.txt")
            assert main(["add", path, "--published", day, "--outlet", f"Outlet of {words[1]}"]) == 0
            return capsys.readouterr().out
        assert main([*words, "--format", "json"]) == 0
        return json.loads(capsys.readouterr().out)

    return call


def killings(show: Show) -> list[dict[str, Any]]:
    return [r for r in show("incidents") if r["type"] == "killing"]


def test_22_casebook_keeps_version_1_and_says_what_changed(show: Show) -> None:
    show("add", "seed")
    (first,) = killings(show)
    assert (first["killed"]["low"], first["killed"]["high"], first["independent_sources"]) == (190, 199, 1)
    show("add", "x2")
    (now,) = killings(show)
    assert now["id"] == first["id"]
    assert (now["killed"]["low"], now["killed"]["high"], now["independent_sources"]) == (82, 199, 2)
    assert (first["grade"], now["grade"]) == ("Weak", "Fair")
    old = show("incident", first["id"], "--version", "1")
    assert old["incident"] == first, "nothing was overwritten"
    said = [c["sentence"] for c in show("incident", first["id"])["changes"]]
    assert "killed widened: 190-199 -> 82-199" in said
    assert any(s.startswith("independent sources 1 -> 2") for s in said)


def test_22_casebook_holds_the_later_bodies_apart(show: Show) -> None:
    for name in ("seed", "x2", "x4"):
        show("add", name)
    one, other = sorted(killings(show), key=lambda r: str(r["from"]))
    assert (one["killed"]["low"], one["killed"]["high"]) == (82, 199)
    assert (other["killed"]["low"], other["killed"]["high"]) == (21, 21)
    assert other["accused"] == ["opposition armed groups"]
    assert {a["answer"] for r in (one, other) for a in r["answers"]} == {"none reported"}
