"""Date lines at the head of a report, and dates there that are none."""

from __future__ import annotations

from datetime import date

import pytest

from probata.acquire import datelines

TITLE = "Shells kill six at Tarqa market"


@pytest.mark.parametrize(
    "text, day, words",
    [
        ("Wed 05 Apr 2017 Shells hit the market. Six died.", "2017-04-05", "Wed 05 Apr 2017"),
        ("27 Jul 2016 At least six people died.", "2016-07-27", "27 Jul 2016"),
        ("12 February 2015 Casualties mount.", "2015-02-12", "12 February 2015"),
        ("Mar 30, 2022 The mayor said so.", "2022-03-30", "Mar 30, 2022"),
        ("Fri Sep 27 2013 Bomb blast kills six.", "2013-09-27", "Fri Sep 27 2013"),
        ("Last updated at Jan 202015 Beirut Shells fell.", "2015-01-20", "Jan 202015"),
        ("Last updated at Jun 012016 BEIRUT Shells fell.", "2016-06-01", "Jun 012016"),
        ("Published: 3 May 2021\n\nShells fell.", "2021-05-03", "3 May 2021"),
        ("Published April 2 2017 Forces on Sunday claimed", "2017-04-02", "April 2 2017"),
        ("Date of publication 11 August 2016 Ten raids", "2016-08-11", "11 August 2016"),
        ("Posted on May 4, 2031 Ten raids", "2031-05-04", "May 4, 2031"),
        ("24.08.2013 State media accused rebels", "2013-08-24", "24.08.2013"),
        ("21.08.2013Get short URL 0 13 Forces fired", "2013-08-21", "21.08.2013"),
        ("05-11-2014 Mortars hit a school.", "2014-11-05", "05-11-2014"),
        ("2031-05-20\nShells fell.", "2031-05-20", "2031-05-20"),
        ("2031-05-20T08:15:00Z\nShells fell.", "2031-05-20", "2031-05-20T08:15:00Z"),
        ("2 July، 2022\n\nTarqa, NEWS- Shells fell.", "2022-07-02", "2 July، 2022"),
        ("Fri 07 Apr 2017 at 0914 Governor speaks", "2017-04-07", "Fri 07 Apr 2017 at 0914"),
        ("Tuesday 31 May 2016 18:14 Deadly raids", "2016-05-31", "Tuesday 31 May 2016 18:14"),
        ("13/05/2031 Shells fell.", "2031-05-13", "13/05/2031"),
        (f"{TITLE}\n\n20 May 2031\n\nSix people died.", "2031-05-20", "20 May 2031"),
        (f"{TITLE} AFP Friday 8 May 2015 At least six people", "2015-05-08", "Friday 8 May 2015"),
        (
            f"NEWS\n\nDESK\n\n{TITLE}\nSaturday, 20 August 2022, 15:36\n\nSix",
            "2022-08-20",
            "Saturday, 20 August 2022, 15:36",
        ),
    ],
)
def test_datelines_are_found(text: str, day: str, words: str) -> None:
    line = datelines.find(text, TITLE)
    assert line is not None
    assert line.day == date.fromisoformat(day)
    assert text[line.date_start : line.date_end] == words


@pytest.mark.parametrize(
    "text",
    [
        "On 5 April 2017 shells hit the market.",
        "5 April 2017 was the day shells hit the market.",
        "Shells hit the market on 5 April 2017.",
        "Six died. 5 April 2017 remains a day of mourning in Tarqa.",
        "31 February 2031 Shells fell.",
        "3/4/2031 Shells fell.",  # the third of April or the fourth of March
        "May 2031 Shells fell.",
        "12 people died in Tarqa in 2031.",
        "On Sep 6 shells fell.",
        "No date at all.",
        "",
    ],
)
def test_datelines_are_not_seen_in_other_dates(text: str) -> None:
    assert datelines.find(text) is None


def test_datelines_far_above_the_title_are_not_of_publication() -> None:
    menu = "\n".join(f"Another headline number {n}" for n in range(9))
    assert datelines.find(f"20 May, 2035\n{menu}\n{TITLE}\nSix people died.", TITLE) is None


@pytest.mark.parametrize(
    "text, known, day",
    [
        ("BEIRUT, June 3 (Agency) - Shells fell.", "2031-06-04", "2031-06-03"),
        ("TARQA, Dec 31 (Agency) — Shells fell.", "2032-01-01", "2031-12-31"),
        ("TARQA, Jan. 1 (Agency) — Shells fell.", "2031-12-31", "2032-01-01"),
    ],
)
def test_datelines_without_a_year_take_the_nearest(text: str, known: str, day: str) -> None:
    line = datelines.city_line(text)
    assert line is not None
    assert line.day is None
    assert datelines.with_year(text, line, date.fromisoformat(known)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text, rest",
    [
        (f"{TITLE}. Six people died.", ". Six people died."),
        ("SHELLS KILL SIX at «Tarqa» market - Six", " - Six"),
        ("Shells kill seven at Tarqa market", "Shells kill seven at Tarqa market"),
    ],
)
def test_datelines_know_where_the_title_ends(text: str, rest: str) -> None:
    assert text[datelines.after_title(text, TITLE) :].lstrip("»") == rest
