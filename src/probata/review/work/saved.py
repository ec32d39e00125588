"""Searches and filtered lists that a person keeps under a name."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_plus, urlsplit

from django.http import Http404
from django.urls import Resolver404, resolve

from probata.review.models import Person, SavedSearch
from probata.review.serving import book
from probata.store import shielding

MOST = 200  # a person
LISTS = ("search", "reports", "incidents", "map", "timeline", "activity")


def of(person: Person) -> list[dict[str, Any]]:
    """A person's searches, by name; those for words that are protected now are not shown."""
    shield = shielding.of(book())
    rows = SavedSearch.objects.filter(person=person).order_by("name")[:MOST]
    told = [{"id": row.pk, "name": row.name, "path": row.path} for row in rows]
    return [r for r in told if not shield.holds(f"{r['name']} {unquote_plus(str(r['path']))}")]


def keep(person: Person, name: str, path: str) -> bool:
    """Keep a list with its filters under a name, in place of one of the same name; False for no list, or too many."""
    name = " ".join(name.split())[:120]
    if not name or len(path) > 2000 or not _is_list(path):
        return False
    others = SavedSearch.objects.filter(person=person).exclude(name=name)
    if others.count() >= MOST:
        return False
    SavedSearch.objects.update_or_create(person=person, name=name, defaults={"path": path})
    return True


def forget(person: Person, number: int) -> None:
    """Forget one of the person's own. Raises Http404."""
    if not SavedSearch.objects.filter(person=person, pk=number).delete()[0]:
        raise Http404


def _is_list(path: str) -> bool:
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or not path.startswith("/") or path.startswith("//") or "\\" in path:
        return False
    try:
        return resolve(parts.path).url_name in LISTS
    except Resolver404:
        return False
