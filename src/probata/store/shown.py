"""Incidents as they are shown: filtered lists, single ones, every version of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q

from probata.model.errors import InputError
from probata.store import models, stored
from probata.store.opening import Casebook

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents to list; what is None or empty does not matter. `start` and `end` are the first and last day."""

    type: str | None = None
    place: str | None = None
    start: date | None = None
    end: date | None = None
    sources: int = 0
    grade: str | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of an incident: its number of how many, when it was made, what changed and because of what.

    `ended` names the incidents that it went into, when it goes on in others.
    """

    number: int
    of: int
    at: datetime
    record: Record
    changes: list[Record]
    because: Record
    ended: tuple[str, ...] | None


def incidents(book: Casebook, wanted: Wanted) -> Iterator[Record]:
    """The latest records of the incidents wanted, by first day and age; those of unknown day last."""
    rows = stored.latest(book).filter(incident__ended__isnull=not wanted.ended)
    if wanted.type:
        rows = rows.filter(incident__type=wanted.type)
    if wanted.place:
        rows = rows.filter(incident__place__iexact=wanted.place)
    if wanted.grade:
        rows = rows.filter(incident__grade__iexact=wanted.grade)
    if wanted.start:
        rows = rows.filter(
            Q(incident__end__gte=wanted.start) | Q(incident__end=None, incident__start__gte=wanted.start)
        )
    if wanted.end:
        rows = rows.filter(incident__start__lte=wanted.end)
    rows = rows.filter(incident__sources__gte=wanted.sources)
    for row in rows.order_by(F("incident__start").asc(nulls_last=True), "incident__id").iterator(chunk_size=200):
        yield row.record


def named(book: Casebook, name: str) -> str:
    """The id of the incident of this id, of an id that begins so, or with this claim. Raises InputError."""
    rows = models.Incident.objects.using(book.alias)
    if rows.filter(name=name).exists():
        return name
    held = models.Member.objects.using(book.alias).filter(claim__name=name).values_list("scene__incident__name")
    found = [n for (n,) in held] or list(rows.filter(name__startswith=name).values_list("name", flat=True)[:6])
    if len(found) == 1 and len(name) > len("inc-"):
        return found[0]
    if found:
        problem = f"is the beginning of {len(found)} ids or more: {', '.join(found[:5])}."
        raise InputError("incident", name, problem, "Give more of it.")
    raise InputError(
        "incident", name, "is no incident of this casebook, and no claim of one.", "See `probata incidents`."
    )


def edition(book: Casebook, name: str, number: int | None = None) -> Edition:
    """A version of an incident, the latest unless a number is given. Raises InputError when there is none of it."""
    kept = models.Version.objects.using(book.alias).filter(incident__name=name).select_related("incident")
    row = kept.filter(number=number if number is not None else F("incident__number")).first()
    if row is None:
        last = models.Incident.objects.using(book.alias).get(name=name).number
        problem = f"has no version {number}."
        raise InputError("version", name, problem, f"It has versions 1 to {last}.")
    return _edition(row)


def history(book: Casebook, name: str) -> list[Edition]:
    """All versions of an incident, the first first."""
    kept = models.Version.objects.using(book.alias).filter(incident__name=name).select_related("incident")
    return [_edition(row) for row in kept.order_by("number")]


def _edition(row: models.Version) -> Edition:
    incident = row.incident
    ended = tuple(incident.ended["into"]) if incident.ended else None
    return Edition(row.number, incident.number, row.at, row.record, row.changes, row.because, ended)
