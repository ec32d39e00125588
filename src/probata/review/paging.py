"""Pages of the application: what each needs, its HTML and its JSON from one and the same data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from probata.review.models import Person
from probata.review.roles import Need
from probata.review.serving import book
from probata.review.sight import Sight

Data = Mapping[str, Any]
Made = Data | HttpResponseBase
View = Callable[..., HttpResponseBase]


class Asked(HttpRequest):
    """A request of somebody who is signed in and may do what is asked; `sight` is what they see."""

    sight: Sight
    htmx: Any


def page(
    template: str, needs: Need, methods: tuple[str, ...] = ("GET",), part: str = ""
) -> Callable[[Callable[..., Made]], View]:
    """A view that answers with a template, or with the same data as JSON where `?format=json` asks for it.

    `needs` is what whoever comes must be allowed to do; `part` names the template for htmx, which swaps in a part of
    the page. The function gives the data, all of it JSON but for what is under "ui" (forms and the like), or an answer
    of its own, such as a redirection after a change.
    """

    def decorate(function: Callable[..., Made]) -> View:
        @wraps(function)
        def view(request: HttpRequest, **given: Any) -> HttpResponseBase:
            if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
                return HttpResponseNotAllowed(methods)
            if (refused := _refusal(request, needs)) is not None:
                return refused
            made = function(request, **given)
            if isinstance(made, HttpResponseBase):
                return made
            if asks_json(request):
                told = {k: v for k, v in made.items() if k != "ui"}
                return JsonResponse(told, encoder=DjangoJSONEncoder, json_dumps_params={"ensure_ascii": False})
            chosen = part if part and getattr(request, "htmx", False) else template
            return render(request, chosen, {**made, "sight": getattr(request, "sight", None)})

        view.needs = needs  # type: ignore[attr-defined]
        view.methods = methods  # type: ignore[attr-defined]
        return view

    return decorate


def action(needs: Need, methods: tuple[str, ...] = ("POST",)) -> Callable[[Callable[..., Made]], View]:
    """A view that changes something and sends the person on, or answers JSON where that is asked for."""
    return page("review/done.html", needs, methods)


def asks_json(request: HttpRequest) -> bool:
    """Whether the answer is to be JSON: `?format=json`, or a program that accepts nothing else."""
    return request.GET.get("format") == "json" or request.headers.get("Accept") == "application/json"


def _refusal(request: HttpRequest, needs: Need) -> HttpResponse | None:
    """The answer to whoever may not come here; None for those who may, with their sight set."""
    person = request.user
    if isinstance(person, Person) and person.is_active:
        request.sight = Sight(book(), person)  # type: ignore[attr-defined]
    elif needs is not Need.ANYONE:
        if asks_json(request):
            return JsonResponse({"error": "sign-in", "problem": "Sign in first."}, status=401)
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
    if isinstance(person, Person) and not person.may(needs):
        raise PermissionDenied
    return None
