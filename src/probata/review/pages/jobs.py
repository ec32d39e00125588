"""The page of what goes on in the background."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from probata.review.paging import Asked, Data, action, page
from probata.review.roles import Need
from probata.review.work import jobs


@page("review/jobs/jobs.html", Need.ADD, part="review/jobs/list.html")
def listed(request: Asked) -> Data:
    """Jobs, how far they are, what came of them."""
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    return {**jobs.listed(request.sight, request.GET.get("state", ""), number), "ui": {"first": number is None}}


@action(Need.ADD)
def again(request: Asked, number: int) -> HttpResponse:
    """Try a failed job again."""
    jobs.again(request.sight, number)
    messages.success(request, _("It will be tried again."))
    return redirect("jobs")


@action(Need.ADD)
def forget(request: Asked, number: int) -> HttpResponse:
    """Give a failed job up, with what was handed over for it."""
    jobs.forget(request.sight, number)
    messages.success(request, _("It is given up."))
    return redirect("jobs")
