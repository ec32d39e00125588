"""One report. Its address is the last of those of reports, as a name may hold anything."""

from __future__ import annotations

from typing import Any

from ninja import Router

from probata.review.api.guard import by
from probata.review.api.reports import named
from probata.review.paging import Asked
from probata.review.roles import Need
from probata.review.work import claims, reports, states

router = Router(tags=["reports"])


@router.get("/reports/{path:name}", auth=by(Need.READ))
def one_report(request: Asked, name: str) -> dict[str, Any]:
    """A report with its claims as they stand."""
    found = claims.opened(request.sight, named(name))
    row, report = found.row, found.report
    return {
        "name": row.name,
        "title": request.sight.shown(reports.titled(row), [row.name]),
        "outlet": report.outlet,
        "author": report.author,
        "language": report.language,
        "url": report.url,
        "published": report.anchor.day if report.anchor else None,
        "gaps": report.gaps,
        "sha256": row.digest,
        "added_at": row.added_at,
        "added_by": row.added_by,
        "integrity": states.of_report(request.sight, row, found.rows),
        "looked": found.looked,
        "claims": claims.summaries(found.held),
    }
