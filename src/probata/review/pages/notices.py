"""Pages of notices: what is new for a person."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from probata.review.paging import Asked, Data, Made, action, asks_json, page
from probata.review.roles import Need
from probata.review.work import notices


@page("review/tasks/notices.html", Need.SIGNED_IN)
def listed(request: Asked) -> Data:
    """A person's notices."""
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None
    return notices.listed(request.sight, number)


@action(Need.SIGNED_IN)
def opened(request: Asked, number: int) -> Made:
    """Mark a notice as seen and go to what it is about."""
    path = notices.seen(request.sight, number)
    if not path or not url_has_allowed_host_and_scheme(path, None):
        raise Http404
    return {"path": path} if asks_json(request) else redirect(path)


@action(Need.SIGNED_IN)
def all_seen(request: Asked) -> Made:
    """Mark all as seen."""
    notices.seen(request.sight)
    return {"done": True} if asks_json(request) else redirect("notices")
