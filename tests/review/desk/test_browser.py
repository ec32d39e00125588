"""In Chromium: reading by keys, correcting by selecting words, uploading what is hostile; in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from probata.store.opening import Casebook, casebook
from probata.store.readings import history
from review.touring import ENDS, EVERY, Tour, walked

pytestmark = pytest.mark.browser
REPORT = "/reports/harbour-post-0517/"
ARABIC_J = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ت', code: 'KeyJ', bubbles: true}))"
TYPED = "🕊️🕊️ Kessar 𝄞\n\nShells killed seven people in Merisk on Sunday, a doctor said. Nobody else died."


def select(page: Page, words: str) -> None:
    """Select words of the text as a mouse would."""
    page.wait_for_load_state("load")
    page.evaluate(
        """words => {
          const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode());) {
            const at = node.data.indexOf(words);
            if (at < 0 || !node.parentElement.dataset.o) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return;
          }
          throw new Error("no such words");
        }""",
        words,
    )
    expect(page.locator("#pick")).to_be_visible()


def claims(folder: Path, report: str) -> list[str]:
    from probata.store import models

    with casebook(folder) as book:
        rows = models.Claim.objects.using(book.alias).filter(report__name=report).order_by("id")
        return list(rows.values_list("name", flat=True))


def readings(folder: Path, claim: str) -> list[dict[str, Any]]:
    with casebook(folder) as book:
        assert isinstance(book, Casebook)
        return [r.record for r in history(book, claim)]


@walked(ENDS)
def test_reading_by_keys(tour: Tour) -> None:
    page = tour.person("Amal")
    page.goto(REPORT)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#claim-2.open .chain")).to_be_visible()
    expect(page.locator("#text .chosen").first).to_have_text("that the clinic was not hit and that no ")
    assert "claim=" in page.url
    tour.look(page, "claim")
    page.keyboard.press("k")
    expect(page.locator("#claim-1.open")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    tour.look(page, "keys")
    page.keyboard.press("Escape")
    page.evaluate(ARABIC_J)  # the same key on a keyboard that writes Arabic
    expect(page.locator("#claim-2.open")).to_be_visible()
    page.locator("#text [data-c~='5']").first.click()
    expect(page.locator("#claim-5.open .details")).to_contain_text(tour.say("Who says so"))


@walked(EVERY)
def test_correcting_by_selecting_words(tour: Tour, folder: Path) -> None:
    page = tour.person("Amal")
    page.goto(REPORT)
    page.keyboard.press("j")
    expect(page.locator("#claim-1.open .details")).to_be_visible()
    select(page, "grain store")
    page.keyboard.press("m")
    expect(page.locator("[name='method.words']")).to_have_value("grain store")
    tour.look(page, "correct")
    page.fill("#why", "it was the store")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#claim-1 .tag", has_text=tour.say("corrected"))).to_be_visible()
    tour.look(page, "corrected")
    claim = claims(folder, "harbour-post-0517")[0]
    before, after = readings(folder, claim)
    assert (after["method"]["text"], before["method"] == after["method"]) == ("grain store", False)
    page.keyboard.press("u")
    expect(page.locator("#main")).to_contain_text(tour.say("Undone."))
    assert readings(folder, claim)[-1]["method"] == before["method"]


@walked(ENDS)
def test_correcting_with_the_keyboard_alone(tour: Tour, folder: Path) -> None:
    page = tour.person("Amal")
    page.goto(REPORT)
    page.keyboard.press("j")
    expect(page.locator("#claim-1.open .details")).to_be_visible()
    page.keyboard.press("e")
    expect(page.locator("#edit")).to_be_visible()
    page.locator("[name='method.words']").focus()  # what is reached by Tab as any field is
    page.keyboard.press("Control+a")
    page.keyboard.type("grain store")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "why":
            break
    page.keyboard.type("it was the store")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#claim-1 .tag", has_text=tour.say("corrected"))).to_be_visible()
    claim = claims(folder, "harbour-post-0517")[0]
    assert readings(folder, claim)[-1]["method"]["text"] == "grain store"


@walked(ENDS)
def test_correcting_without_script(tour: Tour, folder: Path) -> None:
    page = tour.person("Amal", java_script_enabled=False)
    page.goto("/reports/")
    page.locator(".inbox a[href='/reports/harbour-post-0517/']").click()
    page.locator("#claim-1 .head").click()
    page.locator("[data-act=correct]").click()
    page.fill("[name='method.words']", "a")
    page.fill("#why", "as printed")
    page.locator("#edit .save button").first.click()
    expect(page.locator("#edit .problem")).to_contain_text(
        tour.say("These words stand in several places: choose the one you mean.")
    )
    page.locator("[name='method.at']").first.check()
    page.locator("#edit .save button").first.click()
    expect(page.locator("#claim-1")).to_contain_text(tour.say("corrected"))
    claim = claims(folder, "harbour-post-0517")[0]
    assert len(readings(folder, claim)) == 2
    page.locator("[data-act=undo]").click()
    expect(page.locator("#main")).to_contain_text(tour.say("Undone."))
    page.locator(".reject summary").click()
    page.locator(".reject input[name=why]").fill("it was withdrawn")
    page.locator(".reject button").click()
    expect(page.locator(".claim.rejected")).to_have_count(1)


@walked(ENDS)
def test_adding_a_claim_counts_in_code_points(tour: Tour, folder: Path) -> None:
    page = tour.person("Amal")
    page.goto("/add/")
    page.fill("#text", TYPED)
    page.fill("#text-title", "Doves")
    page.locator("form[action='/add/text/'] button, form:has(#text) button").first.click()
    expect(page.locator(".jobs .done").filter(has_text="Doves")).to_be_visible(timeout=30_000)
    page.locator(".jobs a", has_text="Doves").click()
    select(page, "Nobody else died")
    page.keyboard.press("c")
    page.select_option("[name=type]", "killing")
    page.select_option("[name=stance]", "denied")
    page.fill("#why", "missed")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#claims .tag", has_text=tour.say("added"))).to_be_visible()
    record = readings(folder, claims(folder, "Doves")[-1])[-1]
    assert record["evidence"]["text"] == "Nobody else died"


@walked([("en", 1280)])
def test_upload_of_hostile_files_runs_nothing(tour: Tour, tmp_path: Path) -> None:
    page = tour.person("Amal")
    words = "<p>Shells killed seven people in Merisk on Sunday, a doctor said.</p>" * 4
    page_of = tmp_path / "<img src=x onerror=alert(1)>.html"
    page_of.write_text(f"<title>&lt;script&gt;alert(2)&lt;/script&gt;</title>{words}<script>alert(3)</script>")
    picture = tmp_path / "drawn.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(4)"><text>x</text></svg>')
    page.goto("/add/")
    page.set_input_files("#files", [page_of, picture])
    page.locator("#upload button").first.click()
    page.wait_for_url("**/jobs/")
    expect(page.locator(".jobs .done, .jobs .failed")).to_have_count(3, timeout=30_000)
    page.goto("/reports/")
    page.locator(".inbox a", has_text="alert(2)").click()
    expect(page.locator("#text")).to_contain_text("Shells killed")
    page.goto("/reports/drawn/")
    expect(page.locator("#text")).to_contain_text("onload")
