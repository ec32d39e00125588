"""JSON out: as people can read it, and always as UTF-8 can hold it."""

from __future__ import annotations

import json
from typing import Any


def text(value: Any, *, indent: int | None = None) -> str:
    """The value as JSON. A lone surrogate, which no file could hold, is written as its JSON escape."""
    made = json.dumps(value, ensure_ascii=False, indent=indent)
    return made if made.isascii() else made.encode("utf-8", "backslashreplace").decode("utf-8")
