"""Findings whose claims are in other incidents now: shown there to be looked at again, and those who made them told."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from probata.review.models import Notice, Person
from probata.review.sight import Sight
from probata.review.work import notices
from probata.review.work.incident import Opened
from probata.store import carried, models
from probata.store.carried import Earlier
from probata.store.opening import Casebook

KIND = "again"
Record = dict[str, Any]


def of(sight: Sight, found: Opened) -> list[Record]:
    """What people found of incidents whose claims are in this one now, as far as the person may see those."""
    told = carried.earlier(sight.book, found.name)
    names = {e.proposal.incident for e in told}
    seen = set(sight.incidents().filter(name__in=names).values_list("name", flat=True)) if names else set()
    return [_told(sight, e) for e in told if e.proposal.incident in seen and _is_open(sight, e)]


def _is_open(sight: Sight, e: Earlier) -> bool:
    """Whether no report of the version that it was made on is kept from the person."""
    return not sight.restricted or sight.open({"families": [_made_on(sight, e)]})


def _told(sight: Sight, e: Earlier) -> Record:
    f = e.proposal.finding
    reports = [] if sight.names else _made_on(sight, e)  # their names are hidden from those who see none
    return {
        "id": e.proposal.number,
        "incident": f.incident,
        "version": f.version,
        "kind": f.kind.value,
        "standard": f.standard.value,
        "party": sight.shown(f.party, reports) if f.party else None,
        "who": f.who,
        "second": f.second or None,
        "reason": sight.shown(f.reason, reports),
        "at": e.proposal.at,
        "state": "stands" if f.second else "waiting",
        "claims": e.claims,
        "of": e.of,
        "ended": e.ended,
        "moved": e.moved,
        "again": e.again,
    }


def _made_on(sight: Sight, e: Earlier) -> list[str]:
    """The reports of the version that it was made on."""
    rows = models.Version.objects.using(sight.book.alias)
    kept = rows.filter(incident__name=e.proposal.incident, number=e.proposal.finding.version or 0).first()
    return [r for family in kept.record["families"] for r in family] if kept else []


def remind(book: Casebook) -> int:
    """Tell the people who made findings that these are to be looked at again, once for each; how many were told."""
    told = 0
    for e in carried.gone(book):
        name = e.now or e.proposal.incident
        path = f"{reverse('incident', args=[name])}#{'earlier' if e.now else 'finding'}-{e.proposal.number}"
        people = Person.objects.filter(alias__in={e.proposal.finding.who, e.proposal.finding.second} - {""})
        known = set(Notice.objects.filter(kind=KIND, path=path).values_list("person", flat=True))
        told += len(notices.tell([p for p in people if p.pk not in known], KIND, "", "incident", name, path))
    return told
