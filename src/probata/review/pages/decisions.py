"""Pages of decisions: what may be the same, two claims compared, deciding, taking back, the list of decisions."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from probata.model.errors import InputError, ProbataError
from probata.review.paging import Asked, Data, Made, action, asks_json, page
from probata.review.roles import Need
from probata.review.work import decisions, incident
from probata.review.work.decisions import LONGEST, Choice


@page("review/incidents/decisions.html", Need.READ)
def listed(request: Asked) -> Data:
    """Suggestions that wait, and all decisions."""
    given = request.GET
    return {
        **decisions.suggested(request.sight, _number(given.get("before_suggestion"))),
        **decisions.listed(request.sight, _number(given.get("before"))),
    }


@page("review/incidents/near.html", Need.READ, part="review/incidents/nearlist.html")
def near(request: Asked, name: str) -> Data:
    """Other incidents that may be the same as one."""
    found = incident.opened(request.sight, name)
    return {"id": name, "incident": found.record, "near": decisions.near(request.sight, found)}


@page("review/incidents/compare.html", Need.READ)
def compare(request: Asked) -> Made:
    """Two claims side by side; of one alone those that it can be compared with."""
    a, b = request.GET.get("a", ""), request.GET.get("b", "")
    if not b:
        return decisions.others(request.sight, a)
    return {**decisions.compared(request.sight, a, b), "draft": {"same": request.GET.get("same", ""), "why": ""}}


@action(Need.DECIDE)
def decide(request: Asked) -> Made:
    """Write a decision down, with its reason."""
    sight, choice = request.sight, _choice(request)
    try:
        done = decisions.decide(sight, choice)
    except InputError as error:
        if asks_json(request):
            raise
        return _again(request, choice, sight.shield.error(error))
    if asks_json(request):
        return done
    if "waiting" in done:
        messages.info(request, _("Written down. It is done as soon as the reports that are being read are in."))
    else:
        messages.success(request, _("Decided. The incidents are regrouped."))
    return redirect("decisions")


def _again(request: Asked, choice: Choice, error: ProbataError) -> Made:
    """The comparison with what was chosen and written, and what is wrong."""
    if choice.a == choice.b:
        raise error
    data = {
        **decisions.compared(request.sight, choice.a, choice.b),
        "draft": {"same": "same" if choice.same else "different", "why": choice.why},
        "problem": {"problem": error.problem, "advice": error.advice, "code": error.code},
        "sight": request.sight,
    }
    status = 409 if error.code == "changed-meanwhile" else 400
    return render(request, "review/incidents/compare.html", data, status=status)


@action(Need.COMMENT)
def suggest(request: Asked) -> Made:
    """Leave a suggestion; programs may, as it decides nothing."""
    made = decisions.suggest(request.sight, _choice(request))
    if asks_json(request):
        return {"suggestion": made.pk}
    messages.success(request, _("Suggested. A person decides."))
    return redirect("decisions")


@action(Need.DECIDE)
def drop(request: Asked, number: int) -> Made:
    """Say no to a suggestion."""
    try:
        decisions.drop(request.sight, number, request.POST.get("why", ""))
    except InputError as error:
        if asks_json(request):
            raise
        messages.info(request, f"{error.problem} {error.advice}")
    else:
        messages.success(request, _("The suggestion is put aside."))
    return {"done": True} if asks_json(request) else redirect("decisions")


def _choice(request: Asked) -> Choice:
    given = request.POST
    if given.get("decision") not in ("same", "different"):
        raise InputError("decision", "this decision", "says neither same nor different.", "Choose one of the two.")
    return Choice(
        a=given.get("a", ""),
        b=given.get("b", ""),
        same=given.get("decision") == "same",
        why=given.get("why", "").strip()[:LONGEST],
        seen=_number(given.get("seen")) or 0,
    )


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 18 else None
