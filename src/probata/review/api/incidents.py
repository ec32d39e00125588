"""Operations on incidents: lists, one, its versions, its sources and claims, where its ranges come from."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Router

from probata.review.api.given import Few, Id, Number
from probata.review.api.guard import by
from probata.review.paging import Asked
from probata.review.roles import Need
from probata.review.work import decisions, incident, incidents

Record = dict[str, Any]
router = Router(tags=["incidents"])


@router.get("/incidents", auth=by(Need.READ))
def list_incidents(
    request: Asked,
    type: Id = "",  # noqa: A002
    place: Id = "",
    start: date | None = None,
    end: date | None = None,
    sources: Few = 0,
    grade: Id = "",
    state: Id = "",
    assigned: Id = "",
    ended: bool = False,
    before: Id = "",
    after: Id = "",
) -> Record:
    """Incidents, the latest day first; `earlier` is what `before` is to be for the next page."""
    key = incidents.Key.of
    wanted = (type, place, start, end, sources, grade, state, assigned, ended, key(before), key(after))
    return incidents.listed(request.sight, incidents.Wanted(*wanted))


@router.get("/incidents/{name}", auth=by(Need.READ))
def one_incident(request: Asked, name: str) -> Record:
    """An incident as it stands."""
    return incident.told(request.sight, incident.opened(request.sight, name))


@router.get("/incidents/{name}/versions", auth=by(Need.READ))
def versions(request: Asked, name: str) -> Record:
    """All versions of an incident, the latest first: when, what changed, because of what."""
    return {"versions": incident.versions(request.sight, incident.opened(request.sight, name))}


@router.get("/incidents/{name}/versions/{int:number}", auth=by(Need.READ))
def version(request: Asked, name: str, number: Number) -> Record:
    """One version of an incident."""
    return incident.told(request.sight, incident.opened(request.sight, name, number))


@router.get("/incidents/{name}/sources", auth=by(Need.READ))
def sources(request: Asked, name: str, start: Few = 0) -> Record:
    """Further sources of an incident."""
    return incident.further(request.sight, incident.opened(request.sight, name), start)


@router.get("/incidents/{name}/claims", auth=by(Need.READ))
def claims_of(request: Asked, name: str, source: Few, start: Few = 0) -> Record:
    """Further claims of one source of an incident."""
    return incident.more(request.sight, incident.opened(request.sight, name), source, start)


@router.get("/incidents/{name}/ends", auth=by(Need.READ))
def ends(request: Asked, name: str) -> Record:
    """Which claims and rules the ends of an incident's ranges come from."""
    return {"ends": incident.ends(request.sight, incident.opened(request.sight, name))}


@router.get("/incidents/{name}/near", auth=by(Need.READ))
def near(request: Asked, name: str) -> Record:
    """Other incidents that may be the same, with the reasons."""
    return {"near": decisions.near(request.sight, incident.opened(request.sight, name))}
