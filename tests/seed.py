"""The seed report as the tests of its traps and requirements read it: by offsets, since its text is kept apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from probata.model.claim import HARM, Claim, ClaimType
from probata.model.report import Anchor, AnchorBasis, Report
from probata.pipeline import read

PUBLISHED = date(2016, 12, 13)
FACTS = HARM | {ClaimType.TERRITORY, ClaimType.AGREEMENT}  # what a text can say has happened


def seed_text(shared: Path) -> str:
    """The seed's text; the test is left out where the seed is not there."""
    path = shared / "seed" / "report.txt"
    if not path.is_file():
        pytest.skip("no ../shared/seed beside this checkout: the seed report is kept apart from the repository")
    return path.read_bytes().decode("utf-8")


def seed_claims(shared: Path, published: date | None) -> list[Claim]:
    """What reading makes of the seed, with or without its publication day."""
    anchors = (Anchor(published, AnchorBasis.OPTION),) if published else ()
    return list(read(Report(id="seed", text=seed_text(shared), outlet="Al Arabiya English", anchors=anchors)))


def within(claims: list[Claim], start: int, end: int, *types: str) -> list[Claim]:
    """The claims whose evidence lies for the most part in [start, end), of the types if any are given."""

    def mostly(c: Claim) -> bool:
        shared = min(c.evidence.end, end) - max(c.evidence.start, start)
        return shared > (c.evidence.end - c.evidence.start) / 2

    return [c for c in claims if mostly(c) and (not types or c.type in types)]
