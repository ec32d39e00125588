"""Pages for what cannot be shown: not allowed, not there, broken."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not allowed for this role."""
    return _told(request, 403, _("Your role does not allow this."), _("Ask an administrator if you need it."))


def unsure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that this browser did not get from here, or got long ago."""
    advice = _("Nothing was changed. Load the page again, then send it once more.")
    return _told(request, 403, _("This form is too old, or was made elsewhere."), advice)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not there, or not for this person: both look the same."""
    return _told(request, 404, _("There is no such page."), _("Go back, or search for it."))


def broken(request: HttpRequest) -> HttpResponse:
    """A mistake of ours."""
    advice = _("Nothing that was saved is lost. Try again; if it stays, tell whoever runs this server.")
    return _told(request, 500, _("Something went wrong."), advice)


def _told(request: HttpRequest, status: int, problem: str, advice: str) -> HttpResponse:
    from probata.review.paging import asks_json

    told = {"error": str(status), "item": request.path, "problem": problem, "advice": advice}
    if asks_json(request) or request.path.startswith("/api/"):
        return JsonResponse(told, status=status)
    return render(request, "review/error.html", {"told": told, "status": status}, status=status)
