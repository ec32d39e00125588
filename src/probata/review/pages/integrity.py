"""Pages that show whether anything was altered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from probata.review.paging import Asked, Data, action, page
from probata.review.roles import Need
from probata.review.work import integrity


@page("review/integrity/integrity.html", Need.READ)
def whole(request: Asked) -> Data:
    """What the last check found."""
    return integrity.last(request.sight)


@action(Need.ADD)
def check(request: Asked) -> HttpResponse:
    """Ask for a check."""
    integrity.ask(request.sight)
    messages.success(request, _("The check is under way. This page shows what it finds."))
    return redirect("integrity")


@page("review/integrity/original.html", Need.READ, part="review/integrity/integrity_part.html")
def original(request: Asked, name: str) -> Data:
    """The state of one report's original."""
    return {"name": name, **integrity.original(request.sight, name)}
