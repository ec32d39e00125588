"""Warming up: everything that a first page needs is there before it is asked for."""

from __future__ import annotations

from pathlib import Path

import probata.review
from probata.review.warming import warm


def test_every_template_is_made() -> None:
    folder = Path(probata.review.__file__).parent / "templates"
    assert warm() == len(list(folder.rglob("*.html"))) > 50
