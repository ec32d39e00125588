"""People's readings of claims, as the store keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from probata.review.sight import Sight
from probata.store import models

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of a claim that a person has read: its number, record, who said so, whether it is rejected."""

    number: int
    record: Record
    who: str
    rejected: bool = False


def standing(sight: Sight, report: models.Report, claims: Sequence[str]) -> dict[str, Standing]:
    """The last reading of each claim of a report that a person has read or added, by the claim's id."""
    return {}


def report_of_claim(sight: Sight, name: str) -> str | None:
    """The name of the report that a claim is of; None where there is no such claim."""
    return sight.claims().filter(name=name).values_list("report__name", flat=True).first()
