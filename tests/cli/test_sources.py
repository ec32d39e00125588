"""`probata sources` and `probata why`: what they take, what they print, how they end."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assess.dossiers import COPIES, POST
from probata.cli import sources, why
from probata.cli.claimfiles import claim_named
from probata.model.errors import InputError

Run = Callable[..., int]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    lines = "".join(json.dumps(r) + "\n" for r in (POST, *COPIES))
    (tmp_path / "claims.jsonl").write_text(lines, encoding="utf-8")
    top = argparse.ArgumentParser()
    verbs = top.add_subparsers(required=True)
    sources.add(verbs)
    why.add(verbs)

    def call(*words: str) -> int:
        chosen = top.parse_args(
            [*words[:2], *words[2:], *(() if "--claims" in words else ("--claims", "claims.jsonl"))]
        )
        status: int = chosen.run(chosen)
        return status

    return call


def test_sources_takes_an_incident_its_beginning_or_a_claim(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sources", "post-1#1", "--format", "json") == 0
    said = capsys.readouterr().out
    name = json.loads(said)["incident"]
    for other in (name, name[:8]):
        assert run("sources", other, "--format", "json") == 0
        assert capsys.readouterr().out == said


def test_sources_formats(run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run("sources", "post-1#1") == 0
    assert "and 4 reports that copy it" in capsys.readouterr().out
    assert run("sources", "post-1#1", "--format", "html", "-o", "tree.html") == 0
    assert (tmp_path / "tree.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("words", [("sources", "inc-none"), ("sources", "inc-"), ("why", "post-1#1", "none")])
def test_sources_unknown_name_says_what_to_do(run: Run, words: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="probata link"):
        run(*words)


def test_sources_bad_line_is_status_1(run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with (tmp_path / "claims.jsonl").open("a", encoding="utf-8") as file:
        file.write("{\n")
    assert run("sources", "post-1#1") == 1
    assert "line 7" in capsys.readouterr().err


def test_sources_nothing_readable_is_status_2(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sources", "post-1#1", "--claims", "none.jsonl") == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_why_prints_table_and_json(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("why", "post-1#1", "wire-0#1") == 0
    assert "one incident from" in capsys.readouterr().out
    assert run("why", "post-1#1", "wire-0#1", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["features"]


def test_why_reads_decisions(run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = tmp_path / "decisions.jsonl"
    rows.write_text('{"a": "post-1#1", "b": "wire-0#1", "same": false, "who": "Anna Weil"}\n\n', encoding="utf-8")
    assert run("why", "post-1#1", "wire-0#1", "--decisions", "decisions.jsonl", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["together"], found["decisions"][0]["who"]) == (False, "Anna Weil")


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"a": "x", "b": "y"}', '{"a": "x", "b": "x", "same": true}', '{"a": "x", "same": true}',
     '{"a": 1, "b": "y", "same": true}', '{"a": "x", "b": "y", "same": "yes"}'],
)  # fmt: skip
def test_why_decision_that_is_none_stops_it(run: Run, tmp_path: Path, line: str) -> None:
    (tmp_path / "decisions.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        run("why", "post-1#1", "wire-0#1", "--decisions", "decisions.jsonl")


def test_why_missing_decisions_are_an_error(run: Run) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        run("why", "post-1#1", "wire-0#1", "--decisions", "none")


def test_why_takes_the_beginning_of_an_id(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("why", "post-1", "wire-0", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["b"] == "wire-0#1"
    with pytest.raises(InputError, match="probata link"):
        run("why", "post-1#1", "wire-")


@pytest.mark.parametrize(
    "name, found",
    [("sha256:abcdef12", "sha256:abcdef123"), ("abcdef12", "sha256:abcdef123"), ("abcdef", None), ("abc", None)],
)
def test_why_claims_by_digest(name: str, found: str | None) -> None:
    ids = ["sha256:abcdef123", "sha256:abcdef999"]
    if found is None:
        with pytest.raises(InputError):
            claim_named(name, ids, "x")
    else:
        assert claim_named(name, ids, "x") == found
