"""The page of what happened lately."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict

from probata.review.paging import Asked, Data, page
from probata.review.roles import Need
from probata.review.work import activity


@page("review/activity/activity.html", Need.READ)
def shown(request: Asked) -> Data:
    """What was done in the casebook, by person and day."""
    given = request.GET
    try:
        day = date.fromisoformat(given.get("day", ""))
    except ValueError:
        day = None
    before = given.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None
    asked = activity.Asked(given.get("who", "").strip()[:60], day, given.get("by") != "people", number)
    kept = QueryDict(mutable=True)
    kept.update({k: given[k] for k in ("who", "day", "by") if given.get(k)})
    return {**activity.told(request.sight, asked), "ui": {"asked": asked, "kept": kept.urlencode()}}
