"""Pages that come with allauth and that there are none of here: nobody signs up, and no mail opens an account."""

from __future__ import annotations

from django.http import Http404

from probata.review.paging import Asked, Data, page
from probata.review.roles import Need


@page("review/error.html", Need.ANYONE, methods=("GET", "POST"))
def shut(_: Asked, **__: str) -> Data:
    """There is no such page, for anybody."""
    raise Http404
