"""Claims made up for tests: short to write, in an invented country."""

from __future__ import annotations

from typing import Any

from probata.link import coded
from probata.model.claim import Claim

TARQA = {"text": "Tarqa", "lat": 12.31, "lon": 44.02, "precision": "city"}
BRENTA = {"text": "Brenta", "lat": 12.90, "lon": 44.80, "precision": "city"}
_number = 0


def claim(report: str, kind: str = "killing", **slots: Any) -> Claim:
    """A hand-coded claim of Tarqa on 2031-03-03, unless slots say otherwise; `id` is REPORT#n for the n-th call."""
    global _number
    _number += 1
    record = {"report": report, "type": kind, "place": TARQA, "date": "2031-03-03", **slots}
    return coded.claim(record, _number)
