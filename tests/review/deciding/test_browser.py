"""The journeys of an incident in a browser: compare, decide, propose, agree, comment, hand over; in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from review.harness import Live
from review.touring import ENDS, Tour, walked

pytestmark = pytest.mark.browser


@pytest.fixture
def live(common: Live) -> Live:
    return common


def incident(page: Any, number: int) -> None:
    """Open an incident of nine sources or more."""
    page.goto("/incidents/?sources=2")
    page.locator("table.incidents th a").nth(number).click()
    page.wait_for_load_state()


def which(tour: Tour) -> int:
    """An incident of one's own, so that tours of a server do not meet."""
    return ENDS.index((tour.language, tour.wide))


@walked(ENDS)
def test_two_people_bring_an_incident_to_a_finding(tour: Tour) -> None:
    first, second = tour.called("amal").replace(" ", "-"), tour.called("basim").replace(" ", "-")
    basim, amal = tour.person(second, "reviewer"), tour.person(first)
    amal.goto("/incidents/?sources=9")
    amal.locator("table.incidents th a").first.click()
    amal.goto(amal.url + "near/")
    tour.look(amal, "near")
    amal.locator("a[href^='/compare/']").nth(which(tour)).click()
    amal.wait_for_load_state()
    tour.look(amal, "compare")
    amal.check("input[name=decision][value=different]")
    amal.fill("#why", "another street")
    amal.click("form[action*='/decide/'] button, main form.form button")
    expect(amal.get_by_role("status").first).to_be_visible()
    amal.goto("/decisions/")
    expect(amal.locator("main")).to_contain_text("another street")
    tour.look(amal, "decisions")

    incident(amal, which(tour))
    there = amal.url.split("?")[0].removeprefix(tour.live.url[:-1])
    amal.locator("a[href$='/propose/'], a[href*='/findings/']").first.click()
    amal.fill("#reason", "nine sources, two of them medical")
    if amal.locator("#confirmed").count():
        amal.fill("#confirmed", amal.inner_text("label[for=confirmed] + q"))
    amal.click("main form.form button")
    expect(amal.locator("article.finding")).to_contain_text(tour.say("waits for a second person"))
    amal.fill("#say", f"please look, @{second}")
    amal.locator(".talk form button, #talk form button, form:has(#say) button").first.click()
    expect(amal.locator(".talk")).to_contain_text("please look")
    tour.look(amal, "said")

    basim.goto("/notices/")
    tour.look(basim, "notices")
    basim.locator("ul.notices button.link", has_text=first).last.click()
    expect(basim.locator("article.finding")).to_contain_text("nine sources, two of them medical")
    basim.click("button[name=answer][value=agree]")
    expect(basim.locator("article.finding.stands")).to_contain_text(first)
    basim.goto("/incidents/?state=occurred")
    tour.look(basim, "occurred")
    expect(basim.locator(f"table.incidents a[href='{there}']")).to_have_count(1)


@walked(ENDS)
def test_a_task_is_handed_over_and_comes_back_done(tour: Tour) -> None:
    who, asker = tour.called("Dalia"), tour.called("Emad")
    dalia, emad = tour.person(who), tour.person(asker, "reviewer")
    incident(emad, 0)
    emad.locator("details.newtask > summary").click()
    emad.fill("#what", "Ask the clinic for its list")
    emad.select_option("details.newtask select[name=person]", who)
    emad.fill("details.newtask input[name=due]", "2024-05-31")
    emad.click("details.newtask form button")
    expect(emad.locator(".taskline.overdue", has_text="Ask the clinic").first).to_be_visible()
    tour.look(emad, "handed-over")

    dalia.goto("/")
    tour.look(dalia, "waits")
    dalia.locator("main .card a[href='/notices/']").click()
    dalia.locator("ul.notices button.link", has_text=asker).click()
    dalia.wait_for_load_state()
    dalia.goto("/tasks/")
    tour.look(dalia, "tasks")
    dalia.locator(".taskline", has_text="Ask the clinic").locator("a[href^='/tasks/']").click()
    tour.look(dalia, "task")
    dalia.fill("[name=outcome]", "It came by post: 31 names")
    dalia.click("button[name=do][value=done]")
    dalia.wait_for_load_state()
    emad.goto("/notices/")
    emad.locator("ul.notices button.link", has_text=who).click()
    expect(emad.locator(".taskline.done").first).to_contain_text("31 names")
