"""Operations of deciding: findings, same or different. Programs may suggest; people decide."""

from __future__ import annotations

from typing import Any

from ninja import Router

from probata.model.errors import InputError
from probata.model.finding import Standard
from probata.review.api.given import Answer, Decided, Id, Number, Proposed, Reason
from probata.review.api.guard import by
from probata.review.paging import Asked
from probata.review.roles import Need
from probata.review.work import decisions, findings, incident
from probata.review.work.decisions import Choice

Record = dict[str, Any]
router = Router(tags=["deciding"])


@router.get("/incidents/{name}/findings", auth=by(Need.READ))
def of_incident(request: Asked, name: str) -> Record:
    """What people have found of an incident: what stands, what waits, all that was ever said; what can be proposed."""
    found = incident.opened(request.sight, name)
    told = findings.told(request.sight, found)
    return {**told, "version": found.edition.number, "choices": findings.choices(request.sight, found)}


@router.post("/incidents/{name}/findings", auth=by(Need.READ, Need.DECIDE))
def propose(request: Asked, name: str, given: Proposed) -> Record:
    """Propose a finding; it stands when a second person agrees."""
    if given.standard is Standard.OPEN:
        raise InputError("standard", "open", "is no finding.", "Choose a standard of proof, or withdraw the finding.")
    found = incident.opened(request.sight, name)
    draft = findings.Draft(
        given.kind.value, given.standard.value, given.party, given.reason, given.version, given.seen, given.confirmed
    )
    if findings.meanwhile(request.sight, found, draft):
        problem = "was changed, or has other proposals, meanwhile; yours is not written down yet."
        raise InputError("changed-meanwhile", name, problem, "Look at the incident and its findings again.")
    return {"proposal": findings.propose(request.sight, found, draft)}


@router.get("/findings", auth=by(Need.READ))
def waiting(request: Asked, before: Number | None = None) -> Record:
    """Proposals that wait for a second person, the latest first; `before` is the next page's."""
    return findings.waiting(request.sight, before)


@router.post("/findings/{int:number}/answer", auth=by(Need.READ, Need.SIGN))
def answer(request: Asked, number: Number, given: Answer) -> Record:
    """Agree to somebody else's proposal, or decline it."""
    row, found = findings.proposal(request.sight, number)
    findings.answer(request.sight, row, given.answer == "agree", given.why.strip())
    return findings.told(request.sight, found)


@router.post("/findings/{int:number}/withdraw", auth=by(Need.READ, Need.DECIDE))
def withdraw(request: Asked, number: Number, given: Reason) -> Record:
    """Take a finding back."""
    row, found = findings.proposal(request.sight, number)
    findings.withdraw(request.sight, row, given.why.strip())
    return findings.told(request.sight, found)


@router.get("/decisions", auth=by(Need.READ))
def list_decisions(request: Asked, before: Number | None = None) -> Record:
    """What people decided, same or different, the latest first; `before` is the next page's."""
    return decisions.listed(request.sight, before)


@router.post("/decisions", auth=by(Need.READ, Need.DECIDE))
def decide(request: Asked, given: Decided) -> Record:
    """Decide whether two claims are of one incident."""
    return decisions.decide(request.sight, _choice(given))


@router.get("/compare", auth=by(Need.READ))
def compare(request: Asked, a: Id, b: Id) -> Record:
    """Two claims, with all that speaks for or against their being of one incident."""
    return decisions.compared(request.sight, a, b)


@router.get("/suggestions", auth=by(Need.READ))
def list_suggestions(request: Asked, before: Number | None = None) -> Record:
    """Suggestions that wait for a person, the latest first."""
    return decisions.suggested(request.sight, before)


@router.post("/suggestions", auth=by(Need.READ, Need.COMMENT))
def suggest(request: Asked, given: Decided) -> Record:
    """Suggest that two claims are of one incident, or not; a person decides."""
    return {"suggestion": decisions.suggest(request.sight, _choice(given)).pk}


@router.post("/suggestions/{int:number}/drop", auth=by(Need.READ, Need.DECIDE))
def drop(request: Asked, number: Number, given: Reason) -> Record:
    """Say no to a suggestion."""
    decisions.drop(request.sight, number, given.why)
    return {"done": True}


def _choice(given: Decided) -> Choice:
    return Choice(given.a, given.b, given.decision == "same", given.why.strip(), given.seen)
