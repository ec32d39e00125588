"""The log as PROV: well formed by the schema's rules and valid by those of PROV-DM and PROV-CONSTRAINTS."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from audit.fiction import act, log
from probata.audit.chain import Entry, Step, chain
from probata.audit.prov import prov_json, prov_n

A, B, C = ("a" * 64, "b" * 64, "c" * 64)
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"
# Which kind each argument of a relation must be (PROV-DM, 5), and which must be there
ARGUMENTS = {
    "wasGeneratedBy": {"prov:entity": "entity", "prov:activity": "activity"},
    "used": {"prov:activity": "activity", "prov:entity": "entity"},
    "wasInvalidatedBy": {"prov:entity": "entity", "prov:activity": "activity"},
    "wasDerivedFrom": {"prov:generatedEntity": "entity", "prov:usedEntity": "entity", "prov:activity": "activity"},
    "wasAssociatedWith": {"prov:activity": "activity", "prov:agent": "agent"},
}


def history() -> list[Entry]:
    """An item that is coded, changed, changed back, erased; another that comes from nowhere."""
    made = [
        act(1, Step.CODE, "x", A),
        replace(act(2, Step.DECIDE, "x", B), before=A),
        replace(act(3, Step.DECIDE, "x", A), before=B),
        replace(act(4, Step.GRADE, "x", C), before=A),
        replace(act(5, Step.GRADE, "y", A), before=C),
        replace(act(6, Step.ERASE, "x", C), before=C),
        replace(act(7, Step.ERASE, "y", None), before=A),
        act(8, Step.CODE, 'quotes " \\ and\nlines, شهادة'),
    ]
    return list(chain(made))


def problems(document: dict[str, Any]) -> list[str]:
    """What breaks the rules; empty for a valid document."""
    wrong: list[str] = []
    declared = {*document["prefix"], "prov", "xsd"}
    kinds = {n: kind for kind in ("entity", "activity", "agent") for n in document.get(kind, {})}
    if len(kinds) < sum(len(document.get(k, {})) for k in ("entity", "activity", "agent")):
        wrong.append("one name for things of two kinds")
    for kind, found in document.items():
        if kind == "prefix":
            continue
        if kind not in (*ARGUMENTS, "entity", "activity", "agent"):
            wrong.append(f"unknown statement {kind}")
        for name, said in found.items():
            names = [name, *said, *(v["$"] for v in said.values() if isinstance(v, dict))]
            wrong += [f"{n} is no qualified name" for n in names if not re.fullmatch(r"(\w+|_):[\w.-]+", n)]
            wrong += [f"prefix of {n}" for n in names if n.split(":")[0] not in declared | {"_"}]
            times = [v for k, v in said.items() if k in ("prov:time", "prov:startTime", "prov:endTime")]
            wrong += [f"{t} is no time" for t in times if not re.fullmatch(TIME, t)]
            for argument, needed in ARGUMENTS.get(kind, {}).items():
                if kinds.get(said.get(argument)) != needed:
                    wrong.append(f"{name}: {argument} is no {needed}")
    made = [g["prov:entity"] for g in document.get("wasGeneratedBy", {}).values()]
    gone = [g["prov:entity"] for g in document.get("wasInvalidatedBy", {}).values()]
    if len(made) > len(set(made)) or len(gone) > len(set(gone)):
        wrong.append("generated or invalidated twice")
    wrong += _order(document)
    return wrong


def _order(document: dict[str, Any]) -> list[str]:
    """Generation before use, use before invalidation, no derivation in a circle."""
    at = {name: said["log:number"] for name, said in document["activity"].items()}
    born = {g["prov:entity"]: at[g["prov:activity"]] for g in document.get("wasGeneratedBy", {}).values()}
    died = {g["prov:entity"]: at[g["prov:activity"]] for g in document.get("wasInvalidatedBy", {}).values()}
    wrong = []
    for used in document.get("used", {}).values():
        entity, when = used["prov:entity"], at[used["prov:activity"]]
        if born.get(entity, 0) >= when:
            wrong.append(f"{entity} is used before it is made")
        if died.get(entity, when) < when:
            wrong.append(f"{entity} is used after it is gone")
    pairs = {(u["prov:activity"], u["prov:entity"]) for u in document.get("used", {}).values()}
    for derived in document.get("wasDerivedFrom", {}).values():
        new, old = derived["prov:generatedEntity"], derived["prov:usedEntity"]
        if born.get(new, 0) <= born.get(old, 0):
            wrong.append(f"{new} is derived from {old}, which is not older")
        if (derived["prov:activity"], old) not in pairs or born.get(new) != at[derived["prov:activity"]]:
            wrong.append(f"{new}: its derivation names a step that did not use and make it")
    return wrong


@pytest.mark.parametrize("entries", [history(), log(40), []], ids=["history", "log", "empty"])
def test_prov_is_valid(entries: list[Entry]) -> None:
    assert problems(json.loads(prov_json(entries))) == [] if entries else json.loads(prov_json(entries))


def test_prov_rules_bite() -> None:
    """The rules above find what is wrong: each broken document is refused."""
    for change in (
        lambda d: d["used"]["_:u2"].update({"prov:entity": "log:state9"}),
        lambda d: d["used"]["_:u2"].update({"prov:entity": "log:state3"}),
        lambda d: d["wasGeneratedBy"]["_:g2"].update({"prov:entity": "log:state1"}),
        lambda d: d["wasGeneratedBy"]["_:g2"].update({"prov:time": "today"}),
        lambda d: d["wasDerivedFrom"]["_:d2"].update({"prov:activity": "log:step1"}),
        lambda d: d["wasAssociatedWith"]["_:a1"].update({"prov:agent": "log:step1"}),
        lambda d: d["agent"].update({"log:step1": {}}),
        lambda d: d["entity"].update({"other:x": {}}),
        lambda d: d.update({"happened": {"_:x": {}}}),
    ):
        document = json.loads(prov_json(history()))
        change(document)
        assert problems(document)


def test_prov_tells_the_history() -> None:
    document = json.loads(prov_json(history()))
    derived = {(d["prov:generatedEntity"], d["prov:usedEntity"]) for d in document["wasDerivedFrom"].values()}
    assert ("log:state3", "log:state2") in derived
    assert ("log:state4", "log:state3") in derived  # changed back: the later state with this hash, not the first
    assert ("log:state5", "log:before5") in derived  # what it was before was never logged
    assert {i["prov:entity"] for i in document["wasInvalidatedBy"].values()} == {"log:state4", "log:state5"}
    assert document["entity"]["log:state1"]["log:sha256"] == A
    assert document["activity"]["log:step2"]["log:versions"] == ["probata 0.1.0", "verbs 4"]
    types = {a["prov:type"]["$"] for a in document["agent"].values()}
    assert types == {"prov:Person", "prov:SoftwareAgent"}


def test_prov_shows_no_detail_and_no_names_but_aliases() -> None:
    for text in (prov_json(history(), lambda who: "a reviewer"), prov_n(history(), lambda who: "a reviewer")):
        assert "note" not in text
        assert "reviewer-2" not in text
        assert "a reviewer" in text


def test_prov_n_says_the_same() -> None:
    text = prov_n(history())
    lines = text.splitlines()
    assert (lines[0], lines[-1]) == ("document", "endDocument")
    document = json.loads(prov_json(history()))
    assert len(lines) - 3 == sum(len(found) for kind, found in document.items() if kind != "prefix")
    assert "  used(log:step2, log:state1, 2021-05-20T10:00:02Z)" in lines
    assert "  wasDerivedFrom(log:state2, log:state1, log:step2, -, -, [prov:type='prov:Revision'])" in lines
    for line in lines[2:-1]:
        assert re.fullmatch(r'  \w+\(([^"\[]|\[.*\])*\)', line), line
