"""Time expressions: what is found, and what only looks like one."""

from __future__ import annotations

from typing import Any

import pytest

from probata.extract.mentions.times import TimeWords, find_times


def said(text: str) -> list[str]:
    return [text[t.start : t.end] for t in find_times(text, 0, len(text))]


FOUND = [
    ("Shells fell on Monday in Qasra.", ["on Monday"]),
    ("They came early on Saturday.", ["early on Saturday"]),
    ("Two died late Wednesday and one on Friday", ["late Wednesday", "on Friday"]),
    ("in Tuesdays attack on the port", ["in Tuesdays"]),
    ("Tuesday’s raid", ["Tuesday’s"]),
    ("It fell overnight.", ["overnight"]),
    ("held since November by rebels", ["since November"]),
    ("between April and June 2016", ["between April and June 2016"]),
    ("from Friday to Sunday", ["from Friday to Sunday"]),
    ("in the past 24 hours", ["in the past 24 hours"]),
    ("in recent hours", ["in recent hours"]),
    ("two days earlier, a day earlier", ["two days earlier", "a day earlier"]),
    ("the day before in a deal", ["the day before"]),
    ("last week and this month", ["last week", "this month"]),
    ("over the last 15 days", ["over the last 15 days"]),
    ("in March 2011; on September 6, 2022", ["in March 2011", "on September 6, 2022"]),
    ("Aug 26: 26/8/2022, on the 5th of May", ["Aug 26", "26/8/2022", "on the 5th of May"]),
    ("30-11-2014 and 02.10.2017 and 2016-12-13", ["30-11-2014", "02.10.2017", "2016-12-13"]),
    ("Last updated Jul 012016 BEIRA", ["Jul 012016"]),
    ("Wed 01 Oct 2014", ["Wed 01 Oct 2014"]),
    ("May 3 to 5, 2015; 3-5 May", ["May 3 to 5, 2015", "3-5 May"]),
    ("at dawn, Saturday afternoon", ["at dawn", "Saturday afternoon"]),
    ("At about 2:05 am on Tuesday morning", ["At about 2:05 am on Tuesday morning"]),
    ("after dawn on Tuesday", ["after dawn on Tuesday"]),
    ("in the early hours of Thursday", ["in the early hours of Thursday"]),
    ("on the night of June 3", ["on the night of June 3"]),
    ("on Sunday at dawn", ["on Sunday at dawn"]),
    ("a few hours earlier", ["a few hours earlier"]),
    ("in 2013, since 2014, mid-2012", ["in 2013", "since 2014", "mid-2012"]),
    ("in 2014 and 2015", ["in 2014 and 2015"]),
    ("On Friday and Saturday", ["On Friday and Saturday"]),
    ("On Friday and Sunday", ["On Friday", "Sunday"]),
    ("since early 2023", ["since early 2023"]),
    ("in late July", ["in late July"]),
    ("In August last year", ["In August last year"]),
    ("on Friday last week", ["on Friday last week"]),
    ("in the summer of 2012, last summer", ["in the summer of 2012", "last summer"]),
    ("for more than two years", ["for more than two years"]),
    ("yesterday, today; the same day", ["yesterday", "today", "the same day"]),
    ("earlier this month", ["earlier this month"]),
    ("Earlier Tuesday shells fell", ["Earlier Tuesday"]),
    ("the day before yesterday", ["the day before yesterday"]),
    ("during the day", ["during the day"]),
    ("recently, previously, so far, in the past", ["recently", "previously", "so far", "in the past"]),
    ("nearly two weeks ago", ["nearly two weeks ago"]),
    ("in this weeks battle", ["in this weeks"]),
    ("By the end of 2015", ["By the end of 2015"]),
]


@pytest.mark.parametrize("text, expected", FOUND)
def test_times_found_with_their_preposition(text: str, expected: list[str]) -> None:
    assert said(text) == expected


NONE = [
    "The Arab Spring began.",
    "They may march on the port.",
    "March on the capital, said May Haddad.",
    "A second man sat near the sun.",
    "7.62 mm rounds and 1,100 shells",
    "resolution 2254 of the council",
    "Operation Wadi Dawn 8",
    "Bloody Sunday",
    "a 12-year-old boy, a four-day pause",
    "two days after the raid on the market",
    "The extremists took some 2000 civilians.",
    "the fourth year of war",
]


@pytest.mark.parametrize("text", NONE)
def test_times_leave_other_words_alone(text: str) -> None:
    assert said(text) == []


def test_times_month_before_a_count_is_only_the_month() -> None:
    assert said("In June 20 civilians died.") == ["In June"]


PARTS: list[tuple[str, dict[str, Any]]] = [
    ("on Monday", {"kind": "weekday", "weekday": 0, "bound": ""}),
    ("last Friday", {"kind": "weekday", "weekday": 4, "shift": -1}),
    ("since March 2011", {"kind": "month", "month": 3, "year": 2011, "bound": "since"}),
    ("on September 6, 2022", {"kind": "date", "year": 2022, "month": 9, "day": 6}),
    ("3-5 May", {"kind": "date", "month": 5, "day": 3, "last_day": 5}),
    ("12/31/2015", {"kind": "date", "year": 2015, "month": 12, "day": 31}),
    ("in late July", {"kind": "month", "month": 7, "part": "late"}),
    ("last week", {"kind": "calendar", "unit": "week", "shift": -1, "basis": "anchor"}),
    ("over the last week", {"kind": "window", "unit": "week", "number": 1}),
    ("the previous day", {"kind": "calendar", "unit": "day", "shift": -1, "basis": "context"}),
    ("two days ago", {"kind": "ago", "unit": "day", "number": 2, "shift": -1, "basis": "anchor"}),
    ("two days earlier", {"kind": "ago", "number": 2, "shift": -1, "basis": "context"}),
    ("a month later", {"kind": "ago", "unit": "month", "number": 1, "shift": 1, "basis": "context"}),
    ("in the past 24 hours", {"kind": "window", "unit": "hour", "number": 24, "hedged": False}),
    ("in the last few weeks", {"kind": "window", "unit": "week", "number": None, "hedged": True}),
    ("over the past two years", {"kind": "window", "number": 2, "hedged": False}),
    ("for nearly two years", {"kind": "duration", "number": 2, "hedged": True}),
    ("in the year 2015", {"kind": "year", "year": 2015}),
    ("yesterday", {"kind": "today", "shift": -1}),
    ("overnight on Friday", {"kind": "weekday", "weekday": 4, "part": "overnight"}),
]


@pytest.mark.parametrize("text, parts", PARTS)
def test_times_parts(text: str, parts: dict[str, Any]) -> None:
    (found,) = find_times(text, 0, len(text))
    assert {k: getattr(found, k) for k in parts} == parts


def test_times_range_keeps_both_ends() -> None:
    (found,) = find_times("between April and June 2016", 0, 27)
    assert isinstance(found.other, TimeWords)
    assert (found.month, found.other.month, found.other.year) == (4, 6, 2016)


def test_times_since_clause_is_pointed_to() -> None:
    text = "displaced since the war began in March 2011"
    (found,) = find_times(text, 0, len(text))
    assert text[found.start : found.end] == "in March 2011"
    assert text[found.clause : found.clause + 5] == "since"
    assert found.bound == ""


def test_times_only_inside_the_given_span() -> None:
    text = "on Monday. Later on Tuesday, in June"
    assert [text[t.start : t.end] for t in find_times(text, 11, 27)] == ["Later on Tuesday"]
