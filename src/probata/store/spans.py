"""A claim record that a person wrote: each span is the words of the report at its offsets, each value a known one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from probata.export import jsonl
from probata.model.claim import ClaimType, Stance
from probata.model.errors import InputError
from probata.store import models

Record = dict[str, Any]
_LISTS = ("relay", "agents", "targets")
_ONES = ("evidence", "speaker", "basis", "method", "count", "place", "time")
_EMPTY: Record = {
    **dict.fromkeys(_ONES),
    **{name: [] for name in _LISTS},
    "groups": [],
    "in_title": False,
    "inferred": [],
}


def checked(report: models.Report, record: Mapping[str, Any], given: Collection[str] | None = None) -> Record:
    """The record, whole and in our own form. Raises InputError that names the slot which is not right.

    `given` are the slots that a person gave, all unless said: the others stand as they were.
    """
    told: Record = {**_EMPTY, **record}
    for field, values in (("type", ClaimType), ("stance", Stance)):
        if told.get(field) not in [v.value for v in values]:
            raise _wrong(field, f"is none of: {', '.join(v.value for v in values)}.")
    if not isinstance(told["evidence"], Mapping):
        raise _wrong("evidence", "has no words.")
    for slot, span in _spans(told):
        if not isinstance(span, Mapping) or not all(k in span for k in ("start", "end")):
            raise _wrong(slot, "is no span of the report.")
        if given is not None and slot not in given:
            continue
        start, end = span["start"], span["end"]
        whole = isinstance(start, int) and isinstance(end, int) and 0 <= start < end
        if not whole or end > len(report.text) or report.text[start:end] != span.get("text", report.text[start:end]):
            raise _wrong(slot, f"is not the words of the report at {start} to {end}.")
    _values(told)
    try:
        return {**jsonl.record(jsonl.from_record(_full(told, report.text))), "by": told["by"]}
    except (KeyError, ValueError, TypeError) as error:
        raise _wrong("record", f"is no claim record: {error}.") from None


def _spans(record: Record) -> Iterator[tuple[str, Any]]:
    for slot in _ONES:
        if record[slot] is not None:
            yield slot, record[slot]
    for slot in _LISTS:
        if not isinstance(record[slot], list):
            raise _wrong(slot, "is no list.")
        for span in record[slot]:
            yield slot, span


def _values(record: Record) -> None:
    """What a slot means beside its words."""
    count, place, time = record["count"], record["place"], record["time"]
    if count:
        low, high = count.get("low"), count.get("high")
        numbers = [n for n in (low, high) if n is not None]
        if any(not isinstance(n, int) or isinstance(n, bool) or not 0 <= n <= 10**9 for n in numbers):
            raise _wrong("count", "has a bound that is no whole number.")
        if len(numbers) == 2 and low > high:
            raise _wrong("count", f"has a lower bound ({low}) above its upper one ({high}).")
    if place:
        for name, most in (("lat", 90), ("lon", 180)):
            value = place.get(name)
            if value is not None and (
                isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > most
            ):
                raise _wrong("place", f"has a {name} that is no number from -{most} to {most}.")
    if time:
        try:
            first, last = (date.fromisoformat(time[k]) if time.get(k) else None for k in ("from", "to"))
        except (TypeError, ValueError):
            raise _wrong("time", "has a day that is not written as 2031-05-20.") from None
        if first and last and first > last:
            raise _wrong("time", "ends before it begins.")


def _worded(text: str, span: Any) -> Any:
    return span and {"text": text[span["start"] : span["end"]], **span}


def _named(span: Any) -> Any:
    return {**span, "name": span.get("name") or span["text"]}


def _full(record: Record, text: str) -> Record:
    """The record with what a person need not give."""
    record = {**record, **{slot: _worded(text, record[slot]) for slot in _ONES}}
    named = {slot: [_named(_worded(text, s)) for s in record[slot]] for slot in _LISTS}
    ones = {slot: _named(record[slot]) for slot in ("speaker", "method") if record[slot]}
    out = {**record, **named, **ones}
    if record["basis"]:
        out["basis"] = {"kind": "relayed", **record["basis"]}
    if record["count"]:
        out["count"] = {"low": None, "high": None, "rule": "person", **record["count"]}
    if record["place"]:
        blank = {"name": None, "geonameid": None, "lat": None, "lon": None, "precision": "unresolved"}
        out["place"] = {**blank, **record["place"]}
    if record["time"]:
        out["time"] = {"from": None, "to": None, "precision": "unresolved", "anchor": None, **record["time"]}
    return out


def _wrong(slot: str, problem: str) -> InputError:
    return InputError("slot", slot, problem, "Choose the words in the report.")
