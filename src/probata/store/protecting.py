"""Protecting: marked words leave the casebook in no form. The log holds a digest with a salt, never a word."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import connections, transaction

from probata.audit.chain import Step
from probata.audit.sealing import SEALED, new_salt, seal
from probata.audit.shield import Shield
from probata.audit.spellings import SHORT, size
from probata.model.errors import InputError
from probata.store import digests, known, log, models, shadow, shielding
from probata.store.opening import Casebook

KINDS = ("person", "value", "other")
BACK = "taken back"
_LOOKS, _PAUSE = 20, 0.25  # how often, and after how many seconds again, the log is emptied while others read
_WHO = re.compile(r'"who":("(?:[^"\\]|\\.)*")')


@dataclass(frozen=True, slots=True)
class Marked:
    """A row that was written, and how many reports hold its words."""

    number: int
    commitment: str
    reports: int


def protect(book: Casebook, words: str, also: Iterable[str], kind: str, who: str, why: str) -> Marked:
    """Protect words in all spellings given. For whoever holds the casebook's turn. Raises InputError without a reason.

    The words leave the index of what reports are found by at once, and everything that is shown from now on.
    """
    return protect_all(book, [(words, *also)], kind, who, why)[0]


def protect_all(book: Casebook, several: Iterable[Sequence[str]], kind: str, who: str, why: str) -> list[Marked]:
    """As `protect`, for several at once, each with its spellings: all or none. Reports are counted together."""
    written(why)
    accounts = _accounts(book)
    rows = [_row(words, accounts, kind, who, why) for words in several]
    thorough(book)
    with transaction.atomic(using=book.alias):
        for row in rows:
            row.save(using=book.alias)
        log.write(book, [log.act(Step.PROTECT, "protected", str(r.pk), who, after=digests.of_row(r)) for r in rows])
        number = remade(book, Shield(word for row in rows for word in shielding.spellings(row)).holds)
    clean(book)
    return [Marked(row.pk, row.commitment, number) for row in rows]


def _row(words: Sequence[str], accounts: Iterable[str], kind: str, who: str, why: str) -> models.Protected:
    spelt = list(dict.fromkeys(" ".join(w.split()) for w in words))
    for n, spelling in enumerate(spelt, 1):
        if size(spelling) < SHORT:
            problem = f"has fewer than {SHORT} letters or digits, so that it would be found nearly everywhere."
            raise InputError("protected", f"spelling {n}", problem, "Give more of it.")
    shield = Shield(spelt)
    if shield.holds(who):
        raise InputError("protected", "--by", "has the protected words.", "Give another alias: the log keeps it.")
    if any(shield.holds(name) for name in accounts):
        problem = "are the name of somebody who worked on this casebook: it stands in the log, which is kept for good."
        raise InputError("protected", "the words", problem, "Nothing was protected. Use aliases in a new casebook.")
    salt = new_salt()
    row = models.Protected(
        words=spelt[0], variants=spelt[1:], kind=kind, salt=salt.hex(), who=who, why=why, at=digests.now()
    )
    row.commitment = sealed(row)
    return row


def take_back(book: Casebook, number: int, who: str, why: str) -> None:
    """Show again what row `number` protects. The row stays, and a later one says who took it back and why."""
    row = chosen(book, number)
    written(why)
    thorough(book)
    with transaction.atomic(using=book.alias):
        back = models.Protected(kind=BACK, commitment=row.commitment, who=who, why=why, at=digests.now(), back=row.pk)
        back.save(using=book.alias)
        after = digests.of_row(back)
        log.write(book, [log.act(Step.PUBLISH, "protected", str(back.pk), who, after=after)])
        remade(book, Shield(shielding.spellings(row)).holds)


def chosen(book: Casebook, number: int) -> models.Protected:
    """The row of this number. Raises InputError when nothing is protected by it now."""
    for row in shielding.active(book):
        if row.pk == number:
            return row
    problem = "protects nothing now."
    raise InputError("protected", f"number {number}", problem, "`probata protect --list` shows what does.")


def written(why: str) -> None:
    """Refuse to go on without a reason in words."""
    if len(why.split()) < 2:
        raise InputError("reason", "--why", "gives no reason in words.", "Write a sentence that others can understand.")


def sealed(row: models.Protected) -> str:
    """The seal of a row's words and spellings."""
    return seal([row.words, *(row.variants or ())], bytes.fromhex(row.salt or ""))[SEALED]


def remade(book: Casebook, concerned: Callable[[str], bool]) -> int:
    """Make anew what the reports concerned are found by; how many they are."""
    shield = shielding.of(book)
    number = 0
    kept = models.Report.objects.using(book.alias).order_by("id").prefetch_related("claims__readings")
    for report in kept.iterator(chunk_size=100):
        called = shadow.standing(sorted(report.claims.all(), key=lambda c: c.number))
        names = {name for both in called for name in both if name}
        if not any(concerned(text) for text in (report.text, report.title or "", report.outlet or "", *names)):
            continue
        number += 1
        models.Shadow.objects.using(book.alias).filter(report=report).delete()
        models.Holder.objects.using(book.alias).filter(report=report).delete()
        models.Shadow.objects.using(book.alias).bulk_create(shadow.of_report(report, called, shield))
        shielding.hold(book, shield, [report])
        known.refresh(book, shield, report)
    known.forget(book, shield)
    if number and book.is_sqlite:
        with connections[book.alias].cursor() as cursor:
            cursor.execute("INSERT INTO store_words (store_words) VALUES ('rebuild')")
    return number


def thorough(book: Casebook) -> None:
    """Have the database overwrite what is removed from now on."""
    if book.is_sqlite:
        with connections[book.alias].cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def clean(book: Casebook, whole: bool = False) -> bool:
    """Overwrite what the database had of rows that are gone; `whole` of all tables, not only the index of words.

    False where others read all the time, so that SQLite's write-ahead log could not be emptied.
    """
    connection = connections[book.alias]
    with connection.cursor() as cursor:
        if book.is_sqlite:
            if whole:
                cursor.execute("VACUUM")
            for _ in range(_LOOKS):
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                if cursor.fetchone()[0] == 0:
                    return True
                time.sleep(_PAUSE)
            return False
        for model in models.Report._meta.apps.get_app_config("store").get_models():
            if whole or model is models.Shadow:
                cursor.execute(f"VACUUM FULL {model._meta.db_table}")
    return True


def _accounts(book: Casebook) -> set[str]:
    """Everybody whom the log names."""
    lines = models.Entry.objects.using(book.alias).values_list("line", flat=True)
    return {json.loads(found[1]) for line in lines.iterator() if (found := _WHO.search(line))}
