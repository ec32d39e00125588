"""Findings on incidents: one person proposes, another agrees, then it stands (rules: assess.findings); all is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from probata.assess import findings as rules
from probata.audit.chain import Step
from probata.audit.shield import Shield
from probata.model.errors import InputError
from probata.model.finding import Account, Finding, FindingKind, Findings, Refusal, Standard
from probata.store import digests, footing, log, models, shielding, signing
from probata.store.opening import Casebook
from probata.store.signing import Signature

OPEN, AGREED, DECLINED, BACK = "open", "agreed", "declined", "taken back"
Sign = Callable[[bytes], Signature]
_LATER = ("second", "occurred", "perpetrator", "one-source")  # refusals that an agreement may still do away with


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a person finds of an incident, and what became of it: open, agreed, declined; or it takes a finding back.

    `signed` is the kind of its signature (store.signing) or "". `finding` is the row that the rules see.
    """

    number: int
    state: str
    finding: Finding
    at: datetime
    signed: str = ""
    answered: datetime | None = None
    answer: str = ""  # the second person's words

    @property
    def incident(self) -> str:
        """The incident it is about."""
        return self.finding.incident

    @property
    def lacks_signature(self) -> bool:
        """Whether it cannot be agreed to before its reason is signed."""
        codes = {r.code for r in rules.refusals(replace(self.finding, second="-"), (), self.finding.sources)}
        return self.state == OPEN and not self.signed and "one-source" in codes


@dataclass(frozen=True, slots=True)
class Judged:
    """All that people found of an incident: what stands, what waits for a second person, and everything in order."""

    stands: Findings
    held: tuple[Proposal, ...]  # the proposals whose findings stand
    moved: tuple[Proposal, ...]  # those whose claims other incidents hold by now: they stand nowhere (store.carried)
    open: tuple[Proposal, ...]
    history: tuple[Proposal, ...]

    def sentences(self, version: int | None = None) -> list[str]:
        """Both findings in words, and whether they were found on an earlier version."""
        return rules.sentences(self.stands, version)


def propose(
    book: Casebook,
    incident: str,
    kind: str,
    standard: str,
    party: str | None,
    who: str,
    reason: str,
    version: int,
    sign: Sign | None = None,
    account: Account = Account.PERSON,
) -> Proposal:
    """Write down what a person finds; it stands when somebody else agrees. `version` is the one that they looked at.

    `sign` gives the person's signature of a statement. Raises InputError by the rules, and ("changed-meanwhile") when
    the incident has another version by now.
    """
    try:
        found = Finding(incident, FindingKind(kind), Standard(standard), who, account, reason, party=party or None)
    except ValueError:
        known = ", ".join([*FindingKind, *Standard])
        raise InputError(
            "finding", incident, f"has no kind or standard of that name: {known}.", "Name these."
        ) from None
    if found.standard is Standard.OPEN:
        raise InputError("finding", incident, "is open anyway.", "Take a finding back with its number.")
    with transaction.atomic(using=book.alias):
        log.lock(book)
        row = _incident(book, incident, version)
        found = replace(found, sources=row.sources, version=version, at=digests.stamp(datetime.now(UTC)))
        signature = sign(rules.statement(found)) if sign else None
        if signature:
            signing.same_key(book, who, signature)
            found = replace(found, signature=signature.value)
        refused = rules.refusals(found, (), row.sources, _verify(found, signature))
        _raise(incident, [r for r in refused if r.code not in _LATER])
        _unknown(book, found)
        saved = _saved(book, row, found, signature)
    return shown(shielding.of(book), _of(saved))


def _unknown(book: Casebook, found: Finding) -> None:
    """Refuse what the same person has proposed already, as when a command is given again after it was killed."""
    for p in _rows(book, found.incident):
        old = replace(p.finding, at=found.at, signature=found.signature)
        if p.state == OPEN and old == found and bool(p.signed) == bool(found.signature):
            problem = f"was proposed already, as number {p.number}, and waits for a second person."
            raise InputError("known", found.incident, problem, "Nothing was added.")


def agree(
    book: Casebook,
    proposal: int,
    second: str,
    signature: Signature | None = None,
    why: str = "",
    account: Account = Account.PERSON,
) -> Proposal:
    """Let a finding stand, as a second person who is not the first.

    `signature` is the first person's, of `statement_of` the proposal, where it was not signed when it was proposed.
    Raises InputError by the rules, which look at the incident as it stands now.
    """
    with transaction.atomic(using=book.alias):
        log.lock(book)
        row = _open(book, proposal)
        kept = signing.of_record(row.signature) or signature
        if signature:
            signing.same_key(book, row.who, signature)
        first = _of(row).finding
        found = replace(first, second=second, second_account=account, signature=kept.value if kept else "")
        if row.incident.ended is not None:
            raise _ended(row.incident)
        if footing.left(book, row.incident.name, row.version):
            problem = f"was proposed on version {row.version}, most of whose claims are in other incidents now."
            raise InputError("moved", f"proposal {proposal}", problem, "Decline it, and propose it where they are.")
        earlier = [p.finding for p in standing(book, row.incident.name).held]
        _raise(row.incident.name, rules.refusals(found, earlier, row.incident.sources, _verify(first, kept)))
        _answered(book, row, True, second, why, signature, Step.GRADE)
    return shown(shielding.of(book), _of(_row(book, proposal)))


