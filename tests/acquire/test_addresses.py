"""The day in a web address: read where it is plain, and only where nothing better is known."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from probata.acquire import Options, reports
from probata.acquire.addresses import day_in
from probata.model.report import AnchorBasis, Report

DAY = date(2031, 5, 20)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://news.example.org/world/2031/05/20/Shells-hit-market", DAY),
        ("https://news.example.org/2031/5/20", DAY),
        ("https://news.example.org/2031-05-20-shells.html", DAY),
        ("https://news.example.org/a?day=2031/05/20", None),  # what a query asks for is no day of printing
        ("https://news.example.org/2031/13/20/x", None),
        ("https://news.example.org/2031/05/shells", None),
        ("https://news.example.org/12031/05/201", None),
        ("https://news.example.org/2031/05/20/2031/05/21/", None),
        ("https://[news", None),
        (None, None),
    ],
)
def test_days_in_addresses(url: str | None, day: date | None) -> None:
    assert day_in(url) == day


def test_an_address_dates_a_report_that_nothing_else_dates(tmp_path: Path) -> None:
    record = {"text": "Six people were killed on Monday.", "url": "https://news.example.org/2031/05/20/market"}

    def anchored(option: date | None = None, **more: str) -> list[tuple[date, AnchorBasis]]:
        path = tmp_path / "report.json"
        path.write_text(json.dumps({**record, **more}), encoding="utf-8")
        (report,) = reports([path], Options(published=option))
        assert isinstance(report, Report)
        return [(a.day, a.basis) for a in report.anchors]

    assert anchored() == [(DAY, AnchorBasis.ADDRESS)]
    assert anchored(date(2031, 5, 21)) == [(date(2031, 5, 21), AnchorBasis.OPTION)]
    assert [b for _, b in anchored(published="2031-05-21")] == [AnchorBasis.METADATA]
