"""Days that time expressions mean."""

from __future__ import annotations

from datetime import date

import pytest

from probata.extract.mentions.times import find_times
from probata.resolve.dates import Context, Days, resolve

TUESDAY = date(2016, 12, 13)


def days(text: str, anchor: date | None = TUESDAY, context: Context | None = None) -> Days:
    (words,) = find_times(text, 0, len(text))
    return resolve(words, anchor, context)


def written(found: Days) -> str:
    return f"{found.start or ''}/{found.end or ''} {found.precision}"


ANCHORED = [
    ("on Monday", "2016-12-12/2016-12-12 day"),
    ("on Tuesday", "2016-12-13/2016-12-13 day"),
    ("late Wednesday", "2016-12-07/2016-12-07 day"),
    ("last Tuesday", "2016-12-06/2016-12-06 day"),
    ("next Tuesday", "2016-12-20/2016-12-20 day"),
    ("since Sunday morning", "2016-12-11/2016-12-13 open"),
    ("from Friday to Sunday", "2016-12-09/2016-12-11 days"),
    ("On Friday and Saturday", "2016-12-09/2016-12-10 days"),
    ("on Friday last week", "2016-12-09/2016-12-09 day"),
    ("yesterday", "2016-12-12/2016-12-12 day"),
    ("the day before yesterday", "2016-12-11/2016-12-11 day"),
    ("this morning", "2016-12-13/2016-12-13 day"),
    ("overnight", "2016-12-12/2016-12-13 days"),
    ("at dawn", "2016-12-13/2016-12-13 day"),
    ("this week", "2016-12-12/2016-12-13 week"),
    ("last week", "2016-12-05/2016-12-11 week"),
    ("next week", "2016-12-19/2016-12-25 week"),
    ("this month", "2016-12-01/2016-12-13 month"),
    ("Earlier this month", "2016-12-01/2016-12-13 month"),
    ("last month", "2016-11-01/2016-11-30 month"),
    ("this year", "2016-01-01/2016-12-13 year"),
    ("last year", "2015-01-01/2015-12-31 year"),
    ("in the past 24 hours", "2016-12-12/2016-12-13 days"),
    ("over the last 15 days", "2016-11-28/2016-12-13 days"),
    ("in the last two months", "2016-10-13/2016-12-13 days"),
    ("over the past two years", "2014-12-13/2016-12-13 days"),
    ("in the next three days", "2016-12-13/2016-12-16 days"),
    ("two days ago", "2016-12-11/2016-12-11 day"),
    ("two months ago", "2016-10-01/2016-10-31 month"),
    ("two weeks ago", "2016-11-28/2016-12-04 week"),
    ("in July", "2016-07-01/2016-07-31 month"),
    ("in December", "2016-12-01/2016-12-13 month"),
    ("since last December", "2015-12-01/2016-12-13 open"),
    ("In August last year", "2015-08-01/2015-08-31 month"),
    ("in late July", "2016-07-21/2016-07-31 days"),
    ("In early October", "2016-10-01/2016-10-10 days"),
    ("on January 25", "2016-01-25/2016-01-25 day"),
    ("on December 23", "2015-12-23/2015-12-23 day"),
    ("on February 29", "2016-02-29/2016-02-29 day"),
    ("3-5 May", "2016-05-03/2016-05-05 days"),
    ("in 2016", "2016-01-01/2016-12-13 year"),
    ("last summer", "2016-06-01/2016-08-31 season"),
    ("until Sunday", "/2016-12-11 open"),
]


@pytest.mark.parametrize("text, expected", ANCHORED)
def test_dates_counted_from_the_anchor(text: str, expected: str) -> None:
    found = days(text)
    assert written(found) == expected
    assert found.needs_anchor


ABSOLUTE = [
    ("on September 6, 2022", "2022-09-06/2022-09-06 day"),
    ("26/8/2022", "2022-08-26/2022-08-26 day"),
    ("30-11-2014", "2014-11-30/2014-11-30 day"),
    ("2015-12-31", "2015-12-31/2015-12-31 day"),
    ("in March 2011", "2011-03-01/2011-03-31 month"),
    ("between April and June 2016", "2016-04-01/2016-06-30 days"),
    ("in 2013", "2013-01-01/2013-12-31 year"),
    ("between 2011 and 2015", "2011-01-01/2015-12-31 days"),
    ("in the summer of 2012", "2012-06-01/2012-08-31 season"),
    ("winter 2012", "2012-12-01/2013-02-28 season"),
    ("in the second half of 2015", "2015-07-01/2015-12-31 season"),
]


@pytest.mark.parametrize("text, expected", ABSOLUTE)
@pytest.mark.parametrize("anchor", [None, date(2024, 1, 1)])
def test_dates_that_need_no_anchor(text: str, expected: str, anchor: date | None) -> None:
    found = days(text, anchor)
    assert written(found) == expected
    assert not found.needs_anchor


@pytest.mark.parametrize("text", [t for t, _ in ANCHORED if t not in ("in 2016", "on February 29")])
def test_dates_without_an_anchor_stay_unresolved(text: str) -> None:
    assert days(text, None) == Days(None, None, "unresolved", True)


UNRESOLVED = [
    "recently", "so far", "in recent weeks", "for more than two years", "for months", "in the last few days",
    "nearly two weeks ago", "a few weeks ago", "the previous day", "two days earlier", "in one day", "at 14:30",
    "on February 30", "31 April 2015",
]  # fmt: skip


@pytest.mark.parametrize("text", UNRESOLVED)
def test_dates_never_guessed(text: str) -> None:
    found = days(text)
    assert (found.start, found.end, found.precision) == (None, None, "unresolved")


def test_dates_since_without_an_anchor_is_open() -> None:
    assert written(days("since March 2011", None)) == "2011-03-01/ open"


def test_dates_since_clause_runs_to_the_anchor() -> None:
    assert written(days("in March 2011", TUESDAY, Context(since=True))) == "2011-03-01/2016-12-13 open"


SPOKEN_OF = date(2016, 11, 3)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("the same day", "2016-11-03"),
        ("the previous day", "2016-11-02"),
        ("the next day", "2016-11-04"),
        ("a day earlier", "2016-11-02"),
        ("two days later", "2016-11-05"),
        ("a few hours earlier", "2016-11-03"),
    ],
)
def test_dates_counted_from_the_day_spoken_of(text: str, expected: str) -> None:
    found = days(text, TUESDAY, Context(day=SPOKEN_OF))
    assert written(found) == f"{expected}/{expected} day"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("on Thursday", "2016-12-15/2016-12-15 day"),
        ("on Tuesday", "2016-12-13/2016-12-13 day"),
        ("on December 28", "2016-12-28/2016-12-28 day"),
        ("on January 3", "2017-01-03/2017-01-03 day"),
        ("in March", "2017-03-01/2017-03-31 month"),
        ("within 48 hours", "2016-12-13/2016-12-15 days"),
        ("this week", "2016-12-12/2016-12-18 week"),
    ],
)
def test_dates_ahead_where_the_verb_looks_ahead(text: str, expected: str) -> None:
    assert written(days(text, TUESDAY, Context(future=True))) == expected


def test_dates_leap_day_without_a_year_is_the_last_one() -> None:
    assert written(days("on February 29", date(2015, 6, 1))) == "2012-02-29/2012-02-29 day"
