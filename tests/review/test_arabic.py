"""Arabic pages in a browser: they run from right to left, and the days, coordinates and ranges in them do not."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from probata.review.models import Person
from probata.review.serving import prepare
from probata.review.templatetags.site import days, figures
from probata.store.opening import casebook
from review.harness import PASSWORD, Live

# Every text like a day, a coordinate or a range that is seen: [text, where its first part begins, where its last does].
SEEN = r"""() => {
  const found = [], walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const at = (node, from) => { const r = document.createRange(); r.setStart(node, from); r.setEnd(node, from + 1);
                               return r.getBoundingClientRect(); };
  for (let node; (node = walk.nextNode()); )
    for (const m of node.data.matchAll(/\d{4}-\d{2}-\d{2}( \d\d:\d\d)?|\d+[–]\d+|-?\d+\.\d+, -?\d+\.\d+/g)) {
      const first = at(node, m.index), last = at(node, m.index + m[0].length - 1);
      if (first.width && Math.abs(first.top - last.top) < 4) found.push([m[0], first.left, last.left]);
    }
  return found; }"""
DAY = "2024-"


@pytest.fixture
def page(browser: Any, live: Live) -> Any:
    """A browser in Arabic in which an analyst has signed in."""
    with casebook(live.folder) as book:
        prepare(book)
        Person.objects.create_user("amal", PASSWORD, role="analyst")
    context = browser.new_context(locale="ar", base_url=live.url)
    made = context.new_page()
    made.goto("/account/login/")
    made.fill("input[name=login]", "amal")
    made.fill("input[name=password]", PASSWORD)
    made.click("main form button >> nth=0")
    made.wait_for_selector("nav")
    yield made
    context.close()


def incidents(page: Any) -> list[str]:
    """Addresses of pages: of lists, of an incident and its pictures, of a report."""
    page.goto("/incidents/?sources=2")
    incident = page.locator("main a[href^='/incidents/inc-']").first.get_attribute("href")
    page.goto("/reports/")
    report = page.locator("main a[href^='/reports/']").first.get_attribute("href")
    return [incident, incident + "pictures/", report]


@pytest.mark.browser
def test_days_and_figures_read_from_left_to_right(page: Any) -> None:
    texts: list[str] = []
    for address in [*incidents(page), "/incidents/", "/reports/", "/timeline/", "/search/?q=Merisk", "/activity/"]:
        page.goto(address)
        assert page.evaluate("document.documentElement.dir") == "rtl"
        assert page.evaluate("document.documentElement.lang") == "ar"
        page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
        seen = page.evaluate(SEEN)
        assert [text for text, first, last in seen if first >= last] == [], address
        texts += [text for text, _, _ in seen]
    assert sum(text.startswith(DAY) for text in texts) > 50
    assert any("–" in text for text in texts), "no range of figures was seen"
    assert any(", " in text for text in texts), "no coordinates were seen"


def test_ranges_are_isolated_only_where_they_must_be() -> None:
    record = {"from": "2024-05-14", "to": "2024-05-16"}
    assert (figures({"low": 3, "high": 5}), days(record)) == ("3–5", "2024-05-14 – 2024-05-16")
    with translation.override("ar"):
        assert figures({"low": 3, "high": 1200}) == "\u20663–1,200\u2069"
        assert days(record) == "\u20662024-05-14 – 2024-05-16\u2069"
        assert days({}) == ""
