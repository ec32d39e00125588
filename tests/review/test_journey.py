"""From an empty installation to a signed-off, published incident, in a browser: in both languages, wide and narrow.

The same way as docs/review.md tells it. Pictures of the pages are left in build/pictures.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from review.harness import PASSWORD
from review.touring import EVERY, Tour, walked

# the map is drawn, or says why it cannot be moved
DRAWN = "#map.moving .mark, #map-note:not(:empty)"


@pytest.mark.browser
@walked(EVERY)
def test_journey_from_nothing_to_a_published_incident(tour: Tour, tmp_path: Path) -> None:
    amal = tour.person()
    amal.goto(tour.live.setup)
    tour.look(amal, "setup")
    amal.fill("input[name=alias]", "Amal")
    amal.fill("input[name=password]", PASSWORD)
    amal.click("main form button")
    tour.look(amal, "start")

    amal.goto(tour.live.url + "people/")
    tour.look(amal, "confirm")  # who changes accounts shows again who they are
    amal.fill("input[name=password]", PASSWORD)
    amal.click("main form button")
    tour.look(amal, "people")
    basim = invited(tour, amal, "Basim", "reviewer")
    amal.goto(tour.live.url + "people/")
    dalia = invited(tour, amal, "Dalia", "editor")

    amal.goto(tour.live.url + "reports/")
    tour.look(amal, "reports")
    amal.click("main a[href^='/reports/']")
    tour.look(amal, "report")

    incident = known_incident(amal, tour.live.url)
    amal.goto(incident)
    tour.look(amal, "incident")
    amal.click("a[href*='/findings/']")
    tour.look(amal, "propose")
    amal.check("input[name=kind][value=occurred]")
    amal.select_option("select[name=standard]", index=0)
    amal.fill("textarea[name=reason]", "Eleven sources that do not depend on one another tell of it.")
    amal.click("form[action*='/findings/'] button:not([type=button])")

    basim.goto(tour.live.url + "findings/")
    tour.look(basim, "findings")
    basim.click("button[name=answer][value=agree]")
    basim.goto(incident)
    tour.look(basim, "found")

    name = incident.rstrip("/").rsplit("/", 1)[1]
    amal.goto(tour.live.url + f"publish/?incident={name}")
    tour.look(amal, "publish")
    amal.fill("input[name=title]", "Merisk market")
    amal.fill("input[name=publisher]", "Dravonian Records")
    amal.click("main form.form button")
    tour.look(amal, "preview")
    assert "Eleven sources" in amal.inner_text("main")
    draft = amal.url
    basim.goto(draft)
    assert basim.locator("form[action$='/approve/']").count() == 0, "a reviewer releases nothing"
    dalia.goto(draft)
    dalia.click("form[action$='/approve/'] button")
    shown(dalia, "a[href$='/release.zip']")
    shown(dalia, "a[href='/publish/site.zip']")
    tour.look(dalia, "released")
    assert dalia.request.get("/publish/site.zip").status == 200
    amal.goto(draft)
    with amal.expect_download() as download:
        amal.click("a[href$='/release.zip']")
    download.value.save_as(tmp_path / "release.zip")
    checked = subprocess.run([sys.executable, "-m", "probata", "check", str(tmp_path / "release.zip")], check=False)
    assert checked.returncode == 0
    public = (tour.live.folder / "site" / "incidents" / f"{name}.html").read_text(encoding="utf-8")
    assert "Eleven sources" in public

    for page in ("map", "timeline", "search/?q=Merisk", "activity", "tasks", "jobs", "add", "integrity"):
        amal.goto(tour.live.url + page + ("" if "?" in page else "/"))
        if page == "map":
            amal.locator(DRAWN).first.wait_for(state="attached", timeout=60_000)
        tour.look(amal, re.sub(r"\W.*", "", page))


def invited(tour: Tour, admin: Any, alias: str, role: str) -> Any:
    """Somebody who was invited, set a password by the link and signed in."""
    admin.fill("input[name=alias]", alias)
    admin.locator("form.filters select[name=role]").select_option(role)
    admin.click("form.filters button")
    link = admin.inner_text("main code")
    page = tour.person()
    page.goto(link)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button")
    page.goto(tour.live.url + "account/login/")
    tour.look(page, "sign-in")
    page.fill("input[name=login]", alias)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url(tour.live.url)
    return page


def known_incident(page: Any, url: str) -> str:
    """The address of the incident with the most sources."""
    page.goto(url + "incidents/?sources=3")
    links: list[str] = page.eval_on_selector_all("main a[href^='/incidents/inc-']", "all => all.map(a => a.href)")
    return most(page, dict.fromkeys(link.split("#")[0] for link in links))


def most(page: Any, links: dict[str, None]) -> str:
    numbers: dict[str, int] = {}
    for link in links:
        told = page.request.get(f"{link}?format=json").json()
        numbers[link] = told["incident"]["independent_sources"]
    return max(numbers, key=numbers.__getitem__)


def shown(page: Any, what: str, times: int = 60) -> None:
    """Wait until the worker has made what the page then shows."""
    for _ in range(times):
        if page.locator(what).count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"no {what} came: " + page.inner_text("main"))
