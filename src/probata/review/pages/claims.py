"""Pages of claims: one with its slots, its sources and its readings."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from probata.review.paging import Asked, Data, asks_json, page
from probata.review.roles import Need
from probata.review.work import claims


@page("review/claims/details.html", Need.READ)
def claim(request: Asked, name: str) -> Data | HttpResponse:
    """A claim: as a part of its report's page; whoever comes without script is sent to that page."""
    found, held = claims.of_claim(request.sight, name)
    if not (request.htmx or asks_json(request) or request.GET.get("part")):
        address = f"{reverse('report', args=[found.row.name])}?{urlencode({'claim': name})}"
        return redirect(f"{address}#claim-{held.number}")
    return {"claim": claims.told(found, held), "report": found.row.name}
