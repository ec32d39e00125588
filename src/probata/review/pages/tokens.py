"""A person's own tokens."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from probata.review.pages.people import fresh_for
from probata.review.paging import Asked, Data, Made, action, page
from probata.review.roles import Need
from probata.review.work import tokens


@page("review/people/tokens.html", Need.READ)
def listed(request: Asked) -> Data:
    """The tokens there are, and a form for another."""
    sight = request.sight
    return {
        "tokens": tokens.listed(sight),
        "scopes": [s.value for s in tokens.SCOPES if sight.person.may(s)],
        "owners": [p.alias for p in tokens.owners(sight)],
        "days": tokens.DAYS,
    }


@fresh_for(Need.READ)
@action(Need.READ)
def make(request: Asked) -> Made:
    """Make a token, and show it once."""
    given = request.POST
    said = given.get("days", "")
    days = int(said) if said.isascii() and said.isdigit() and len(said) < 5 else tokens.DAYS[-1]
    secret = tokens.make(request.sight, given.get("name", ""), given.getlist("scopes"), given.get("of", ""), days)
    answer = render(request, "review/people/token.html", {"secret": secret})
    answer["Cache-Control"] = "no-store"
    return answer


@action(Need.READ)
def revoke(request: Asked, number: int) -> HttpResponse:
    """Make a token worth nothing."""
    tokens.revoke(request.sight, number)
    return redirect("tokens")
