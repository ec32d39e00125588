"""The journey of an incident in a browser: compare, decide, propose, agree, comment; at desktop and phone width."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from probata.review.models import Person
from probata.review.serving import prepare
from probata.store.opening import casebook
from review.harness import PASSWORD, Live

Open = Callable[[str, int], Page]


@pytest.fixture
def signed_in(live: Live, browser: Browser) -> Iterator[Open]:
    """Opens a page of a browser in which a person has signed in."""
    with casebook(live.folder) as book:
        prepare(book)
        Person.objects.create_user("amal", PASSWORD, role="analyst")
        Person.objects.create_user("basim", PASSWORD, role="reviewer")

    def opened(alias: str, width: int) -> Page:
        page = browser.new_context(viewport={"width": width, "height": 900}, locale="en").new_page()
        page.goto(f"{live.url}account/login/")
        page.locator("input[name=login]").fill(alias)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form button").first.click()
        page.wait_for_load_state()
        return page

    yield opened
    for context in browser.contexts:
        context.close()


def test_two_people_bring_an_incident_to_a_finding(live: Live, signed_in: Open) -> None:
    amal = signed_in("amal", 1280)
    amal.goto(f"{live.url}incidents/?sources=9")
    amal.locator("table.incidents th a").first.click()
    amal.get_by_role("link", name="Compare, and decide").first.click()
    amal.get_by_label("different incidents").check()
    amal.get_by_label("Why", exact=True).fill("another street")
    amal.get_by_role("button", name="Decide").click()
    expect(amal.get_by_role("status").first).to_contain_text("Decided")
    amal.goto(f"{live.url}incidents/?sources=9")
    amal.locator("table.incidents th a").first.click()
    amal.get_by_role("link", name="Propose that it happened").click()
    amal.get_by_label("Your reason").fill("nine sources, two of them medical")
    amal.get_by_role("button", name="Propose").click()
    expect(amal.locator("article.finding")).to_contain_text("waits for a second person")
    amal.locator("#say").fill("please look, @basim")
    amal.get_by_role("button", name="Say it").click()
    expect(amal.locator(".talk")).to_contain_text("please look")

    basim = signed_in("basim", 390)
    basim.goto(f"{live.url}notices/")
    basim.get_by_text("proposed a finding").click()
    expect(basim.locator("article.finding")).to_contain_text("nine sources, two of them medical")
    basim.get_by_role("button", name="Agree").click()
    expect(basim.locator("article.finding.stands")).to_contain_text("amal and basim")
    assert basim.evaluate("document.documentElement.scrollWidth") <= 390
    basim.goto(f"{live.url}incidents/?state=occurred")
    assert basim.evaluate("document.documentElement.scrollWidth") <= 390
    expect(basim.locator("table.incidents tbody tr")).to_have_count(1)
