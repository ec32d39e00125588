"""Protecting as the application does it: what is protected is told by number, seal and reason, never by its words.

Words come in with one request and go into the store's own row alone: into no job, notice, event, message or address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from probata.audit.shield import Shield
from probata.model.errors import InputError
from probata.review.models import Job, Person
from probata.review.roles import Need
from probata.review.sight import Sight
from probata.store import erasing, models, protecting, shielding
from probata.store.protecting import BACK, KINDS
from probata.store.turn import turn

PAGE = 50
LOOK, ERASE = "look", "erase"  # kinds of jobs; work/erasing.py does them
_LONGEST, _MOST = 200, 50  # characters of a spelling; spellings
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody asks to be protected."""

    words: str
    also: Sequence[str]
    kind: str
    why: str

    @property
    def spellings(self) -> list[str]:
        """All spellings, those left empty apart."""
        return [w for w in (self.words.strip(), *(a.strip() for a in self.also)) if w]


def listed(sight: Sight, before: int | None = None) -> Record:
    """A page of what is protected, taken back or erased, the latest first."""
    rows = models.Protected.objects.using(sight.book.alias).exclude(kind=BACK).order_by("-id")
    rows = rows.filter(id__lt=before) if before else rows
    found = list(rows[: PAGE + 1])
    active, backs = {row.pk for row in shielding.active(sight.book)}, _backs(sight)
    return {
        "protected": [_told(sight, row, active, backs) for row in found[:PAGE]],
        "older": found[PAGE - 1].pk if len(found) > PAGE else None,
        "now": len(active),
    }


def told(sight: Sight, number: int) -> Record:
    """One of them. Raises Http404."""
    row = one(sight, number)
    return _told(sight, row, {r.pk for r in shielding.active(sight.book)}, _backs(sight))


def one(sight: Sight, number: int) -> models.Protected:
    """The row of this number, as it is. Raises Http404."""
    row = models.Protected.objects.using(sight.book.alias).filter(pk=number).exclude(kind=BACK).first()
    if row is None:
        raise Http404
    return row


def protect(sight: Sight, given: Given) -> int:
    """Protect words from now on; their number. Raises InputError, which never says them."""
    spelt = given.spellings
    if not spelt:
        raise InputError("protected", "the words", "are not given.", "Write the name, or what else must not be seen.")
    if len(spelt) > _MOST or any(len(w) > _LONGEST for w in spelt):
        problem = f"are more than {_MOST} spellings, or one has more than {_LONGEST} characters."
        raise InputError("protected", "the words", problem, "Protect them in several steps.")
    shield = Shield(spelt)
    _apart(shield, given.why)
    if any(shield.holds(alias) for alias in Person.objects.values_list("alias", flat=True)):
        problem = "are the alias of an account: it stands in the log, which is kept for good."
        raise InputError("protected", "the words", problem, "Nothing was protected. Use aliases, not names.")
    kind = given.kind if given.kind in KINDS else KINDS[0]
    with turn(sight.book):
        return protecting.protect(sight.book, spelt[0], spelt[1:], kind, sight.who, given.why.strip()).number


def take_back(sight: Sight, number: int, why: str) -> None:
    """Show again what is protected under a number. Raises InputError, Http404."""
    row = one(sight, number)
    _apart(Shield(shielding.spellings(row)), why)
    with turn(sight.book):
        protecting.take_back(sight.book, number, sight.who, why.strip())


def ask_look(sight: Sight, number: int) -> Job:
    """Ask the worker what erasing would touch; one that waits already is enough. Raises InputError, Http404."""
    _chosen(sight, number)
    waits = _jobs(LOOK, number).filter(state__in=("waiting", "running")).first()
    return waits or Job.objects.create(kind=LOOK, about=_about(number), by=sight.who)


