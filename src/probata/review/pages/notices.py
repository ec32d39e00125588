"""Pages of notices: what is new for a person."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from probata.model.errors import InputError
from probata.review.paging import Asked, Data, Made, action, asks_json, page
from probata.review.roles import Need
from probata.review.work import notices


@page("review/tasks/notices.html", Need.SIGNED_IN)
def listed(request: Asked) -> Data:
    """A person's notices."""
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None
    return notices.listed(request.sight, number)


@page("review/tasks/settings.html", Need.SIGNED_IN, methods=("GET", "POST"))
def settings(request: Asked) -> Made:
    """Where a person's notices go, and the time zone by which their days begin."""
    given, person = request.POST, request.sight.person
    ui: dict[str, object] = {"zones": notices.zones()}
    if request.method == "POST":
        try:
            notices.set_up(person, given.get("email", ""), given.get("zone", ""))
        except InputError as error:
            if asks_json(request):
                raise
            ui["problem"] = f"{error.report} {error.problem} {error.advice}"
            typed = {**notices.settings_of(person), "email": given.get("email", ""), "zone": given.get("zone", "")}
            return render(request, "review/tasks/settings.html", {**typed, "ui": ui}, status=400)
        messages.success(request, _("Saved."))
        return {"done": True} if asks_json(request) else redirect("notices-settings")
    return {**notices.settings_of(person), "ui": ui}


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
