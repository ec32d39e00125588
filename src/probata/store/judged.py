"""What people said of an incident, as records for programs and pages: findings, those of before, readings of claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from probata.store import carried, findings, models, readings, shown
from probata.store.bulk import chunks
from probata.store.carried import Earlier
from probata.store.findings import Judged, Proposal
from probata.store.opening import Casebook
from probata.store.shown import Edition

Record = dict[str, Any]
_LEFT = '"kind": "claims removed"'  # how rows spell the change by which a rejected claim leaves


def of(book: Casebook, edition: Edition) -> Record:
    """Findings on an incident and readings of its claims, as they may be shown: as of that version, if not the last.

    `earlier` are findings on incidents whose claims are in this one now; they stand nowhere else than there.
    """
    name = edition.record["id"]
    until = _until(book, name, edition)
    judged = findings.of(book, name, until)
    before = [] if until else carried.earlier(book, name)
    return {
        "findings": {
            "sentences": sentences(judged, edition),
            "ended": _ended(edition),
            "stand": [of_proposal(p) for p in judged.held],
            "moved": [of_proposal(p) for p in judged.moved],
            "open": [of_proposal(p) for p in judged.open],
            "history": [of_proposal(p) for p in judged.history],
            "earlier": [of_earlier(e) for e in before],
        },
        "readings": _readings(book, edition, until),
    }


def sentences(judged: Judged, edition: Edition) -> list[str]:
    """Both findings in words; of an incident that ended, that they were found of it and go on nowhere by themselves."""
    said = judged.sentences(edition.number)
    if not _ended(edition) or not judged.held:
        return said
    into = ", ".join(edition.ended or ()) or "no other"
    return [*said, f"the incident has ended (now in {into}): to be looked at again there"]


def _ended(edition: Edition) -> bool:
    """Whether it is the last version of an incident that has ended."""
    return edition.ended is not None and edition.number == edition.of


def of_proposal(p: Proposal) -> Record:
    """A proposal, and what became of it."""
    f = p.finding
    return {
        "number": p.number, "state": p.state, "incident": p.incident, "version": f.version, "sources": f.sources,
        "kind": f.kind.value, "standard": f.standard.value, "party": f.party, "reason": f.reason, "by": f.who,
        "at": p.at.isoformat(), "second": f.second or None, "answer": p.answer or None,
        "answered": p.answered.isoformat() if p.answered else None, "signed": p.signed or None,
        "lacks_signature": p.lacks_signature,
    }  # fmt: skip


def of_earlier(e: Earlier) -> Record:
    """A finding whose claims are in another incident now: in `now`, "" for none."""
    said = {"now": e.now or None, "claims": e.claims, "of": e.of, "ended": e.ended, "moved": e.moved}
    return {**of_proposal(e.proposal), **said, "again": e.again}


def _until(book: Casebook, name: str, edition: Edition) -> datetime | None:
    """When the version after this one was made; None for the last."""
    if edition.number == edition.of:
        return None
    return shown.edition(book, name, edition.number + 1).at


def _readings(book: Casebook, edition: Edition, until: datetime | None) -> list[Record]:
    """People's readings of the claims of an incident, and of those that it held until somebody rejected them."""
    names = [*edition.record["claims"], *_left(book, edition)]
    rows = models.Reading.objects.using(book.alias)
    read = [n for some in chunks(sorted(set(names))) for n in _read(rows.filter(claim__name__in=some))]
    out: list[tuple[datetime, Record]] = []
    for claim in sorted(set(read)):
        told = readings.history(book, claim)
        out += [(r.at, _reading(told, n)) for n, r in enumerate(told) if r.who and (until is None or r.at < until)]
    return [record for _, record in sorted(out, key=lambda said: said[0])]


def _read(rows: Any) -> Iterable[str]:
    names: Iterable[str] = rows.values_list("claim__name", flat=True).distinct()
    return names


def _left(book: Casebook, edition: Edition) -> set[str]:
    """Claims that left the incident without going to another one, up to this version."""
    kept = models.Version.objects.using(book.alias).filter(incident__name=edition.record["id"])
    rows = kept.filter(number__lte=edition.number, changes__contains=_LEFT).values_list("changes", flat=True)
    return {c for changes in rows for change in changes if change["kind"] == "claims removed" for c in change["items"]}


def _reading(told: Sequence[readings.Reading], n: int) -> Record:
    r = told[n]
    changed = readings.changes(told[n - 1].record, r.record) if n else ()
    return {
        "claim": r.claim, "number": r.number, "kind": r.kind, "rejected": r.rejected, "by": r.who, "why": r.why,
        "at": r.at.isoformat(), "changes": [asdict(c) for c in changed],
    }  # fmt: skip
