"""A person's browser in a language and a width, in which nothing may fail; what each page is looked at for."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.utils import translation

from probata.review.models import Person
from probata.review.serving import prepare
from probata.store.opening import casebook
from review.harness import PASSWORD, Live

SERIOUS = ("serious", "critical")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
EVERY = [("en", 1280), ("en", 390), ("ar", 1280), ("ar", 390)]
ENDS = [("en", 1280), ("ar", 390)]  # of what one page has in common with the next
# Words that are written the same in every language.
SAME = (
    "Probata|OpenAPI|JSON|HTML|WARC|WACZ|SHA|TOTP|Chromium|URL|API|UTC|Shift|Enter|Esc|Ctrl|ACLED|UCDP|IBC|Airwars"
    "|Natural Earth"
)
# Texts in Latin letters outside whatever sets its own direction or language, and words of the interface anywhere.
FOREIGN = r"""([same, words]) => {
  const own = "bdi,[dir=auto],[dir=ltr],[lang=en],code,kbd,pre,q,time,option,textarea,svg text";
  const told = new RegExp(`\\b(${same})\\b`, "g"), known = new Set(words), found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode()); ) {
    const at = node.parentElement, text = node.data.trim();
    if (!text || at.closest("script,style,template,[lang=en]")) continue;
    if (/[A-Za-z]{2}/.test(text.replace(told, "")) && !at.closest(own)) found.push(text);
    if (known.has(text) && !at.closest("code,kbd,#text,q,dd.any")) found.push(text);
  }
  for (const at of document.body.querySelectorAll("[aria-label],[placeholder],[title],[alt]"))
    for (const name of ["aria-label", "placeholder", "title", "alt"]) {
      const text = (at.getAttribute(name) || "").trim();
      if (known.has(text) && !at.closest("[lang=en]")) found.push(`${name}: ${text}`);
    }
  return [...new Set(found)]; }"""
# What holds Latin letters in an Arabic page and would be laid out from the right.
TURNED = r"""() => [...document.querySelectorAll("main q, main .evidence, #text")].filter((at) =>
  !at.closest("[dir=auto],[dir=ltr],bdi") && /^[\s"“‘(]*[A-Za-z]/.test(at.textContent))
  .map((at) => at.outerHTML.slice(0, 120))"""


@functools.cache
def untranslated() -> list[str]:
    """Every word of the interface in English whose Arabic is another."""
    import probata.review

    file = Path(probata.review.__file__).parent / "locale/ar/LC_MESSAGES/django.po"
    found = []
    for block in file.read_text(encoding="utf-8").split("\n\n"):
        parts = [line[7:-1] for line in block.splitlines() if line.startswith('msgid "')]
        if parts and "msgctxt" not in block and len(parts[0]) > 2 and "%" not in parts[0] and parts[0][0].isascii():
            found.append(parts[0].replace('\\"', '"'))
    with translation.override("ar"):
        return [word for word in found if translation.gettext(word) != word]


def walked(ways: list[tuple[str, int]]) -> pytest.MarkDecorator:
    """A test that is walked in each of these languages and widths."""
    return pytest.mark.parametrize("tour", ways, indirect=True, ids=[f"{code}-{wide}" for code, wide in ways])


@dataclass
class Tour:
    """A browser in which nothing may fail: no error on the console, nothing beyond the edge, no barrier, no word of
    another language."""

    browser: Any
    live: Live
    language: str
    wide: int
    pictures: Path
    faults: list[str] = field(default_factory=list)
    contexts: list[Any] = field(default_factory=list)

    def person(self, alias: str = "", role: str = "analyst", **options: Any) -> Any:
        """A page of a fresh browser of somebody else: who has signed in, if an alias is given."""
        high = 844 if self.wide < 600 else 900
        context = self.browser.new_context(
            locale=self.language, viewport={"width": self.wide, "height": high}, base_url=self.live.url, **options
        )
        self.contexts.append(context)
        if alias:
            context.add_cookies([{"name": "sessionid", "value": self._session(alias, role), "url": self.live.url}])
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda m: self._said(page, m))
        page.on("pageerror", lambda e: self.faults.append(f"{page.url}: {e}"))
        page.on("dialog", lambda d: self.faults.append(f"{page.url}: {d.message}"))
        return page

    def called(self, alias: str) -> str:
        """An alias of one's own, where tours share a server."""
        return f"{alias} {self.language} {self.wide}"

    def say(self, english: str, **given: Any) -> str:
        """What the interface says for these words in the language of the tour."""
        with translation.override(self.language):
            said: str = translation.gettext(english)
        return said % given if given else said

    def look(self, page: Any, name: str, picture: bool = True) -> None:
        """Leave a picture of the page, and look for what would keep people out."""
        if picture:
            page.screenshot(
                path=self.pictures / f"{name}-{self.language}-{self.wide}.png", full_page=True, caret="initial"
            )
        wide = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        if wide > 0:
            self.faults.append(f"{name}: {wide} pixels beyond the edge")
        direction = "rtl" if self.language == "ar" else "ltr"
        if page.evaluate("document.documentElement.dir + document.documentElement.lang") != direction + self.language:
            self.faults.append(f"{name}: not in the language")
        if self.language == "ar":
            self.faults += [
                f"{name}: not Arabic: {text[:90]!r}" for text in page.evaluate(FOREIGN, [SAME, untranslated()])
            ]
            self.faults += [f"{name}: laid out from the right: {text}" for text in page.evaluate(TURNED)]
        for found in Axe().run(page).response["violations"]:
            if found["impact"] in SERIOUS:
                where = [node["html"][:120] for node in found["nodes"][:3]]
                self.faults.append(f"{name}: {found['id']}: {found['help']}: {where}")

    def close(self) -> None:
        """Close every window, and say what was wrong in them."""
        for context in self.contexts:
            context.close()
        assert not self.faults, "\n".join(dict.fromkeys(self.faults))

    def _said(self, page: Any, message: Any) -> None:
        # A page that answers 4xx by intent is no fault; a script or a policy that complains is.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"{page.url}: {message.text}")

    def _session(self, alias: str, role: str) -> str:
        with casebook(self.live.folder) as opened:
            prepare(opened)
            person = Person.objects.filter(alias=alias).first()
            person = person or Person.objects.create_user(alias, PASSWORD, role=role)
            store = SessionStore()
            store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), BACKEND
            store[HASH_SESSION_KEY] = person.get_session_auth_hash()
            store.save()
            connections["default"].close()
            return str(store.session_key)