def decline(book: Casebook, proposal: int, second: str, why: str, account: Account = Account.PERSON) -> Proposal:
    """Let a proposal rest, with the reason; its own author may as well."""
    _person(second, account)
    if not why.strip():
        raise InputError("reason", f"proposal {proposal}", "is declined without a reason.", "Write down why.")
    with transaction.atomic(using=book.alias):
        log.lock(book)
        _answered(book, _open(book, proposal), False, second, why, None, Step.DECIDE)
    return shown(shielding.of(book), _of(_row(book, proposal)))


def withdraw(book: Casebook, finding: int, who: str, why: str, account: Account = Account.PERSON) -> Proposal:
    """Take back a finding that stands, by the number of its proposal; it needs one person, and a reason."""
    with transaction.atomic(using=book.alias):
        log.lock(book)
        row = _row(book, finding)
        rows = _rows(book, row.incident.name)
        if finding not in [p.number for p in _held(rows)]:
            raise InputError("finding", f"number {finding}", "does not stand.", "See `probata findings`.")
        now = digests.stamp(datetime.now(UTC))
        back = Finding(row.incident.name, FindingKind(row.kind), Standard.OPEN, who, account, why, party=row.party,
                       sources=row.incident.sources, version=row.incident.number, at=now)  # fmt: skip
        earlier = [p.finding for p in _effective(rows)]
        _raise(row.incident.name, rules.refusals(back, earlier, row.incident.sources))
        saved = _saved(book, row.incident, back, None, Step.WITHDRAW)
    return shown(shielding.of(book), _of(saved))


def of(book: Casebook, incident: str, until: datetime | None = None) -> Judged:
    """What people found of an incident, as it may be shown; with a time, what had been found before it."""
    shield = shielding.of(book)
    return _judged(book, incident, [shown(shield, p) for p in _rows(book, incident, until)])


def standing(book: Casebook, incident: str) -> Judged:
    """As `of`, as it is kept: not to be shown."""
    return _judged(book, incident, _rows(book, incident))


def _judged(book: Casebook, incident: str, rows: Sequence[Proposal]) -> Judged:
    held: list[Proposal] = []
    moved: list[Proposal] = []
    for p in _held(rows):
        (moved if footing.left(book, incident, p.finding.version) else held).append(p)
    stands = rules.standing([p.finding for p in held], rows[0].incident if rows else incident)
    return Judged(stands, tuple(held), tuple(moved), tuple(p for p in rows if p.state == OPEN), tuple(rows))


def statement_of(book: Casebook, proposal: int) -> bytes:
    """The bytes that the first person signs: the finding as proposed, with nobody agreeing yet, as canonical JSON."""
    return rules.statement(replace(_of(_row(book, proposal)).finding, second=""))


def signature_of(book: Casebook, proposal: int) -> Signature | None:
    """The signature under a proposal, given with it or later."""
    row = _row(book, proposal)
    answer = getattr(row, "answer", None)
    return signing.of_record(row.signature) or (signing.of_record(answer.signature) if answer else None)


def unsound(book: Casebook) -> Iterator[int]:
    """The proposals whose signatures are not good, by number."""
    for row in _all(book).order_by("id"):
        signature = signature_of(book, row.pk)
        if signature and not signing.is_good(statement_of(book, row.pk), row.who, signature):
            yield row.pk


def public(book: Casebook, incident: str) -> list[dict[str, Any]]:
    """The findings on an incident that stand, as records: what is said of each in a release."""
    out = []
    for p in standing(book, incident).held:
        f, signature = p.finding, signature_of(book, p.number)
        told: dict[str, Any] = {
            "kind": f.kind.value,
            "standard": f.standard.value,
            "party": f.party,
            "reason": f.reason,
        }
        told |= {"who": f.who, "second": f.second, "sources": f.sources, "version": f.version}
        told["proposed"] = f.at
        told["agreed"] = digests.stamp(p.answered) if p.answered else None
        if signature:
            statement = statement_of(book, p.number).decode("utf-8", "surrogatepass")
            told["signed"] = {**(signing.record(signature) or {}), "statement": statement}
        out.append(told)
    return out


def waiting(book: Casebook) -> list[Proposal]:
    """The proposals on all incidents that wait for a second person, the oldest first, as they may be shown.

    Those on incidents that have ended are not among them: nobody can agree to them (see store.carried).
    """
    shield = shielding.of(book)
    rows = _all(book).filter(answer=None, incident__ended__isnull=True).exclude(standard=Standard.OPEN.value)
    return [shown(shield, _of(row)) for row in rows.order_by("id")]


def _all(book: Casebook) -> QuerySet[models.Proposal]:
    return models.Proposal.objects.using(book.alias).select_related("incident", "answer")


