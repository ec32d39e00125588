"""The two findings on an incident: proposed by one person, agreed to by a second; the rules are the store's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.urls import reverse

from probata.model.errors import InputError
from probata.model.finding import FindingKind, Standard
from probata.review.models import Person
from probata.review.roles import Need
from probata.review.sight import Sight
from probata.review.work import earlier, notices, states
from probata.review.work import incident as incidents
from probata.review.work.incident import Opened
from probata.store import models
from probata.store.turn import turn

if TYPE_CHECKING:
    from probata.store.signing import Signature

PATIENCE = 5.0  # seconds to wait for another writer
PAGE = 50
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person proposes: `version` is the one they looked at, `seen` the last proposal that they saw.

    Where one source only says so the reason is signed: by the sentence that confirms it, or with the key that the
    server keeps for the person, by its `passphrase`.
    """

    kind: str
    standard: str
    party: str
    reason: str
    version: int
    seen: int = 0
    confirmed: str = ""
    passphrase: str = ""


def told(sight: Sight, found: Opened) -> Record:
    """What people have found of an incident: what stands, what waits for a second person, all that was ever said."""
    rows = list(_rows(sight).filter(incident=found.row).order_by("id"))
    marks = states.of_proposals(sight, rows)
    history = [{**_told(sight, found, p), "integrity": marks[p.pk]} for p in rows]
    _stand(sight, found.name, history)
    return {
        "occurred": next((p for p in history if p["stands"] and p["kind"] == "occurred"), None),
        "perpetrators": [p for p in history if p["stands"] and p["kind"] == "perpetrator"],
        "moved": [p for p in history if p["moved"]],
        "waiting": [p for p in history if p["state"] == "waiting"],
        "earlier": earlier.of(sight, found),
        "history": history[::-1],
        "seen": history[-1]["id"] if history else 0,
        "sources": found.record["independent_sources"],
    }


def _rows(sight: Sight) -> Any:
    return models.Proposal.objects.using(sight.book.alias).select_related("answer", "incident")


def _told(sight: Sight, found: Opened | None, p: models.Proposal) -> Record:
    answer = getattr(p, "answer", None)
    text = sight.shield.text
    state = "agreed" if answer and answer.agreed else "declined" if answer else "waiting"
    if p.standard == Standard.OPEN.value:
        state = "withdrawn"
    latest = p.incident.number
    return {
        "id": p.pk,
        "incident": p.incident.name,
        "kind": p.kind,
        "standard": p.standard,
        "party": text(p.party) if p.party else None,
        "who": text(p.who),
        "reason": _shown(sight, found, p.reason),
        "sources": p.sources,
        "version": p.version,
        "older": latest - p.version,
        "at": p.at,
        "state": state,
        "stands": False,
        "moved": False,
        "ended": p.incident.ended is not None,
        "second": text(answer.who) if answer else None,
        "said": _shown(sight, found, answer.why) if answer else "",
        "said_at": answer.at if answer else None,
        "signed": bool(p.signature or (answer and answer.signature)),
        "unsigned": state == "waiting" and p.sources < 2 and not p.signature and p.standard != Standard.SUSPICION.value,
        "may_sign": sight.person.may(Need.SIGN)
        and p.who != sight.who
        and state == "waiting"
        and p.incident.ended is None,
    }


def _shown(sight: Sight, found: Opened | None, words: str) -> str:
    if found is None or sight.names:
        return sight.shield.text(words)
    reports = [r for family in found.edition.record["families"] for r in family]
    return str(sight.shown(words, reports))


def _stand(sight: Sight, name: str, history: Iterable[Record]) -> None:
    """Mark which stand, and which would if other incidents did not hold their claims by now."""
    from probata.store import findings

    judged = findings.standing(sight.book, name)
    held, moved = ({p.number for p in some} for some in (judged.held, judged.moved))
    for p in history:
        p["stands"], p["moved"] = p["id"] in held, p["id"] in moved


def choices(sight: Sight, found: Opened) -> Record:
    """What a form offers: the standards of proof, and the parties that sources accuse."""
    from probata.store import signing

    return {
        "confirmation": signing.confirmation(sight.who),
        "standards": [s.value for s in Standard if s is not Standard.OPEN],
        "parties": list(dict.fromkeys(a["accused"] for a in found.record["accusations"])),
    }


def meanwhile(sight: Sight, found: Opened, draft: Draft) -> Record | None:
    """What others did since the person opened the page: a newer version, newer proposals; None if nothing."""
    new = _rows(sight).filter(incident=found.row, id__gt=draft.seen).order_by("id")
    proposals = [_told(sight, found, p) for p in new]
    changed: list[Record] = []
    if draft.version != found.row.number:
        rows = models.Version.objects.using(sight.book.alias).filter(incident=found.row, number__gt=draft.version)
        changed = [
            {"number": n, "changes": sight.shown(said)}
            for n, said in rows.order_by("number").values_list("number", "changes")
        ]
    return {"proposals": proposals, "versions": changed} if proposals or changed else None


