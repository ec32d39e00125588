"""probata search, reports and claims: what they print, how they end, what they say of bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.conftest import Run
from probata.store.opening import casebook
from store.shelf import MARKET, fill


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A casebook of a few reports."""
    folder = tmp_path_factory.mktemp("shelf") / "casebook"
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PROBATA_DATABASE", raising=False)
        with casebook(folder, create=True) as book:
            fill(book)
        yield folder


@pytest.fixture
def run(commanded: Run, monkeypatch: pytest.MonkeyPatch, shelf: Path) -> Run:
    monkeypatch.setenv("PROBATA_HOME", str(shelf))
    return commanded


def test_search_prints_where_the_words_stand(run: Run) -> None:
    status, out, err = run("search", "mayor", "tarqa")
    assert (status, err) == (0, "")
    assert out.split("\n\n")[0].splitlines() == [
        "talks: Cease-fire talks",
        "  Radio Meren, 2031-05-22",
        "    The [mayor] said cease-fire talks in [al-Tarqa] failed; 1,200 families left.",
    ]
    assert "The Karsa Post, 2031-05-20; also in its title" in out
    assert out.endswith("2 reports\n")


def test_search_marks_phrases_in_both_scripts(run: Run) -> None:
    assert "[The mayor] said" in run("search", '"the mayor"')[1]
    _, out, _ = run("search", "قصف")
    assert "[القصف]" in out
    assert "[بقصفٍ]" in out
    assert "\u2068" in out  # right-to-left text does not turn what stands around it


def test_search_for_programs(run: Run) -> None:
    status, out, _ = run("search", "mayor", "--format", "json", "--limit", "2", "--page", "2")
    assert status == 0
    found = json.loads(out)
    assert (found["query"], found["total"], found["first"]) == ("mayor", 3, 3)
    (hit,) = found["hits"]
    assert (hit["report"], hit["published"], hit["in"]) == ("undated", None, ["text"])
    piece = hit["snippet"]
    assert [piece["text"][m["start"] - piece["start"] : m["end"] - piece["start"]] for m in piece["marks"]] == ["mayor"]


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["zero"], "No report has all of it."),
        (["mayor", "--page", "9"], "There are only 3 reports."),
        (["mayor", "--limit", "2"], "1 to 2 of 3 reports; --page"),
        (["qasr"], "outlet not stated, no date; in a place's name"),
    ],
)
def test_search_says_how_much_there_is(run: Run, arguments: list[str], said: str) -> None:
    status, out, _ = run("search", *arguments)
    assert status == 0
    assert said in out


def test_reports_are_listed(run: Run) -> None:
    status, out, err = run("reports")
    assert (status, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()[1:]] == ["division", "market", "arabic", "talks", "undated"]
    _, out, _ = run("reports", "--format", "jsonl", "--outlet", "post")
    assert json.loads(out)["id"] == "market"
    _, out, _ = run("reports", "--format", "json", "--limit", "3")
    assert [r["id"] for r in json.loads(out)] == ["division", "market", "arabic"]
    assert run("reports", "--report", "none") == (0, "No reports.\n", "")
    assert json.loads(run("reports", "--report", "none", "--format", "json")[1]) == []


def test_claims_are_listed(run: Run) -> None:
    status, out, err = run("claims", "--place", "tarqa")
    assert (status, err) == (0, "")
    assert "market Shells kill six at Tarqa market" in out
    assert "Ilan" in out
    assert out.count("who says") == 1
    _, out, _ = run("claims", "--format", "jsonl")
    assert [json.loads(line)["report"] for line in out.splitlines()] == [
        "market",
        "talks",
        "undated",
        "arabic",
        "division",
    ]
    assert run("claims", "--stance", "normative") == (0, "No claims.\n", "")
    _, out, _ = run("claims", "--format", "json", "--speaker", "العمدة")
    assert [r["speaker"]["name"] for r in json.loads(out)] == ["العمدة"]


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["search"], "WORDS"),
        (["search", "…"], "has no word to search for"),
        (["search", "x", "--limit", "0"], "whole number"),
        (["claims", "--type", "murder"], "invalid choice: 'murder' (choose from 'killing'"),
        (["claims", "--place", "?"], "has no word to search for"),
        (["reports", "--from", "Monday"], "no date"),
        (["reports", "--casebook", "nowhere"], "holds no casebook"),
        (["search", "x", "-o", "no/such/folder/f"], "cannot be written"),
    ],
)
def test_shelf_verbs_refuse(run: Run, arguments: list[str], said: str) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_shelf_verbs_teach_by_example(run: Run) -> None:
    for verb in ("search", "reports", "claims"):
        assert "examples:" in run(verb, "--help")[1]


def test_shelf_verbs_fit_narrow_terminals(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "44")
    for arguments in (["search", "mayor"], ["reports"], ["claims"]):
        status, out, _ = run(*arguments)
        assert status == 0
        assert max(map(len, out.splitlines())) <= 48


@pytest.mark.parametrize("verb", ["reports", "claims"])
def test_shelf_verbs_end_quietly_when_the_reader_of_their_output_leaves(tmp_path: Path, verb: str) -> None:
    with casebook(tmp_path / "many", create=True) as book:
        fill(book, [(f"report-{n}", "2031-05-20", "The Karsa Post", "Shells", MARKET, None, None) for n in range(700)])
    code = "import sys; from probata.cli.main import main; sys.exit(main())"
    command = [sys.executable, "-c", code, verb, "--casebook", str(tmp_path / "many"), "--format", "jsonl"]
    env = {k: v for k, v in os.environ.items() if k != "PROBATA_DATABASE"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
        process.wait(60)
    assert (process.returncode, said) == (0, b"")
