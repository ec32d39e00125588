"""Incidents that ended, and on which reports they rested: their last versions tell, as no scene does any more."""

from __future__ import annotations

import threading
from collections.abc import Collection

from django.db.models import F, Max

from probata.store import models
from probata.store.opening import Casebook

_Known = dict[int, frozenset[str]]


class _Ended:
    """By the row numbers of incidents that ended the names of their reports: read once, then what was written since."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: tuple[str, int, _Known] = ("", 0, {})

    def of(self, book: Casebook) -> _Known:
        """All of them. An incident that goes on under its id again is among them still."""
        with self._lock:
            name = f"{book.folder} {book.id}"
            last, found = self._of[1:] if self._of[0] == name else (0, {})
            rows = models.Version.objects.using(book.alias).filter(id__gt=last)
            newest = rows.aggregate(newest=Max("id"))["newest"]
            if newest is None:
                return found
            new = rows.filter(id__lte=newest, number=F("incident__number"), incident__ended__isnull=False)
            read = new.values_list("incident", "record").iterator(chunk_size=500)
            found = found | {n: frozenset(r for family in record["families"] for r in family) for n, record in read}
            self._of = name, newest, found
            return found


_ended = _Ended()


def resting_on(book: Casebook, reports: Collection[str]) -> list[int]:
    """The row numbers of the incidents that ended and rested on any of these reports."""
    asked = set(reports)
    found = [number for number, of in _ended.of(book).items() if not asked.isdisjoint(of)]
    rows = models.Incident.objects.using(book.alias).filter(ended__isnull=False)
    return sorted(rows.filter(id__in=found).values_list("id", flat=True)) if found else []
