"""The slots of a claim as rows to show: words, what they are read as, the rule behind them; its chain of sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import pgettext

from probata.export.plain import one_line
from probata.review.work.marking import LABELS, SEVERAL

Record = dict[str, Any]


def rows(record: Mapping[str, Any]) -> list[Record]:
    """A row a slot that the claim states, in the order that a person says it, with the rule that filled it."""
    rules = record.get("by", {}).get("rules", {})
    why = record.get("by", {}).get("why", {})
    carried = set(record.get("inferred") or ())
    out: list[Record] = []
    for slot, label in LABELS.items():
        values = list(_values(slot, record))
        if values or slot in ("type", "stance"):
            out.append(
                {
                    "slot": slot,
                    "label": label,
                    "values": values,
                    "carried": slot in carried,
                    "rule": one_line(str(rules.get(slot, ""))),
                    "why": one_line(str(why.get(slot, ""))),
                }
            )
    return out


def _values(slot: str, record: Mapping[str, Any]) -> Iterator[Record]:
    if slot in ("type", "stance"):
        yield {"words": None, "meaning": label(record[slot])}
    elif slot == "groups":
        for value in record.get("groups") or ():
            yield {"words": None, "meaning": label(value)}
    elif slot in SEVERAL:
        for value in record.get(slot) or ():
            yield _value(value, value["name"])
    elif value := record.get(slot):
        yield _value(value, meaning(slot, value))


def _value(value: Mapping[str, Any], read_as: str) -> Record:
    said, read = one_line(value["text"]), one_line(read_as or "")
    return {"words": said, "at": value["start"], "end": value["end"], "meaning": read if read != said else ""}


def meaning(slot: str, value: Mapping[str, Any]) -> str:
    """What the words of a slot are read as, in a phrase."""
    if slot == "evidence":
        return ""
    if slot == "basis":
        return label(value["kind"])
    if slot == "count":
        return figure(value["low"], value["high"])
    if slot == "place":
        precision = label(value["precision"])
        return f"{value['name']} ({precision})" if value.get("name") else precision
    if slot == "time":
        return days(value["from"], value["to"])
    return str(value["name"])


def figure(low: int | None, high: int | None) -> str:
    """The bounds of a count in words."""
    if low is None and high is None:
        return pgettext("count", "no figure")
    if low is None:
        return pgettext("count", "at most %(n)s") % {"n": f"{high:,}"}
    if high is None:
        return pgettext("count", "at least %(n)s") % {"n": f"{low:,}"}
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def days(start: str | None, end: str | None) -> str:
    """The days that a time covers, or that they are not known."""
    if start is None and end is None:
        return label("unresolved")
    if start is None:
        return pgettext("time", "until %(day)s") % {"day": end}
    if end is None:
        return pgettext("time", "from %(day)s") % {"day": start}
    return start if start == end else f"{start} – {end}"


def label(value: object) -> str:
    """A value of a vocabulary as people read it."""
    said = str(value).replace("_", " ")
    return pgettext("vocabulary", said) if said else ""


def chain(record: Mapping[str, Any], outlet: str | None, title: str) -> list[Record]:
    """Who says it through whom, from the one responsible to the report that is read."""
    steps: list[Record] = []
    if speaker := record.get("speaker"):
        step = _value(speaker, speaker["name"])
        basis = record.get("basis")
        steps.append({**step, "role": "speaker", "basis": _value(basis, label(basis["kind"])) if basis else None})
    steps += [{**_value(value, value["name"]), "role": "relay"} for value in record.get("relay") or ()]
    steps.append({"words": None, "meaning": one_line(outlet or ""), "role": "outlet", "own": not steps, "title": title})
    return steps
