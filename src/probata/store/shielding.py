"""The shield of a casebook: everything that leaves it, to a screen, a file or a page, goes through here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from probata.audit.shield import MARK, Edited, Shield
from probata.model.claim import Claim
from probata.store import models
from probata.store.opening import Casebook

Record = dict[str, Any]
_APART = re.compile(r"\[protected:\d+\]")


def active(book: Casebook) -> list[models.Protected]:
    """What is protected now: neither taken back nor erased."""
    rows = list(models.Protected.objects.using(book.alias).order_by("id"))
    back = {row.back for row in rows if row.back}
    return [row for row in rows if row.words and row.id not in back]


def of(book: Casebook) -> Shield:
    """The shield over all that is protected."""
    return _made(tuple(word for row in active(book) for word in spellings(row)))


def spellings(row: models.Protected) -> tuple[str, ...]:
    """The words of a row, in all spellings that were given."""
    return (row.words, *(row.variants or ())) if row.words else ()


class Apart(Shield):
    """A shield that keeps people apart by number while something is made of what they say; `together` ends that."""

    def __init__(self, book: Casebook) -> None:
        rows = active(book)
        super().__init__(word for row in rows for word in spellings(row))
        self._each = [(row.pk, spellings(row)) for row in rows]
        self._made: dict[int, Shield] = {}

    def text(self, text: str) -> str:
        """The text with each protected stretch replaced by a mark of its own."""
        if not self.holds(text):
            return text
        for number, words in self._each:
            if number not in self._made:
                self._made[number] = Shield(words, f"[protected:{number}]")
            text = self._made[number].text(text)
        return super().text(text)


def together(text: str) -> str:
    """What was made of marks of their own, with the one mark that says nothing."""
    return _APART.sub(MARK, text)


@lru_cache(maxsize=4)
def _made(words: tuple[str, ...]) -> Shield:
    return Shield(words)


def hold(book: Casebook, shield: Shield, reports: Iterable[models.Report]) -> None:
    """Keep which of these reports have protected words in their text."""
    if shield:
        rows = [models.Holder(report=row) for row in reports if shield.holds(row.text)]
        models.Holder.objects.using(book.alias).bulk_create(rows, batch_size=500)


class Claims:
    """Claim records as they may be shown.

    Offsets of a report with protected words count in its text as it is shown, with the mark in place of the words. They
    fit that text, and tell neither how long the words are nor where in the original they stand.
    """

    def __init__(self, book: Casebook, shield: Shield) -> None:
        self._book, self._shield = book, shield
        holders = models.Holder.objects.using(book.alias) if shield else None
        self._names = dict(holders.values_list("report__name", "report")) if holders is not None else {}
        self._last: tuple[str, Edited] | None = None

    def __call__(self, record: Record) -> Record:
        """One record; those of a report come together for speed."""
        if not self._shield:
            return record
        if (number := self._names.get(record["report"])) is not None:
            record = self._edited(record["report"], number).record(record)
        return self._shield.shown(record)

    def _edited(self, name: str, number: int) -> Edited:
        if self._last is None or self._last[0] != name:
            text = models.Report.objects.using(self._book.alias).values_list("text", flat=True).get(id=number)
            self._last = name, Edited(text, self._shield.edits(text), self._shield.mark)
        return self._last[1]


def claims(book: Casebook, shield: Shield, found: Iterable[Claim]) -> list[Claim]:
    """Claims as they may be shown."""
    from probata.export import jsonl

    if not shield:
        return list(found)
    if isinstance(shield, Apart):
        return [shield.shown(c) for c in found]
    shown = Claims(book, shield)
    return [jsonl.from_record(placed(shown(jsonl.record(c)))) for c in sorted(found, key=lambda c: c.report)]


def placed(record: Any) -> Any:
    """The record with spans whose offsets were let go counted from 0, as claims must have some."""
    if isinstance(record, Mapping):
        made = {k: placed(v) for k, v in record.items()}
        if "text" in made and made.get("start", 0) is None:
            made |= {"start": 0, "end": len(made["text"])}
        return made
    return [placed(v) for v in record] if isinstance(record, list) else record
