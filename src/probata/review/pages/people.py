"""The administrator's page of accounts, the link by which people come in, and what happened to accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from probata.model.errors import InputError
from probata.review.models import Event, Person
from probata.review.paging import Asked, Data, Made, View, action, page
from probata.review.roles import Need, Role
from probata.review.work import people

_PAGE = 100


def fresh_for(needs: Need) -> Callable[[View], View]:
    """Makes of a view one for whoever has shown again of late who they are."""

    def decorate(view: View) -> View:
        def asked(request: HttpRequest, **given: Any) -> HttpResponseBase:
            person = request.user
            if not (isinstance(person, Person) and person.may(needs)):
                return view(request, **given)  # which refuses
            answer: HttpResponseBase = reauthentication_required(view)(request, **given)
            return answer

        asked.needs = view.needs  # type: ignore[attr-defined]
        asked.methods = view.methods  # type: ignore[attr-defined]
        return asked

    return decorate


fresh = fresh_for(Need.ADMINISTER)


@fresh
@page("review/people/people.html", Need.ADMINISTER)
def everybody(request: Asked) -> Data:
    """Who there is."""
    return people.listed(request.sight)


@page("review/people/events.html", Need.ADMINISTER)
def events(request: Asked) -> Data:
    """What happened to accounts, the latest first."""
    before = request.GET.get("before", "")
    rows = Event.objects.order_by("-id")
    if before.isdecimal() and before.isascii() and len(before) < 19:
        rows = rows.filter(id__lt=int(before))
    found = list(rows[: _PAGE + 1])
    told = [{"at": e.at, "kind": e.kind, "who": e.who, "about": e.about, "detail": e.detail} for e in found[:_PAGE]]
    return {"events": told, "older": found[_PAGE - 1].pk if len(found) > _PAGE else None}


@fresh
@action(Need.ADMINISTER)
def invite(request: Asked) -> Made:
    """Make an account, and show the link once."""
    given = request.POST
    role = given.get("role", "")
    if role not in set(Role):
        raise InputError("role", role, "is no role.", "Choose one of the list.")
    person, secret = people.invite(request.sight, given.get("alias", ""), role, given.get("software") == "on")
    return _handed(request, person, secret) if secret else redirect("people")


@fresh
@action(Need.ADMINISTER)
def again(request: Asked, number: int) -> Made:
    """Another link for somebody."""
    person = get_object_or_404(Person, pk=number)
    return _handed(request, person, people.again(request.sight, person))


@fresh
@action(Need.ADMINISTER)
def change(request: Asked, number: int) -> HttpResponse:
    """Change a role, teams, or whether somebody is let in."""
    person = get_object_or_404(Person, pk=number)
    given = request.POST
    try:
        if given.get("role") in set(Role):
            people.change(request.sight, person, given["role"])
        if "teams" in given:
            people.put(request.sight, person, given["teams"].replace("،", ",").split(","))
        if given.get("active") in ("yes", "no"):
            people.activate(request.sight, person, given["active"] == "yes")
        if given.get("factor") == "reset":
            people.reset_factor(request.sight, person)
    except InputError as error:
        messages.error(request, f"{error.report} {error.problem} {error.advice}")
    else:
        messages.success(request, _("Saved."))
    return redirect("people")


@fresh
@action(Need.ADMINISTER)
def require(request: Asked) -> HttpResponse:
    """Whether everybody needs a second factor."""
    people.require(request.sight, request.POST.get("required") == "yes")
    messages.success(request, _("Saved."))
    return redirect("people")


@action(Need.ASSIGN)
def restrict(request: Asked) -> HttpResponse:
    """Keep a report or an incident to teams."""
    kind, name = request.POST.get("kind", ""), request.POST.get("name", "")
    if kind not in ("report", "incident"):
        raise Http404
    people.keep_to(request.sight, kind, name, request.POST.getlist("teams"))
    messages.success(request, _("Saved."))
    return redirect(f"{kind}s")


@page("review/people/join.html", Need.ANYONE, methods=("GET", "POST"))
def join(request: Asked, secret: str) -> Made:
    """Set the password of whoever was invited."""
    found = people.invitation(secret)
    if found is None:
        raise Http404
    problems: list[str] = []
    if request.method == "POST":
        password = request.POST.get("password", "")
        try:
            validate_password(password, found.person)
        except ValidationError as error:
            problems = list(error.messages)
        else:
            people.join(secret, password)
            messages.success(request, _("Your password is set. Sign in with it."))
            return redirect("account_login")
    return {"alias": found.person.alias, "problems": problems}


def _handed(request: Asked, person: Person, secret: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("join", args=[secret]))
    answer = render(request, "review/people/link.html", {"alias": person.alias, "link": link, "days": people.DAYS})
    answer["Cache-Control"] = "no-store"
    return answer
