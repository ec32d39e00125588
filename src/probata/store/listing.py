"""Lists of what a casebook holds: reports and claims, filtered, one after the other, however many there are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby
from typing import Any

from django.db import connections
from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from probata.model import claim as model
from probata.model.report import Report
from probata.store import models, shielding
from probata.store.opening import Casebook
from probata.store.rows import report_of
from probata.store.standing import claim_of, held, record_of, said
from probata.vocab import query

Record = dict[str, Any]
_CHUNK = 500  # rows held at a time
# a list of names as one value, for any number of them
_NAMES = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT json_array_elements_text(%s::json)",
}


@dataclass(frozen=True, slots=True)
class Sought:
    """Which reports or claims to list; what is None does not matter.

    Of outlet, speaker and place all words must be in the name, in any spelling that a search would find. `start` and
    `end` are the first and last day: of reports that they were published on, of claims that they speak of.
    """

    report: str | None = None
    outlet: str | None = None
    language: str | None = None
    type: str | None = None
    stance: str | None = None
    speaker: str | None = None
    place: str | None = None
    start: date | None = None
    end: date | None = None


def reports(book: Casebook, sought: Sought, limit: int | None = None) -> Iterator[Record]:
    """The reports sought as records, by day of publication, undated ones last; without protected words.

    What is asked of claims must hold of one claim of the report.
    """
    shield = shielding.of(book)
    sought = shield.shown(sought)
    rows = _of_reports(models.Report.objects.using(book.alias), "", book, sought)
    if sought.start:
        rows = rows.filter(published__gte=sought.start)
    if sought.end:
        rows = rows.filter(published__lte=sought.end)
    if sought.type or sought.stance or sought.speaker or sought.place:
        claims = held(models.Claim.objects.using(book.alias).filter(report=OuterRef("pk")))
        rows = rows.filter(Exists(_of_claims(claims, book, sought)))
    counted = held(models.Claim.objects.using(book.alias).filter(report=OuterRef("pk")))
    told = counted.select_related(None).order_by().values("report")
    number = Coalesce(Subquery(told.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
    names = (
        "name",
        "title",
        "outlet",
        "published",
        "language",
        "url",
        "author",
        "digest",
        "original",
        "data",
        "reader",
    )
    ordered = rows.annotate(number=number).order_by(F("published").asc(nulls_last=True), "id")
    for row in ordered[:limit].values(*names, "added_at", "added_by", "number").iterator(chunk_size=_CHUNK):
        yield shield.shown(
            {
                "id": row["name"],
                "title": row["title"],
                "outlet": row["outlet"],
                "published": row["published"].isoformat() if row["published"] else None,
                "language": row["language"],
                "url": row["url"],
                "author": row["author"],
                "claims": row["number"],
                "read_by": row["reader"] or None,
                "gaps": row["data"]["gaps"],
                "sha256": row["digest"],
                "original": row["original"],
                "added_at": row["added_at"].isoformat(),
                "added_by": row["added_by"],
            }
        )


def claims(book: Casebook, sought: Sought, limit: int | None = None) -> Iterator[Record]:
    """The records of the claims sought as `probata read` writes them, in the order of addition; no protected words."""
    shown = shielding.Claims(book, shielding.of(book))
    rows = _claims(book, sought).annotate(outlet=F("report__outlet"), published=F("report__published"))
    for row in rows[:limit].iterator(chunk_size=_CHUNK):
        day = row.published.isoformat() if row.published else None
        yield shown({**record_of(row), "outlet": row.outlet, "published": day})


def by_report(book: Casebook, sought: Sought, limit: int | None = None) -> Iterator[tuple[Report, list[model.Claim]]]:
    """The claims sought with their reports, without protected words."""
    shield = shielding.of(book)
    rows = _claims(book, sought)[:limit].iterator(chunk_size=_CHUNK)
    for key, ours in groupby(rows, key=lambda row: row.report_id):
        found = [claim_of(row) for row in ours]
        report = report_of(models.Report.objects.using(book.alias).get(pk=key))
        yield shield.shown(report), shielding.claims(book, shield, found)


def _claims(book: Casebook, sought: Sought) -> QuerySet[models.Claim]:
    sought = shielding.of(book).shown(sought)
    rows = _of_reports(held(models.Claim.objects.using(book.alias)), "report__", book, sought)
    rows = _of_claims(rows, book, sought)
    if sought.start:
        rows = rows.filter(
            said("end", "__gte", sought.start) | (said("end", "", None) & said("start", "__isnull", False))
        )
    if sought.end:
        rows = rows.filter(
            said("start", "__lte", sought.end) | (said("start", "", None) & said("end", "__isnull", False))
        )
    return rows.order_by("id")


def _of_reports(rows: QuerySet[Any], path: str, book: Casebook, sought: Sought) -> QuerySet[Any]:
    """The rows whose report, reached by `path`, is one of those sought."""
    if sought.report:
        rows = rows.filter(**{f"{path}name": sought.report})
    if sought.language:
        rows = rows.filter(**{f"{path}language": sought.language.lower()})
    if sought.outlet:
        rows = rows.filter(**{f"{path}outlet__in": _names(book, models.Report, "outlet", sought.outlet)})
    return rows


def _of_claims(rows: QuerySet[models.Claim], book: Casebook, sought: Sought) -> QuerySet[models.Claim]:
    if sought.type:
        rows = rows.filter(said("type", "", sought.type))
    if sought.stance:
        rows = rows.filter(said("stance", "", sought.stance))
    if sought.speaker:
        rows = rows.filter(said("speaker", "__in", _names(book, models.Claim, "speaker", sought.speaker)))
    if sought.place:
        rows = rows.filter(said("place", "__in", _names(book, models.Claim, "place", sought.place)))
    return rows


def _names(book: Casebook, table: type[models.Report | models.Claim], column: str, words: str) -> RawSQL:
    """The different names of a column that have all the words. Raises InputError when there is no word."""
    wanted = query.terms(words)
    shield = shielding.of(book)
    tables = (table, models.Standing) if table is models.Claim else (table,)
    given = chain.from_iterable(
        t.objects.using(book.alias)
        .exclude(**{column: None})
        .order_by()
        .values_list(column, flat=True)
        .distinct()
        .iterator(chunk_size=_CHUNK)
        for t in tables
    )
    found = [
        name
        for name in dict.fromkeys(given)
        if len({mark.term for mark in query.marks(shield.text(name), wanted)}) == len(wanted)
    ]
    return RawSQL(_NAMES[connections[book.alias].vendor], [json.dumps(found, ensure_ascii=False)])