def _rows(book: Casebook, incident: str, until: datetime | None = None) -> list[Proposal]:
    rows = _all(book).filter(incident__name=incident)
    rows = rows.filter(at__lt=until) if until else rows
    return [_of(row, until) for row in rows.order_by("id")]


def _row(book: Casebook, number: int) -> models.Proposal:
    row = _all(book).filter(pk=number).first()
    if row is None:
        raise InputError("proposal", f"number {number}", "is no proposal of this casebook.", "See `probata findings`.")
    return row


def _open(book: Casebook, number: int) -> models.Proposal:
    row = _row(book, number)
    if hasattr(row, "answer") or row.standard == Standard.OPEN.value:
        problem = "was answered meanwhile; nothing was changed."
        raise InputError("changed-meanwhile", f"proposal {number}", problem, "Look at it as it stands now.")
    return row


def _incident(book: Casebook, name: str, version: int) -> models.Incident:
    row = models.Incident.objects.using(book.alias).filter(name=name).first()
    if row is None:
        raise InputError("incident", name, "is no incident of this casebook.", "See `probata incidents`.")
    if row.ended is not None:
        raise _ended(row)
    if row.number != version:
        problem = f"has version {row.number} by now; version {version} was looked at. Nothing was changed."
        raise InputError("changed-meanwhile", name, problem, "Look at it as it stands now, then decide again.")
    return row


def _ended(row: models.Incident) -> InputError:
    into = ", ".join((row.ended or {}).get("into", ())) or "no other"
    return InputError("ended", row.name, f"has ended; it goes on in {into}.", "Set the finding there.")


def _of(row: models.Proposal, until: datetime | None = None) -> Proposal:
    answer = getattr(row, "answer", None)
    if answer and until and answer.at >= until:
        answer = None
    signature = signing.of_record(row.signature) or (signing.of_record(answer.signature) if answer else None)
    state = BACK if row.standard == Standard.OPEN.value else OPEN
    if answer:
        state = AGREED if answer.agreed else DECLINED
    found = Finding(
        row.incident.name,
        FindingKind(row.kind),
        Standard(row.standard),
        row.who,
        Account.PERSON,
        row.reason,
        second=answer.who if answer else "",
        party=row.party,
        sources=row.sources,
        version=row.version,
        at=digests.stamp(row.at),
        signature=signature.value if signature else "",
    )
    signed = signature.kind if signature else ""
    return Proposal(row.pk, state, found, row.at, signed, answer.at if answer else None, answer.why if answer else "")


def _effective(rows: Sequence[Proposal]) -> list[Proposal]:
    """What has effect, in the order in which it got it: when the second person agreed, or it was taken back."""
    return sorted((p for p in rows if p.state in (AGREED, BACK)), key=lambda p: p.answered or p.at)


def _held(rows: Sequence[Proposal]) -> list[Proposal]:
    last = {(p.finding.kind, p.finding.party): p for p in _effective(rows)}
    return [p for p in last.values() if p.state == AGREED]


def _verify(found: Finding, signature: Signature | None) -> rules.Verify | None:
    """Whether the signature is the first person's of what they proposed, before anybody agreed."""
    said = rules.statement(replace(found, second=""))
    return (lambda *_: signing.is_good(said, found.who, signature)) if signature else None


def _person(who: str, account: Account) -> None:
    if account is Account.SOFTWARE or who.strip().casefold() in ("", log.SOFTWARE):
        raise InputError(
            "software", "a finding", "was to be decided by no person.", "A person decides; sign in as one."
        )


def _raise(incident: str, refused: Sequence[Refusal]) -> None:
    for r in refused:
        raise InputError(r.code, incident, r.problem, r.advice)


def _saved(
    book: Casebook, incident: models.Incident, found: Finding, signature: Signature | None, step: Step = Step.DECIDE
) -> models.Proposal:
    _person(found.who, found.account)
    row = models.Proposal(
        incident=incident,
        kind=found.kind.value,
        standard=found.standard.value,
        party=found.party,
        who=found.who,
        reason=found.reason,
        sources=found.sources,
        version=found.version or 0,
        at=datetime.fromisoformat(found.at),
        signature=signing.record(signature),
    )
    row.save(using=book.alias)
    log.write(book, [log.act(step, "proposal", row.name, found.who, after=digests.of_row(row))])
    return row


def _answered(
    book: Casebook,
    row: models.Proposal,
    agreed: bool,
    who: str,
    why: str,
    signature: Signature | None,
    step: Step,
) -> None:
    _person(who, Account.PERSON)
    answer = models.Answer(proposal=row, agreed=agreed, who=who, why=why, at=datetime.now(UTC))
    answer.signature = signing.record(signature)
    answer.save(using=book.alias)
    log.write(book, [log.act(step, "answer", row.name, who, before=digests.of_row(row), after=digests.of_row(answer))])


def shown(shield: Shield, told: Proposal) -> Proposal:
    """A proposal without protected words."""
    if not shield:
        return told
    return replace(told, finding=shield.shown(told.finding), answer=shield.text(told.answer))
