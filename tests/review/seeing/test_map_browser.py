"""In Chromium: the map that can be moved, and the picture where it cannot run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections

from probata.review.models import Person
from probata.review.serving import prepare
from probata.review.work import drawing
from probata.store.opening import casebook
from review.harness import Live

GL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def live(common: Live) -> Live:
    return common


@pytest.fixture(scope="module")
def key(live: Live) -> str:
    with casebook(live.folder) as opened:
        prepare(opened)
        person = Person.objects.create_user("Amal", role="analyst")
        store = SessionStore()
        store[SESSION_KEY] = str(person.pk)
        store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        store[HASH_SESSION_KEY] = person.get_session_auth_hash()
        store.save()
        connections["default"].close()
        return str(store.session_key)


WAYS = [(True, "en", 390), (True, "ar", 1280), (False, "en", 1280), (False, "ar", 390)]


@pytest.fixture(params=WAYS, ids=lambda way: f"{'WebGL' if way[0] else 'none'}-{way[1]}-{way[2]}")
def page(request: Any, live: Live, key: str, launch: Any) -> Iterator[tuple[Any, bool, list[str]]]:
    moves, language, wide = request.param
    if moves and not drawing.has_map():
        pytest.skip("the map is not installed: make assets")
    flags = ["--headless", "--no-sandbox", *(GL if moves else ["--disable-gpu", "--disable-3d-apis"])]
    browser = launch(flags)
    context = browser.new_context(base_url=live.url, viewport={"width": wide, "height": 844}, locale=language)
    context.add_cookies([{"name": "sessionid", "value": key, "url": live.url}])
    made, wrong = context.new_page(), []
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("console", lambda said: wrong.append(said.text) if "Security Policy" in said.text else None)
    made.on("request", lambda asked: wrong.append(asked.url) if foreign(asked.url, live.url) else None)
    yield made, moves, wrong
    browser.close()


def foreign(asked: str, own: str) -> bool:
    return not asked.startswith((own, "blob:", "data:"))


def test_map_is_drawn_and_leads_to_incidents(page: tuple[Any, bool, list[str]], root: Path) -> None:
    made, moves, wrong = page
    pictures = root / "build" / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    made.goto("/map/")
    if moves:
        made.wait_for_selector("#map.moving .mark", timeout=60000)
        assert made.locator("#map .plainmap").is_hidden()
        made.screenshot(
            path=pictures / f"map-{made.evaluate('document.documentElement.lang')}-moving.png", full_page=True
        )
        place = made.locator(".mark[data-key]", has_text="Sarnik")
        place.focus()
        place.press("Enter")
        made.wait_for_function("location.search.includes('at=')")
    else:
        made.wait_for_function("document.getElementById('map-note').textContent.trim() !== ''")
        made.locator("#map svg a", has_text="2").first.click()
        made.wait_for_url("**at=**")
    made.locator("#list .slim a").first.wait_for()
    assert made.locator("#list-head bdi").inner_text() == "Sarnik" or not moves
    assert made.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert wrong == []
