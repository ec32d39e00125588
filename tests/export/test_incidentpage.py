"""The page of incidents: timeline, facts and trees, in one file that loads nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from assess.dossiers import BOARD, COPIES, DENIAL, POST, TARQA, claims_of, incidents_of, printed
from probata.export import incidentpage
from probata.export.timeline import BARS, MARKS, timeline

LONG = "المجلس المحلي لمدينة قرصة والقرى المجاورة لها في الريف الشرقي والجنوبي"
ARABIC = {**POST, "report": "ar", "outlet": LONG, "speaker": LONG, "agents": ["قوات الحكومة والميليشيات الموالية لها"]}


def page(*records: dict[str, Any]) -> str:
    claims, about = claims_of(*records)
    return incidentpage.page(printed(*records), claims, about)


def days(*starts: date, beside: bool = False) -> list[dict[str, Any]]:
    """Records as the timeline reads them."""
    number = {"low": 1, "best": 1, "high": 1}
    return [
        {"id": f"inc-{n}", "from": d.isoformat(), "to": d.isoformat(), "type": "killing", "place": "Tarqa",
         "killed": number, "beside": [{}] if beside else []}
        for n, d in enumerate(starts)
    ]  # fmt: skip


class Outline(HTMLParser):
    """Whether all is closed that was opened, which ids there are, and where links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.ids += [i for i in (held.get("id"),) if i]
        self.links += [h for h in (held.get("href"),) if h]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "line"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_page_is_well_formed_and_its_links_lead_somewhere() -> None:
    bodies = {**POST, "type": "bodies_found", "count": "more than 40", "evidence": "more than 40 bodies found"}
    read = Outline()
    read.feed(page(POST, bodies, *COPIES, DENIAL, ARABIC))
    assert read.open == []
    assert len(read.ids) == len(set(read.ids))
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)


def test_page_loads_nothing_and_shows_text_as_text() -> None:
    made = page({**POST, "speaker": "<script>x</script>", "agents": ["\u202ethe army"], "outlet": '"><img src=x>'})
    assert "<script" not in made
    assert "<img" not in made
    assert "\u202e" not in made
    assert "http" not in made.replace("http-equiv", "")
    assert " style=" not in made


def test_page_says_who_accuses_whom_and_the_answer() -> None:
    made = page(POST, DENIAL)
    assert "by <bdi>a doctor</bdi>; answer: denied" in made
    assert "answer: none reported" in page(POST)
    assert "nobody named" in page({**POST, "agents": []})


def test_page_shows_grade_views_law_and_versions_with_reasons() -> None:
    made = page({**POST, "groups": ["child"], "count": "12 children"})
    assert "<strong>Weak</strong>: one independent source" in made
    assert 'scope="row">ACLED</th><td>12</td>' in made
    assert "children killed" in made
    assert "Legal labels: indicative, no finding and no guilt" in made
    assert "Versions of the rules: counting" in made


def test_page_is_the_same_whether_incidents_are_assessed_before_or_not() -> None:
    records: tuple[dict[str, Any], ...] = (POST, *COPIES, DENIAL)
    claims, about = claims_of(*records)
    assert incidentpage.page(printed(*records), claims, about, incidents_of(*records)[0]) == page(*records)


def test_page_shows_the_facts_of_an_earlier_version() -> None:
    """Of a record as it was kept, also one that lacks what later versions of Probata write."""
    (old,) = printed(POST)
    kept = {k: old[k] for k in list(old)[: list(old).index("grade_reason")]} | {
        "killed": {"low": 3, "best": 4, "high": 5}
    }
    claims, about = claims_of(POST)
    made = incidentpage.page([kept], claims, about)
    assert '<span class="big">3-5 (4)</span>' in made
    assert "Nobody says so." in incidentpage.page([kept], [], {}), "its claims were erased"


