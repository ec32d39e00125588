"""Is this record as the log holds it? For a few rows and originals, at once, without reading log or tables whole.

`verifying` checks everything, the order of the whole log with it; this says of what is shown now that it is still what
was logged: each row by its digest, its entry by its hash and its neighbours, an original by its bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Model

from probata.audit.chain import Step
from probata.store import digests, logkeys, models, originals
from probata.store.bulk import chunks
from probata.store.logkeys import Key, Said
from probata.store.opening import Casebook

SMALL = 8 << 20  # bytes of an original that is read whole while somebody waits


class State(StrEnum):
    """How a record stands to what the log holds of it."""

    KEPT = "kept"  # exactly as it was logged
    ERASED = "erased"  # as the log says that an erasure left it, or gone by one
    CHANGED = "changed"  # not what was logged
    UNLOGGED = "unlogged"  # no entry tells of it: put in without the log, or the log was cut
    MISSING = "missing"  # an entry tells of it, and it is not there
    LEFT = "left"  # an original that was erased by what the log says, and is there
    BROKEN = "broken"  # its entry was changed, or does not fit those before and behind it


SOUND = (State.KEPT, State.ERASED)


@dataclass(frozen=True, slots=True)
class RecordState:
    """How one record stands: its kind and id as the log names them, and the entry that holds it, with its time."""

    kind: str
    item: str
    state: State
    entry: int | None = None
    at: str = ""
    size: int | None = None  # of an original; None when it is too large to be read now

    @property
    def sound(self) -> bool:
        """Whether it is as the log says."""
        return self.state in SOUND


def key_of(row: Model) -> Key:
    """Under what the log tells of a row that is evidence."""
    match row:
        case models.Report():
            return Key("report", row.digest)
        case models.Claim():
            return Key("claim", row.name)
        case models.Reading():
            return Key("reading", f"{row.claim.name}/{row.number}")
        case models.Version():
            return Key("incident version", f"{row.incident.name}/{row.number}")
        case models.Answer():
            return Key("answer", str(row.proposal_id))
        case models.Decision() | models.Proposal():
            return Key(row._meta.model_name or "", str(row.pk))
    raise TypeError(f"the log tells of no {type(row).__name__}")


def of_rows(book: Casebook, rows: Sequence[Model], absent: Iterable[Key] = ()) -> list[RecordState]:
    """The state of each row, then of each of `absent` that the log tells of, although there is no row of it.

    Rows are whole, with what they belong to (a claim with its report): their digests count in all of it.
    """
    known = _Log(book, rows, absent)
    found = [known.state(row) for row in rows]
    again = {n: row for n, (row, was) in enumerate(zip(rows, found, strict=True)) if was.state is State.CHANGED}
    if again:  # it may have been erased between our reading of the row and of the log
        now = {(type(row), row.pk): row for row in _reread(book, again.values())}
        fresh = _Log(book, [*now.values()], ())
        for n, row in again.items():
            one = now.get((type(row), row.pk))
            found[n] = fresh.state(one) if one else known.missing(key_of(row))
    return found + [known.missing(key) for key in absent if known.tells(key) and not _is_there(book, key)]


def of_claims(book: Casebook, report: models.Report, claims: Sequence[models.Claim]) -> list[RecordState]:
    """As `of_rows`, of a report with all of its claims: one that the log tells of and that is gone is missing."""
    found = of_rows(book, [report, *claims])
    there = {claim.name for claim in claims}
    told = logkeys.said(book, [Key("claims", report.digest)]).get(Key("claims", report.digest), [])
    gone = {name: entry for entry in told for name, _ in entry.detail.get("claims", []) if name not in there}
    left = set(_names(book, gone))  # claims that somebody put in meanwhile are no part of `claims`
    return found + [
        RecordState("claim", name, State.MISSING, entry.number, entry.at)
        for name, entry in gone.items()
        if name not in left
    ]


def of_original(book: Casebook, digest: str, most: int = SMALL) -> RecordState:
    """The state of an original now, by its bytes; of one with more than `most` bytes by its size alone."""
    told = logkeys.said(book, [Key("original", digest)]).get(Key("original", digest), [])
    path = originals.path_of(book.originals, digest)
    size = path.stat().st_size if path.is_file() else None
    if not told:
        return RecordState("original", digest, State.UNLOGGED, size=size)
    entry, length = told[-1], told[0].detail.get("size")
    state = State.KEPT
    if not all(one.whole for one in told):
        state = State.BROKEN
    elif entry.step == Step.ERASE:
        state = State.ERASED if size is None else State.LEFT
    elif size is None:
        state = State.MISSING
    elif size != length or (size <= most and originals.hashed(path)[0] != digest):
        state = State.CHANGED
    known = size if size is not None and size <= most else None
    return RecordState("original", digest, state, entry.number, entry.at, known)


class _Log:
    """What the log says of these rows, asked for together."""

    def __init__(self, book: Casebook, rows: Sequence[Model], absent: Iterable[Key]) -> None:
        reports = {row.report.digest for row in rows if isinstance(row, models.Claim)}
        keys = [*map(key_of, rows), *absent, *(Key("claims", digest) for digest in sorted(reports))]
        self._said = logkeys.said(book, keys)
        self._claims: dict[str, dict[str, list[tuple[Said, str | None]]]] = {}  # of a report's digest, by their names

    def state(self, row: Model) -> RecordState:
        """The state of one of them."""
        key = key_of(row)
        told = list(self._of(row, key))
        if not told:
            return RecordState(key.kind, key.item, State.UNLOGGED)
        entry, after = told[-1]
        if not entry.whole:
            state = State.BROKEN
        elif digests.of_row(row) != after:
            state = State.CHANGED
        else:
            state = State.ERASED if entry.step == Step.ERASE else State.KEPT
        return RecordState(key.kind, key.item, state, entry.number, entry.at)

    def tells(self, key: Key) -> bool:
        """Whether any entry tells of it."""
        return key in self._said

    def missing(self, key: Key) -> RecordState:
        """What is not there, although the log tells of it."""
        entry = self._said[key][-1] if key in self._said else None
        return RecordState(
            key.kind, key.item, State.MISSING, entry.number if entry else None, entry.at if entry else ""
        )

    def _of(self, row: Model, key: Key) -> Iterator[tuple[Said, str | None]]:
        """The entries that hold a row, in order, each with the digest that it gives."""
        if isinstance(row, models.Claim):  # read with its report, and named in the entry of all claims of that
            yield from self._together(row.report.digest).get(row.name, ())
        yield from ((entry, entry.after) for entry in self._said.get(key, ()))

    def _together(self, report: str) -> dict[str, list[tuple[Said, str | None]]]:
        """What the entries that tell of all claims of a report say of each."""
        if report not in self._claims:
            found = self._claims[report] = {}
            for entry in self._said.get(Key("claims", report), ()):
                for name, digest in entry.detail.get("claims", ()):
                    found.setdefault(name, []).append((entry, digest))
        return self._claims[report]


_BELONG: Mapping[type[Model], tuple[str, ...]] = {
    models.Claim: ("report",),
    models.Reading: ("claim",),
    models.Version: ("incident",),
    models.Proposal: ("incident",),
    models.Answer: ("proposal",),
}


def _reread(book: Casebook, rows: Iterable[Model]) -> Iterator[Model]:
    """Rows as they are now."""
    by: dict[type[Model], list[Any]] = {}
    for row in rows:
        by.setdefault(type(row), []).append(row.pk)
    for model, numbers in by.items():
        for some in chunks(numbers):
            found = model._default_manager.using(book.alias).filter(pk__in=some)
            yield from found.select_related(*_BELONG[model]) if model in _BELONG else found


def _is_there(book: Casebook, key: Key) -> bool:
    """Whether there is a row after all: written between our reading of the rows and of the log."""
    name, _, number = key.item.rpartition("/")
    match key.kind:
        case "reading":
            found: Any = models.Reading.objects.filter(claim__name=name, number=int(number))
        case "incident version":
            found = models.Version.objects.filter(incident__name=name, number=int(number))
        case "answer":
            found = models.Answer.objects.filter(proposal_id=int(key.item))
        case _:
            raise TypeError(f"nothing of the kind {key.kind} is looked for")
    return bool(found.using(book.alias).exists())


def _names(book: Casebook, names: Iterable[str]) -> Iterator[str]:
    for some in chunks(names):
        yield from models.Claim.objects.using(book.alias).filter(name__in=some).values_list("name", flat=True)
