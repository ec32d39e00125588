"""Neighbours: for new scenes, the stored ones that they are compared with, however many are stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.db import connections

from probata.link import block
from probata.link.rows import SceneRow
from probata.store.bulk import chunks
from probata.store.models import Scene
from probata.store.opening import Casebook

_TABLE = "store_block"
_SOME = f"SELECT scene_id FROM {_TABLE} WHERE key = %s LIMIT {block.FULL + 1}"
_BEFORE = (
    f"SELECT scene_id FROM {_TABLE} WHERE key = %s AND (position, scene_id) < (%s, %s)"
    " ORDER BY position DESC, scene_id DESC LIMIT %s"
)
_AFTER = (
    f"SELECT scene_id FROM {_TABLE} WHERE key = %s AND (position, scene_id) > (%s, %s)"
    " ORDER BY position, scene_id LIMIT %s"
)


def pairs(book: Casebook, rows: Iterable[SceneRow], number: Mapping[str, int]) -> set[tuple[str, str]]:
    """The pairs of scenes, by name, that new scenes (kept already, by `number` in the table) are compared in.

    Each new scene with those it shares most blocks with (`block.MOST` of them).
    """
    ordered = list(rows)
    shared: list[tuple[SceneRow, dict[int, list[int]]]] = []
    for row in ordered:
        met: defaultdict[int, list[int]] = defaultdict(list)
        for key in row.blocks:
            for other in _members(book, key, row, number[row.key]):
                met[other].append(key)
        shared.append((row, met))
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


def _members(book: Casebook, key: int, row: SceneRow, number: int) -> Iterator[int]:
    """The scenes that a block compares one scene with: all others, or its neighbours when the block is full."""
    with connections[book.alias].cursor() as cursor:
        cursor.execute(_SOME, [key])
        members = [n for (n,) in cursor.fetchall()]
        if len(members) > block.FULL:
            width = block.neighbours(key)
            members = []
            for query in (_BEFORE, _AFTER):
                cursor.execute(query, [key, row.order, number, width])
                members += [n for (n,) in cursor.fetchall()]
        yield from (n for n in members if n != number)
