"""Records that people give, of a report as it was shown to them: put back in terms of the report as it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from probata.audit.shield import Edited, Edits, Shield
from probata.model.errors import InputError

Record = dict[str, Any]


def as_kept(text: str, record: Mapping[str, Any], shield: Shield, known: Mapping[str, Any]) -> Record:
    """The record with offsets and words of the text as it is kept, where people see a mark for protected words.

    `known` is a record as it is kept, from which names come back that were shown with the mark. Raises InputError with
    the slot when words are not those at their offsets, and when a name has the mark and cannot be known.
    """
    if not shield:
        return dict(record)
    edits = shield.edits(text)
    shown = Edited(text, edits, shield.mark).text

    def back(slot: str, value: Any) -> Any:
        if isinstance(value, list):
            return [back(slot, v) for v in value]
        if not isinstance(value, Mapping):
            return value
        out = dict(value)
        start, end = out.get("start"), out.get("end")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
            said = shown[start:end]
            if out.get("text", said) != said:
                raise _wrong(slot, f"is not the words of the report at {start} to {end}.")
            out["start"], out["end"] = _kept(edits, shield.mark, start, False), _kept(edits, shield.mark, end, True)
            out["text"] = text[out["start"] : out["end"]]
        name = out.get("name")
        if isinstance(name, str) and shield.mark in name:
            own = [n for n in _names_at(known.get(slot), out) if shield.text(n) == name]
            if not own and name != shield.text(str(out.get("text"))):
                raise _wrong(slot, "has a name with protected words, which cannot be written anew.")
            out["name"] = own[0] if own else out["text"]
        return out

    return {slot: back(slot, value) for slot, value in record.items()}


def _kept(edits: Edits, mark: str, at: int, last: bool) -> int:
    """Where an offset of the text as shown stands in the text as kept; within a mark, at the end of what it is for."""
    shift = 0
    for start, end in edits:
        first = start + shift
        if at <= first:
            break
        if at < first + len(mark):
            return end if last else start
        shift += len(mark) - (end - start)
    return at - shift


def _names_at(known: Any, span: Mapping[str, Any]) -> Iterator[str]:
    """The names that the slot as it stands gives to these words."""
    for value in known if isinstance(known, list) else [known]:
        same = isinstance(value, Mapping) and all(value.get(k) == span.get(k) for k in ("start", "end", "text"))
        if same and isinstance(value.get("name"), str):
            yield value["name"]


def _wrong(slot: str, problem: str) -> InputError:
    return InputError("slot", slot, problem, "Choose the words in the report.")
