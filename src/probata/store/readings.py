"""People's readings of claims, beside the machine's: corrected, rejected, undone, or added where the machine saw none.

A reading is a row that is never changed; which one stands is a matter of order. Grouping and lists follow when
`grouping.update` is called next, which takes as long as what is touched is large.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from probata import __version__
from probata.audit.canonical import canonical
from probata.audit.chain import Step
from probata.audit.sealing import fresh_salt
from probata.export import jsonl
from probata.model.errors import InputError
from probata.store import digests, known, log, models, shadow, shielding
from probata.store.bulk import chunks
from probata.store.given import as_kept
from probata.store.opening import Casebook
from probata.store.rows import claim_row
from probata.store.spans import checked

Record = dict[str, Any]
CORRECTED, REJECTED, UNDONE, MACHINE, ADDED = "corrected", "rejected", "undone", "machine", "added"
_SLOTS = (
    *("evidence", "type", "stance", "speaker", "relay", "basis", "agents", "targets", "groups"),
    *("method", "count", "place", "time"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a claim: what it says from then on. Number 0 is the machine's, or that of who added the claim."""

    claim: str
    number: int
    kind: str
    record: Record
    rejected: bool
    who: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """A slot that two readings fill differently."""

    slot: str
    before: Any
    after: Any


def correct(book: Casebook, claim: str, record: Mapping[str, Any], who: str, why: str, seen: int) -> Reading:
    """Let a claim stand with these slots; those not given stay. Offsets count in the report as it is shown.

    `seen` is the number of the reading that the person looked at. Raises InputError with the slot for words that are
    not in the report, without a reason, and ("changed-meanwhile") when somebody else was faster.
    """

    def made(row: models.Claim, told: Sequence[Reading]) -> tuple[Record, bool]:
        return _merged(book, row.report, record, told[-1].record), False

    return _written(book, claim, CORRECTED, made, who, why, seen)


def reject(book: Casebook, claim: str, who: str, why: str, seen: int) -> Reading:
    """Let a claim count nowhere: the report does not say that."""
    return _written(book, claim, REJECTED, lambda _, told: (told[-1].record, True), who, why, seen)


def undo(book: Casebook, claim: str, who: str, why: str, seen: int) -> Reading:
    """Let a claim stand as before its last reading, by one more row; undoing again steps further back.

    An addition that is undone counts nowhere. Raises InputError where there is nothing to undo.
    """

    def made(_: models.Claim, told: Sequence[Reading]) -> tuple[Record, bool]:
        before = _before(told)
        if before is not None:
            return told[before].record, told[before].rejected
        if told[0].kind == ADDED and not told[-1].rejected:
            return told[0].record, True
        raise InputError("reading", claim, "stands as it was first read.", "There is nothing to undo.")

    return _written(book, claim, UNDONE, made, who, why, seen)


def add(book: Casebook, report: str, record: Mapping[str, Any], who: str, why: str) -> Reading:
    """A claim of a report that the machine did not see; it gets an id of its own, and its reading the number 0."""
    _asked(who, why)
    with transaction.atomic(using=book.alias):
        log.lock(book)
        of = models.Report.objects.using(book.alias).filter(name=report).first()
        if of is None:
            raise InputError("report", report, "is no report of this casebook.", "See `probata reports`.")
        at = datetime.now(UTC)
        said = {"stance": "affirmed", **_merged(book, of, record, {})}
        own = canonical([of.digest, digests.stamp(at), fresh_salt()])
        new = checked(of, {**said, "id": f"sha256:{hashlib.sha256(own).hexdigest()}", "report": of.name})
        _unknown(book, of, new)
        last = models.Claim.objects.using(book.alias).filter(report=of).order_by("-number").first()
        row = claim_row(jsonl.from_record(new), of, last.number + 1 if last else 1)
        row.record = new
        row.save(using=book.alias)
        log.write(book, [log.act(Step.CODE, "claim", row.name, who, after=digests.of_row(row))])
        saved = _saved(book, row, 0, ADDED, new, False, who, why, None)
    return _shown(book, [_reading(row, saved)])[0]


def _unknown(book: Casebook, report: models.Report, new: Record) -> None:
    """Refuse what somebody has added already, as when a command is given again after it was killed."""
    rows = models.Claim.objects.using(book.alias).filter(report=report, readings__kind=ADDED).select_related("report")
    for row in rows:
        last = _told(row)[-1]
        if not last.rejected and all(last.record.get(slot) == new.get(slot) for slot in _SLOTS):
            raise InputError("known", row.name, "says the same of this report already.", "Nothing was added.")


def history(book: Casebook, claim: str) -> list[Reading]:
    """All readings of a claim, the first first, as they may be shown."""
    return _shown(book, _told(_claim(book, claim)))


