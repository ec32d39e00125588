"""The first administrator: made once, by whoever holds the link that `probata serve` printed."""

from __future__ import annotations

import secrets

from django import forms
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from probata.review.models import Person
from probata.review.paging import Asked, Made, page
from probata.review.roles import Need, Role

TOKEN = secrets.token_urlsafe(24)  # of this run of the server


class First(forms.Form):
    """Alias and password."""

    alias = forms.CharField(
        label=_("Alias"), max_length=60, help_text=_("What others and the log call you. It need not be your name.")
    )
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def clean_password(self) -> str:
        """A password that is long and not common."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


def is_needed() -> bool:
    """Whether nobody can administer this casebook yet."""
    return not Person.objects.filter(role=Role.ADMINISTRATOR.value, is_active=True).exists()


@page("review/setup.html", Need.ANYONE, methods=("GET", "POST"))
def first(request: Asked, token: str) -> Made:
    """Make the first administrator."""
    if not secrets.compare_digest(token.encode(), TOKEN.encode()) or not is_needed():
        raise Http404
    form = First(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            if not is_needed():
                raise Http404
            alias, password = form.cleaned_data["alias"], form.cleaned_data["password"]
            person = Person.objects.create_user(alias, password, role=Role.ADMINISTRATOR.value)
        login(request, person, "allauth.account.auth_backends.AuthenticationBackend")
        return redirect("home")
    return {"ui": {"form": form}}
