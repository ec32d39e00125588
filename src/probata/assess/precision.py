"""How exactly place and time are known, in the codes of ACLED (1 to 3) and UCDP (1 to 7, and 1 to 5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from probata.vocab import load


def place_codes(precision: str | None, *, carried: bool = False) -> tuple[int | None, int | None]:
    """The geographic precision for ACLED and UCDP of a place of this precision; None where it is not known.

    `carried` says that the words for the place stand elsewhere in the report: UCDP's code for near a place.
    """
    known: dict[str, dict[str, int]] = load("counting")["precision"]["place"]
    if precision not in known:
        return None, None
    codes = known[precision]
    ucdp = max(codes["ucdp"], int(load("counting")["precision"]["carried_ucdp"])) if carried else codes["ucdp"]
    return codes["acled"], ucdp


def time_codes(start: date | None, end: date | None) -> tuple[int | None, int | None]:
    """The time precision for ACLED and UCDP of these first and last days, both included; None where one is open."""
    if start is None or end is None:
        return None, None
    days = (end - start).days + 1
    steps: list[dict[str, Any]] = load("counting")["precision"]["time"]
    found = next((s for s in steps if days <= s["days"]), None)
    return (found["acled"], found["ucdp"]) if found else (None, None)
