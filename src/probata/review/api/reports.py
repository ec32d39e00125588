"""Operations on reports: lists, one, its text; handing others over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404
from ninja import File, Form, Router, UploadedFile

from probata.review.addresses.reports import Name
from probata.review.api.given import About, Id, Number, Pages, Pasted
from probata.review.api.guard import by
from probata.review.paging import Asked
from probata.review.roles import Need
from probata.review.work import adding, claims, jobs, reports

Record = dict[str, Any]
router = Router(tags=["reports"])


def named(name: str) -> str:
    """The name of a report as an address holds it. Raises Http404."""
    try:
        return Name().to_python(name)
    except ValueError:
        raise Http404 from None


@router.get("/reports", auth=by(Need.READ))
def list_reports(
    request: Asked,
    outlet: Id = "",
    language: Id = "",
    start: date | None = None,
    end: date | None = None,
    type: Id = "",  # noqa: A002
    state: Id = "",
    assigned: Id = "",
    before: Number | None = None,
    after: Number | None = None,
) -> Record:
    """Reports, the latest added first; `older` is what `before` is to be for the next page."""
    return reports.listed(
        request.sight, reports.Wanted(outlet, language, start, end, type, state, assigned, before, after)
    )


@router.post("/reports", auth=by(Need.ADD))
def upload(request: Asked, files: File[list[UploadedFile]], about: Form[About]) -> Record:
    """Hand over files of reports; each is read by a job."""
    given = [(f.name or "report", f.chunks()) for f in files]
    made = adding.upload(request.sight, given, _said(about))
    return {"jobs": [jobs.told(job) for job in made]}


@router.post("/texts", auth=by(Need.ADD))
def paste(request: Asked, given: Pasted) -> Record:
    """Hand over the text of a report; it is read by a job."""
    return {"jobs": [jobs.told(adding.paste(request.sight, given.text, _said(given)))]}


@router.post("/pages", auth=by(Need.ADD))
def capture(request: Asked, given: Pages) -> Record:
    """Hand over addresses of public pages; each is captured and read by a job."""
    return {"jobs": [jobs.told(job) for job in adding.capture(request.sight, given.urls)]}


@router.get("/reports/{path:name}/text", auth=by(Need.READ))
def text(request: Asked, name: str) -> Record:
    """The text of a report, in which offsets of its claims count code points."""
    found = claims.opened(request.sight, named(name))
    return {"name": found.row.name, "language": found.report.language, "text": found.report.text}


def _said(about: About) -> adding.Said:
    return adding.Said(about.outlet.strip(), about.published, about.title.strip())
