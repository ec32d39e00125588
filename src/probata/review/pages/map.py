"""The page of the map."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from probata.model.claim import HARM
from probata.review.pages.incidents import wanted_of
from probata.review.paging import Asked, Data, asks_json, page
from probata.review.roles import Need
from probata.review.work import drawing
from probata.review.work import map as on_map
from probata.review.work.incidents import Wanted
from probata.vocab import load

_FILTERS = ("type", "place", "start", "end", "sources", "grade", "state", "assigned", "ended")
_NAMED = 150  # places listed by name, those with most incidents first


@page("review/map/map.html", Need.READ, part="review/map/list.html")
def shown(request: Asked) -> Data:
    """Incidents on a map, filtered as the address says, with the same as a list beside it."""
    wanted = wanted_of(request.GET)
    found = on_map.told(request.sight, wanted, request.GET.get("at", "")[:60])
    ui = {
        **filters(request, wanted),
        "vendored": drawing.has_map(),
        "places": found["places"][:_NAMED],
        "places_left": max(0, len(found["places"]) - _NAMED),
        "picture": drawing.picture(found["places"]) if not (request.htmx or asks_json(request)) else None,
        "colours": list(on_map.COLOURS.items()),
    }
    return {**found, "ui": ui}


def filters(request: Asked, wanted: Wanted) -> dict[str, Any]:
    """What a page with the incidents' filters shows of them: those set, as they go on into other addresses."""
    kept = QueryDict(mutable=True)
    kept.update({k: request.GET[k] for k in _FILTERS if request.GET.get(k)})
    return {
        "wanted": wanted,
        "kept": kept.urlencode(),
        "more": [(k, request.GET[k]) for k in ("sources", "state", "assigned", "ended") if request.GET.get(k)],
        "types": sorted(t.value for t in HARM),
        "grades": [g["grade"] for g in load("grades")["grades"]],
    }
