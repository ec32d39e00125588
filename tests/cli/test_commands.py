"""The commands: what they print, how they end, what they say of bad input."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.conftest import Run
from probata import __version__, pipeline
from probata.export import jsonl

TEXT = "The mayor said shelling killed at least two people in Brenta on Monday. The army denied it.\n"


@pytest.fixture
def run(commanded: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    return commanded


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(TEXT.replace("two", {"a": "two", "b": "three", "c": "four"}[name]))
    return folder


def test_commands_read_prints_text_and_table(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(TEXT)
    status, out, err = run("read", "r.txt", "--published", "2031-03-05", "--outlet", "The Karsa Post")
    assert (status, err) == (0, "")
    assert "[1]" in out
    assert "killing" in out
    assert "at least two" in out
    assert "2031-03-03" in out
    assert "The Karsa Post, 2031-03-05 (option)" in out
    assert "rule" not in out


def test_commands_read_of_several_prints_tables(run: Run, files: Path) -> None:
    status, out, _ = run("read", str(files))
    assert status == 0
    assert out.count("who says") == 3
    assert "[1]" not in out
    _, out, _ = run("read", str(files), "--format", "text")
    assert "[1]" in out
    assert "who says" not in out


def test_commands_read_without_a_date_resolves_none(run: Run, files: Path) -> None:
    _, out, _ = run("read", str(files / "a.txt"), "--format", "jsonl")
    killing = next(c for c in map(json.loads, out.splitlines()) if c["type"] == "killing")
    assert killing["time"]["text"] == "on Monday"
    assert killing["time"]["from"] is None


def test_commands_read_jsonl_is_the_claim_record(run: Run, files: Path) -> None:
    status, out, err = run("read", str(files), "--format", "jsonl", "--published", "2031-03-05")
    assert (status, err) == (0, "")
    records = [json.loads(line) for line in out.splitlines()]
    assert [r["report"] for r in records] == sorted(r["report"] for r in records)
    for record in records:
        known = {"outlet": None, "published": "2031-03-05"}
        assert {**jsonl.record(jsonl.from_record(record)), **known} == record
    assert {r["report"] for r in records} == {"a", "b", "c"}


def test_commands_read_explains(run: Run, files: Path) -> None:
    _, out, _ = run("read", str(files / "a.txt"), "--explain", "--format", "table")
    assert "[rule " in out
    assert f"“at least two” {TEXT.index('at least')}-{TEXT.index(' people')} = at least 2" in " ".join(out.split())


def test_commands_read_html_to_a_file(run: Run, files: Path, tmp_path: Path) -> None:
    status, out, _ = run("read", str(files), "--format", "html", "-o", "page.html")
    assert (status, out) == (0, "")
    page = (tmp_path / "page.html").read_text()
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<article") == 3


def test_commands_read_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    status, out, _ = run("read", "-", "--format", "jsonl")
    assert status == 0
    assert '"report": "stdin"' in out


def test_commands_read_with_a_gazetteer(run: Run, files: Path, tmp_path: Path) -> None:
    rows = "name,kind,lat,lon,country\nKarsa,country,10,20,Karsa\nBrenta,town,10.5,20.5,Karsa\n"
    (tmp_path / "places.csv").write_text(rows)
    status, out, err = run("read", str(files / "a.txt"), "--gazetteer", "places.csv", "--format", "jsonl")
    assert status == 0, err
    places = [c["place"] for c in map(json.loads, out.splitlines()) if c["place"]]
    assert places
    assert (places[0]["name"], places[0]["lat"]) == ("Brenta", 10.5)


def test_commands_name_what_failed_and_read_the_rest(run: Run, files: Path) -> None:
    (files / "bad.txt").write_bytes(b"\0\1" * 99)
    (files / "empty.txt").write_bytes(b"")
    status, out, err = run("read", str(files), "--format", "jsonl")
    assert status == 1
    assert {json.loads(line)["report"] for line in out.splitlines()} == {"a", "b", "c"}
    assert "2 of 5 could not be read" in err
    assert "bad.txt: is not a text but a binary file." in err
    assert "empty.txt: is empty." in err


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["read", "none.txt"], "none.txt: does not exist"),
        (["read", "x.pdf"], "is a PDF"),
        (["read"], "PATH"),
        (["read", "x", "--published", "Monday"], "no date"),
        (["read", "x", "--jobs", "0"], "whole number"),
        (["read", "x", "--format", "xml"], "invalid choice"),
        (["read", "x.pdf", "--format", "html"], "is a PDF"),
        (["read", "good.txt", "--gazetteer", "none.yml"], "none.yml"),
        (["read", "good.txt", "-o", "no/such/folder/f"], "cannot be written"),
        (["write", "x"], "invalid choice"),
        ([], "COMMAND"),
    ],
)
def test_commands_end_with_2_when_nothing_can_be_read(
    run: Run, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "good.txt").write_text(TEXT)
    status, out, err = run(*arguments)
    assert status == 2
    assert out == ""
    assert said in err
    assert "Traceback" not in err


def test_commands_show_other_languages_as_not_yet_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ar.txt").write_text("قال شهود إن القصف أسفر عن مقتل عشرة أشخاص في المدينة.")
    status, out, err = run("read", "ar.txt")
    assert status == 0
    assert "not yet read" in out
    assert "not yet read" in err
    status, out, err = run("read", "ar.txt", "--format", "jsonl")
    assert (status, out) == (0, "")
    assert "ar: not yet read (language ar)" in err


def test_commands_survive_a_report_that_breaks_the_code(run: Run, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pipeline.read_many

    def breaks(reports, *rest):
        reports = list(reports)
        if any("three" in r.text for r in reports):
            raise ZeroDivisionError("three")
        return whole(reports, *rest)

    monkeypatch.setattr(pipeline, "read_many", breaks)
    status, out, err = run("read", str(files), "--format", "jsonl")
    assert status == 1
    assert {json.loads(line)["report"] for line in out.splitlines()} == {"a", "c"}
    assert "b: could not be read: ZeroDivisionError" in err


def test_commands_give_the_same_with_several_processes(run: Run, tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"r{n:02}", "text": TEXT.replace("two", str(n + 2))}) for n in range(20)]
    lines[7] = "{"
    (tmp_path / "r.jsonl").write_text("\n".join(lines))
    one = run("read", "r.jsonl", "--format", "jsonl", "--jobs", "1")
    two = run("read", "r.jsonl", "--format", "jsonl", "--jobs", "2")
    assert one[0] == 1
    assert one == two


def test_commands_attributions(run: Run, files: Path) -> None:
    status, out, _ = run("attributions", str(files / "a.txt"), "--format", "jsonl")
    assert status == 0
    first = json.loads(out.splitlines()[0])
    assert first["report"] == "a"
    assert first["source"]["text"] == "The mayor"
    assert first["cue"]["text"] == "said"
    for part in (first["source"], first["cue"], *first["content"]):
        assert TEXT[part["start"] : part["end"]] == part["text"]
    _, out, _ = run("attributions", str(files / "a.txt"))
    assert "The mayor | said (say)" in out


def test_commands_help_teaches_by_example(run: Run) -> None:
    for arguments in ((), ("read",), ("attributions",)):
        status, out, _ = run(*arguments, "--help")
        assert status == 0
        assert "example" in out
    assert run("--version")[1] == f"probata {__version__}\n"


def test_commands_start_quickly() -> None:
    best = 9.0
    for _ in range(3):
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", "from probata.cli.main import main; main(['--help'])"], capture_output=True
        )
        best = min(best, time.perf_counter() - begun)
    assert best < 0.3


def test_commands_help_loads_nothing_heavy() -> None:
    code = "import sys, contextlib\nfrom probata.cli.main import main\n"
    code += "with contextlib.suppress(SystemExit): main(['--help'])\n"
    code += "print({'spacy', 'numpy', 'yaml', 'trafilatura', 'rich', 'lxml'} & set(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr == "set()\n"


def test_commands_end_quietly_when_the_reader_of_their_output_leaves(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text("\n".join(json.dumps({"id": f"r{n}", "text": TEXT * 20}) for n in range(30)))
    code = "import sys; from probata.cli.main import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "read", str(tmp_path / "r.jsonl"), "--format", "jsonl", "--jobs", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
        process.wait(60)
    assert process.returncode == 0
    assert said == b""
