"""The page for handing over reports: files, pasted text, addresses of pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from probata.model.errors import InputError
from probata.review.paging import Asked, Data, Made, action, asks_json, page
from probata.review.roles import Need
from probata.review.work import adding as work
from probata.review.work import jobs
from probata.review.work.adding import Said

_PAGES = 100  # addresses in one go


@page("review/jobs/adding.html", Need.ADD)
def adding(request: Asked) -> Data:
    """The three ways to hand over reports."""
    return {"browser": work.can_capture(), "ui": {"given": request.GET}}


@action(Need.ADD)
def upload(request: Asked) -> Made:
    """Accept files. When this answers, they are on the disk."""
    try:
        files = [(f.name or "report", f.chunks()) for f in request.FILES.getlist("files")]
        made = work.upload(request.sight, files, said(request.POST))
    except InputError as error:
        return refused(request, error)
    return _accepted(request, [jobs.told(job) for job in made])


@action(Need.ADD)
def paste(request: Asked) -> Made:
    """Accept a text."""
    try:
        made = work.paste(request.sight, request.POST.get("text", ""), said(request.POST))
    except InputError as error:
        return refused(request, error)
    return _accepted(request, [jobs.told(made)])


@action(Need.ADD)
def capture(request: Asked) -> Made:
    """Accept addresses of pages, one a line."""
    try:
        made = work.capture(request.sight, request.POST.get("urls", "").split()[:_PAGES])
    except InputError as error:
        return refused(request, error)
    return _accepted(request, [jobs.told(job) for job in made])


def said(given: QueryDict) -> Said:
    """What a person says of the reports. Raises InputError for a day that is none."""
    day = given.get("published", "").strip()
    try:
        published = date.fromisoformat(day) if day else None
    except ValueError:
        problem = "is no day."
        raise InputError("published", day[:40], problem, "Write year-month-day, as in 2031-03-05.") from None
    return Said(given.get("outlet", "").strip()[:300], published, given.get("title", "").strip()[:500])


def refused(request: Asked, error: InputError) -> HttpResponse:
    """The page again, with what was typed and what is wrong with it."""
    data: dict[str, Any] = {"browser": work.can_capture(), "told": error, "ui": {"given": request.POST}}
    if asks_json(request):
        from django.http import JsonResponse

        told = {"error": error.code, "item": error.report, "problem": error.problem, "advice": error.advice}
        return JsonResponse(told, status=400)
    return render(request, "review/jobs/adding.html", data, status=400)


def _accepted(request: Asked, made: list[jobs.Record]) -> Made:
    if asks_json(request):
        return {"jobs": made}
    n = len(made)
    told = ngettext("%(n)d item is accepted and will be read.", "%(n)d items are accepted and will be read.", n)
    messages.success(request, told % {"n": n})
    return redirect("jobs")
