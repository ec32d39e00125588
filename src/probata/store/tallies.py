"""Tallies: the counts over all scenes of the casebook that make a word telling, kept as rows and added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from probata.link.counts import Counts
from probata.store.bulk import chunks
from probata.store.models import Tally
from probata.store.opening import Casebook

_SCENES, _WORD, _PLACE = "scenes", "word", "place"
LONGEST = 200  # characters; what is longer is no word, and databases index no more than some 2,700 bytes


def add(book: Casebook, counted: Counts) -> None:
    """Add counts to those kept."""
    for kind, number in kinds(counted):
        for names in chunks(sorted(n for n in number if len(n) <= LONGEST)):
            kept = _kept(book, kind, names)
            Tally.objects.using(book.alias).bulk_create(
                [Tally(kind=kind, what=name, number=kept.get(name, 0) + number[name]) for name in names],
                update_conflicts=True,
                unique_fields=["kind", "what"],
                update_fields=["number"],
            )


def subtract(book: Casebook, counted: Counts) -> None:
    """Take counts out of those kept."""
    add(book, Counts(-counted.scenes, *({k: -n for k, n in of.items()} for of in (counted.having, counted.at))))


def of(book: Casebook, counted: Counts) -> Counts:
    """The counts over the whole casebook of the words and places that `counted` names."""
    found = {
        kind: {name: n for names in chunks(sorted(number)) for name, n in _kept(book, kind, names).items()}
        for kind, number in kinds(counted)
    }
    return Counts(found[_SCENES].get("", 0), found[_WORD], found[_PLACE])


def clear(book: Casebook) -> None:
    """Forget all counts."""
    Tally.objects.using(book.alias).all().delete()


def kinds(counted: Counts) -> Sequence[tuple[str, Mapping[str, int]]]:
    """Counts by the kind and name of their rows."""
    return (_SCENES, {"": counted.scenes}), (_WORD, counted.having), (_PLACE, counted.at)


def _kept(book: Casebook, kind: str, names: Sequence[str]) -> dict[str, int]:
    rows = Tally.objects.using(book.alias).filter(kind=kind, what__in=names)
    return dict(rows.values_list("what", "number"))
