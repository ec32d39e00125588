"""What comments, tasks and notices are about: a report, a claim or an incident that the person may see."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse

from probata.review.models import Person
from probata.review.serving import book
from probata.review.sight import Sight

KINDS = ("report", "claim", "incident")


def exists(sight: Sight, kind: str, name: str) -> bool:
    """Whether there is such a thing that the person may see."""
    if kind == "report":
        return sight.reports().filter(name=name).exists()
    if kind == "claim":
        return sight.claims().filter(name=name).exists()
    return kind == "incident" and sight.incidents().filter(name=name).exists()


def asked(sight: Sight, kind: str, name: str) -> None:
    """Raises Http404 for what is not there for this person."""
    if not exists(sight, kind, name):
        raise Http404


def path(kind: str, name: str) -> str:
    """The address of its page."""
    return reverse(kind, args=[name])


def sees(person: Person, kind: str, name: str) -> bool:
    """Whether another person may see it: nobody is told of what is kept from them."""
    return exists(Sight(book(), person), kind, name)
