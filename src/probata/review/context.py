"""What every page's frame shows: who is signed in, what is new for them, the languages there are."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from probata import __version__
from probata.review.models import Notice, Person
from probata.review.roles import Need
from probata.review.work import integrity


def here(request: HttpRequest) -> dict[str, Any]:
    """The frame's own values."""
    person = getattr(request, "user", None)
    found: dict[str, Any] = {"version": __version__, "may": {}, "unseen": 0}
    if isinstance(person, Person):
        found["may"] = {need.value.replace("-", "_"): person.may(need) for need in Need}
        found["altered"] = integrity.is_altered()
        found["unseen"] = Notice.objects.filter(person=person, seen_at=None).count()
    return found
