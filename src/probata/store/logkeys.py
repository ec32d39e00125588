"""Finding what the log tells of an item without reading the log: an index over what its lines say.

The database makes the index from the lines themselves, so that it says nothing that they do not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connections

from probata.audit.canonical import canonical
from probata.audit.chain import Step
from probata.audit.merkle import leaf
from probata.store import models
from probata.store.bulk import chunks
from probata.store.opening import Casebook

LONGEST = 200  # characters of a key; ours have under 100
# In a line `item`, `kind` and `number` follow one another (canonical JSON sorts them), behind `detail`, of which no key
# is "item". A quote within a value is escaped, so these marks are never part of one.
_TAIL = """substr(line, {find}(line, ',"item":"') + 9)"""
_KEY = {
    "sqlite": 'substr({tail}, 1, min(max(instr({tail}, \'","number":\') - 1, 0), {longest}))'.format(
        tail=_TAIL.format(find="instr"), longest=LONGEST
    ),
    "postgresql": 'left(split_part({tail}, \'","number":\', 1), {longest})'.format(
        tail=_TAIL.format(find="strpos"), longest=LONGEST
    ),
}
INDEX = "store_entry_told"


class Key(NamedTuple):
    """What an entry is about: the kind of an item, and the item."""

    kind: str
    item: str

    @property
    def text(self) -> str:
        """As it stands in a line."""
        return f'{canonical(self.item).decode()[1:-1]}","kind":"{self.kind}'[:LONGEST]


@dataclass(frozen=True, slots=True)
class Said:
    """An entry: its number, time and step, what it holds of its item, and whether it is whole and in its place."""

    number: int
    at: str
    step: str
    after: str | None
    detail: dict[str, Any] = field(repr=False)
    whole: bool


def make(schema: Any) -> None:
    """Make the index, by a schema editor."""
    schema.execute(f"CREATE INDEX IF NOT EXISTS {INDEX} ON store_entry ({_key(schema.connection.vendor)})", params=None)


def drop(schema: Any) -> None:
    """Take the index away."""
    schema.execute(f"DROP INDEX IF EXISTS {INDEX}")


def said(book: Casebook, keys: Iterable[Key]) -> dict[Key, list[Said]]:
    """What the log tells of items, in order; of one that it does not tell of, nothing."""
    wanted = {key.text: key for key in keys}
    rows: dict[int, tuple[str, str, str]] = {}
    key = _key(connections[book.alias].vendor)
    for some in chunks(wanted):
        marks = ", ".join(["%s"] * len(some))
        with connections[book.alias].cursor() as cursor:
            cursor.execute(f"SELECT number, previous, line, hash FROM store_entry WHERE {key} IN ({marks})", some)
            rows |= {number: (previous, line, hashed) for number, previous, line, hashed in cursor.fetchall()}
    places = _places(book, rows)
    out: dict[Key, list[Said]] = {}
    for number in sorted(rows):
        previous, line, hashed = rows[number]
        try:
            told = json.loads(line)
            about = Key(told["kind"], told["item"])
            whole = leaf(line.encode()).hex() == hashed and (told["number"], told["previous"]) == (number, previous)
            made = Said(number, told["at"], told["step"], told["after"], told["detail"], whole and places[number])
        except (KeyError, TypeError, ValueError):
            continue  # its line says nothing any more: whatever it told of is not told of
        if wanted.get(about.text) == about and told["step"] != Step.EXPORT:
            out.setdefault(about, []).append(made)
    return out


def last(book: Casebook) -> int:
    """The number of the latest entry; 0 where there is none."""
    return models.Entry.objects.using(book.alias).order_by("-number").values_list("number", flat=True).first() or 0


def _places(book: Casebook, rows: dict[int, tuple[str, str, str]]) -> dict[int, bool]:
    """Whether each entry stands between those that it names and that name it."""
    end = last(book) if rows else 0  # before those around are read: an entry may be added meanwhile
    around = {n + by for n in rows for by in (-1, 1)}
    known: dict[int, tuple[str, str]] = {}
    for some in chunks(sorted(around)):
        found = models.Entry.objects.using(book.alias).filter(number__in=some)
        known |= {n: (previous, hashed) for n, previous, hashed in found.values_list("number", "previous", "hash")}
    out = {}
    for number, (previous, _, hashed) in rows.items():
        before, behind = known.get(number - 1), known.get(number + 1)
        begins = number == 1 if before is None else before[1] == previous
        out[number] = begins and (number == end if behind is None else behind[0] == hashed)
    return out


def _key(vendor: str) -> str:
    return _KEY[vendor]
