"""A claim as a form holds it: a value by each name, and back. "speaker.words" are words, "speaker.at" their offsets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from probata.review.work.marking import SEVERAL

Record = Mapping[str, Any]
Typed = dict[str, str]
EXTRA = {
    "evidence": (),
    "speaker": ("name",),
    "relay": ("name",),
    "basis": ("kind",),
    "agents": ("name",),
    "targets": ("name",),
    "method": ("name",),
    "count": ("low", "high"),
    "place": ("name", "choice", "precision"),
    "time": ("from", "to"),
}
ROWS = 40  # values of one slot
_NAME = re.compile(
    r"(type|stance|groups|([a-z]+)(?:\.(\d{1,2}))?\.(words|at|name|kind|low|high|choice|precision|from|to))"
)
_LONGEST = 20_000  # characters of one value


def of_record(record: Record) -> Typed:
    """The values that a form shows of a record."""
    out: Typed = {"type": record["type"], "stance": record["stance"], "groups": ",".join(sorted(record["groups"]))}
    for slot in EXTRA:
        if slot in SEVERAL:
            for n, value in enumerate(record.get(slot) or ()):
                out |= _values(f"{slot}.{n}", slot, value)
        elif value := record.get(slot):
            out |= _values(slot, slot, value)
    return out


def of_post(given: Mapping[str, Any], groups: list[str]) -> Typed:
    """The values that a form sent; rows without any are left out, those behind them move up."""
    said = {
        k: " ".join(str(v)[:_LONGEST].split()) if k.endswith(".words") else str(v)[:_LONGEST].strip()
        for k, v in given.items()
        if _NAME.fullmatch(k)
    }
    out = {k: said.get(k, "") for k in ("type", "stance")} | {"groups": ",".join(sorted(set(groups)))}
    for slot in EXTRA:
        if slot in SEVERAL:
            rows = [of_slot(said, f"{slot}.{n}") for n in range(ROWS)]
            for n, row in enumerate(r for r in rows if r.get("words") or r.get("at")):
                out |= {f"{slot}.{n}.{k}": v for k, v in row.items()}
        else:
            out |= {f"{slot}.{k}": v for k, v in of_slot(said, slot).items()}
    return out


def of_slot(typed: Typed, slot: str) -> Typed:
    """The values of one slot or of one row of it, by their names within; those that are empty left out."""
    start = f"{slot}."
    return {k[len(start) :]: v for k, v in typed.items() if k.startswith(start) and v and "." not in k[len(start) :]}


def rows_of(typed: Typed, slot: str) -> list[Typed]:
    """The rows of a slot that may have several values."""
    out = []
    for n in range(ROWS):
        if row := of_slot(typed, f"{slot}.{n}"):
            out.append(row)
    return out


def same(a: Typed, b: Typed, slot: str) -> bool:
    """Whether two forms say the same of a slot. Words and offsets count; offsets that are not given do not."""
    if slot in ("type", "stance", "groups"):
        return a.get(slot, "") == b.get(slot, "")
    if slot in SEVERAL:
        one, two = rows_of(a, slot), rows_of(b, slot)
        return len(one) == len(two) and all(map(_alike, one, two))
    return _alike(of_slot(a, slot), of_slot(b, slot))


def _alike(one: Typed, two: Typed) -> bool:
    if "at" not in one or "at" not in two:
        one, two = ({k: v for k, v in row.items() if k != "at"} for row in (one, two))
    return one == two


def _values(path: str, slot: str, value: Record) -> Typed:
    out = {f"{path}.words": " ".join(value["text"].split())}
    if isinstance(value["start"], int) and isinstance(value["end"], int):
        out[f"{path}.at"] = f"{value['start']}-{value['end']}"
    for name in EXTRA[slot]:
        said = value.get(name)
        if slot == "place" and name == "choice":
            said = "known" if value.get("name") else ""
        if said is not None and said != "":
            out[f"{path}.{name}"] = str(said)
    return out
