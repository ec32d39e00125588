"""The text of a report cut into runs, each with the claims and slots whose words it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from probata.acquire.language import is_read
from probata.extract.paragraphs import blocks
from probata.model.report import BlockKind, Report
from probata.review.work.reports import group_of

Record = Mapping[str, Any]
SINGLE = ("speaker", "basis", "method", "count", "place", "time")
SEVERAL = ("relay", "agents", "targets")
LABELS = {
    "evidence": _("words"),
    "type": _("act"),
    "stance": _("stance"),
    "speaker": _("who says it"),
    "relay": _("through whom"),
    "basis": _("how they know"),
    "agents": _("by whom"),
    "targets": _("to whom"),
    "groups": _("groups"),
    "method": _("with what"),
    "count": _("how many"),
    "place": _("where"),
    "time": _("when"),
}
# As export.plain leaves out, but one for one: what people select must keep the offsets of the text that is kept.
_UNSEEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A claim as the text shows it: its id, its number in the list, its record. One rejected shows when chosen."""

    name: str
    number: int
    record: Record
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Words under the same marks. `at` is the offset of the first in code points of the report's text.

    `group` colours the evidence that they are part of; `claims` are the numbers of the claims whose evidence this is,
    `opened` those whose evidence begins here; `slots` say which slot of which claim, as in "3:speaker".
    """

    text: str
    at: int
    group: str
    claims: tuple[int, ...]
    opened: tuple[Marked, ...]
    slots: tuple[str, ...]
    chosen: bool = False
    slot: str = ""

    @property
    def named(self) -> str:
        """The numbers of claims, parted by spaces."""
        return " ".join(map(str, self.claims))

    @property
    def label(self) -> str:
        """What the chosen claim's slot is called."""
        return str(LABELS.get(self.slot, ""))

    @property
    def parts(self) -> str:
        """The slots, parted by spaces."""
        return " ".join(self.slots)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the report: what kind it is, and its runs."""

    kind: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Mark:
    start: int
    end: int
    slot: str
    of: Marked


def paragraphs(report: Report, claims: Sequence[Marked], chosen: str = "") -> list[Paragraph]:
    """The whole text in order; `chosen` is the claim whose slots are named. Time is linear in text and marks.

    In a language that is not read, lines are not told apart: all are paragraphs.
    """
    known = is_read(report)
    marks = [m for claim in claims for m in _marks(claim, len(report.text))]
    starts: dict[int, list[_Mark]] = {}
    ends: dict[int, list[_Mark]] = {}
    for mark in marks:
        starts.setdefault(mark.start, []).append(mark)
        ends.setdefault(mark.end, []).append(mark)
    cuts = sorted({*starts, *ends})
    out: list[Paragraph] = []
    active: dict[_Mark, None] = {}
    i = 0
    for block in blocks(report):
        runs: list[Run] = []
        at = block.start
        while at < block.end:
            opened: list[_Mark] = []
            while i < len(cuts) and cuts[i] <= at:
                for mark in ends.get(cuts[i], ()):
                    active.pop(mark, None)
                for mark in starts.get(cuts[i], ()):
                    active[mark] = None
                    opened.append(mark)
                i += 1
            until = min(block.end, cuts[i]) if i < len(cuts) else block.end
            runs.append(_run(one_for_one(report.text[at:until]), at, list(active), opened, chosen))
            at = until
        out.append(Paragraph(block.kind.value if known else BlockKind.PARAGRAPH.value, tuple(runs)))
    return out


def spans(record: Record) -> Iterator[tuple[str, Record]]:
    """The spans of a claim record with the slot that each is of, the evidence first."""
    yield "evidence", record["evidence"]
    for slot in SINGLE:
        if record.get(slot):
            yield slot, record[slot]
    for slot in SEVERAL:
        for value in record.get(slot) or ():
            yield slot, value


def one_for_one(text: str) -> str:
    """The text safe to show, as long as before: line ends as spaces, what turns the direction as a mark unseen."""
    return _CONTROL.sub("\ufffd", _UNSEEN.sub("\u2060", text.replace("\r", " ").replace("\x85", " ")))


def _marks(claim: Marked, length: int) -> Iterator[_Mark]:
    for slot, span in spans(claim.record):
        start, end = span["start"], span["end"]
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length:
            yield _Mark(start, end, slot, claim)


def _run(text: str, at: int, active: Sequence[_Mark], opened: Sequence[_Mark], chosen: str) -> Run:
    evidence = [m for m in active if m.slot == "evidence"]
    inner = [m for m in active if m.slot != "evidence"]
    mine = [m for m in evidence if m.of.name == chosen]
    stands = [m for m in evidence if not m.of.rejected]
    group = group_of(found[-1].of.record["type"]) if (found := mine or stands) else ""
    slot = next((m.slot for m in reversed(inner) if m.of.name == chosen), "") if chosen else ""
    return Run(
        text=text,
        at=at,
        group=group,
        claims=tuple(m.of.number for m in evidence),
        opened=tuple(m.of for m in opened if m.slot == "evidence" and not m.of.rejected),
        slots=tuple(f"{m.of.number}:{m.slot}" for m in inner),
        chosen=bool(mine),
        slot=slot,
    )