def current(book: Casebook, names: Iterable[str]) -> dict[str, Reading]:
    """The reading that stands of each claim, as it may be shown; also of those that nobody has read."""
    out: list[Reading] = []
    for some in chunks(sorted(set(names))):
        rows = (
            models.Claim.objects.using(book.alias)
            .filter(name__in=some)
            .select_related("report")
            .prefetch_related("readings")
            .defer("report__text")
        )
        out += [_told(row)[-1] for row in rows]
    return {reading.claim: reading for reading in _shown(book, out)}


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The slots that two records fill differently."""
    told = ((slot, before.get(slot), after.get(slot)) for slot in _SLOTS)
    return [Change(slot, was, now) for slot, was, now in told if (was or None) != (now or None)]


def _merged(book: Casebook, report: models.Report, record: Mapping[str, Any], stands: Record) -> Record:
    """What stands with the slots given; what Probata read stays marked as such where it is as it was."""
    given = {slot: value for slot, value in record.items() if slot in (*_SLOTS, "in_title", "inferred")}
    given = as_kept(report.text, given, shielding.of(book), stands)
    told = {**{k: v for k, v in stands.items() if k != "by"}, **given}
    rules = stands.get("by", {}).get("rules", {})
    same = {slot: rule for slot, rule in rules.items() if slot in stands and told.get(slot) == stands[slot]}
    told["by"] = {"extractor": "person", "version": __version__, "rules": same}
    return checked(report, told, given) if stands else told


def _before(told: Sequence[Reading]) -> int | None:
    """The place of the reading to which an undo goes back: undone readings and undoings are stepped over."""
    at: list[int | None] = []  # for each reading, the one whose state it is
    for n, reading in enumerate(told):
        last = at[n - 1] if n else None
        if reading.kind != UNDONE:
            at.append(n)
        else:
            at.append(at[last - 1] if last else None)
    now = at[-1]
    return at[now - 1] if now else None


def _written(
    book: Casebook,
    claim: str,
    kind: str,
    made: Callable[[models.Claim, Sequence[Reading]], tuple[Record, bool]],
    who: str,
    why: str,
    seen: int,
) -> Reading:
    _asked(who, why)
    with transaction.atomic(using=book.alias):
        log.lock(book)  # one at a time: whoever comes second sees the first's reading here
        row = _claim(book, claim)
        told = _told(row)
        if told[-1].number != seen:
            raise _changed(row)
        record, rejected = made(row, told)
        last = row.readings.order_by("number").last()
        written = _saved(book, row, seen + 1, kind, record, rejected, who, why, last)
    return _shown(book, [_reading(row, written)])[0]


def _saved(
    book: Casebook,
    row: models.Claim,
    number: int,
    kind: str,
    record: Record,
    rejected: bool,
    who: str,
    why: str,
    last: models.Reading | None,
) -> models.Reading:
    written = models.Reading(
        claim=row, number=number, kind=kind, record=record, rejected=rejected, who=who, why=why, at=datetime.now(UTC)
    )
    written.save(using=book.alias)
    shadow.follow(book, row, last, written)
    known.refresh(book, shielding.of(book), row.report)
    before, after = digests.of_row(last or row), digests.of_row(written)
    log.write(book, [log.act(Step.CODE, "reading", f"{row.name}/{number}", who, before=before, after=after)])
    return written


def _claim(book: Casebook, name: str) -> models.Claim:
    row = models.Claim.objects.using(book.alias).select_related("report").filter(name=name).first()
    if row is None:
        raise InputError("claim", name, "is no claim of this casebook.", "`probata claims` lists all.")
    return row


def _told(row: models.Claim) -> list[Reading]:
    """All readings of a claim, the machine's first where it is one of the machine."""
    kept = [_reading(row, r) for r in sorted(row.readings.all(), key=lambda r: r.number)]
    if kept and kept[0].kind == ADDED:
        return kept
    machine = Reading(row.name, 0, MACHINE, row.record, False, "", "", row.report.added_at)
    return [machine, *kept]


def _reading(row: models.Claim, r: models.Reading) -> Reading:
    return Reading(row.name, r.number, r.kind, r.record, r.rejected, r.who, r.why, r.at)


def _asked(who: str, why: str) -> None:
    if not who.strip():
        raise InputError("nobody", "a reading", "names nobody who reads.", "Give an alias.")
    if who.strip().casefold() == log.SOFTWARE:
        raise InputError("software", "a reading", "was to be written by software.", "A person reads; give an alias.")
    if not why.strip():
        raise InputError("reason", "a reading", "has no reason.", "Write down why, so that others can follow it.")


def _changed(row: models.Claim) -> InputError:
    problem = "was read by somebody else meanwhile; nothing was changed."
    return InputError("changed-meanwhile", row.name, problem, "Look at that reading, then decide again.")


def _shown(book: Casebook, found: Collection[Reading]) -> list[Reading]:
    """Readings without protected words."""
    shield = shielding.of(book)
    if not shield:
        return list(found)
    records = shielding.Claims(book, shield)
    return [
        Reading(r.claim, r.number, r.kind, records(r.record), r.rejected, shield.text(r.who), shield.text(r.why), r.at)
        for r in found
    ]
