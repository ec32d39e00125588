"""Two claims compared: as a table for people, and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from probata.export.bidi import isolated_runs
from probata.export.plain import one_line, width, wrapped
from probata.export.style import Style
from probata.model.comparison import Comparison

_HEADS = ("feature", "weight", "level")
_SIZES = (9, 6, 9)
_LEAST = 12


def record(found: Comparison) -> dict[str, Any]:
    """The comparison for programs, keys in the order of docs/assessment.md."""
    return asdict(found)


def text(found: Comparison, style: Style) -> str:
    """The verdict with its reason, each feature with the two values and its weight, people's rows, and the chain."""
    columns = style.columns
    out = _paragraph(_verdict(found), columns, style, "bold")
    out += _paragraph(f"{found.reason}.", columns, style)
    if found.never and found.never not in found.reason:
        out += _paragraph(f"By themselves they could not be one: {found.never}.", columns, style)
    if found.features:
        out += "\n" + "".join(line + "\n" for line in _features(found, style))
    if found.decisions:
        out += "\n" + style.paint("people's decisions", "bold") + "\n"
        for d in found.decisions:
            what = "are the same" if d.same else "are different"
            more = f": {d.why}" if d.why else ""
            out += _paragraph(f"{d.who or 'somebody'}: {d.a} and {d.b} {what}{more}", columns, style, indent=2)
    if found.chain:
        out += "\n" + style.paint("what joins them", "bold") + "\n"
        for n, s in enumerate(found.chain, 1):
            head = f"{n}. {s.a} ({s.report_a}) and {s.b} ({s.report_b}) {s.score:+.2f}"
            out += _paragraph(head, columns, style, indent=2)
            out += "".join(_paragraph(w, columns, style, indent=5) for w in s.why)
    return out


def _verdict(found: Comparison) -> str:
    two = f"{found.a} ({found.report_a}) and {found.b} ({found.report_b})"
    if found.together is None:
        return f"{two}: no incident"
    if found.together:
        return f"{two}: one incident, {found.incident_a}"
    return f"{two}: two incidents, {found.incident_a} and {found.incident_b}"


def _features(found: Comparison, style: Style) -> Iterator[str]:
    room = style.columns - sum(_SIZES) - 2 * (len(_SIZES) + 1) - 2
    half = max(_LEAST, room // 2)
    sizes = (*_SIZES, half, half)
    yield "  " + style.paint(_line((*_HEADS, "first", "second"), sizes), "bold")
    for f in sorted(found.features, key=lambda f: (-abs(f.weight), f.feature)):
        cells = [
            wrapped(one_line(x), s)
            for x, s in zip((f.feature, f"{f.weight:+.2f}", f.level, f.a, f.b), sizes, strict=True)
        ]
        for i in range(max(map(len, cells))):
            yield "  " + _line([isolated_runs(c[i]) if i < len(c) else "" for c in cells], sizes)
    total = f"{found.score:+.2f}" if found.score is not None else ""
    yield style.paint(f"  start {found.base:+.2f}, together {total}; one incident from {found.threshold:+.2f}", "dim")


def _line(parts: tuple[str, ...] | list[str], sizes: tuple[int, ...]) -> str:
    return "  ".join(p + " " * (size - width(p)) for p, size in zip(parts, sizes, strict=True)).rstrip()


def _paragraph(words: str, columns: int, style: Style, *paint: str, indent: int = 0) -> str:
    lines = wrapped(one_line(words), columns - indent)
    return "".join(" " * indent + style.paint(isolated_runs(line), *paint) + "\n" for line in lines)
