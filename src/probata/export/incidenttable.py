"""The table of incidents for people: one row each, what stands beside it below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from probata.export.plain import isolated, one_line, width, wrapped
from probata.export.style import Style

Record = dict[str, Any]
_HEADS = ("incident", "what, where", "killed", "injured", "sources", "accused", "grade")
_SIZES = (16, 18, 11, 9, 7)
_GRADE = 10
_INJURED = 3  # the column that is left out where nobody is hurt
_NAMED = 2  # accused in a cell
_CARDS_BELOW = 98


def table(records: Sequence[Record], style: Style) -> str:
    """Incidents as rows, or as cards where the terminal is narrow. Figures are reported, not verified."""
    if not records:
        return "No incidents.\n"
    rows = [cells(r) for r in records]
    out = _cards(rows, style) if style.columns < _CARDS_BELOW else _rows(rows, style)
    note = (
        "Figures are what sources say: low-high, best in brackets. Nothing is added up. Sources: independent ones, in "
        "how many reports. --format json has the reasons."
    )
    return out + "".join(style.paint(f"  {line}", "dim") + "\n" for line in wrapped(note, style.columns - 2))


def cells(r: Record) -> list[str]:
    """The cells of an incident's row, each one line of safe text."""
    parts = sum(x["relation"] == "part" for x in r["relations"])
    what = f"{str(r['type']).replace('_', ' ')}, {r['place'] or 'place not stated'}"
    what += f", {parts} parts" if parts > 1 else ", a part" if parts else ""
    if r["beside"]:
        what += f" ({r['beside'][0]['relation']}, beside {r['beside'][0]['incident']})"
    accused = ", ".join(r["accused"][:_NAMED])
    if len(r["accused"]) > _NAMED:
        accused += f" and {len(r['accused']) - _NAMED} more"
    row = [
        f"{r['id']} {days(r['from'], r['to'])}",
        what,
        _dead(r),
        figures(r["injured"]),
        f"{r['independent_sources']} in {sum(map(len, r['families']))}",
        accused or "-",
        r["grade"],
    ]
    return [one_line(str(cell)) for cell in row]


def dead(r: Record) -> tuple[str, str]:
    """What the dead of an incident are called and how many; of a stock the bodies, which are not the killed of one."""
    bodies = r.get("bodies")
    if r["type"] == "bodies_found" and bodies and (said := figures(bodies)) != "-":
        return "bodies", said
    return "killed", figures(r["killed"])


def _dead(r: Record) -> str:
    name, said = dead(r)
    return said if name == "killed" else f"{name}: {said}"


def title(r: Record) -> str:
    """An incident in a few words: what, where, when."""
    return f"{str(r['type']).replace('_', ' ')}, {r['place'] or 'place not stated'}, {days(r['from'], r['to'])}"


def days(first: str | None, last: str | None) -> str:
    """The days in words."""
    if first is None and last is None:
        return "day not known"
    return str(first) if first == last else f"{first or '…'} to {last or '…'}"


def figures(r: dict[str, int | None]) -> str:
    """A range in words: "82-199 (190)", "at least 12", "-"."""
    low, best, high = r["low"], r["best"], r["high"]
    if low is None and best is None and high is None:
        return "-"
    if high is None:
        ends = f"{low if low is not None else best:,} or more"
    elif low is None:
        ends = f"up to {high:,}"
    else:
        ends = f"{low:,}" if low == high else f"{low:,}-{high:,}"
    told = high if low == high else low if high is None else None  # where the words for the ends name it already
    if best is None or best == told or (low is None and high is None):
        return ends
    return f"{ends} ({best:,})"


def _rows(rows: list[list[str]], style: Style) -> str:
    free = style.columns - sum(_SIZES) - 2 * len(_HEADS) - 2
    sizes = [*_SIZES, 0, _GRADE]
    heads = list(_HEADS)
    if all(row[_INJURED] == "-" for row in rows):
        free += sizes.pop(_INJURED) + 2
        heads.pop(_INJURED)
        rows = [row[:_INJURED] + row[_INJURED + 1 :] for row in rows]
    sizes[-2] = max(12, free - _GRADE)
    out = "  " + style.paint(_line(heads, sizes), "bold") + "\n"
    for row in rows:
        lines = [wrapped(cell, size) for cell, size in zip(row, sizes, strict=True)]
        for i in range(max(map(len, lines))):
            out += "  " + _line([isolated(cell[i]) if i < len(cell) else "" for cell in lines], sizes) + "\n"
    return out


def _line(parts: Sequence[str], sizes: Sequence[int]) -> str:
    return "  ".join(p + " " * (size - width(p)) for p, size in zip(parts, sizes, strict=True)).rstrip()


def _cards(rows: list[list[str]], style: Style) -> str:
    out = ""
    for row in rows:
        for line in wrapped(f"{row[0]}  {row[1]}", style.columns):
            out += style.paint(isolated(line), "bold") + "\n"
        for head, cell in zip(_HEADS[2:], row[2:], strict=True):
            for i, line in enumerate(wrapped(cell, style.columns - 12)):
                out += f"  {head if i == 0 else '':<9} {isolated(line)}\n"
    return out