def propose(sight: Sight, found: Opened, draft: Draft) -> int:
    """Write down what a person finds, for a second one to agree to. Raises InputError in plain words."""
    from probata.store import findings

    if not draft.reason.strip():
        raise InputError("reason", "a finding", "has no reason.", "Write down why, so that others can follow it.")
    kind = FindingKind(draft.kind)
    party = draft.party.strip() or None if kind is FindingKind.PERPETRATOR else None
    with turn(sight.book, PATIENCE):
        made = findings.propose(
            sight.book,
            found.name,
            kind,
            draft.standard,
            party,
            sight.who,
            draft.reason,
            draft.version,
            _sign(sight, draft),
        )
    signers = [p for p in Person.objects.filter(is_active=True) if p.may(Need.SIGN)]
    notices.tell(signers, "proposal", sight.who, "incident", found.name, _path(found.name, made.number))
    return made.number


def _sign(sight: Sight, draft: Draft) -> Callable[[bytes], Signature] | None:
    """How the person signs the statement of what they propose; None where they do not."""
    from probata.store import signing

    if draft.passphrase:
        key = signing.held(sight.book, sight.who, draft.passphrase.encode())
        return lambda statement: signing.by_key(key, statement, signing.HELD)
    if draft.confirmed.strip():
        return lambda _: signing.Signature(signing.WRITTEN, "", draft.confirmed.strip())
    return None


def _path(incident: str, number: int) -> str:
    return f"{reverse('incident', args=[incident])}#finding-{number}"


def proposal(sight: Sight, number: int) -> tuple[models.Proposal, Opened]:
    """A proposal on an incident that the person may see. Raises Http404."""
    row = _rows(sight).filter(pk=number).first()
    if row is None:
        raise Http404
    return row, incidents.opened(sight, row.incident.name)


def answer(sight: Sight, row: models.Proposal, agreed: bool, why: str) -> None:
    """Agree to somebody else's proposal, or decline it with words; whoever proposed it is told."""
    from probata.store import findings

    if not agreed and not why.strip():
        raise InputError("reason", "this answer", "has no words.", "Write what is missing, so that it can be mended.")
    with turn(sight.book, PATIENCE):
        if agreed:
            findings.agree(sight.book, row.pk, sight.who, why=why)
        else:
            findings.decline(sight.book, row.pk, sight.who, why)
    told = Person.objects.filter(alias=row.who)
    kind = "finding" if agreed else "declined"
    notices.tell(told, kind, sight.who, "incident", row.incident.name, _path(row.incident.name, row.pk))


def withdraw(sight: Sight, row: models.Proposal, why: str) -> None:
    """Take a finding back; one person is enough."""
    from probata.store import findings

    if not why.strip():
        raise InputError("reason", "this", "has no reason.", "Write down why it is taken back.")
    with turn(sight.book, PATIENCE):
        findings.withdraw(sight.book, row.pk, sight.who, why)
    told = Person.objects.filter(alias__in={row.who, row.answer.who if hasattr(row, "answer") else row.who})
    notices.tell(told, "withdrawn", sight.who, "incident", row.incident.name, _path(row.incident.name, row.pk))


def waiting(sight: Sight, before: int | None = None) -> Record:
    """The proposals that wait for a second person, the latest first: on incidents that the person may see."""
    rows = (
        _rows(sight)
        .filter(answer=None, incident__ended=None, incident__in=sight.incidents())
        .exclude(standard=Standard.OPEN.value)
    )
    rows = rows.filter(id__lt=before) if before else rows
    found = list(rows.order_by("-id")[: PAGE + 1])
    marks = states.of_proposals(sight, found[:PAGE])
    page = [{**_told(sight, None, p), "integrity": marks[p.pk]} for p in found[:PAGE]]
    reports = _reports_of(sight, found[:PAGE])
    for told in page:
        told["reason"] = sight.shown(told["reason"], reports) if not sight.names else told["reason"]
    return {"proposals": page, "before": found[PAGE - 1].pk if len(found) > PAGE else None}


def _reports_of(sight: Sight, rows: Iterable[models.Proposal]) -> list[str]:
    if sight.names:
        return []
    scenes = models.Scene.objects.using(sight.book.alias).filter(incident__in=[p.incident_id for p in rows])
    return sorted(set(scenes.values_list("report__name", flat=True)))
