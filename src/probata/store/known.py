"""Full names of victims that claims of any report give: they are hidden in the texts of all reports.

Only names of two words or more go from report to report: one word names too many. A name that is protected is not in
this table, nor what grammar takes for a name and the gazetteer knows as a place.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max

from probata.audit.shield import Shield
from probata.audit.spellings import Spellings, joined, tokens_of
from probata.store import models, victims
from probata.store.opening import Casebook
from probata.vocab import folding
from probata.vocab.gazetteer import gazetteer

Record = Mapping[str, Any]
_LONGEST = 200  # characters of a name
_AHEAD = 5  # letters by which names are looked up
_BETWEEN = 6  # letters that an article may add to each word
_made: dict[str, Names] = {}  # by casebook, in this process
_lock = threading.Lock()


def full_names(records: Iterable[Record]) -> list[str]:
    """The full names of victims in claims of one report."""
    sure = (n for n in victims.names(records).sure if len(n.split()) > 1 and len(n) <= _LONGEST)
    return sorted(n for n in sure if not gazetteer().find(n))


def hold(book: Casebook, shield: Shield, told: Iterable[tuple[models.Report, Sequence[Record]]]) -> None:
    """Keep the names that the claims of new reports give."""
    made = (models.Victim(report=row, name=n) for row, records in told for n in full_names(records))
    kept = [row for row in made if not shield.holds(row.name)]
    models.Victim.objects.using(book.alias).bulk_create(kept, batch_size=500)


def refresh(book: Casebook, shield: Shield, report: models.Report) -> None:
    """Keep what a report's claims give now, in addition to what they gave before they were read otherwise."""
    claims = models.Claim.objects.using(book.alias).filter(report=report).order_by("number")
    read = models.Reading.objects.using(book.alias).filter(claim__report=report).order_by("id")
    records = [*claims.values_list("record", flat=True), *read.values_list("record", flat=True)]
    rows = models.Victim.objects.using(book.alias)
    known = set(rows.filter(report=report).values_list("name", flat=True))
    new = [n for n in full_names(records) if n not in known and not shield.holds(n)]
    rows.bulk_create(models.Victim(report=report, name=n) for n in new)


def forget(book: Casebook, shield: Shield) -> None:
    """Let go of the names that are protected."""
    rows = models.Victim.objects.using(book.alias)
    gone = [pk for pk, name in rows.order_by("id").values_list("pk", "name").iterator() if shield.holds(name)]
    for at in range(0, len(gone), 500):
        rows.filter(pk__in=gone[at : at + 500]).delete()


def names(book: Casebook) -> Names:
    """The names known now, kept in this process and brought up to date."""
    rows = models.Victim.objects.using(book.alias).order_by("id")
    state = rows.aggregate(number=Count("id"), last=Max("id"))
    with _lock:
        found = _made.get(book.id)
        if found is None or not found.is_before(state["number"], state["last"] or 0):
            found = _made[book.id] = Names()
        if found.last != (state["last"] or 0):
            found.add(rows.filter(id__gt=found.last, id__lte=state["last"]).values_list("id", "name"))
            if found.number != state["number"]:  # some were let go, and others came
                found = _made[book.id] = Names()
                found.add(rows.filter(id__lte=state["last"]).values_list("id", "name"))
        return found


@lru_cache(maxsize=1 << 16)
def _compared(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The tokens of a word as they are compared."""
    return tuple(tokens_of(tokens))


class Names:
    """Many names, those of which a text may hold are found at once; which it does is for `Spellings` to say."""

    def __init__(self) -> None:
        self.number = self.last = self._near = 0
        self._by: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)

    def __bool__(self) -> bool:
        return bool(self._by)

    def is_before(self, number: int, last: int) -> bool:
        """Whether the table may hold these names and more."""
        return number >= self.number and last >= self.last and (number > self.number) == (last > self.last)

    def add(self, rows: Iterable[tuple[int, str]]) -> None:
        """Take in rows of the table, in order."""
        for number, name in rows:
            self.number, self.last = self.number + 1, number
            if len(parts := tokens_of(name)) > 1:
                self._near = max(self._near, sum(len(part) + _BETWEEN for part in parts))
                for first in (parts[0], parts[-1]):
                    self._by[first[:_AHEAD]][name] = tuple(parts)

    def within(self, text: str) -> list[str]:
        """The names that a text may hold."""
        run = [t for word in folding.words(text) for t in _compared(word.tokens)] if self._by else []
        if len(run) < 2 and "%" not in text and "&" not in text and "\\" not in text:
            return []
        joined = "".join(run)
        found: dict[str, None] = {}
        at = 0
        for token in run:
            for cut in range(min(3, len(token))) if not token.isascii() else (0, 2):
                for length in range(2, _AHEAD + 1):
                    if some := self._by.get(joined[at + cut : at + cut + length]):
                        near = joined[at + cut : at + cut + self._near]
                        found |= {name: None for name, parts in some.items() if all(part in near for part in parts)}
            at += len(token)
        return list(found)


class Hiding(Shield):
    """A shield over words, and over those known names that a text holds, but for those of `spare`."""

    def __init__(self, words: Iterable[str], mark: str, known: Names, spare: Iterable[Record] = ()) -> None:
        super().__init__(words, mark)
        if known:
            self._find = _Both(self._find, known, spare)  # type: ignore[assignment]


class _Both:
    def __init__(self, own: Spellings, known: Names, spare: Iterable[Record]) -> None:
        self._own, self._known, self._spare = own, known, spare
        self._others: frozenset[str] | None = None

    def __bool__(self) -> bool:
        return True

    def __call__(self, text: str) -> list[tuple[int, int]]:
        found = self._own(text)
        if maybe := self._known.within(text):
            more = [n for n in maybe if n not in self._spared()]
            found = joined([*found, *Spellings(more)(text)])
        return found

    def _spared(self) -> frozenset[str]:
        """The names that these claims show to be a place, or of one who acts in them."""
        if self._others is None:
            places, agents = victims.otherwise(self._spare)
            spared = {n for place in places for n in self._known.within(place) if Spellings([n])(place)}
            same = {n for a in agents for n in self._known.within(a) if tokens_of(n) == tokens_of(a)}
            self._others = frozenset(spared | same)
        return self._others
