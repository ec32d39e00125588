"""What allauth tells of sign-ins and second factors, written down; and the pages of somebody who still lacks one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from probata.review.models import Event, Person

# what a person without the second factor that is required may reach: its set-up, and the way out
_OPEN = ("mfa_", "account_logout", "account_reauthenticate", "account_login", "language")


class Needed:
    """Sends whoever lacks a second factor that is required to set one up."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, or not."""
        from probata.review.work import people

        person = request.user
        if isinstance(person, Person) and not _is_open(request.path_info) and people.lacks(person):
            told = {"error": "second-factor", "item": person.alias, "problem": "needs a second factor first."}
            if request.path_info.startswith("/api/") or request.GET.get("format") == "json":
                return JsonResponse({**told, "advice": "Set it up at /account/2fa/."}, status=403)
            return redirect("mfa_index")
        return self._answer(request)


def _is_open(path: str) -> bool:
    try:
        name = resolve(path).url_name or ""
    except Resolver404:
        return False
    return name.startswith(_OPEN) or path.startswith("/static/")


def listen() -> None:
    """Write down what is told from now on."""
    kinds = (
        (user_logged_in, "signed in"),
        (user_logged_out, "signed out"),
        (password_changed, "password changed"),
        (authenticator_added, "second factor added"),
        (authenticator_removed, "second factor removed"),
    )
    for signal, kind in kinds:
        signal.connect(_noting(kind), weak=False, dispatch_uid=f"probata {kind}")
    user_login_failed.connect(_refused, dispatch_uid="probata refused")


def _noting(kind: str) -> Callable[..., None]:
    def noted(user: Any = None, **_: Any) -> None:
        if isinstance(user, Person):
            Event.objects.create(kind=kind, who=user.alias, about=user.alias)

    return noted


def _refused(credentials: Any = None, **_: Any) -> None:
    """An alias that somebody tried; only of accounts that there are, as others may be passwords typed amiss."""
    alias = str((credentials or {}).get("username", ""))
    known = Person.objects.filter(alias__iexact=alias).values_list("alias", flat=True).first()
    Event.objects.create(kind="refused", about=known or "")
