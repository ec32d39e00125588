"""Neighbours asked of the database, many blocks at once, are those that the blocks' rows give one by one."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from probata.link import block
from probata.link.rows import SceneRow
from probata.store import grouping, models, neighbours
from probata.store.adding import Adding
from probata.store.opening import Casebook
from store.handmade import BRENTA, killing, unread

REPORTS = 2 * block.FULL


def test_neighbours_are_those_of_the_rows_in_full_blocks_and_others(book: Casebook) -> None:
    adding = Adding(book)
    places: tuple[dict[str, Any], ...] = ({}, BRENTA)
    for n in range(REPORTS):
        (new,) = adding.new([unread(f"r{n}")])
        slots = {"date": f"2031-06-{1 + n % 5:02}", "evidence": f"word{n} word{n // 3} of the market", **places[n % 2]}
        adding.keep(new, [killing(f"r{n}", 4 + n % 7, "a doctor", **slots)])
    adding.finish()
    grouping.update(book)
    rows, number = _rows(book)
    widest = Counter(key for row in rows for key in row.blocks).most_common(1)[0][1]
    assert widest > block.FULL
    expected = {(row.key, other) for row in rows for other in _naive(row, rows, number)}
    assert neighbours.pairs(book, rows, number) == expected
    some = rows[::5]
    assert neighbours.pairs(book, some, number) == {(a, b) for a, b in expected if a in {r.key for r in some}}


def _rows(book: Casebook) -> tuple[list[SceneRow], dict[str, int]]:
    rows, number = [], {}
    for scene in models.Scene.objects.using(book.alias).order_by("name"):
        placed = list(models.Block.objects.using(book.alias).filter(scene=scene).values_list("key", "position"))
        keys = tuple(sorted(key for key, _ in placed))
        rows.append(SceneRow(scene.name, "", (scene.name,), keys, placed[0][1], scene.fine))
        number[scene.name] = scene.id
    return rows, number


def _naive(row: SceneRow, rows: list[SceneRow], number: dict[str, int]) -> list[str]:
    met: defaultdict[str, int] = defaultdict(int)
    for key in row.blocks:
        members = sorted((r for r in rows if key in r.blocks), key=lambda r: (r.order, number[r.key]))
        at = members.index(row)
        width = block.neighbours(key) if len(members) > block.FULL else len(members)
        for other in members[max(0, at - width) : at] + members[at + 1 : at + 1 + width]:
            met[other.key] += block.compared(key, row.fine, other.fine)
    found = sorted((-shared, name) for name, shared in met.items() if shared)
    return [name for _, name in found[: block.MOST]]
