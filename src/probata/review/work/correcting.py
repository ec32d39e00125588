"""From what a person typed or selected to a claim record: slot by slot, untouched ones kept to the letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from probata.extract.paragraphs import blocks
from probata.model.claim import ClaimType, Stance
from probata.model.report import BlockKind, Report
from probata.model.span import Span
from probata.review.work import locating, meanings, places, typed
from probata.review.work.marking import SEVERAL
from probata.review.work.typed import Typed
from probata.store.opening import Casebook
from probata.vocab import load
from probata.vocab.placeindex import PRECISIONS

Record = dict[str, Any]
FIGURES = 10**9  # no count is larger
_NEAR = 400  # characters; a speaker within them belongs to the sentence
PRECISE = (*PRECISIONS, "unresolved")


@dataclass(slots=True)
class Built:
    """A record made of a form, and by slot (or row of it) what is still wrong, and what there is to choose from."""

    record: Record
    problems: dict[str, str] = field(default_factory=dict)
    spots: dict[str, list[locating.Spot]] = field(default_factory=dict)
    places: dict[str, list[places.Choice]] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)


def empty() -> Record:
    """A claim of which nothing is said yet."""
    out: Record = {"id": "", "report": "", "evidence": None, "type": "", "stance": Stance.AFFIRMED.value}
    for slot in typed.EXTRA:
        out[slot] = [] if slot in SEVERAL else None
    return {**out, "groups": [], "in_title": False, "inferred": [], "by": {}}


def group_names() -> list[str]:
    """The victim groups there are."""
    return list(load("groups")["groups"])


def basis_kinds() -> list[str]:
    """The ways in which a speaker can know."""
    return list(load("speakers")["basis"])


class Build:
    """Makes a record of what a form sent: `seen` is the record that the form was filled from, `now` what stands."""

    def __init__(self, book: Casebook, report: Report, seen: Record, now: Record, sent: Typed) -> None:
        self._book, self._report, self._sent = book, report, sent
        self._seen = typed.of_record(seen) if seen.get("evidence") else {"stance": "affirmed"}
        self._was, self._now = seen, now
        self.out = Built({**now, "by": {}})

    def build(self) -> Built:
        """The record, and what is wrong."""
        self._choice("type", list(ClaimType))
        self._choice("stance", list(Stance))
        self._one("evidence")
        self._evidence = self._span_of(self.out.record["evidence"])
        for slot in typed.EXTRA:
            if slot in SEVERAL:
                self._several(slot)
            elif slot != "evidence":
                self._one(slot)
        self._groups()
        if self._evidence:
            self._place_in_report(self._evidence)
        elif "evidence" not in self.out.problems:
            self.out.problems["evidence"] = _("Give the words of the report that say it.")
        return self.out

    _evidence: Span | None = None

    def _choice(self, slot: str, known: list[Any]) -> None:
        said = self._sent.get(slot, "")
        if said not in known:
            self.out.problems[slot] = _("Choose one.")
        if not typed.same(self._sent, self._seen, slot):
            self._set(slot, said)

    def _one(self, slot: str) -> None:
        if typed.same(self._sent, self._seen, slot):
            return
        self._set(slot, self._value(slot, slot, typed.of_slot(self._sent, slot), self._was.get(slot)))

    def _several(self, slot: str) -> None:
        if typed.same(self._sent, self._seen, slot):
            return
        old = {(v["start"], v["end"]): v for v in self._was.get(slot) or ()}
        found = []
        for n, row in enumerate(typed.rows_of(self._sent, slot)):
            at = locating.at(self._report.text, row.get("at", ""))
            before = old.get((at.start, at.end)) if at else None
            found.append(self._value(f"{slot}.{n}", slot, row, before))
        self._set(slot, [value for value in found if value is not None])

    def _set(self, slot: str, value: object) -> None:
        self.out.record[slot] = value
        self.out.changed.append(slot)

    def _value(self, path: str, slot: str, said: Typed, before: Mapping[str, Any] | None) -> Record | None:
        """The value of a slot; None where its words are gone, or are not found."""
        words, given = said.get("words", ""), said.get("at", "")
        if not words:  # emptied: whatever offsets were there are of no words now
            return None
        span, several = locating.one(self._report.text, words, given, self._evidence)
        if span is None:
            if several:
                self.out.spots[path] = locating.shown(self._report.text, several)
                self.out.problems[path] = _("These words stand in several places: choose the one you mean.")
            else:
                self.out.problems[path] = _("These words are not in the text.")
            return None
        new = before is None or (before["start"], before["end"]) != (span.start, span.end)
        plain = {"start": span.start, "end": span.end, "text": span.text}
        if slot == "evidence":
            return plain
        if slot == "basis":
            kind = said.get("kind", "")
            if kind not in basis_kinds():
                self.out.problems[path] = _("Choose how the speaker knows.")
            return {**plain, "kind": kind}
        if slot == "count":
            return {**plain, **self._count(path, span, said, before, new)}
        if slot == "place":
            return {**plain, **self._place(path, span, said, before, new)}
        if slot == "time":
            return {**plain, **self._time(path, span, said, before, new)}
        old = str(before["name"]) if before else ""
        name = said.get("name", "")
        return {**plain, "name": span.text if not name or (new and name == old) else name}

    def _count(self, path: str, span: Span, said: Typed, before: Mapping[str, Any] | None, new: bool) -> Record:
        low, high = self._figure(path, said.get("low", "")), self._figure(path, said.get("high", ""))
        read = meanings.count(self._report, span)
        if new and (low, high) == ((before["low"], before["high"]) if before else (None, None)):
            low, high = read.low, read.high  # other words, and the figures of those before: they are read anew
        if low is not None and high is not None and low > high:
            self.out.problems[path] = _("The lower figure is above the upper one.")
        rule = read.rule if (low, high) == (read.low, read.high) else meanings.HAND
        return {"low": low, "high": high, "rule": rule}

    def _figure(self, path: str, said: str) -> int | None:
        plain = said.replace(",", "").replace("٬", "").replace(" ", "")
        if not plain:
            return None
        if not plain.isdigit() or int(plain) > FIGURES:
            self.out.problems[path] = _("Write the figures as whole numbers.")
            return None
        return int(plain)

    def _time(self, path: str, span: Span, said: Typed, before: Mapping[str, Any] | None, new: bool) -> Record:
        start, end = self._day(path, said.get("from", "")), self._day(path, said.get("to", ""))
        read = meanings.time(self._report, span)
        old = (before["from"], before["to"]) if before else (None, None)
        if new and (said.get("from") or None, said.get("to") or None) == old:
            start, end = read.start, read.end
        if start and end and start > end:
            self.out.problems[path] = _("It ends before it begins.")
        if (start, end) == (read.start, read.end):
            precision, anchor = read.precision, read.anchor
        else:
            precision, anchor = meanings.precision(start, end), None
        days = [d.isoformat() if d else None for d in (start, end, anchor)]
        return {"from": days[0], "to": days[1], "precision": precision, "anchor": days[2]}

    def _day(self, path: str, said: str) -> date | None:
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            self.out.problems[path] = _("Write days as year-month-day, as in 2031-03-05.")
            return None

    def _place(self, path: str, span: Span, said: Typed, before: Mapping[str, Any] | None, new: bool) -> Record:
        name, chosen = said.get("name", ""), said.get("choice", "")
        if (
            before
            and chosen == "known"
            and (not new or name == (before["name"] or ""))
            and name == (before["name"] or "")
        ):
            exact = said.get("precision") or before["precision"]
            return {**_located(before), "precision": places.coarser(before["precision"], exact)}
        if chosen == "none":
            return {**_located(None), "precision": "unresolved"}
        wanted = name if name and not (new and before and name == before["name"]) else span.text
        found = places.choices(self._book, wanted)
        for choice in found:
            if choice.value == chosen or (len(found) == 1 and chosen in ("", "known")):
                exact = said.get("precision") or choice.precision
                exact = exact if exact in PRECISE and exact != "unresolved" else choice.precision
                return {**_located(choice), "precision": places.coarser(choice.precision, exact)}
        if found:
            self.out.places[path] = found
            self.out.problems[path] = _("Several places have this name: choose one, or none of them.")
        elif name and name != span.text:
            self.out.problems[path] = _("The gazetteer has no place of this name.")
        return {**_located(None), "precision": "unresolved"}

    def _groups(self) -> None:
        record = self.out.record
        if not typed.same(self._sent, self._seen, "groups"):
            self._set("groups", [g for g in group_names() if g in self._sent["groups"].split(",")])
        elif "targets" in self.out.changed or "type" in self.out.changed:
            words = [t["text"] for t in record["targets"]]
            read = meanings.groups(self._report, words, str(record["type"]))
            if read is not None and list(read) != list(record["groups"]):
                self._set("groups", list(read))

    def _place_in_report(self, evidence: Span) -> None:
        """Whether it is said in the title, and which slots rest on words elsewhere."""
        inside = next((b for b in blocks(self._report) if b.start <= evidence.start < b.end), None)
        self.out.record["in_title"] = bool(inside and inside.kind is BlockKind.TITLE)
        carried = {slot for slot in self.out.record["inferred"] if slot not in self.out.changed}
        for slot in self.out.changed:
            value = self.out.record[slot]
            if slot in ("speaker", "place", "time") and value and self._is_elsewhere(slot, value, evidence):
                carried.add(slot)
        self.out.record["inferred"] = sorted(carried)

    def _is_elsewhere(self, slot: str, value: Record, evidence: Span) -> bool:
        room = _NEAR if slot == "speaker" else 0
        return bool(value["end"] <= evidence.start - room or value["start"] >= evidence.end + room)

    def _span_of(self, value: Mapping[str, Any] | None) -> Span | None:
        if not value or not isinstance(value["start"], int):
            return None
        return Span(value["start"], value["end"], value["text"])


def _located(place: Mapping[str, Any] | places.Choice | None) -> Record:
    if place is None:
        return dict.fromkeys(("name", "geonameid", "lat", "lon"))
    if isinstance(place, places.Choice):
        return {"name": place.name, "geonameid": place.geonameid, "lat": place.lat, "lon": place.lon}
    return {k: place[k] for k in ("name", "geonameid", "lat", "lon")}
