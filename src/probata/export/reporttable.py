"""The table of a casebook's reports, row by row as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from probata.export.plain import isolated, one_line, width, wrapped
from probata.export.style import Style

_HEADS = ("report", "published", "outlet", "claims", "title")
_SHARES = (3, 0, 2, 0, 4)  # how these divide the width
_FIXED = (0, 10, 0, 6, 0)  # columns of the others
_CARDS_BELOW = 72


def rows(records: Iterable[dict[str, Any]], style: Style) -> Iterator[str]:
    """Reports as rows, or a few lines each where the terminal is narrow."""
    free = style.columns - sum(_FIXED) - 2 * len(_HEADS)
    sizes = [fixed or free * share // sum(_SHARES) for fixed, share in zip(_FIXED, _SHARES, strict=True)]
    narrow = style.columns < _CARDS_BELOW
    begun = False
    for record in records:
        cells = _cells(record)
        if narrow:
            yield _card(cells, style)
            continue
        if not begun:
            yield "  " + style.paint(_line(_HEADS, sizes), "bold") + "\n"
        begun = True
        lines = [wrapped(cell, size) for cell, size in zip(cells, sizes, strict=True)]
        for i in range(max(map(len, lines))):
            yield "  " + _line([isolated(cell[i]) if i < len(cell) else "" for cell in lines], sizes) + "\n"


def _cells(record: dict[str, Any]) -> list[str]:
    told = f"{record['claims']:,}" if record["read_by"] else "unread"
    day = record["published"] or "no date"
    return [one_line(str(c)) for c in (record["id"], day, record["outlet"] or "-", told, record["title"] or "-")]


def _card(cells: Sequence[str], style: Style) -> str:
    name, day, outlet, claims, title = cells
    out = "".join(style.paint(isolated(line), "bold") + "\n" for line in wrapped(name, style.columns))
    about = f"{day}, {outlet}, {claims}{' claims' if claims != 'unread' else ''}: {title}"
    return out + "".join(f"  {isolated(line)}\n" for line in wrapped(about, style.columns - 2))


def _line(parts: Sequence[str], sizes: Sequence[int]) -> str:
    return "  ".join(p + " " * (size - width(p)) for p, size in zip(parts, sizes, strict=True)).rstrip()
