"""What a search found: for people with the words marked, and as a record for programs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from probata.export.plain import isolated, one_line, wrapped
from probata.export.style import Style
from probata.model.found import Found, Hit

_ON, _OFF = "\ue000", "\ue001"  # around marked words while lines are made; private characters that texts lose here

_FIELDS = {"title": "its title", "outlet": "its outlet", "speaker": "a speaker's name", "place": "a place's name"}


def record(asked: str, found: Found, first: int) -> dict[str, Any]:
    """What was found as a record; `first` is the number of the first hit among all, from 1."""
    return {"query": asked, "total": found.total, "first": first, "hits": [_record(hit) for hit in found.hits]}


def text(found: Found, first: int, style: Style) -> str:
    """What was found, the latest first: each report with the piece that shows the words."""
    if not found.hits:
        return "No report has all of it.\n" if not found.total else f"There are only {found.total:,} reports.\n"
    out = "".join(_hit(hit, style) for hit in found.hits)
    return out + style.paint(_count(found, first), "dim") + "\n"


def _count(found: Found, first: int) -> str:
    last = first + len(found.hits) - 1
    if first == 1 and last == found.total:
        return f"{found.total:,} report{'s' if found.total > 1 else ''}"
    more = "; --page shows the others" if found.total > len(found.hits) else ""
    return f"{first:,} to {last:,} of {found.total:,} reports{more}"


def _hit(hit: Hit, style: Style) -> str:
    name = one_line(f"{hit.report}: {hit.title}" if hit.title else hit.report)
    out = "".join(style.paint(isolated(line), "bold") + "\n" for line in wrapped(name, style.columns))
    about = f"{hit.outlet or 'outlet not stated'}, {hit.published or 'no date'}"
    if elsewhere := [_FIELDS[field] for field in hit.fields if field in _FIELDS]:
        about += f"; {'also ' if hit.snippet else ''}in {' and '.join(elsewhere)}"
    for line in wrapped(one_line(about), style.columns - 2):
        out += style.paint(f"  {isolated(line)}", "dim") + "\n"
    for line in wrapped(_marked(hit), style.columns - 4) if hit.snippet else ():
        out += f"    {isolated(_shown(line, style))}\n"
    return out + "\n"


def _marked(hit: Hit) -> str:
    """The piece on one line, each marked word between two private characters."""
    assert hit.snippet
    piece, at = "", hit.snippet.start
    for start, end in _merged([(m.start, m.end) for m in hit.snippet.marks]):
        piece += _lost(hit.snippet.text[at - hit.snippet.start : start - hit.snippet.start])
        words = _lost(hit.snippet.text[start - hit.snippet.start : end - hit.snippet.start])
        piece += re.sub(r"\S+", rf"{_ON}\g<0>{_OFF}", words)
        at = end
    piece += _lost(hit.snippet.text[at - hit.snippet.start :])
    return ("…" if hit.snippet.start else "") + one_line(piece) + ("" if hit.snippet.last else "…")


def _shown(line: str, style: Style) -> str:
    line = line.replace(f"{_OFF} {_ON}", " ")
    if line.rfind(_ON) > line.rfind(_OFF):  # a word longer than the line is cut
        line += _OFF
    if _OFF in line and not -1 < line.find(_ON) < line.find(_OFF):
        line = _ON + line
    on, off = ("\x1b[1;4m", "\x1b[0m") if style.colour else ("[", "]")
    return line.replace(_ON, on).replace(_OFF, off)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _lost(words: str) -> str:
    return words.replace(_ON, "").replace(_OFF, "")


def _record(hit: Hit) -> dict[str, Any]:
    s = hit.snippet
    return {
        "report": hit.report,
        "title": hit.title,
        "outlet": hit.outlet,
        "published": hit.published.isoformat() if hit.published else None,
        "in": list(hit.fields),
        "snippet": {
            "start": s.start,
            "end": s.end,
            "text": s.text,
            "marks": [{"start": m.start, "end": m.end, "word": m.term} for m in s.marks],
        }
        if s
        else None,
    }
