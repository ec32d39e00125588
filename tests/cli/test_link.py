"""`probata link`: what it takes, what it prints, how it ends."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from probata.cli.main import main

Run = Callable[..., tuple[int, str, str]]
HAND = {
    "report": "post-1",
    "outlet": "Karsa Post",
    "published": "2031-03-04",
    "speaker": "a doctor",
    "type": "killing",
    "count": "at least 12",
    "agents": ["the army"],
    "place": "Tarqa",
    "date": "on Monday",
}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "140")

    def call(*lines: Any, form: str = "json") -> tuple[int, str, str]:
        text = "".join((x if isinstance(x, str) else json.dumps(x, ensure_ascii=False)) + "\n" for x in lines)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        status = main(["link", "-", "--format", form])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def test_link_hand_coded_claims(run: Run) -> None:
    other = {**HAND, "report": "radio-7", "outlet": "Radio Meren", "speaker": "the mayor", "count": 15}
    status, out, err = run(HAND, other, {**HAND, "type": "injury", "count": 30})
    assert (status, err) == (0, "")
    (incident,) = json.loads(out)
    assert sorted(incident["claims"]) == ["post-1#1", "post-1#2", "radio-7#1"]
    assert (incident["type"], incident["place"]) == ("killing", "Tarqa")
    assert (incident["from"], incident["to"]) == ("2031-03-03", "2031-03-03")
    assert incident["killed"]["low"] == 12
    assert incident["independent_sources"] == 2
    assert incident["families"] == [["post-1"], ["radio-7"]]
    assert incident["injured"]["best"] == 30
    assert incident["reasons"]


def test_link_prints_every_field_of_the_page(run: Run, root: Path) -> None:
    _, out, _ = run(HAND)
    page = "".join((root / "docs" / p).read_text(encoding="utf-8") for p in ("incidents.md", "assessment.md"))
    for field in json.loads(out)[0]:
        assert f"`{field}`" in page, field


@pytest.mark.parametrize(
    "line, reason",
    [
        ("{", "not valid JSON"),
        ("[1]", "not an object"),
        ({"type": "killing"}, '"report"'),
        ({**HAND, "type": "party"}, '"type" is party'),
        ({**HAND, "stance": "perhaps"}, '"stance" is perhaps'),
        ({**HAND, "date": "2031-02-30"}, "2031-02-30"),
        ({**HAND, "date": "2031-03-05/2031-03-01"}, "earlier"),
        ({**HAND, "published": "yesterday"}, '"published"'),
        ({**HAND, "count": -4}, "not negative"),
        ({**HAND, "count": {"low": 5, "high": 2}}, "low of 5"),
        ({**HAND, "count": [1]}, '"count"'),
        ({**HAND, "agents": [["x"]]}, '"agents"'),
        ({**HAND, "place": 3.5}, '"place"'),
        ({**HAND, "id": "same", "count": 1}, "which another claim has"),
    ],
)
def test_link_bad_line_is_named_and_the_rest_goes_in(run: Run, line: Any, reason: str) -> None:
    status, out, err = run({**HAND, "id": "same"}, line)
    assert status == 1
    assert "standard input, line 2" in err
    assert reason in err
    assert [i["claims"] for i in json.loads(out)] == [["same"]]


@pytest.mark.parametrize(
    "slot, key, value",
    [
        ("place", "lat", "north"),
        ("place", "name", {}),
        ("place", "lat", 120.0),
        ("count", "low", "twelve"),
        ("count", "high", True),
        ("speaker", "name", 5),
    ],
)
def test_link_values_of_the_wrong_kind_are_named(run: Run, slot: str, key: str, value: Any) -> None:
    span = {"start": 0, "end": 1, "text": "x"}
    whole: dict[str, Any] = {
        **dict.fromkeys(("speaker", "basis", "method", "count", "place", "time")),
        **{k: [] for k in ("relay", "agents", "targets", "groups", "inferred")},
        "id": "x",
        "report": "r",
        "evidence": span,
        "type": "killing",
        "stance": "affirmed",
        "in_title": False,
        "by": {"rules": {}},
    }
    place = {**span, "name": "Tarqa", "geonameid": None, "lat": 1.0, "lon": 2.0, "precision": "city"}
    whole |= {"place": place, "count": {**span, "low": 1, "high": 2, "rule": "n"}, "speaker": {**span, "name": "X"}}
    assert run(whole)[0] == 0
    status, out, err = run(HAND, {**whole, slot: {**whole[slot], key: value}})
    assert status == 1
    assert "line 2" in err
    assert len(json.loads(out)) == 1


def test_link_nothing_but_bad_lines_is_status_2(run: Run) -> None:
    status, out, err = run("{")
    assert status == 2
    assert out == ""
    assert "line 1" in err


def test_link_missing_file_is_named(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(HAND))
    assert main(["link", "none.jsonl", "a.jsonl", "--format", "json"]) == 1
    said = capsys.readouterr()
    assert "none.jsonl" in said.err
    assert len(json.loads(said.out)) == 1


def test_link_same_line_twice_is_one_claim(run: Run) -> None:
    status, out, _ = run({**HAND, "id": "x"}, {**HAND, "id": "x"})
    assert status == 0
    assert json.loads(out)[0]["claims"] == ["x"]


def test_link_no_claims_no_incidents(run: Run) -> None:
    assert run()[:2] == (0, "[]\n")
    assert json.loads(run({**HAND, "stance": "future"})[1]) == []


def test_link_table_shows_range_sources_and_that_nothing_is_added(run: Run) -> None:
    status, out, _ = run(HAND, {**HAND, "report": "radio", "speaker": "the mayor", "count": 15}, form="table")
    assert status == 0
    assert "Tarqa" in out
    assert "2 in 2" in out
    assert "Nothing is added up" in out


def test_link_page_is_self_contained_and_shows_text_as_text(run: Run) -> None:
    status, out, _ = run({**HAND, "speaker": "<script>alert(1)</script>", "place": "Tarqa & \u202eBrenta"}, form="html")
    assert status == 0
    assert "<svg" in out
    assert "Karsa Post" in out
    assert "<script" not in out
    assert "\u202e" not in out
    assert "http" not in out.replace("http-equiv", "")


def test_link_reads_what_read_writes(run: Run, shared: Path) -> None:
    """The seed alone: one killing of one source with its parts, the bodies beside it, nothing added up."""
    records = _seed(shared)
    status, out, err = run(*records)
    assert (status, err) == (0, "")
    found = json.loads(out)
    (killing,) = [i for i in found if i["type"] == "killing"]
    assert killing["independent_sources"] == 1
    assert (killing["killed"]["best"], killing["killed"]["high"]) == (199, 199)
    assert killing["grade"] == "Weak"
    assert killing["verification"] == "unverified"
    assert {r["relation"] for r in killing["relations"]} == {"part"}
    (bodies,) = [i for i in found if i["type"] == "bodies_found"]
    assert bodies["beside"][0]["incident"] == killing["id"]


def test_link_seed_with_a_second_source_and_another_event(run: Run, shared: Path) -> None:
    """The seed with X2 is 82 to 199 of two originators, copies of it add nothing; X4 stays apart."""
    second = {
        "outlet": "A Daily",
        "published": "2016-12-13",
        "speaker": "OHCHR",
        "type": "killing",
        "count": "at least 82",
        "agents": ["pro-government forces"],
        "place": "Aleppo",
        "date": "2016-12-11/2016-12-13",
    }
    copies = [{**second, "report": f"daily-{n}", "outlet": f"Daily {n}", "relay": "AFP"} for n in range(5)]
    fourth = {**second, "report": "wire", "speaker": "SANA", "count": 21, "agents": "rebels", "date": "2016-12-26"}
    found = json.loads(run(*_seed(shared), *copies, fourth)[1])
    one, other = sorted((i for i in found if i["type"] == "killing"), key=lambda i: str(i["from"]))
    assert (one["killed"]["low"], one["killed"]["high"]) == (82, 199)
    assert one["independent_sources"] == 2
    assert one["grade"] == "Fair"
    assert other["claims"] == ["wire#1"]


def _seed(shared: Path) -> list[dict[str, Any]]:
    from datetime import date

    from probata import acquire, pipeline
    from probata.export import jsonl

    options = acquire.Options(published=date(2016, 12, 13), outlet="Al Arabiya English")
    (report,) = acquire.reports([shared / "seed" / "report.txt"], options)
    assert not isinstance(report, Exception)
    return [jsonl.record(c) for c in pipeline.read(report)]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with claims of two reports that are one incident unless somebody says otherwise."""
    monkeypatch.chdir(tmp_path)
    other = {**HAND, "report": "radio-7", "outlet": "Radio Meren", "speaker": "the mayor", "count": 15}
    (tmp_path / "claims.jsonl").write_text("".join(json.dumps(r) + "\n" for r in (HAND, other)), encoding="utf-8")
    return tmp_path


