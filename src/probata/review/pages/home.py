"""The first page, and the choice of language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from probata.review.models import Person
from probata.review.paging import Asked, Data, action, page
from probata.review.roles import Need
from probata.review.work import saved, waiting

_SEARCHES = 8  # kept searches that the first page shows


@page("review/home.html", Need.READ)
def home(request: Asked) -> Data:
    """What there is, and what waits for this person."""
    sight = request.sight
    searches = saved.of(sight.person)
    return {
        "reports": sight.reports().count(),
        "incidents": sight.incidents().filter(ended=None).count(),
        "waiting": waiting.card(sight),
        "searches": searches[:_SEARCHES],
        "more_searches": len(searches) > _SEARCHES,
    }


@action(Need.ANYONE)
def language(request: Asked) -> HttpResponse:
    """Remember the language chosen, and go back to the page."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    answer = redirect(back)
    if translation.check_for_language(chosen) and chosen in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 24 * 3600, samesite="Lax")
        if isinstance(request.user, Person):
            Person.objects.filter(pk=request.user.pk).update(language=chosen)
    return answer
