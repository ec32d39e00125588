"""The log of a casebook: every step an entry in a chain of hashes, written in the same transaction as the step.

Items are named by digests and ids that we made, never by words of a report: what is protected later must not be here.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable

from django.db import connections

from probata import __version__
from probata.audit import chain
from probata.audit.chain import Account, Act, Entry, Step
from probata.model.errors import InputError
from probata.store import models, shielding
from probata.store.digests import now, stamp
from probata.store.opening import Casebook

VERSIONS = {"probata": __version__}
SOFTWARE = "probata"  # who acts where no person has decided anything
_LOCK = 0x4C4F47  # writers of one PostgreSQL log know each other by it
_TOGETHER = 500


def act(step: Step, kind: str, item: str, who: str = "", **more: object) -> Act:
    """An act as of now, by a person if `who` names one, else by the software."""
    account = Account.PERSON if who else Account.SOFTWARE
    said = {"versions": VERSIONS, **more}
    return Act(stamp(now()), who or SOFTWARE, account, step, kind, item, **said)  # type: ignore[arg-type]


def write(book: Casebook, acts: Iterable[Act]) -> None:
    """Append acts. Only within the transaction of the step itself: both are kept, or neither."""
    lock(book)
    acts = list(acts)
    shield = shielding.of(book)
    if any(shield.holds(who) for who in {a.who for a in acts}):
        advice = "Give another alias, one that tells nobody who it is."
        raise InputError("protected", "the name of who does it", "is protected, and the log is kept for good.", advice)
    rows = [
        models.Entry(number=e.number, previous=e.previous, line=e.line.decode(), hash=e.hash)
        for e in chain.chain(acts, last(book))
    ]
    models.Entry.objects.using(book.alias).bulk_create(rows, batch_size=_TOGETHER)


def lock(book: Casebook) -> None:
    """Let nobody else write the log until the transaction of the step ends: what is read from now on stays so."""
    connection = connections[book.alias]
    if not connection.in_atomic_block:
        raise RuntimeError("the log is written within the transaction of the step")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def last(book: Casebook) -> Entry | None:
    """The latest entry."""
    row = models.Entry.objects.using(book.alias).order_by("-number").first()
    return _entry(row) if row else None


def entries(book: Casebook, start: int = 1) -> Generator[Entry]:
    """The entries in order, read as they are wanted."""
    rows = models.Entry.objects.using(book.alias).filter(number__gte=start).order_by("number")
    for row in rows.iterator(chunk_size=_TOGETHER):
        yield _entry(row)


def _entry(row: models.Entry) -> Entry:
    return Entry(row.number, row.previous, row.line.encode(), row.hash)