def test_page_of_very_many_shows_those_with_the_most_sources_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incidentpage, "FULL", 3)
    single = [{**POST, "report": f"r{n}", "date": f"2031-0{n + 1}-03"} for n in range(6)]
    double = {**BOARD, "report": "second", "date": "2031-05-03", "count": 13}
    made = page(*single, double)
    assert made.count("<article") == 3
    read = Outline()
    read.feed(made)
    assert len(read.ids) == len(set(read.ids))
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids), "also those of the timeline"
    assert "The 3 with the most sources are shown below" in made
    assert "2 independent sources" in made


def test_page_of_no_incidents() -> None:
    assert "No incidents." in page()
    assert "No incident has a date." in page()


def test_timeline_marks_are_links_with_names() -> None:
    made = timeline(days(date(2031, 3, 3), date(2031, 3, 3), date(2031, 4, 1)))
    assert made.count("<rect") == 3
    assert 'aria-label="killing, Tarqa, 2031-03-03, killed 1"' in made
    tops = re.findall(r'<rect class="mark" x="([\d.]+)%" y="(\d+)"', made)
    assert len(set(tops)) == 3, "none hides another"


def test_timeline_numbers_are_those_of_the_list() -> None:
    told = days(date(2031, 3, 3), date(2031, 4, 1), date(2031, 3, 20))
    made = timeline(told, numbered=True)
    assert [int(n) for n in re.findall(r'aria-hidden="true"[^>]*>(\d+)</text>', made)] == [1, 3, 2]
    assert "Numbers are those of the list below." in made
    assert "Numbers" not in timeline(told)


def test_timeline_dashes_what_stands_beside() -> None:
    assert 'class="stock"' in timeline(days(date(2031, 3, 3), beside=True))
    assert "Dashed" not in timeline(days(date(2031, 3, 3)))


@pytest.mark.parametrize("step, unit", [(0, "day"), (1, "week"), (7, "month"), (40, "year"), (3000, "year")])
def test_timeline_of_many_is_bars(step: int, unit: str) -> None:
    made = timeline(days(*(date(2001, 3, 3) + timedelta(n * step) for n in range(MARKS + 1))))
    assert f"incidents by {unit}" in made
    assert made.count("<rect") <= max(BARS + 1, MARKS + 1 if step == 3000 else 0)
    edges = [float(x) for x in re.findall(r'x="([\d.]+)%"', made)]
    assert all(0 <= x <= 100 for x in edges)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_timeline_of_the_first_and_the_last_day_there_is(day: date) -> None:
    assert "<rect" in timeline(days(*[day] * (MARKS + 1), date(2031, 3, 3)))


def test_timeline_leaves_undated_out_and_says_so() -> None:
    undated = {**days(date(2031, 3, 3))[0], "id": "x", "from": None, "to": None}
    assert "1 without a date is left out" in timeline([*days(date(2031, 3, 3)), undated])


def test_page_in_a_browser_fits_a_phone_and_a_desktop(browser: Any, tmp_path: Path) -> None:
    """Hundreds of reports with long Arabic names: nothing is cut off, marks and details open by keys."""
    many = [
        {**ARABIC, "report": f"r{n}", "place": {**TARQA, "text": f"Tarqa {n % 40}", "lat": n % 40},
         "date": str(date(2031, 1, 1) + timedelta(n % 365))}
        for n in range(800)
    ]  # fmt: skip
    path = tmp_path / "incidents.html"
    path.write_text(page(*many), encoding="utf-8")
    for wide in (360, 1300):
        view = browser.new_page(viewport={"width": wide, "height": 800})
        said: list[str] = []
        view.on("console", lambda m, said=said: said.append(m.text))
        view.goto(path.as_uri())
        assert view.evaluate("document.documentElement.scrollWidth") <= wide
        view.keyboard.press("Tab")
        assert view.evaluate("document.activeElement.textContent") == "Skip to the incidents"
        view.keyboard.press("Tab")
        assert view.evaluate("document.activeElement.getAttribute('aria-label')").endswith("incidents")
        view.keyboard.press("Enter")
        assert view.evaluate("document.querySelector('article:target') !== null")
        view.evaluate("document.querySelector('article details:last-of-type > summary').focus()")
        view.keyboard.press("Enter")
        assert view.evaluate("document.querySelector('article details[open]').innerText").startswith("Reasons")
        assert said == []
        view.close()
