"""The page of the full-text search."""

from __future__ import annotations

from typing import Any

from probata.model.errors import InputError
from probata.review.paging import Asked, Data, page
from probata.review.roles import Need
from probata.review.work import saved, search

_DEEPEST = 5000  # pages


@page("review/search/search.html", Need.READ, part="review/search/found.html")
def shown(request: Asked) -> Data:
    """What a search finds: reports, claims or incidents."""
    words = request.GET.get("q", "").strip()[:500]
    kind = request.GET.get("kind", "")
    kind = kind if kind in search.KINDS else "reports"
    ui: dict[str, Any] = {"kinds": search.KINDS, "saved": saved.of(request.sight.person)}
    if not words:
        return {"query": "", "kind": kind, "ui": ui}
    try:
        found = _found(request, words, kind)
    except InputError as error:
        return {"query": words, "kind": kind, "problem": error.problem, "advice": error.advice, "ui": ui}
    return {"query": words, "kind": kind, **found, "ui": ui}


def _found(request: Asked, words: str, kind: str) -> dict[str, Any]:
    if kind == "claims":
        return search.claims(request.sight, words)
    if kind == "incidents":
        return search.of_incidents(request.sight, words)
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return search.reports(request.sight, words, min(max(1, number), _DEEPEST))
