"""A browser of the system, signed in to a server of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from playwright.sync_api import Browser, Page

from probata.review.models import Person
from probata.review.serving import prepare
from probata.store.opening import casebook
from review.harness import Live

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def session() -> Callable[[Path], str]:
    """Gives the key of a session of an analyst in the casebook of a folder."""

    def made(folder: Path) -> str:
        with casebook(folder) as opened:
            prepare(opened)
            person = Person.objects.filter(alias="Amal").first() or Person.objects.create_user("Amal", role="analyst")
            store = SessionStore()
            store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), BACKEND
            store[HASH_SESSION_KEY] = person.get_session_auth_hash()
            store.save()
            connections["default"].close()
            return str(store.session_key)

    return made


@pytest.fixture
def enter(browser: Browser, live: Live, session: Callable[[Path], str]) -> Iterator[Callable[..., Page]]:
    """Opens a page of the server, signed in, in a window so many pixels wide; an error of a script fails the test."""
    wrong: list[str] = []
    contexts = []

    def entered(width: int = 1280, script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844}, base_url=live.url, locale="en", java_script_enabled=script
        )
        contexts.append(context)
        context.add_cookies([{"name": "sessionid", "value": session(live.folder), "url": live.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.on("console", lambda said: wrong.append(said.text) if re.search("Security|Refused", said.text) else None)
        return page

    yield entered
    for context in contexts:
        context.close()
    assert wrong == []
