"""The casebook that `bench_review.py` measures: reports, claims and incidents made up, each claim's incident given."""

from __future__ import annotations

import hashlib
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction

import probata.review  # noqa: F401  (sets Django up)
from probata.assess import assess
from probata.export.incidentlines import record
from probata.model.claim import Claim, ClaimType, Count, Named, Place, Stance, Time
from probata.model.incident import Incident, Member, Relation, Spot
from probata.model.report import Anchor, AnchorBasis, Origin, Report
from probata.model.span import Span
from probata.store import models
from probata.store.adding import Adding
from probata.store.opening import Casebook
from probata.store.turn import turn
from probata.store.versions import columns, now

REPORTS, CLAIMS, INCIDENTS, BIG = 50_000, 300_000, 20_000, 3_000
LONG = "long"  # the report of BIG claims
WORDS = "market school bridge convoy bakery clinic square camp mosque church station river farm road depot hill".split()
KINDS = (ClaimType.KILLING, ClaimType.KILLING, ClaimType.INJURY, ClaimType.ATTACK, ClaimType.DISPLACEMENT)
PRECISIONS = ("city", "city", "city", "neighbourhood", "district", "region", "point")
WHO = ("a medic", "the army", "the governor's office", "a monitor", "residents", "an aid group")


def incident_of(number: int, size: int) -> int:
    """The incident that claim `number` is of: the first has many, the others alike."""
    big = min(BIG, size // 4)
    left = max(1, round(INCIDENTS * size / CLAIMS) - 1)
    return 0 if number < big else 1 + (number - big) * left // (size - big)


def claim(number: int, size: int, report: str, start: int) -> tuple[str, Claim]:
    """The words of a claim and the claim, as they stand from `start` on in its report."""
    event = incident_of(number, size)
    of, own = random.Random(event), random.Random(f"{number} ")
    town = of.randrange(2500)
    name, precision = f"Town {town}", PRECISIONS[town % len(PRECISIONS)]
    day = date(2021, 1, 1) + timedelta(days=of.randrange(1500))
    kind, what = KINDS[event % len(KINDS)], of.choice(WORDS)
    told, who = of.randrange(1, 60) + own.choice((0, 0, 0, 1, 3)), own.choice(WHO)
    words = f"{who} said {told} people were hit near the {what} in {name} on {day}"

    def span(part: str) -> Span:
        at = start + words.index(part)
        return Span(at, at + len(part), part)

    lat, lon = 10 + (town * 37 % 2500) / 100, 20 + (town * 91 % 3000) / 100
    made = Claim(
        id=f"{report}#{number}",
        report=report,
        evidence=span(words),
        type=kind,
        stance=Stance.AFFIRMED,
        speaker=Named(span(who), who),
        count=Count(span(str(told)), told, told, "n") if kind is not ClaimType.ATTACK else None,
        place=Place(span(name), name, None, lat, lon, precision) if town % 20 else None,
        time=Time(span(day.isoformat()), day, day, "day"),
    )
    return words, made


def reports(size: int, first: int = 0, alone: str = "") -> Iterator[tuple[Report, list[Claim]]]:
    """The reports with their claims, each of several incidents; or one report, `alone`, with claims from `first` on."""
    many = 1 if alone else round(REPORTS * size / CLAIMS)
    for n in range(many):
        name, text, held = alone or f"r{n}", "", []
        for number in range(n + first, size + first, many):
            words, made = claim(number, max(size, number + 1), name, len(text))
            text += words + ". "
            held.append(made)
        origin = Origin(f"{name}.txt", hashlib.sha256(text.encode()).hexdigest(), len(text), "text", "utf-8")
        day = max(c.time.start for c in held if c.time and c.time.start) + timedelta(days=1)
        anchors = (Anchor(day, AnchorBasis.METADATA),)
        title = f"{WORDS[n % 16].title()} hit in Town {n % 2500}"
        yield Report(name, text, title, f"Outlet {n % 60}", language="en", anchors=anchors, origin=origin), held


def fill(book: Casebook, size: int) -> None:
    """Keep the reports and claims, then the incidents that they are said to be of."""
    start = time.perf_counter()
    waiting: dict[str, tuple[Report, list[Claim]]] = {}
    for report, held in reports(size):
        waiting[report.id] = report, held
        if len(waiting) == 5000:
            _keep(book, waiting)
            waiting = {}
            print(f"  {report.id} after {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    _keep(book, waiting)
    with transaction.atomic(using=book.alias):
        _incidents(book, size)
    _grouped(book)
    print(f"a casebook of {size:,} claims made in {time.perf_counter() - start:.0f} s", flush=True)


def long_report(book: Casebook) -> None:
    """Keep one report of as many claims as the largest incident has, all of them in no incident."""
    if models.Report.objects.using(book.alias).filter(name=LONG).exists():
        return
    (one,) = reports(BIG, CLAIMS, LONG)
    _keep(book, {LONG: one})
    _grouped(book)


def _grouped(book: Casebook) -> None:
    last = models.Report.objects.using(book.alias).order_by("-id")[0].pk
    models.Identity.objects.using(book.alias).update(grouped=last)


def _keep(book: Casebook, waiting: dict[str, tuple[Report, list[Claim]]]) -> None:
    with turn(book):
        adding = Adding(book, "bench")
        for report in adding.new([report for report, _ in waiting.values()]):
            adding.keep(report, waiting[report.id][1])
        adding.finish()


def _incidents(book: Casebook, size: int) -> None:
    many = round(REPORTS * size / CLAIMS)
    reports_of = dict(models.Report.objects.using(book.alias).values_list("name", "id"))
    claims_of = dict(models.Claim.objects.using(book.alias).values_list("name", "id"))
    held: list[Claim] = []
    for number in range(size + 1):
        if held and (number == size or incident_of(number, size) != incident_of(number - 1, size)):
            _incident(book, incident_of(number - 1, size), held, reports_of, claims_of)
            held = []
        if number < size:
            held.append(claim(number, size, f"r{number % many}", 0)[1])


def _incident(
    book: Casebook, number: int, held: Sequence[Claim], reports_of: dict[str, int], claims_of: dict[str, int]
) -> None:
    name, first = f"inc-{number:012x}", held[0]
    families = tuple((report,) for report in dict.fromkeys(c.report for c in held))
    p, t = first.place, first.time
    spot = Spot(p.name or "", None, p.lat, p.lon, p.precision) if p else None
    members = tuple(Member(c.id, Relation.EVENT, "") for c in held)
    made = Incident(name, first.type.value, members, spot, t.start if t else None, t.end if t else None, families)
    told = record(replace(made), assess(held, [frozenset(f) for f in families]))
    alias = book.alias
    row = models.Incident(name=name, number=1, **columns(told))
    row.save(using=alias)
    models.Version(incident=row, number=1, at=now(), record=told, changes=[], because={}).save(using=alias)
    scenes = [
        models.Scene(name=f"{report}:{name}", report_id=reports_of[report], incident=row, fine=True)
        for (report,) in families
    ]
    by = {s.report_id: s for s in models.Scene.objects.using(alias).bulk_create(scenes)}
    members_of = [models.Member(claim_id=claims_of[c.id], scene=by[reports_of[c.report]]) for c in held]
    models.Member.objects.using(alias).bulk_create(members_of)
