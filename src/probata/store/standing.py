"""How claims stand for grouping and lists: as read by the machine, unless people have read them since.

Readings count from the moment at which grouping takes them in, so that what is grouped and how it is shown agree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from probata.export import jsonl
from probata.model import claim as model
from probata.store import models
from probata.store.bulk import chunks
from probata.store.opening import Casebook
from probata.store.rows import claim_row

FIELDS = ("reading", "rejected", "type", "stance", "speaker", "place", "start", "end", "record")
_COLUMNS = ("type", "stance", "speaker", "place", "start", "end", "record")


def held(rows: QuerySet[models.Claim]) -> QuerySet[models.Claim]:
    """Claims that count: those not rejected, each with how it stands. Those added count once they are taken in."""
    added = models.Reading.objects.using(rows.db).filter(claim=OuterRef("pk"), kind="added")
    return rows.filter((Q(standing=None) & ~Exists(added)) | Q(standing__rejected=False)).select_related("standing")


def said(field: str, lookup: str, value: Any) -> Q:
    """The condition that a column has this value in the claim as it stands; `lookup` as Django writes it, or ""."""
    own, other = f"{field}{lookup}", f"standing__{field}{lookup}"
    return Q(**{"standing": None, own: value}) | Q(**{"standing__isnull": False, other: value})


def record_of(row: models.Claim) -> dict[str, Any]:
    """The record of a claim as it stands; of rows that `held` gives."""
    record: dict[str, Any] = row.standing.record if hasattr(row, "standing") else row.record
    return record


def claim_of(row: models.Claim) -> model.Claim:
    """The claim as it stands; of rows that `held` gives."""
    return jsonl.from_record(record_of(row))


def waiting(book: Casebook) -> QuerySet[models.Reading]:
    """The readings that grouping has not taken in yet, of reports that are grouped."""
    state = models.Identity.objects.using(book.alias).get()
    found = models.Reading.objects.using(book.alias).filter(id__gt=state.reread)
    return found.filter(claim__report__lte=state.grouped).order_by("id")


def take_in(book: Casebook, claims: Collection[int], until: int) -> None:
    """Let these claims (row numbers) stand as their last reading up to number `until` of all readings says."""
    models_of = models.Standing.objects.using(book.alias)
    for some in chunks(sorted(claims)):
        models_of.filter(claim__in=some).delete()
        models_of.bulk_create(_made(book, some, until), batch_size=200)


def anew(book: Casebook, until: int) -> None:
    """Let all claims stand as their readings up to number `until` say."""
    models.Standing.objects.using(book.alias).all().delete()
    read = models.Reading.objects.using(book.alias).filter(id__lte=until)
    take_in(book, set(read.values_list("claim", flat=True)), until)


def _made(book: Casebook, claims: Iterable[int], until: int) -> list[models.Standing]:
    read = models.Reading.objects.using(book.alias).filter(claim__in=claims, id__lte=until)
    last = read.values("claim").annotate(last=Max("id")).values_list("last", flat=True)
    found = models.Reading.objects.using(book.alias).filter(id__in=list(last)).select_related("claim__report")
    return [of_reading(r) for r in found.order_by("id")]


def of_reading(reading: models.Reading) -> models.Standing:
    """How a claim stands by a reading, not saved yet."""
    row = claim_row(jsonl.from_record(reading.record), reading.claim.report, reading.claim.number)
    values = {name: getattr(row, name) for name in _COLUMNS} | {"record": reading.record}
    return models.Standing(claim=reading.claim, reading=reading.pk, rejected=reading.rejected, **values)
