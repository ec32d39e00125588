"""What the casebook holds, as the records that linking and assessing work on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import Count, F, QuerySet

from probata.export import jsonl
from probata.link.facts import About
from probata.model import claim as model
from probata.model.incident import Decision
from probata.store import models
from probata.store.bulk import MANY, chunks
from probata.store.opening import Casebook
from probata.store.standing import held
from probata.store.standing import said as said_of


def claims(book: Casebook, names: Iterable[str]) -> list[model.Claim]:
    """Claims by their ids, those of one report in the order of its text."""
    return _ordered(_claim(book).filter(name__in=some) for some in chunks(names))


def in_order(book: Casebook, claims: Iterable[model.Claim], known: Mapping[str, Placed]) -> list[model.Claim]:
    """Claims by report, those of one report as they stand in it: what grouping makes of them hangs on it."""
    by_id = {c.id: c for c in claims}
    number = {c: known[c].number for c in by_id if c in known}
    for some in chunks(sorted(by_id.keys() - number.keys())):
        number |= dict(models.Claim.objects.using(book.alias).filter(name__in=some).values_list("name", "number"))
    return sorted(by_id.values(), key=lambda c: (c.report, number[c.id]))


def claims_of_reports(book: Casebook, reports: Iterable[int]) -> list[model.Claim]:
    """All claims of reports, by their row numbers."""
    return list(_claims(_claim(book).filter(report__in=some) for some in chunks(reports)))


def claims_of_named(book: Casebook, reports: Iterable[str]) -> list[model.Claim]:
    """All claims of reports, by their names."""
    return list(_claims(_claim(book).filter(report__name__in=some) for some in chunks(sorted(reports))))


def claims_of_scenes(book: Casebook, scenes: Iterable[str]) -> list[model.Claim]:
    """The claims of scenes, by their names."""
    return _ordered(_claim(book).filter(member__scene__name__in=some) for some in chunks(scenes))


class Placed(NamedTuple):
    """Where a claim stands: its number in its report, its scene and incident by their row numbers."""

    number: int
    scene: int
    incident: int


def claims_of_incidents(
    book: Casebook, incidents: Iterable[str], placed: dict[str, Placed] | None = None
) -> dict[str, list[model.Claim]]:
    """The claims of incidents, by their names; the oldest incident first. `placed` is told where each claim stands."""
    out: defaultdict[str, list[model.Claim]] = defaultdict(list)
    wanted = list(incidents)
    age = {name: n for some in chunks(sorted(wanted)) for n, name in _ages(book, some)}
    known = {} if placed is None else placed
    columns = ("number", "member__scene", "member__scene__incident__name")
    for some in chunks(sorted(wanted)):
        rows = _claim(book).filter(member__scene__incident__name__in=some)
        for (number, scene, incident), claim in _with(rows, *columns):
            out[incident].append(claim)
            known[claim.id] = Placed(number, scene, age[incident])
    return {name: out[name] for name in sorted(out, key=age.__getitem__)}


def members_of_reports(book: Casebook, reports: Iterable[str]) -> Iterator[tuple[str, model.Claim]]:
    """The claims of harm of reports, each with its incident."""
    for some in chunks(sorted(reports)):
        rows = _claim(book).filter(report__name__in=some, member__isnull=False)
        yield from ((incident, claim) for (incident,), claim in _with(rows, "member__scene__incident__name"))


def incidents_of_claims(book: Casebook, names: Iterable[str]) -> list[str]:
    """The incidents that claims are in, by their names, each once."""
    rows = models.Member.objects.using(book.alias).exclude(scene__incident=None)
    found = {
        n for some in chunks(names) for (n,) in rows.filter(claim__name__in=some).values_list("scene__incident__name")
    }
    return sorted(found)


def reports_of_claims(book: Casebook, names: Iterable[str]) -> set[str]:
    """The reports of claims, by their names."""
    rows = models.Claim.objects.using(book.alias)
    return {n for some in chunks(names) for n in rows.filter(name__in=some).values_list("report__name", flat=True)}


def incidents_of_reports(book: Casebook, names: Iterable[str]) -> set[str]:
    """The incidents that reports tell of, by their names."""
    rows = models.Scene.objects.using(book.alias).exclude(incident=None)
    return {
        n
        for some in chunks(sorted(names))
        for n in rows.filter(report__name__in=some).values_list("incident__name", flat=True)
    }


def latest(book: Casebook) -> QuerySet[models.Version]:
    """The latest version of each incident, with its incident."""
    kept = models.Version.objects.using(book.alias).select_related("incident")
    return kept.filter(number=F("incident__number"))


def numbers_of_reports(book: Casebook, names: Iterable[str]) -> dict[str, int]:
    """The row numbers of reports, by their names."""
    rows = models.Report.objects.using(book.alias)
    return {
        name: n for some in chunks(sorted(names)) for name, n in rows.filter(name__in=some).values_list("name", "id")
    }


def verifications(book: Casebook, reports: Collection[str]) -> dict[str, list[model.Claim]]:
    """What reports say of verification, by the incident that each of them tells most of."""
    told: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    said: list[model.Claim] = []
    for some in chunks(sorted(reports)):
        found = _claim(book).filter(report__name__in=some)
        said += _claims([found.filter(said_of("type", "", model.ClaimType.VERIFICATION.value))])
    for some in chunks(sorted({claim.report for claim in said})):
        found = _claim(book).filter(report__name__in=some, member__isnull=False)
        rows = found.values_list("report__name", "member__scene__incident__name")
        for report, incident, number in rows.annotate(number=Count("id")).order_by():
            told[report].append((number, incident))
    out: defaultdict[str, list[model.Claim]] = defaultdict(list)
    for claim in said:
        if told[claim.report]:
            out[max(told[claim.report])[1]].append(claim)
    return out


def about(book: Casebook, reports: Collection[str]) -> dict[str, About]:
    """Outlet and day of publication of reports, by their names."""
    rows = models.Report.objects.using(book.alias)
    return {
        name: About(outlet or "", published)
        for some in chunks(sorted(reports))
        for name, outlet, published in rows.filter(name__in=some).values_list("name", "outlet", "published")
    }


def decisions(book: Casebook) -> list[Decision]:
    """People's rows, the latest last."""
    rows = models.Decision.objects.using(book.alias).order_by("id")
    return [Decision(r.a, r.b, r.same, r.who, r.why) for r in rows]


def _claim(book: Casebook) -> QuerySet[models.Claim]:
    return held(models.Claim.objects.using(book.alias))


def _claims(queries: Iterable[QuerySet[models.Claim]]) -> Iterator[model.Claim]:
    for query in queries:
        for _, claim in _with(query, "pk"):
            yield claim


def _ordered(queries: Iterable[QuerySet[models.Claim]]) -> list[model.Claim]:
    """The claims of queries, each once, by report and as they stand in it."""
    found = {claim.id: (claim, number) for query in queries for (number,), claim in _with(query, "number")}
    return [claim for claim, _ in sorted(found.values(), key=lambda told: (told[0].report, told[1]))]


def _with(rows: QuerySet[models.Claim], *columns: str) -> Iterator[tuple[Any, model.Claim]]:
    """Claims as they stand, in order, each with what these columns say; an object a row takes twice as long."""
    values = rows.order_by("report", "number").values_list(*columns, "record", "standing__record")
    for *said, record, standing in values.iterator(chunk_size=MANY):
        yield said, jsonl.from_record(standing or record)


def _ages(book: Casebook, names: Collection[str]) -> Iterable[tuple[int, str]]:
    return models.Incident.objects.using(book.alias).filter(name__in=names).values_list("id", "name")
