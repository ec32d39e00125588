"""The table of incidents in a terminal of any width."""

from __future__ import annotations

import pytest

from assess.dossiers import BOARD, POST, printed
from probata.export.incidenttable import figures, table
from probata.export.plain import width
from probata.export.style import Style

ARABIC = {**POST, "report": "ar", "agents": ["قوات الحكومة والميليشيات الموالية لها", "rebels", "gunmen", "police"]}
HURT = {**POST, "type": "injury", "count": 30}


@pytest.mark.parametrize("columns", [40, 80, 100, 160])
def test_table_fits(columns: int) -> None:
    made = table(printed(POST, BOARD, HURT, {**ARABIC, "date": "2031-04-03"}), Style(columns=columns))
    assert max(map(width, made.splitlines())) <= columns
    assert "Nothing is added up" in " ".join(made.split())


def test_table_shows_the_id_by_which_an_incident_is_asked_for() -> None:
    records = printed(POST)
    for columns in (60, 100, 160):
        assert records[0]["id"] in table(records, Style(columns=columns))


def test_table_leaves_the_injured_out_where_nobody_is() -> None:
    assert "injured" not in table(printed(POST), Style())
    assert "injured" in table(printed(POST, HURT), Style())


def test_table_shows_bodies_as_bodies() -> None:
    bodies = {**POST, "type": "bodies_found", "count": "more than 40", "evidence": "more than 40 bodies found"}
    assert "bodies: 41 or more" in table(printed(bodies), Style(columns=60))


def test_table_names_two_accused_and_how_many_more() -> None:
    assert "and 2 more" in " ".join(table(printed(ARABIC), Style(columns=160)).split())


@pytest.mark.parametrize(
    "low, best, high, words",
    [
        (None, None, None, "-"),
        (12, 12, None, "12 or more"),
        (12, 14, None, "12 or more (14)"),
        (82, 190, 199, "82-199 (190)"),
        (190, 199, 199, "190-199 (199)"),
        (13, 13, 13, "13"),
        (None, None, 30, "up to 30"),
        (None, 5, None, "5 or more"),
        (1000, 2000, 3000, "1,000-3,000 (2,000)"),
        (0, 13, 13, "0-13 (13)"),
    ],
)
def test_table_ranges_in_words(low: int | None, best: int | None, high: int | None, words: str) -> None:
    assert figures({"low": low, "best": best, "high": high}) == words
