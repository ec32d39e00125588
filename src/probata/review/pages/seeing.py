"""The pictures of an incident: part of its page, asked for when the page is there."""

from __future__ import annotations

from probata.review.paging import Asked, Data, page
from probata.review.roles import Need
from probata.review.work import incident, seeing


@page("review/seeing/page.html", Need.READ, part="review/seeing/pictures.html")
def pictures(request: Asked, name: str) -> Data:
    """Every source's figure beside the range, and the tree of sources."""
    return seeing.pictures(request.sight, incident.opened(request.sight, name))