def ask_erase(sight: Sight, number: int, words: str, why: str, also: Sequence[str] = ()) -> Job:
    """Ask the worker to erase what is protected under a number, if `words` are what it protects.

    Nobody erases who has not seen what would be touched. Raises InputError, Http404.
    """
    row = _chosen(sight, number)
    spelt = shielding.spellings(row)
    if Shield(spelt, "").text(words).strip() or not words.strip():
        problem = "are not what is protected under it."
        advice = "Nothing was erased. Look for the right number, or write the words as they were protected."
        raise InputError("protected", f"number {number}: the words that you wrote", problem, advice)
    _apart(Shield(spelt), why)
    if not _jobs(LOOK, number).filter(state="done").exists():
        advice = "Let it be looked up first."
        raise InputError("protected", f"number {number}", "was not looked up yet: nobody saw what goes.", advice)
    return _asked(sight, number, why, also)


def ask_more(sight: Sight, number: int, why: str, also: Sequence[str]) -> Job:
    """Ask for originals to be removed after the erasure, and for one that was interrupted to be completed."""
    if one(sight, number).erased_at is None:
        raise InputError("protected", f"number {number}", "is not erased.", "Erase it first.")
    _apart(Shield(()), why)
    return _asked(sight, number, why, also)


def state(sight: Sight, number: int) -> Record:
    """What erasing would touch by the last look, and how far an erasure is; None where nobody asked."""
    return {kind: _last(sight, kind, number) for kind in (LOOK, ERASE)}


def left(sight: Sight, number: int) -> int:
    """How many originals an erasure that was interrupted has still to remove."""
    return len(erasing.left(sight.book)) if one(sight, number).erased_at else 0


def may_see_why(sight: Sight, row: models.Protected) -> bool:
    """Whether the person may read why it was protected: their own reason, or any."""
    return row.who == sight.who or sight.person.may(Need.REVEAL)


def _told(sight: Sight, row: models.Protected, active: set[int], backs: dict[int, models.Protected]) -> Record:
    text = sight.shield.text
    seen, back = may_see_why(sight, row), backs.get(row.pk)
    erased = row.erased_at is not None
    return {
        "id": row.pk,
        "kind": row.kind,
        "state": "erased" if erased else "protected" if row.pk in active else "taken back",
        "seal": row.commitment,
        "who": text(row.who),
        "at": row.at,
        "why": text(row.why) if seen else None,
        "erased_at": row.erased_at,
        "erased_why": text(row.erased_why or "") if seen else None,
        "back_by": text(back.who) if back else None,
        "back_at": back.at if back else None,
        "back_why": text(back.why) if back and seen else None,
    }


def _backs(sight: Sight) -> dict[int, models.Protected]:
    rows = models.Protected.objects.using(sight.book.alias).filter(kind=BACK)
    return {row.back: row for row in rows if row.back}


def _chosen(sight: Sight, number: int) -> models.Protected:
    one(sight, number)
    return protecting.chosen(sight.book, number)


def _apart(shield: Shield, why: str) -> None:
    """Refuse a reason that is none, or has the words: it is kept for good."""
    if len(why.split()) < 2:
        problem = "says nothing that others can understand."
        raise InputError("reason", "the reason", problem, "Write a sentence, without the words themselves.")
    if shield.holds(why):
        raise InputError("protected", "the reason", "has the words themselves.", "Write it without them.")


def _about(number: int) -> Record:
    return {"name": f"number {number}", "number": number}


def _asked(sight: Sight, number: int, why: str, also: Sequence[str]) -> Job:
    if waits := _jobs(ERASE, number).filter(state__in=("waiting", "running")).first():
        return waits
    about = {**_about(number), "why": sight.shield.text(why.strip()), "also": sorted({*also})}
    return Job.objects.create(kind=ERASE, about=about, by=sight.who)


def _jobs(kind: str, number: int) -> QuerySet[Job]:
    """Jobs of a kind about this number, the latest first."""
    wanted = [j for j, about in Job.objects.filter(kind=kind).values_list("pk", "about") if about["number"] == number]
    return Job.objects.filter(pk__in=wanted).order_by("-id")


def _last(sight: Sight, kind: str, number: int) -> Record | None:
    job = _jobs(kind, number).first()
    if job is None:
        return None
    told = {"state": job.state, "at": job.ended_at or job.at, "by": job.by, "error": job.error, "advice": job.advice}
    shown: Record = sight.shield.shown({**told, "found": job.result if isinstance(job.result, dict) else {}})
    return shown
