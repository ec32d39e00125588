"""Report records: JSON and JSONL files whose objects are reports."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import date
from typing import Any

from probata.acquire.filling import complete
from probata.acquire.options import Options
from probata.model.errors import InputError
from probata.model.report import Origin, Report

_FORM = 'Give objects such as {"id": "...", "title": "...", "published": "2024-05-31", "text": "..."}.'


def records(text: str, path: str, media: str, encoding: str, options: Options) -> Iterator[Report | InputError]:
    """The reports of a JSON file (one object, or a list) or a JSONL file (one object a line), in order.

    A malformed line or object is an InputError that names its number; the rest goes on. A record's text is kept as it
    stands, so offsets count in it. Its digest is that of the record's own bytes.
    """
    name = "standard input" if path == "-" else path
    stem = "stdin" if path == "-" else os.path.splitext(os.path.basename(path))[0]
    if media == "json":
        whole = _parsed(text, name)
        if not isinstance(whole, InputError):
            items = whole if isinstance(whole, list) else [whole]
            if not items:
                yield InputError("empty", name, "is an empty list.", _FORM)
            for n, item in enumerate(items, 1):
                where, own = (f"{name}, item {n}", f"{stem}-{n}") if isinstance(whole, list) else (name, stem)
                raw = text if not isinstance(whole, list) else json.dumps(item, ensure_ascii=False)
                yield _report(item, where, own, (raw, path, encoding), options)
            return
        first = text.lstrip().split("\n", 1)[0]
        if isinstance(_parsed(first, name), InputError):
            yield whole
            return
    number = 0
    for n, line in enumerate(_lines(text), 1):
        if line.strip():
            number += 1
            item = _parsed(line, f"{name}, line {n}")
            yield (
                item
                if isinstance(item, InputError)
                else _report(item, f"{name}, line {n}", f"{stem}-{n}", (line, f"{path}:{n}", encoding), options)
            )
    if not number:
        yield InputError("empty", name, "is empty.", _FORM)


def _lines(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield text[at:end]
        at = end + 1


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        return InputError("json", name, "is nested too deeply to be a report.", _FORM)
    except ValueError as error:
        what = str(error)
        if isinstance(error, json.JSONDecodeError):
            ends = error.pos >= len(text.rstrip()) or "Unterminated" in error.msg
            what = f"{error.msg} at line {error.lineno}, column {error.colno}" + (": it is cut short" if ends else "")
        return InputError("json", name, f"is not valid JSON ({what}).", "Repair it, or export it again.")


def _report(item: Any, where: str, own: str, source: tuple[str, str, str], options: Options) -> Report | InputError:
    raw, path, encoding = source
    if not isinstance(item, dict):
        return InputError("record", where, "is not an object with the fields of a report.", _FORM)
    text = item.get("text")
    if not isinstance(text, str) or not text.strip():
        problem = 'has no "text".' if "text" not in item else 'has an empty "text", or one that is no string.'
        return InputError("record", where, problem, _FORM)
    if any("\ud800" <= c <= "\udfff" for c in text):
        return InputError("record", where, "holds half a character (a lone surrogate).", "Export it again as UTF-8.")
    data = raw.encode("utf-8", "surrogatepass")
    gaps = []
    day, gap = _day(item.get("published"))
    if gap:
        gaps.append(gap)
    known = {k: _sound(str(item[k])) if item.get(k) else None for k in ("title", "outlet", "language", "url", "author")}
    report = Report(
        id=_sound(str(item.get("id") or own)),
        text=text,
        title=known["title"],
        outlet=known["outlet"],
        language=known["language"],
        url=known["url"],
        author=known["author"],
        origin=Origin(path, hashlib.sha256(data).hexdigest(), len(data), "json", encoding),
        gaps=tuple(gaps),
    )
    return complete(report, options, day)


def _sound(text: str) -> str:
    """Lone surrogates cannot be written out again; they become the replacement character."""
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text


def _day(value: object) -> tuple[date | None, str | None]:
    if value in (None, ""):
        return None, None
    try:
        return date.fromisoformat(str(value)[:10]), None
    except ValueError:
        return None, f"its publication date {str(value)[:40]!r} is not of the form 2024-05-31 and is left out"
