"""The page of the timeline."""

from __future__ import annotations

from probata.review.pages.incidents import wanted_of
from probata.review.pages.map import filters
from probata.review.paging import Asked, Data, page
from probata.review.roles import Need
from probata.review.work import map as on_map
from probata.review.work import timeline


@page("review/timeline/timeline.html", Need.READ)
def shown(request: Asked) -> Data:
    """Incidents in time, filtered as the address says."""
    wanted = wanted_of(request.GET)
    ui = {**filters(request, wanted), "colours": list(on_map.COLOURS.items())}
    return {**timeline.told(request.sight, wanted), "ui": ui}
