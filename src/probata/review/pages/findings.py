"""Pages of findings: proposing one, agreeing, declining, taking back; what waits for a second person."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from probata.model.errors import InputError, ProbataError
from probata.model.finding import FindingKind, Standard
from probata.review.paging import Asked, Data, Made, action, asks_json, page
from probata.review.roles import Need
from probata.review.work import findings, incident
from probata.review.work.findings import Draft

_LONGEST = 5000  # characters of a reason


@page("review/findings/waiting.html", Need.READ)
def waiting(request: Asked) -> Data:
    """The proposals that wait for a second person."""
    return findings.waiting(request.sight, _number(request.GET.get("before")) or None)


@page("review/findings/propose.html", Need.DECIDE, methods=("GET", "POST"))
def propose(request: Asked, name: str) -> Made:
    """The form to propose a finding, and writing the proposal down."""
    sight = request.sight
    found = incident.opened(sight, name)
    said = findings.told(sight, found)
    given = request.POST if request.method == "POST" else request.GET
    draft = _draft(given, found.edition.number, said["seen"], request.method == "POST")
    problem: ProbataError | None = None
    meanwhile = None
    status = 200
    if request.method == "POST":
        meanwhile = findings.meanwhile(sight, found, draft)
        try:
            if meanwhile is None:
                number = findings.propose(sight, found, draft)
                messages.success(request, _("Proposed. It stands when a second person agrees."))
                return {"proposal": number} if asks_json(request) else redirect(_at(name, number))
            status = 409
        except InputError as error:
            if asks_json(request):
                raise
            problem, status = sight.shield.error(error), 400
    data = {
        "incident": found.record,
        "id": name,
        "findings": said,
        "edition": found.edition.number,
        "seen": said["seen"],
        "meanwhile": meanwhile,
        "problem": {"problem": problem.problem, "advice": problem.advice, "code": problem.code} if problem else None,
        "draft": {
            "kind": draft.kind,
            "standard": draft.standard,
            "party": draft.party,
            "reason": draft.reason,
            "confirmed": draft.confirmed,
        },
        "ui": findings.choices(sight, found),
    }
    if status == 200 or asks_json(request):
        return data
    return render(request, "review/findings/propose.html", {**data, "sight": sight}, status=status)


def _draft(given: Mapping[str, str], version: int, seen: int, posted: bool) -> Draft:
    get = given.get
    kind = get("kind", "occurred")
    standard = get("standard", "")
    return Draft(
        kind=kind if kind in set(FindingKind) else "occurred",
        standard=standard if standard in {s for s in Standard if s is not Standard.OPEN} else "reasonable suspicion",
        party=get("party", "").strip()[:300],
        reason=get("reason", "").strip()[:_LONGEST],
        version=_number(get("version")) if posted else version,
        seen=_number(get("seen")) if posted else seen,
        confirmed=get("confirmed", "")[:_LONGEST] if posted else "",
        passphrase=get("passphrase", "")[:1000] if posted else "",
    )


@action(Need.SIGN)
def answer(request: Asked, number: int) -> Made:
    """Agree to somebody else's proposal, or decline it with words."""
    row, found = findings.proposal(request.sight, number)
    agreed = request.POST.get("answer") == "agree"
    if request.POST.get("answer") not in ("agree", "decline"):
        raise Http404
    why = request.POST.get("why", "").strip()[:_LONGEST]
    return _done(
        request,
        found.name,
        number,
        lambda: findings.answer(request.sight, row, agreed, why),
        _("The finding stands.") if agreed else _("Declined. Whoever proposed it is told."),
    )


@action(Need.DECIDE)
def withdraw(request: Asked, number: int) -> Made:
    """Take a finding back, with a reason."""
    row, found = findings.proposal(request.sight, number)
    why = request.POST.get("why", "").strip()[:_LONGEST]
    return _done(
        request,
        found.name,
        number,
        lambda: findings.withdraw(request.sight, row, why),
        _("Taken back. What was said stays in the history."),
    )


def _done(request: Asked, name: str, number: int, act: Callable[[], None], said: str) -> Made:
    """Do it and go back to the incident; what the rules refuse is said there, with nothing lost."""
    try:
        act()
    except InputError as error:
        if asks_json(request):
            raise
        safe = request.sight.shield.error(error)
        messages.error(request, f"{safe.problem} {safe.advice}")
        return redirect(_at(name, number))
    messages.success(request, said)
    return {"done": True} if asks_json(request) else redirect(_at(name, number))


def _at(name: str, number: int) -> str:
    return f"{reverse('incident', args=[name])}#finding-{number}"


def _number(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 18 else 0
