"""The log as W3C PROV, as PROV-JSON or PROV-N: steps are activities, accounts are agents, states of items are entities.

Who asked for the export sees ids, steps, hashes, versions and times; `detail`, which may hold more, stays in the log.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from probata.audit.chain import Account, Entry, Step

NAMESPACE = "urn:probata:log:"
Document = dict[str, dict[str, dict[str, Any]]]
# The order of the arguments in PROV-N; None is an optional one that we never give
_RELATIONS: dict[str, tuple[str | None, ...]] = {
    "wasGeneratedBy": ("prov:entity", "prov:activity", "prov:time"),
    "used": ("prov:activity", "prov:entity", "prov:time"),
    "wasInvalidatedBy": ("prov:entity", "prov:activity", "prov:time"),
    "wasDerivedFrom": ("prov:generatedEntity", "prov:usedEntity", "prov:activity", None, None),
    "wasAssociatedWith": ("prov:activity", "prov:agent", None),
}


def prov_json(entries: Iterable[Entry], alias: Callable[[str], str] = str, namespace: str = NAMESPACE) -> str:
    """The entries as PROV-JSON (W3C submission, 24 April 2013). `alias` gives the name shown for an account."""
    document = _document(entries, alias)
    prefix = {"prefix": {"log": namespace}}
    return json.dumps({**prefix, **document}, ensure_ascii=False, indent=1) + "\n"


def prov_n(entries: Iterable[Entry], alias: Callable[[str], str] = str, namespace: str = NAMESPACE) -> str:
    """The same in PROV-N, the notation for people."""
    return "\n".join(
        ["document", f"  prefix log <{namespace}>", *_notation(_document(entries, alias)), "endDocument", ""]
    )


def _document(entries: Iterable[Entry], alias: Callable[[str], str]) -> Document:
    out: Document = {kind: {} for kind in ("entity", "activity", "agent", *_RELATIONS)}
    states: dict[tuple[str, str, str], str] = {}  # the last state of an item with this hash
    agents: dict[tuple[str, str], str] = {}
    for entry in entries:
        said = json.loads(entry.line)
        number, at, item = said["number"], said["at"], (said["kind"], said["item"])
        step, before, after = f"log:step{number}", said["before"], said["after"]
        versions = [f"{tool} {version}" for tool, version in said["versions"].items()]
        about = {"log:step": said["step"], "log:number": number, "log:hash": entry.hash, "log:versions": versions}
        out["activity"][step] = {"prov:startTime": at, "prov:endTime": at, **about}
        who = agents.setdefault((said["account"], said["who"]), f"log:account{len(agents) + 1}")
        person = said["account"] == Account.PERSON
        out["agent"][who] = {
            "prov:type": _name("prov:Person" if person else "prov:SoftwareAgent"),
            "prov:label": alias(said["who"]),
        }
        out["wasAssociatedWith"][f"_:a{number}"] = {"prov:activity": step, "prov:agent": who}
        used = states.setdefault((*item, before), f"log:before{number}") if before else None
        if used:
            out["entity"].setdefault(used, _state(item, before))
            out["used"][f"_:u{number}"] = {"prov:activity": step, "prov:entity": used, "prov:time": at}
        if after:
            made = states[(*item, after)] = f"log:state{number}"
            out["entity"][made] = _state(item, after)
            out["wasGeneratedBy"][f"_:g{number}"] = {"prov:entity": made, "prov:activity": step, "prov:time": at}
            if used:
                derived = {"prov:generatedEntity": made, "prov:usedEntity": used, "prov:activity": step}
                out["wasDerivedFrom"][f"_:d{number}"] = {**derived, "prov:type": _name("prov:Revision")}
        if used and (said["step"] == Step.ERASE or not after):
            out["wasInvalidatedBy"][f"_:i{number}"] = {"prov:entity": used, "prov:activity": step, "prov:time": at}
            states.pop((*item, before), None) if before != after else None
    return {kind: found for kind, found in out.items() if found}


def _state(item: tuple[str, str], digest: str) -> dict[str, Any]:
    return {"prov:label": f"{item[0]} {item[1]}", "log:kind": item[0], "log:item": item[1], "log:sha256": digest}


def _name(name: str) -> dict[str, str]:
    return {"$": name, "type": "xsd:QName"}


def _notation(document: Document) -> Iterator[str]:
    """A line for each statement."""
    for kind, found in document.items():
        for name, said in found.items():
            if kind in _RELATIONS:
                places = _RELATIONS[kind]
                arguments = [said[p] if p else "-" for p in places]
                more = {k: v for k, v in said.items() if k not in places}
            elif kind == "activity":
                arguments = [name, said["prov:startTime"], said["prov:endTime"]]
                more = {k: v for k, v in said.items() if not k.startswith("prov:")}
            else:
                arguments, more = [name], dict(said)
            extra = [f"[{', '.join(_attributes(more))}]"] if more else []
            yield f"  {kind}({', '.join([*arguments, *extra])})"


def _attributes(said: Mapping[str, Any]) -> Iterator[str]:
    for key, value in said.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield f"{key}='{one['$']}'"
            elif isinstance(one, int):
                yield f"{key}={one}"
            else:
                escaped = json.dumps(one, ensure_ascii=False)
                yield f"{key}={escaped}"
