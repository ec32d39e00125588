"""Keeping and forgetting searches."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from probata.review.paging import Asked, action
from probata.review.roles import Need
from probata.review.work import saved


@action(Need.READ)
def keep(request: Asked) -> HttpResponse:
    """Keep a list with its filters under a name."""
    path = request.POST.get("path", "")
    if saved.keep(request.sight.person, request.POST.get("name", ""), path):
        messages.success(request, _("Kept. You find it on the first page."))
        return redirect(path)
    messages.error(request, _("Not kept: give it a name, and keep a list of this casebook."))
    return redirect("search")


@action(Need.READ)
def forget(request: Asked, number: int) -> HttpResponse:
    """Forget one of the person's own searches."""
    saved.forget(request.sight.person, number)
    messages.success(request, _("Forgotten."))
    return redirect("search")
