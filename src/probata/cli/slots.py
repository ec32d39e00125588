"""Slots of a claim as options give them: words that are looked for in the report, and what they mean."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from probata.model.errors import InputError

Record = dict[str, Any]
LISTS = ("relay", "agents", "targets")
ONES = ("evidence", "speaker", "basis", "method", "count", "place", "time")
PLAIN = ("type", "stance", "groups")
_SLOT = re.compile(r"([a-z_]+)(?:@(\d{1,9}))?=(.*)", re.DOTALL)
_VALUE = re.compile(r"([a-z_]+)\.([a-z]+)=(.*)", re.DOTALL)
_NUMBERS = {"low": int, "high": int, "geonameid": int, "lat": float, "lon": float}
_SHOWN = 8  # places of words that are named
HELP = """\
Words of a slot are looked for in the report: within the evidence first, then in all of it. Where they stand more than
once, their places are named: choose one, as in --slot place@1203="Tarqa" (code points from the beginning of the text).
A slot given without words (--slot speaker=) is emptied. relay, agents and targets are given once for each.
What words of a count, a time or a place mean is read as `probata read` does, unless --value says it."""


def add(verb: argparse.ArgumentParser) -> None:
    """The options that give slots."""
    verb.add_argument(
        "--slot", action="append", default=[], metavar="NAME=WORDS", help="what a slot is; may be repeated"
    )
    said = "what its words mean, as in count.low=12, time.from=2031-05-19, place.name=Tarqa, basis.kind=medical"
    verb.add_argument("--value", action="append", default=[], metavar="SLOT.FIELD=VALUE", help=said)
    verb.add_argument("--record", metavar="FILE", help="a JSON file with slots as in a claim record; others stay")


def given(chosen: argparse.Namespace, text: str, evidence: Mapping[str, Any] | None, anchor: date | None) -> Record:
    """The slots that the options give, with offsets in `text`. Raises InputError, naming the slot and what to do.

    `evidence` is that of the claim as it stands, where words are looked for first; `anchor` the day of publication.
    """
    out = _from_file(chosen.record) if chosen.record else {}
    for name, at, words in _parsed(chosen.slot):
        if name in PLAIN:
            out[name] = [w.strip() for w in words.split(",") if w.strip()] if name == "groups" else words
            continue
        found = _found(name, at, words, text, out.get("evidence") or evidence) if words else None
        if name in LISTS:
            out[name] = [*(out.get(name) or ()), *([found] if found else [])]
        else:
            out[name] = found and {**found, **_meaning(name, found, text, anchor)}
    for field, value in _values(chosen.value):
        slot, _, key = field.partition(".")
        if not isinstance(out.get(slot), dict):
            raise InputError("slot", slot, "has no words to mean something.", f"Give --slot {slot}=WORDS as well.")
        out[slot] = {**out[slot], key: value}
    if not out:
        raise InputError(
            "slot", "the claim", "is given nothing to change.", "Give --slot NAME=WORDS, or --record FILE."
        )
    return out


def _from_file(path: str) -> Record:
    try:
        with open(path, encoding="utf-8") as file:
            found = json.load(file)
    except OSError as error:
        raise InputError("record", path, f"cannot be read: {error.strerror}.", "Check the name.") from error
    except ValueError as error:
        raise InputError("record", path, f"is no JSON: {error}.", "Write one object with slots.") from error
    if not isinstance(found, dict):
        raise InputError("record", path, "is no claim record.", "Write one object with slots.")
    return found


def _parsed(slots: Iterable[str]) -> Iterator[tuple[str, int | None, str]]:
    for slot in slots:
        if not (m := _SLOT.fullmatch(slot)):
            raise InputError("slot", slot, "is not written as NAME=WORDS.", 'Write it as in place="Tarqa".')
        name = m.group(1)
        if name not in (*ONES, *LISTS, *PLAIN):
            known = ", ".join((*ONES, *LISTS, *PLAIN))
            raise InputError("slot", name, "is no slot of a claim.", f"Take one of: {known}.")
        yield name, int(m.group(2)) if m.group(2) else None, m.group(3)


def _found(name: str, at: int | None, words: str, text: str, evidence: Mapping[str, Any] | None) -> Record:
    if at is not None:
        if not text.startswith(words, at):
            problem = f"{words!r} does not stand at {at}."
            raise InputError("slot", name, problem, "Give the words as the report has them.")
        return _span(at, words)
    places = [m.start() for m in re.finditer(re.escape(words), text)]
    if evidence and evidence.get("start") is not None:
        inside = [p for p in places if evidence["start"] <= p and p + len(words) <= evidence["end"]]
        places = inside or places
    if not places:
        problem = f"{words!r} does not stand in the report."
        raise InputError("slot", name, problem, "Give the words exactly as the report has them.")
    if len(places) > 1:
        shown = ", ".join(str(p) for p in places[:_SHOWN]) + (" ..." if len(places) > _SHOWN else "")
        problem = f"{words!r} stands {len(places)} times in the report, at {shown}."
        raise InputError("slot", name, problem, f"Choose one: --slot {name}@{places[0]}=WORDS.")
    return _span(places[0], words)


def _span(at: int, words: str) -> Record:
    return {"start": at, "end": at + len(words), "text": words}


def _meaning(name: str, span: Record, text: str, anchor: date | None) -> Record:
    """What words mean where that can be read from them alone; nothing where it cannot."""
    if name == "count":
        from probata.extract.mentions.numbers import find_numbers

        numbers = find_numbers(text, span["start"], span["end"])
        return {"low": numbers[0].low, "high": numbers[0].high} if len(numbers) == 1 else {"low": None, "high": None}
    if name == "time":
        return _days(span, text, anchor)
    if name == "place":
        from probata.vocab.gazetteer import gazetteer

        places = gazetteer().find(span["text"])
        if len(places) == 1:
            p = places[0]
            return {"name": p.name, "geonameid": p.geonameid, "lat": p.lat, "lon": p.lon, "precision": p.precision}
        return {"name": span["text"], "precision": "unresolved"}
    return {}


def _days(span: Record, text: str, anchor: date | None) -> Record:
    from probata.extract.mentions.times import find_times
    from probata.resolve.dates import resolve

    times = find_times(text, span["start"], span["end"])
    if len(times) != 1:
        return {"from": None, "to": None, "precision": "unresolved", "anchor": None}
    found = resolve(times[0], anchor)
    known = found.start is not None or found.end is not None
    days = {"from": found.start, "to": found.end, "anchor": anchor if found.needs_anchor and known else None}
    return {**{k: d.isoformat() if d else None for k, d in days.items()}, "precision": found.precision}


def _values(values: Sequence[str]) -> Iterator[tuple[str, Any]]:
    for value in values:
        if not (m := _VALUE.fullmatch(value)):
            raise InputError("value", value, "is not written as SLOT.FIELD=VALUE.", "Write it as in count.low=12.")
        slot, field, words = m.groups()
        if not words:
            yield f"{slot}.{field}", None
            continue
        try:
            yield f"{slot}.{field}", _NUMBERS.get(field, str)(words)
        except ValueError:
            raise InputError("value", value, "is no number.", "Write it as in count.low=12.") from None
