"""Pages of claims: one with its slots, sources and readings; correcting, adding, rejecting, undoing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from probata.model.errors import InputError
from probata.review.pages.reports import shown
from probata.review.paging import Asked, Data, Made, action, asks_json, page
from probata.review.roles import Need
from probata.review.work import claims, editing, locating, reading, readings, typed
from probata.review.work.claims import Held, Opened


@page("review/claims/details.html", Need.READ)
def claim(request: Asked, name: str) -> Made:
    """A claim: as a part of its report's page; whoever comes without script is sent to that page."""
    found, held = claims.of_claim(request.sight, name)
    if not (request.htmx or asks_json(request)):
        return redirect(address(found, held))
    return {"claim": claims.told(request.sight, found, held), "report": found.row.name}


@page("review/reports/report.html", Need.CODE, methods=("GET", "POST"), part="review/claims/form.html")
def correct(request: Asked, name: str) -> Made:
    """The form to correct a claim, and writing the correction down."""
    found, held = claims.of_claim(request.sight, name)
    if request.method != "POST":
        return _form(request, found, editing.of_claim(held), held)
    seen = request.POST.get("seen", "")
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    try:
        draft = editing.correct(request.sight, found, held, _sent(request), number, _why(request))
    except InputError:  # somebody else was faster, by a moment
        found, held = claims.of_claim(request.sight, name)
        draft = editing.correct(request.sight, found, held, _sent(request), number, _why(request))
    return _answer(request, found, draft, held)


@page("review/reports/report.html", Need.CODE, methods=("GET", "POST"), part="review/claims/form.html")
def new(request: Asked) -> Made:
    """The form to add a claim that the software did not see, and writing it down."""
    found = claims.opened(request.sight, request.GET.get("report", ""))
    if request.method != "POST":
        given: typed.Typed = {}
        if span := locating.at(found.report.text, request.GET.get("at", "")):
            given = {"evidence.words": " ".join(span.text.split()), "evidence.at": f"{span.start}-{span.end}"}
        return _form(request, found, editing.blank(request.sight, found, given))
    return _answer(request, found, editing.add(request.sight, found, _sent(request), _why(request)))


@page("review/claims/meaning.html", Need.CODE)
def meaning(request: Asked) -> Data:
    """What selected words can be read as in a slot of a form."""
    found = claims.opened(request.sight, request.GET.get("report", ""))
    slot, path = request.GET.get("slot", ""), request.GET.get("path", "")
    if slot not in ("count", "time", "place"):
        raise Http404
    row = reading.of_words(
        request.sight.book, found.report, slot, request.GET.get("at", ""), request.GET.get("name", "")[:200]
    )
    row = request.sight.shield.shown(row)
    return {"slot": slot, "row": {**row, "path": path, "id": path.replace(".", "-")}, "ui": {"known": editing.known()}}


@action(Need.CODE)
def reject(request: Asked, name: str) -> Made:
    """Let a claim count nowhere."""
    return _done(request, name, readings.reject, _("The claim is rejected."))


@action(Need.CODE)
def undo(request: Asked, name: str) -> Made:
    """Let a claim stand as before its last reading."""
    return _done(request, name, readings.undo, _("Undone."))


def address(found: Opened, held: Held) -> str:
    """Where a claim is shown: on the page of its report."""
    return f"{reverse('report', args=[found.row.name])}?{urlencode({'claim': held.name})}#claim-{held.number}"


def _done(request: Asked, name: str, act: Any, said: str) -> Made:
    claims.of_claim(request.sight, name)  # 404 for what the person may not see
    seen = request.POST.get("seen", "")
    why = _why(request) or (_("taken back") if act is readings.undo else "")
    try:
        act(request.sight, name, why, int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0)
    except InputError as error:
        if error.code == readings.CONFLICT:
            said, level = (
                _("Somebody else read this claim meanwhile: look at that first. Nothing was changed."),
                "error",
            )
        else:
            said, level = f"{error.problem} {error.advice}", "error"
        if asks_json(request):
            raise
        return _reading(request, name, said, level)
    return _reading(request, name, said)


def _reading(request: Asked, name: str, said: str, level: str = "success") -> Made:
    """The page of the report with the claim open: as a part for htmx, else by going there."""
    found, held = claims.of_claim(request.sight, name)
    if not request.htmx:
        (messages.error if level == "error" else messages.success)(request, said)
        return redirect(address(found, held))
    data = {**shown(request, found, name), "told": said, "level": level, "sight": request.sight}
    answer = render(request, "review/reports/reading.html", data)
    answer["HX-Replace-Url"] = address(found, held)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#reading", "outerHTML show:none"
    return answer


def _form(request: Asked, found: Opened, draft: editing.Draft, held: Held | None = None) -> dict[str, Any]:
    """What the page of a form holds."""
    page_of = shown(request, found, held.name if held else "")
    ui = {
        **page_of["ui"],
        "fields": editing.fields(draft, found.report.language),
        "known": editing.known(),
        "draft": draft,
        "groups": draft.sent.get("groups", "").split(","),
        "held": held,
        "action": reverse("claim-correct", args=[held.name])
        if held
        else f"{reverse('claim-new')}?{urlencode({'report': found.row.name})}",
    }
    return {**page_of, "draft": draft.sent, "seen": draft.seen, "problems": draft.problems, "ui": ui}


def _answer(request: Asked, found: Opened, draft: editing.Draft, held: Held | None = None) -> Made:
    if draft.saved:
        if asks_json(request):
            return {"claim": draft.saved}
        said = _("Saved. The software's reading is kept beside yours.") if held else _("The claim is added.")
        return _reading(request, draft.saved, said)
    data = _form(request, found, draft, held)
    status = 409 if draft.theirs else 400
    if asks_json(request):
        from django.http import JsonResponse

        told = {"error": "changed-meanwhile" if draft.theirs else "form", "problems": draft.problems}
        return JsonResponse(told, status=status)
    template = "review/claims/form.html" if request.htmx else "review/reports/report.html"
    return render(request, template, {**data, "sight": request.sight}, status=status)


def _sent(request: Asked) -> typed.Typed:
    return typed.of_post(dict(request.POST.items()), request.POST.getlist("groups"))


def _why(request: Asked) -> str:
    return request.POST.get("why", "").strip()[:2000]
