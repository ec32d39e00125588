"""What changed from one release to the next: the corrections that a publisher owes to those who quoted the first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from probata.review.site.released import Record, Released

# What a reader may have quoted, in the order in which it is told.
_QUOTED = (
    "type",
    "place",
    "from",
    "to",
    "killed",
    "injured",
    "accused",
    "independent_sources",
    "grade",
    "verification",
    "findings",
)


@dataclass(frozen=True, slots=True)
class Change:
    """A value of an incident that is not what it was; `field` is "new" or "gone" for the incident as a whole."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Correction:
    """What changed on one incident with one release."""

    incident: str
    made: str  # when the release was made
    version: int | None
    changes: tuple[Change, ...]


def corrections(releases: Sequence[Released]) -> list[Correction]:
    """Everything that changed with each release, the latest first. `releases` are in the order of their making."""
    out: list[Correction] = []
    for older, newer in pairwise(releases):
        for name in sorted(older.incidents.keys() | newer.incidents.keys()):
            if changes := tuple(_changes(older.incidents.get(name), newer.incidents.get(name))):
                version = newer.incidents.get(name, {}).get("version")
                out.append(Correction(name, newer.made, version, changes))
    return sorted(out, key=lambda c: c.made, reverse=True)


def _changes(before: Record | None, after: Record | None) -> Iterator[Change]:
    if before is None or after is None:
        yield Change("new" if before is None else "gone", None, None)
        return
    for field in _QUOTED:
        was, now = before.get(field), after.get(field)
        if (was or None) != (now or None):
            yield Change(field, was, now)
