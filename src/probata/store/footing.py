"""The claims that a finding was made on, and which incidents hold them now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from probata.store import models
from probata.store.bulk import chunks
from probata.store.opening import Casebook

SPLIT = '"kind": "split"'  # how rows spell this change; quotes within words are escaped there


def made_on(book: Casebook, incident: str, version: int | None) -> list[str]:
    """The claims of a version of an incident; none where there is no such version."""
    row = models.Version.objects.using(book.alias).filter(incident__name=incident, number=version or 0).first()
    return list(row.record["claims"]) if row else []


def where(book: Casebook, claims: Collection[str]) -> Counter[str]:
    """The incidents that hold these claims now, with how many of them. Rejected claims are in none."""
    rows = models.Member.objects.using(book.alias).exclude(scene__incident=None)
    names = rows.values_list("scene__incident__name", flat=True)
    return Counter(n for some in chunks(claims) for n in names.filter(claim__name__in=some))


def left(book: Casebook, incident: str, version: int | None) -> bool:
    """Whether most claims of that version are in other incidents now, so that what was found of it is not of this one.

    An id goes on with the greater part of its claims each time, and may in the end be of none it was once of.
    """
    if not _split(book, incident, version):
        return False
    held = where(book, made_on(book, incident, version))
    return held.total() > 2 * held[incident]


def split(book: Casebook, incidents: Collection[int]) -> set[int]:
    """Which of these incidents (row numbers) with findings have ever lost claims to others."""
    kept = models.Version.objects.using(book.alias).filter(incident__in=incidents, incident__proposals__isnull=False)
    return set(kept.filter(changes__contains=SPLIT).values_list("incident", flat=True))


def _split(book: Casebook, incident: str, version: int | None) -> bool:
    """Whether claims went from it to others after that version."""
    kept = models.Version.objects.using(book.alias).filter(incident__name=incident, number__gt=version or 0)
    return kept.filter(changes__contains=SPLIT).exists()
