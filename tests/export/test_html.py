"""The page: complete, safe, linked both ways, and as a browser shows it."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from handmade import BARE, CLAIMS, REPORT, TEXT
from probata.export import html
from probata.model.claim import Named
from probata.model.report import Report
from probata.model.span import Span

EVIL = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> &amp; \u202e"


class Outline(HTMLParser):
    """Ids, links, tags and text of a page."""

    VOID = frozenset({"meta", "br", "img", "input", "link", "hr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), name
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
            assert name != "src"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def pages(*reports: tuple[Report, list[Any]], explain: bool = False) -> str:
    return html.page([html.section(r, c, n, explain=explain) for n, (r, c) in enumerate(reports, 1)])


def evil() -> tuple[Report, list[Any]]:
    text = f"The army {EVIL} denied killing. {EVIL}"
    claim = replace(
        BARE,
        evidence=Span.of(text, 4, 60),
        speaker=Named(Span.of(text, 9, 40), EVIL),
        rules=(("speaker", EVIL),),
        why=(("speaker", EVIL),),
    )
    return Report(EVIL, text, title=EVIL, outlet=EVIL, url=EVIL, language='"><b', gaps=(EVIL,)), [claim]


def test_html_is_well_formed_with_unique_ids_and_links_that_lead_somewhere() -> None:
    outline = Outline(pages((REPORT, CLAIMS), (REPORT, CLAIMS), evil(), (REPORT, [])))
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.links
    for link in outline.links:
        assert link[0] == "#"
        assert link[1:] in outline.ids, link


def test_html_needs_nothing_from_outside_and_no_script() -> None:
    page = pages((REPORT, CLAIMS), evil(), explain=True)
    outline = Outline(page)
    assert not {"script", "img", "link", "iframe", "b"} & set(outline.tags)
    assert "default-src 'none'" in page
    assert "http-equiv" in page
    assert "\u202e" not in page


def test_html_shows_hostile_words_as_words() -> None:
    assert Outline(pages(evil())).text.count("<script>alert(1)</script>") >= 4


def test_html_links_claims_and_words_both_ways() -> None:
    outline = Outline(pages((REPORT, CLAIMS)))
    for number, claim in enumerate(CLAIMS, 1):
        assert f"#r1c{number}" in outline.links
        assert f"#r1o{claim.evidence.start}" in outline.links


def test_html_keeps_the_text() -> None:
    page = pages((REPORT, CLAIMS))
    body = Outline(page.split('class="text"')[1].split("</section>")[0]).text.split(">Text", 1)[-1]
    for number in "1234":
        body = body.replace(number, "", 1)
    assert "".join(TEXT.split()) in "".join(body.split())


def test_html_names_language_and_direction() -> None:
    page = pages((Report("a", "قال شهود إن القصف أسفر عن مقتل عشرة", language="ar", gaps=("not yet read",)), []))
    assert 'lang="ar" dir="rtl"' in page
    assert "not yet read" in page


@pytest.fixture
def shown(browser: Any, tmp_path: Path) -> Any:
    file = tmp_path / "page.html"
    file.write_text(pages((REPORT, CLAIMS), evil(), explain=True), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("dialog", lambda dialog: page.said.append(dialog.message))
    page.on("request", lambda request: request.url.startswith("file:") or page.said.append(request.url))
    page.goto(file.as_uri())
    yield page
    page.close()


@pytest.mark.browser
def test_html_runs_nothing_and_asks_for_nothing(shown: Any) -> None:
    assert shown.said == []
    assert shown.evaluate("getComputedStyle(document.querySelector('.claim')).borderInlineStartWidth") != "0px"


@pytest.mark.browser
def test_html_follows_links_both_ways(shown: Any) -> None:
    shown.click("#r1c2 h4 a")
    assert shown.evaluate("document.querySelector(':target').textContent").startswith("At least six")
    shown.click("a.n[href='#r1c3']")
    assert shown.evaluate("document.querySelector(':target').id") == "r1c3"


@pytest.mark.browser
def test_html_can_be_used_by_keyboard(shown: Any) -> None:
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(200):
        shown.keyboard.press("Tab")
        reached.add(shown.evaluate("document.activeElement.getAttribute('href')"))
    assert {f"#r1c{n}" for n in range(1, len(CLAIMS) + 1)} <= reached


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 375, 768, 1200])
def test_html_fits_every_width(shown: Any, width: int) -> None:
    shown.set_viewport_size({"width": width, "height": 800})
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    boxes = shown.evaluate(
        "[...document.querySelectorAll('#r1 .text, #r1 .claims')].map(e => e.getBoundingClientRect().left)"
    )
    assert (boxes[0] == boxes[1]) is (width < 960)


@pytest.mark.browser
def test_html_names_its_parts_for_screen_readers(shown: Any) -> None:
    assert shown.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")[:4] == [1, 2, 3, 3]
    parts = "[...document.querySelectorAll('article,section,nav')]"
    named = "e.ariaLabel || document.getElementById(e.getAttribute('aria-labelledby'))"
    assert shown.evaluate(f"{parts}.every(e => {named})")
