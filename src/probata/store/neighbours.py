"""Neighbours: for new scenes, the stored ones that they are compared with, however many are stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.db import connections

from probata.link import block
from probata.link.rows import SceneRow
from probata.store.models import Scene
from probata.store.opening import Casebook
from probata.store.tallies import chunks

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
    """The pairs of scenes, by name, that new scenes (kept already, by `number` in the table) are compared in."""
    found = {
        (row.key, other, key)
        for row in rows
        for key in row.blocks
        for other in _members(book, key, row, number[row.key])
    }
    known: dict[int, tuple[str, bool]] = {}
    for some in chunks(sorted({other for _, other, _ in found})):
        scenes = Scene.objects.using(book.alias).filter(id__in=some)
        known |= {n: (name, fine) for n, name, fine in scenes.values_list("id", "name", "fine")}
    fine = dict(known.values()) | {row.key: row.fine for row in rows}
    return {(a, known[b][0]) for a, b, key in found if block.compared(key, fine[a], known[b][1])}


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
