"""The incidents of the seed (I1 to I5) and the leads to it (X1 to X5), as a casebook makes them of what is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from probata.cli.main import main
from requirements.test_12_never_twice import numbers
from requirements.test_22_casebook import X2, X4
from seed import seed_text

# Leads in our own words, as an outlet could have printed them.
X3 = """Tens of civilians executed in Aleppo

Tens of civilians were executed by shooting and burning in the Bustan al-Qasr district of Aleppo on Monday.
"""
X5 = """Commission of inquiry on Aleppo

Pro-government forces executed civilians in Aleppo on 12 December 2016, the UN Commission of Inquiry said in a report.
"""
DATED = "https://news.example.org/middle-east/2016/12/13/executions-in-the-city.html"
LEADS = {"x2": (X2, "2016-12-13"), "x3": (X3, "2016-12-13"), "x4": (X4, "2016-12-26"), "x5": (X5, "2017-02-28")}
Record = dict[str, Any]
Casebook = Callable[..., Any]


@pytest.fixture
def call(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Casebook:
    """Adds the seed or leads by name, or gives what a verb prints as JSON."""
    monkeypatch.setenv("PROBATA_HOME", str(tmp_path / "casebook"))
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # a browser of other tests leaves an event loop behind
    monkeypatch.delenv("PROBATA_DATABASE", raising=False)
    text = seed_text(shared)

    def added(name: str) -> None:
        record = {"id": name, "text": text, "outlet": "The outlet of the seed"}
        if name == "dated":
            record["url"] = DATED
        elif name in LEADS:
            words, day = LEADS[name]
            record = {"id": name, "text": words, "outlet": f"Outlet of {name}", "published": day}
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(record), encoding="utf-8")
        assert main(["add", str(path), "--jobs", "1"]) == 0

    def run(*words: str) -> Any:
        if words[0] == "add":
            for name in words[1:]:
                added(name)
            return capsys.readouterr().out
        assert main([*words, "--format", "json"]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def main_of(records: list[Record]) -> Record:
    """I1: the killing with the most dead."""
    return max((r for r in records if r["type"] == "killing"), key=lambda r: r["killed"]["high"] or 0)


def test_i1_is_one_candidate_killing_of_one_source(call: Casebook) -> None:
    call("add", "dated")
    (one,) = [r for r in call("incidents") if r["type"] == "killing"]
    assert (one["killed"]["low"], one["killed"]["high"]) == (190, 199)
    assert (one["independent_sources"], one["verification"], one["place"]) == (1, "unverified", "Aleppo")
    assert {a["answer"] for a in one["answers"]} == {"none reported"}


def test_i2_is_a_part_within_it(call: Casebook) -> None:
    call("add", "dated")
    one = main_of(call("incidents"))
    claims = {c["id"]: c for c in call("claims")}
    parts = [claims[x["claim"]] for x in one["relations"] if x["relation"] == "part"]
    assert 13 in {c["count"]["low"] for c in parts if c["count"]}
    assert 13 not in numbers(one["killed"])


def test_i3_stands_beside_and_nothing_is_added(call: Casebook) -> None:
    call("add", "dated")
    found = call("incidents")
    (bodies,) = [r for r in found if r["type"] == "bodies_found"]
    assert (bodies["bodies"]["low"], bodies["bodies"]["high"]) == (91, None)
    assert [b["relation"] for b in bodies["beside"]] == ["stock"]
    assert bodies["killed"]["high"] is None
    for added in (199 + 13 + 91, 199 + 13, 199 + 91, 190 + 13, 190 + 91, 13 + 91):
        assert added not in numbers(found)


def test_i4_is_apart_and_i5_is_no_incident(call: Casebook) -> None:
    call("add", "dated")
    found = call("incidents")
    (recruitment,) = [r for r in found if r["type"] == "forced_recruitment"]
    assert recruitment["killed"]["high"] is None
    assert recruitment["id"] != main_of(found)["id"]
    assert not {r["type"] for r in found} & {"territory", "appeal", "legal", "condemnation", "verification"}


def test_x1_the_day_in_the_address_is_what_resolves_monday(call: Casebook) -> None:
    call("add", "undated")
    assert {main_of(call("incidents"))[k] for k in ("from", "to")} == {None}
    call("add", "dated")
    one = main_of(call("incidents"))
    assert (one["from"], one["to"]) == ("2016-12-12", "2016-12-12")
    assert one["independent_sources"] == 1, "the same article again"
    assert one["killed"]["high"] == 199


def test_x2_widens_and_x4_stays_apart_in_any_order(call: Casebook) -> None:
    call("add", "x4", "x2", "dated")
    found = [r for r in call("incidents") if r["type"] == "killing"]
    one = main_of(found)
    assert (one["killed"]["low"], one["killed"]["high"], one["independent_sources"]) == (82, 199, 2)
    (other,) = [r for r in found if r["id"] != one["id"]]
    assert (other["killed"]["high"], other["accused"]) == (21, ["opposition armed groups"])


def test_x3_without_a_stated_origin_adds_no_source(call: Casebook) -> None:
    call("add", "dated")
    before = main_of(call("incidents"))["independent_sources"]
    call("add", "x3")
    after = main_of(call("incidents"))
    assert after["independent_sources"] == before
    assert after["killed"]["high"] == 199


def test_x5_is_a_claim_and_no_finding(call: Casebook) -> None:
    call("add", "dated", "x5")
    one = main_of(call("incidents"))
    told = call("incident", one["id"])["findings"]
    assert (told["stand"], told["open"]) == ([], [])
    assert told["sentences"] == ["that it happened: open", "who did it: open"]
    assert call("findings")["proposals"] == []
    assert one["verification"] == "unverified"
