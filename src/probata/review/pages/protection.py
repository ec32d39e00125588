"""Pages of protecting and erasing. What protects is typed, sent and forgotten: no page shows it, no address has it."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from probata.model.errors import InputError
from probata.review.models import Person
from probata.review.paging import Asked, Data, Made, action, asks_json, page
from probata.review.roles import Need
from probata.review.work import protection
from probata.review.work.protection import Given
from probata.store.protecting import KINDS


@page("review/protection/protection.html", Need.PROTECT)
def listed(request: Asked) -> Data:
    """What is protected, by number."""
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    return {**protection.listed(request.sight, number), "ui": {"kinds": KINDS}}


@action(Need.PROTECT)
def protect(request: Asked) -> Made:
    """Protect words from now on. What was typed is not given back, but for a reason without the words."""
    given = request.POST
    asked = Given(
        given.get("words", ""), given.get("also", "").splitlines(), given.get("kind", ""), given.get("why", "")
    )
    try:
        number = protection.protect(request.sight, asked)
    except InputError as error:
        if asks_json(request):
            raise
        typed = {"why": "" if error.report == "the reason" else asked.why, "kind": asked.kind}
        data = {**protection.listed(request.sight), "ui": {"kinds": KINDS, "typed": typed}, "problem": _said(error)}
        return render(request, "review/protection/protection.html", data, status=400)
    messages.success(request, _("Protected from now on, under number %(number)d.") % {"number": number})
    return {"number": number} if asks_json(request) else redirect("protection-one", number)


@page("review/protection/one.html", Need.PROTECT, part="review/protection/state.html")
def one(request: Asked, number: int) -> Data:
    """One number: who protected when and why; and to whoever may erase what that would touch."""
    told: dict[str, Any] = {"row": protection.told(request.sight, number)}
    if request.sight.person.may(Need.ERASE):
        told |= protection.state(request.sight, number)
        told["left"] = protection.left(request.sight, number)
    return {**told, "ui": {"fresh": is_fresh(request), "again": _again(request, number)}}


@action(Need.REVEAL)
def back(request: Asked, number: int) -> Made:
    """Show the words again."""
    return _done(
        request,
        number,
        lambda: protection.take_back(request.sight, number, request.POST.get("why", "")),
        _("They are shown again from now on."),
    )


@action(Need.ERASE)
def look(request: Asked, number: int) -> Made:
    """Ask what erasing would touch."""
    protection.ask_look(request.sight, number)
    return {"done": True} if asks_json(request) else redirect("protection-one", number)


@action(Need.ERASE)
def erase(request: Asked, number: int) -> Made:
    """Erase for good, when the words are typed once more; or complete an erasure, and remove originals after it."""
    given = request.POST
    why, also = given.get("why", ""), given.getlist("also")

    def asked() -> None:
        if protection.one(request.sight, number).erased_at is None:
            protection.ask_erase(request.sight, number, given.get("words", ""), why, also)
        else:
            protection.ask_more(request.sight, number, why, also)

    return _done(request, number, asked, _("It is being erased. This page says when it is done."))


def is_fresh(request: HttpRequest) -> bool:
    """Whether somebody has shown again of late who they are, by the second factor where they have one."""
    person = request.user
    if not isinstance(person, Person):
        return False
    methods = [m for m in get_authentication_records(request, person) if m.get("reauthenticated")]
    if _has_factor(person):
        methods = [m for m in methods if m.get("method") == "mfa"]
    since = time.time() - float(app_settings.REAUTHENTICATION_TIMEOUT)
    return any(float(m["at"]) > since for m in methods)


def _has_factor(person: Person) -> bool:
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    found: bool = Authenticator.objects.filter(user=person, type__in=kinds).exists()
    return found


def _again(request: HttpRequest, number: int) -> str:
    """Where somebody shows who they are and comes back to this number.

    Never by allauth's own way, which keeps the whole request, with what was typed, in the session's row.
    """
    factor = isinstance(request.user, Person) and _has_factor(request.user)
    where = reverse("mfa_reauthenticate" if factor else "account_reauthenticate")
    return f"{where}?{urlencode({'next': reverse('protection-one', args=[number])})}"


def _done(request: Asked, number: int, do: Any, said: str) -> Made:
    """Do what only somebody may who has just shown who they are; what was typed is let go."""
    protection.one(request.sight, number)
    if not is_fresh(request):
        problem, advice = "needs you to show again who you are.", "Nothing was done, and nothing of it was kept."
        if asks_json(request):
            raise InputError("sign-in-again", "this", problem, advice)
        messages.warning(request, _("Show again who you are, then fill it in once more. Nothing was done or kept."))
        return redirect(_again(request, number))
    try:
        do()
    except InputError as error:
        if asks_json(request):
            raise
        messages.error(request, _said(error))
    else:
        messages.success(request, said)
    return {"done": True} if asks_json(request) else redirect("protection-one", number)


def _said(error: InputError) -> str:
    return f"{error.report} {error.problem} {error.advice}"
