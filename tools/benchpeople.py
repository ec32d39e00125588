"""People and their work on the casebook of `bench_review.py`: teams, tasks, comments, decisions, a long report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.test import Client
from django.utils import timezone

from probata.link import rows
from probata.review.models import (
    Comment,
    Job,
    Look,
    Notice,
    Person,
    Publication,
    Restriction,
    SavedSearch,
    Suggestion,
    Task,
    Team,
)
from probata.store import bulk, findings, models, stored, tallies
from probata.store.opening import Casebook

ROLES = {"bench": "administrator", "masked": "reader", "apart": "analyst", "outside": "reader"}
KEPT = 50  # every so manieth report and incident is kept to one of two teams
MANY = 2000  # tasks, comments, looks, notices
SOME = 300  # decisions, suggestions, findings, jobs, publications
PLACES = 40  # incidents whose neighbours are kept, with all others of their towns
WHY = "the same place, day and figure, in the words of two outlets"


def furnish(book: Casebook) -> None:
    """Write down people and their work, unless they are there already. `book` is the casebook as it is served."""
    if Person.objects.filter(alias="outside").exists():
        return
    for alias, role in ROLES.items():
        if not Person.objects.filter(alias=alias).exists():
            Person.objects.create_user(alias, "a long one for benches", role=role)
    reports = list(models.Report.objects.order_by("id").values_list("name", flat=True)[: KEPT * 1000])
    incidents = list(models.Incident.objects.order_by("id").values_list("name", flat=True))
    _teams(reports, incidents)
    _talk(reports, incidents)
    _work(incidents)
    _judged(book, incidents)
    _near(book)


def _teams(reports: Sequence[str], incidents: Sequence[str]) -> None:
    north, south = (Team.objects.create(name=name) for name in ("North", "South"))
    north.members.add(Person.objects.get(alias="apart"))
    both = Person.objects.get(alias="masked")
    both.teams.add(north, south)
    rows_of = [
        Restriction(kind=kind, name=name, team=(north, south)[n // KEPT % 2], by="bench")
        for kind, names in (("report", reports), ("incident", incidents))
        for n, name in enumerate(names)
        if n % KEPT == KEPT - 1
    ]
    Restriction.objects.bulk_create(rows_of, batch_size=500)


def _talk(reports: Sequence[str], incidents: Sequence[str]) -> None:
    people = [Person.objects.get(alias=alias) for alias in ("bench", "apart")]
    claims = list(models.Claim.objects.order_by("id").values_list("name", flat=True)[:MANY])
    of = [
        (kind, names[n * 7 % len(names)])
        for n in range(MANY)
        for kind, names in [(("report", reports), ("incident", incidents), ("claim", claims))[n % 3]]
    ]
    day = date(2026, 1, 1)
    Task.objects.bulk_create(
        Task(kind=k, name=name, what=f"ask again about {n}", person=people[n % 2], by=people[n // 2 % 2].alias,
             due=day + timedelta(n % 400), done_at=timezone.now() if n % 5 == 0 else None)
        for n, (k, name) in enumerate(of)
    )  # fmt: skip
    Comment.objects.bulk_create(
        Comment(kind=k, name=name, who=people[n % 2].alias, text=f"seen, number {n}") for n, (k, name) in enumerate(of)
    )
    many = [Comment(kind="incident", name=incidents[16], who="bench", text=f"again, number {n}") for n in range(80)]
    Comment.objects.bulk_create(many)
    Look.objects.bulk_create(Look(report=name, who="apart") for name in reports[-MANY:])
    kinds = ("task", "done", "comment")
    Notice.objects.bulk_create(
        Notice(person=people[n % 2], kind=kinds[n % 3], by="apart", path=f"/incidents/{incidents[n % len(incidents)]}/")
        for n in range(MANY)
    )


def _work(incidents: Sequence[str]) -> None:
    now = timezone.now()
    Job.objects.bulk_create(
        Job(kind="add", about={"name": f"file {n}.txt"}, state="done", by="bench", started_at=now, ended_at=now,
            result={"reports": 1, "known": 0, "claims": 6, "unread": 0})
        for n in range(SOME)
    )  # fmt: skip
    Publication.objects.bulk_create(
        Publication(title=f"Release {n}", publisher="Bench", incidents=incidents[n : n + 20], by="bench")
        for n in range(SOME)
    )
    searches = ("/incidents/?type=killing&place=town+40&start=2022-01-01", "/search/?q=market", "/reports/?outlet=7")
    for alias in ROLES:
        person = Person.objects.get(alias=alias)
        SavedSearch.objects.bulk_create(
            SavedSearch(person=person, name=f"kept {n}", path=searches[n % 3]) for n in range(12)
        )


def _judged(book: Casebook, incidents: Sequence[str]) -> None:
    pairs = []
    for incident in models.Incident.objects.filter(name__in=incidents[1 : SOME + 1]):
        names = list(models.Claim.objects.filter(member__scene__incident=incident).values_list("name", flat=True)[:2])
        if len(names) == 2:
            pairs.append((names[0], names[1]))
    Suggestion.objects.bulk_create(
        Suggestion(a=a, b=b, same=True, why=WHY, by="apart", software=n % 2 == 0) for n, (a, b) in enumerate(pairs)
    )
    at = timezone.now()
    made = [models.Decision(a=a, b=b, same=True, who="apart", why=WHY, at=at, salt="00") for a, b in pairs]
    models.Decision.objects.bulk_create(made)
    for name in incidents[16 : SOME // 3 + 16]:
        findings.propose(book, name, "occurred", "reasonable suspicion", None, "apart", WHY, 1)


def _near(book: Casebook) -> None:
    """The blocks of some scenes, by which incidents that may be the same are found, made as grouping makes them."""
    first = models.Incident.objects.order_by("id")[1 : PLACES + 1]
    places = {row.place for row in first if row.place}
    alike = models.Scene.objects.filter(incident__place__in=places, incident__number__gt=0)
    alike = alike.annotate(n=Count("members")).filter(n__gt=0)
    claims = stored.claims_of_scenes(book, list(alike.values_list("name", flat=True)))
    counted = rows.counts(claims)
    tallies.add(book, counted)
    held = dict(models.Member.objects.filter(scene__in=alike).values_list("claim__name", "scene"))
    numbers: dict[int, list[str]] = {}
    for claim, scene in held.items():
        numbers.setdefault(scene, []).append(claim)
    blocks: list[tuple[Any, ...]] = []
    for row in rows.scene_rows(claims, counted):
        scene = held[row.claims[0]]
        if sorted(numbers[scene]) == sorted(row.claims):
            models.Scene.objects.filter(pk=scene).update(name=row.key)
            blocks += [(key, row.order, scene) for key in row.blocks]
    bulk.insert(book.alias, models.Block, ("key", "position", "scene_id"), blocks)


def cookies() -> dict[str, str]:
    """A session of each of the people."""
    from django.conf import settings

    out = {}
    for alias in ROLES:
        client = Client()
        client.force_login(Person.objects.get(alias=alias))
        out[alias] = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    return out
