"""The table: a row a claim, cells wrapped to the width of the terminal; below it, cards."""

from __future__ import annotations

from collections.abc import Sequence

from probata.export import words
from probata.export.plain import isolated, one_line, width, wrapped
from probata.export.style import Style
from probata.model.claim import Claim, Stance
from probata.model.report import Report

_HEADS = ("", "act", "who says", "by whom, how", "to whom", "where", "when")
_ACT = 13  # columns of the act; the longest single words are "displacement" and "(conditional)"
_SHARES = (4, 4, 5, 3, 5)  # how the others divide the width
_CARDS_BELOW = 72  # columns; a narrower table would break every word


def table(report: Report, claims: Sequence[Claim], style: Style) -> str:
    """The claims as a table, or as one card each where the terminal is narrow. A star marks a carried-over slot."""
    rows = [cells(n, c, report) for n, c in enumerate(claims, 1)]
    out = _cards(rows, claims, style) if style.columns < _CARDS_BELOW else _rows(rows, claims, style)
    if any(c.inferred for c in claims):
        for line in wrapped("* carried over from elsewhere in the report", style.columns - 2):
            out += style.paint(f"  {line}", "dim") + "\n"
    return out


def cells(number: int, claim: Claim, report: Report) -> list[str]:
    """The cells of a claim's row, each one line of safe text."""
    c = claim
    star = {
        slot: "*" if slot in c.inferred else "" for slot in ("speaker", "agents", "targets", "count", "place", "time")
    }
    stance = "" if c.stance is Stance.AFFIRMED else f" ({c.stance.value})"
    who = words.voice(c, report) + star["speaker"] + (f", through {words.relays(c)}" if c.relay else "")
    means = f" with {c.method.span.text}" if c.method else ""
    by = ", ".join(a.span.text for a in c.agents) + (star["agents"] if c.agents else "") + means
    whom = ", ".join(t.span.text for t in c.targets) + (star["targets"] if c.targets else "")
    if c.count:
        whom = f"{whom} [{c.count.span.text}{star['count']}: {words.bounds(c.count)}]"
    where = c.place.span.text + star["place"] if c.place else ""
    if c.place and c.place.name and c.place.name.casefold() not in c.place.span.text.casefold():
        where += f" ({c.place.name})"
    when = f"{c.time.span.text}{star['time']}: {words.days(c.time)}" if c.time else ""
    row = [str(number), words.act(c) + stance, who, by.strip(), whom.strip(), where, when]
    return [one_line(cell) for cell in row]


def _rows(rows: list[list[str]], claims: Sequence[Claim], style: Style) -> str:
    first = max(2, len(str(len(rows))))
    free = style.columns - first - _ACT - 2 * (len(_HEADS) - 1) - 2
    sizes = [first, _ACT] + [free * s // sum(_SHARES) for s in _SHARES]
    out = "  " + style.paint(_joined(_HEADS, sizes), "bold") + "\n"
    for row, claim in zip(rows, claims, strict=True):
        lines = [wrapped(cell, size) for cell, size in zip(row, sizes, strict=True)]
        for i in range(max(map(len, lines))):
            parts = [isolated(cell[i]) if i < len(cell) else "" for cell in lines]
            padded = [p + " " * (size - width(p)) for p, size in zip(parts, sizes, strict=True)]
            for column in (0, 1):
                padded[column] = style.paint(padded[column], words.group(claim))
            out += ("  " + "  ".join(padded)).rstrip() + "\n"
    return out


def _joined(parts: Sequence[str], sizes: Sequence[int]) -> str:
    return "  ".join(p + " " * (size - width(p)) for p, size in zip(parts, sizes, strict=True)).rstrip()


def _cards(rows: list[list[str]], claims: Sequence[Claim], style: Style) -> str:
    out = ""
    for row, claim in zip(rows, claims, strict=True):
        out += style.paint(f"{row[0]} {row[1]}", words.group(claim)) + "\n"
        for head, cell in zip(_HEADS[2:], row[2:], strict=True):
            if cell:
                for i, line in enumerate(wrapped(cell, style.columns - 16)):
                    out += f"  {head if i == 0 else '':<13} {isolated(line)}\n"
    return out
