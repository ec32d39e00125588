"""People's decisions in: one JSON object a line, {"a", "b", "same", "who", "why"}; a later row of the same two wins."""

from __future__ import annotations

import json
from collections.abc import Iterable

from probata.model.errors import InputError
from probata.model.incident import Decision

_ADVICE = 'Write one object a line: {"a": CLAIM, "b": CLAIM, "same": true, "who": NAME, "why": REASON}.'


def read(name: str, lines: Iterable[str]) -> list[Decision]:
    """The decisions of a file, in order. Raises InputError for a line that is none: a lost decision would do harm."""
    out = []
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{name}, line {n}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise InputError("decision", where, "is not valid JSON.", _ADVICE) from None
        if not isinstance(row, dict) or not isinstance(row.get("same"), bool):
            raise InputError("decision", where, 'has no "same" that is true or false.', _ADVICE)
        a, b, who, why = (row.get(k, "") for k in ("a", "b", "who", "why"))
        if not all(isinstance(x, str) for x in (a, b, who, why)) or not a or not b or a == b:
            raise InputError("decision", where, 'does not name two claims as "a" and "b".', _ADVICE)
        out.append(Decision(a, b, row["same"], who, why))
    return out
