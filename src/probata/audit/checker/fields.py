"""Values of a manifest or an entry, read with distrust: JSON without fractions, each value of the kind it should be."""

from __future__ import annotations

import json
import re
from typing import Any

HEX = re.compile(r"[0-9a-f]{64}")


class Wrong(Exception):  # noqa: N818  (a finding, not a fault of the program)
    """What is not as it must be: the item, and why."""


def parse(data: bytes, item: str) -> Any:
    """JSON without fractions and without a key given twice."""
    try:
        return json.loads(
            data.decode(), object_pairs_hook=_once, parse_int=_short_int, parse_float=_no, parse_constant=_no
        )
    except (ValueError, RecursionError) as error:
        raise Wrong(f"{item}: is no JSON that a release may hold ({str(error)[:80]})") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({k for k, _ in pairs}) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _short_int(text: str) -> int:
    return int(text) if len(text) < 20 else _no(text)


def _no(text: str) -> Any:
    raise ValueError("it holds the number " + text[:20])


def get(of: Any, key: str, kind: Any, item: str) -> Any:
    """The value of a key, which must be of this kind; whole numbers must not be negative."""
    value = of.get(key) if isinstance(of, dict) else None
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool) or (kind is int and value < 0):
        raise Wrong(f"{item}: {key} is missing or not what it should be")
    return value


def sha256_of(text: Any, item: str) -> bytes:
    """The bytes of a SHA-256 in lower-case hexadecimal."""
    if not isinstance(text, str) or not HEX.fullmatch(text):
        raise Wrong(f"{item}: holds something that is no SHA-256")
    return bytes.fromhex(text)
