"""Operations on claims: lists, one, its readings; correcting, rejecting, undoing, adding."""

from __future__ import annotations

from typing import Any

from ninja import Router

from probata.review.api.given import Addition, Correction, Id, Number, Why
from probata.review.api.guard import by
from probata.review.api.reports import named
from probata.review.paging import Asked
from probata.review.roles import Need
from probata.review.work import claims, readings
from probata.store.readings import _SLOTS
from probata.store.standing import held, record_of, said

Record = dict[str, Any]
router = Router(tags=["claims"])
_PAGE = 50
_CODE = by(Need.READ, Need.NAMES, Need.CODE)  # offsets are of the text with names


@router.get("/claims", auth=by(Need.READ))
def list_claims(request: Asked, after: Number = 0, type: Id = "") -> Record:  # noqa: A002
    """Claim records as they stand, those rejected left out; `next` is what `after` is to be for the next page."""
    rows = held(request.sight.claims().filter(id__gt=after)).order_by("id")
    found = list((rows.filter(said("type", "", type)) if type else rows)[: _PAGE + 1])
    shown = request.sight.all_shown([record_of(row) for row in found[:_PAGE]])
    return {"claims": shown, "next": found[_PAGE - 1].pk if len(found) > _PAGE else None}


@router.get("/reports/{path:name}/claims", auth=by(Need.READ))
def of_report(request: Asked, name: str) -> Record:
    """The claims of a report as they stand, each with its record, the last reading's number, and whether rejected."""
    found = claims.opened(request.sight, named(name))
    kept = ("name", "record", "reading", "by", "rejected", "changed")
    return {"claims": [{k: getattr(h, k) for k in kept} for h in found.held]}


@router.post("/reports/{path:name}/claims", auth=_CODE)
def add(request: Asked, name: str, given: Addition) -> Record:
    """Add a claim that the software missed."""
    found = claims.opened(request.sight, named(name))
    return {"claim": readings.add(request.sight, found.row.name, given.record, given.why)}


@router.get("/claims/{name}", auth=by(Need.READ))
def one_claim(request: Asked, name: str) -> Record:
    """A claim with its slots, its chain of sources and its state; `reading` is the number to give as `seen`."""
    found, one = claims.of_claim(request.sight, name)
    return {**claims.told(request.sight, found, one), "report": found.row.name}


@router.get("/claims/{name}/history", auth=by(Need.READ))
def history(request: Asked, name: str) -> Record:
    """All readings of a claim, the latest first, each with what it changed."""
    claims.of_claim(request.sight, name)
    return {"readings": readings.history(request.sight, name)}


@router.post("/claims/{name}/correct", auth=_CODE)
def correct(request: Asked, name: str, given: Correction) -> Record:
    """Let slots of a claim stand otherwise."""
    _, one = claims.of_claim(request.sight, name)
    changed = [slot for slot in _SLOTS if slot in given.record]
    record = {**{k: one.record.get(k, []) for k in ("in_title", "inferred")}, **given.record}
    readings.correct(request.sight, name, record, changed, given.why, given.seen)
    return _now(request, name)


@router.post("/claims/{name}/reject", auth=_CODE)
def reject(request: Asked, name: str, given: Why) -> Record:
    """Let a claim count nowhere."""
    claims.of_claim(request.sight, name)
    readings.reject(request.sight, name, given.why, given.seen)
    return _now(request, name)


@router.post("/claims/{name}/undo", auth=_CODE)
def undo(request: Asked, name: str, given: Why) -> Record:
    """Let a claim stand as before its last reading."""
    claims.of_claim(request.sight, name)
    readings.undo(request.sight, name, given.why, given.seen)
    return _now(request, name)


def _now(request: Asked, name: str) -> Record:
    _, one = claims.of_claim(request.sight, name)
    return {"claim": name, "number": one.reading, "rejected": one.rejected, "record": one.record}