def decided(folder: Path, **more: object) -> str:
    row = {"a": "post-1#1", "b": "radio-7#1", "same": False, "who": "omar", "why": "two markets", **more}
    (folder / "decisions.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return "decisions.jsonl"


def test_link_obeys_decisions(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["link", "claims.jsonl", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1
    assert main(["link", "claims.jsonl", "--format", "json", "--decisions", decided(files)]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_link_a_decision_on_a_claim_that_is_not_there_is_named(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["link", "claims.jsonl", "--format", "json", "--decisions", decided(files, b="radio-8#1")]) == 1
    said = capsys.readouterr()
    assert "decisions.jsonl: names radio-8#1, which is none of the claims" in said.err
    assert len(json.loads(said.out)) == 1
    for name in ("missing.jsonl", "."):
        assert main(["link", "claims.jsonl", "--decisions", name]) == 2


def test_link_labels_are_those_of_the_kind_of_conflict_given(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = {}
    for kind in (None, "non-international", "international"):
        assert main(["link", "claims.jsonl", "--format", "json", *(["--conflict", kind] if kind else [])]) == 0
        (incident,) = json.loads(capsys.readouterr().out)
        found[kind] = {law["ref"] for law in incident["law"] if law["fit"] != "refused"}
    assert any(ref.startswith("ICC 8(2)(c)") or "8(2)(e)" in ref for ref in found["non-international"])
    assert found["international"] != found["non-international"]
    assert not any(ref.startswith("ICC 8") for ref in found[None])
    with pytest.raises(SystemExit) as ended:
        main(["link", "claims.jsonl", "--conflict", "civil"])
    assert ended.value.code == 2
