"""Operations on oneself, searching, jobs and publications."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import Http404
from ninja import Router
from pydantic import Field

from probata.review.api.given import Number
from probata.review.api.guard import by
from probata.review.paging import Asked
from probata.review.roles import Need
from probata.review.work import jobs, publishing, search, states

Record = dict[str, Any]
router = Router()


@router.get("/me", auth=by(Need.SIGNED_IN), tags=["me"])
def me(request: Asked) -> Record:
    """Whose token this is, and what may be done with it."""
    person = request.sight.person
    may = [need.value for need in Need if need is not Need.ANYONE and person.may(need)]
    return {"alias": person.alias, "role": person.role, "software": person.software, "may": may}


@router.get("/search", auth=by(Need.READ), tags=["search"])
def find(
    request: Asked,
    q: Annotated[str, Field(max_length=500)],
    kind: Literal["reports", "claims", "incidents"] = "reports",
    page: Annotated[int, Field(ge=1, le=5000)] = 1,
) -> Record:
    """Reports (by pages), or the first claims or incidents, that have all words of a query."""
    if kind == "claims":
        return search.claims(request.sight, q)
    if kind == "incidents":
        return search.of_incidents(request.sight, q)
    return search.reports(request.sight, q, page)


@router.get("/jobs", auth=by(Need.ADD), tags=["jobs"])
def list_jobs(
    request: Asked, state: Literal["", "waiting", "running", "done", "failed"] = "", before: Number | None = None
) -> Record:
    """What goes on in the background; `older` is what `before` is to be for the next page."""
    return jobs.listed(request.sight, state, before)


@router.get("/jobs/{int:number}", auth=by(Need.ADD), tags=["jobs"])
def one_job(request: Asked, number: Number) -> Record:
    """How far a job is, and what came of it."""
    told: Record = request.sight.shield.shown(jobs.told(jobs.one(request.sight, number)))
    return told


@router.post("/jobs/{int:number}/again", auth=by(Need.ADD), tags=["jobs"])
def again(request: Asked, number: Number) -> Record:
    """Try a failed job again."""
    told: Record = request.sight.shield.shown(jobs.told(jobs.again(request.sight, number)))
    return told


@router.post("/jobs/{int:number}/forget", auth=by(Need.ADD), tags=["jobs"])
def forget(request: Asked, number: Number) -> Record:
    """Give a failed job up, with what was handed over for it."""
    jobs.forget(request.sight, number)
    return {"done": True}


@router.get("/publications", auth=by(Need.READ, Need.DECIDE), tags=["publications"])
def list_publications(request: Asked) -> Record:
    """All publications, the latest first."""
    return {"publications": publishing.listed(request.sight)}


@router.get("/publications/{int:number}", auth=by(Need.READ, Need.DECIDE), tags=["publications"])
def one_publication(request: Asked, number: Number) -> Record:
    """One publication; of a release, whether it is as it was made (`integrity`)."""
    found = publishing.found(request.sight, number)
    if found is None:
        raise Http404
    return {**publishing.told(request.sight, found), "integrity": states.of_release(request.sight, found)}
