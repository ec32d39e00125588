"""Searching in a browser: words, filters in the address, a search that is kept and forgotten; in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from review.harness import Live
from review.touring import ENDS, Tour, walked

pytestmark = pytest.mark.browser


@pytest.fixture
def live(common: Live) -> Live:
    return common


@walked(ENDS)
def test_a_search_is_kept_found_again_and_forgotten(tour: Tour) -> None:
    page, name = tour.person(tour.called("Amal")), tour.called("Market")
    page.goto("/search/")
    page.fill("main input[type=search], main input[name=q]", "Merisk market")
    page.locator(".searchbar button").click()
    expect(page.locator(".hits li").first).to_be_visible()
    tour.look(page, "found-words")
    page.goto("/incidents/?sources=3&q=Merisk")
    page.fill("form.keep input[name=name], .keep input[name=name]", name)
    page.locator(".keep button").click()
    expect(page.locator("ul.messages .success")).to_be_visible()
    assert "sources=3" in page.url, "filters stay in the address"
    page.goto("/search/")
    tour.look(page, "kept")
    page.locator("ul.kept a", has_text=name).click()
    page.wait_for_url("**sources=3**")
    page.goto("/search/")
    page.locator("ul.kept li", has_text=name).locator("button").click()
    expect(page.locator("ul.kept li", has_text=name)).to_have_count(0)


@walked(ENDS)
def test_figures_of_every_source_are_shown_and_told_in_a_table(tour: Tour) -> None:
    page = tour.person(tour.called("Basim"))
    page.goto("/incidents/?sources=3")
    tour.look(page, "incidents")
    there = page.locator("main a[href^='/incidents/inc-']").first.get_attribute("href")
    page.goto(there + "pictures/")
    expect(page.locator("svg.bar").first).to_be_visible()
    tour.look(page, "pictures")
