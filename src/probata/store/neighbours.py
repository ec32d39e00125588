"""Neighbours: for new scenes, the stored ones that they are compared with, however many are stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from django.db import connections

from probata.link import block
from probata.link.rows import SceneRow
from probata.store.bulk import chunks
from probata.store.models import Scene
from probata.store.opening import Casebook

_TABLE = "store_block"
_SOME = f"SELECT key, scene_id FROM {_TABLE} WHERE key = %s LIMIT {block.FULL + 1}"
_BEFORE = (
    f"SELECT key, scene_id FROM {_TABLE} WHERE key = %s AND (position, scene_id) < (%s, %s)"
    " ORDER BY position DESC, scene_id DESC LIMIT %s"
)
_AFTER = (
    f"SELECT key, scene_id FROM {_TABLE} WHERE key = %s AND (position, scene_id) > (%s, %s)"
    " ORDER BY position, scene_id LIMIT %s"
)
_TOGETHER = 100  # blocks asked for in one query: databases put no more than some hundred together


def pairs(book: Casebook, rows: Iterable[SceneRow], number: Mapping[str, int]) -> set[tuple[str, str]]:
    """The pairs of scenes, by name, that new scenes (kept already, by `number` in the table) are compared in.

    Each new scene with those it shares most blocks with (`block.MOST` of them).
    """
    ordered = list(rows)
    shared = [(row, _met(row, number[row.key], some)) for row, some in _members(book, ordered, number)]
    known: dict[int, tuple[str, bool]] = {}
    for some in chunks(sorted({other for _, met in shared for other in met})):
        scenes = Scene.objects.using(book.alias).filter(id__in=some)
        known |= {n: (name, fine) for n, name, fine in scenes.values_list("id", "name", "fine")}
    return {(row.key, other) for row, met in shared for other in _closest(row, met, known)}


def _closest(row: SceneRow, met: Mapping[int, list[int]], known: Mapping[int, tuple[str, bool]]) -> list[str]:
    """The scenes that share most blocks with one, of those that a shared block compares with it."""
    found: list[tuple[int, str]] = []
    for other, keys in met.items():
        name, fine = known[other]
        number = sum(block.compared(key, row.fine, fine) for key in keys)
        if number:
            found.append((-number, name))
    return [name for _, name in sorted(found)[: block.MOST]]


def _met(row: SceneRow, own: int, members: Mapping[int, Iterable[int]]) -> dict[int, list[int]]:
    """The scenes that share blocks with one, each with these blocks."""
    met: defaultdict[int, list[int]] = defaultdict(list)
    for key in row.blocks:
        for other in members[key]:
            if other != own:
                met[other].append(key)
    return met


def _members(
    book: Casebook, rows: Iterable[SceneRow], number: Mapping[str, int]
) -> Iterator[tuple[SceneRow, Mapping[int, Iterable[int]]]]:
    """The scenes that each block of a scene compares it with: all in it, or its neighbours when the block is full."""
    for some in chunks(rows):
        of = _asked(book, _SOME, [[key] for key in sorted({key for row in some for key in row.blocks})])
        full = {key for key, members in of.items() if len(members) > block.FULL}
        for row in some:
            crowded = [key for key in row.blocks if key in full]
            at = [[key, row.order, number[row.key], block.neighbours(key)] for key in crowded]
            near = _asked(book, _BEFORE, at), _asked(book, _AFTER, at)
            yield row, {**of, **{key: [*near[0].get(key, ()), *near[1].get(key, ())] for key in crowded}}


def _asked(book: Casebook, query: str, values: Sequence[Sequence[int]]) -> defaultdict[int, list[int]]:
    """What one query gives for each of these values, asked many at once: scenes by block."""
    out: defaultdict[int, list[int]] = defaultdict(list)
    with connections[book.alias].cursor() as cursor:
        for start in range(0, len(values), _TOGETHER):
            some = values[start : start + _TOGETHER]
            parts = (f"SELECT * FROM ({query}) AS of{n}" for n in range(len(some)))
            cursor.execute(" UNION ALL ".join(parts), list(chain.from_iterable(some)))
            for key, scene in cursor.fetchall():
                out[key].append(scene)
    return out
