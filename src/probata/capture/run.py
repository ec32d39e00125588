"""A run of captures: several addresses with one browser into one web archive."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from typing import IO

from probata.capture.addresses import Addresses, Resolve, checked, system
from probata.capture.archive import Archive, Tools, named
from probata.capture.devtools import Browser
from probata.capture.limits import Limits
from probata.capture.visit import Visit, Visitor
from probata.model.errors import InputError

Told = Callable[[Visit], None]


def capture(
    urls: Iterable[str],
    out: IO[bytes],
    limits: Limits | None = None,
    told: Told = lambda _visit: None,
    *,
    sandbox: bool = True,
    resolve: Resolve = system,
) -> Tools | None:
    """Save pages into a WACZ written to `out`; `told` hears of each when it is done. None when no page was saved.

    An address that is none, leads inside or fails is an error of its visit; the others go on. Raises SetupError when
    there is no browser.
    """
    limits = limits or Limits()
    addresses = Addresses(allow_private=limits.private, resolve=resolve)
    browser = Browser(sandbox=sandbox)
    try:
        tools = Tools(browser.name, browser.agent, browser.sandboxed)
        saved: list[Visit] = []
        with tempfile.TemporaryFile() as file:
            archive = Archive(file, tools)
            for url in urls:
                visit = _visit(browser, addresses, limits, url)
                if browser.gone:  # a page may bring it down, and takes no other page with it
                    browser.close()
                    browser = Browser(sandbox=sandbox)
                    visit = visit if visit.page else _visit(browser, addresses, limits, url)
                if visit.page is not None:
                    archive.add(visit)
                    saved.append(visit)
                told(_light(visit))
            if not saved:
                return None
            archive.pack(out, named(saved))
        return tools
    finally:
        browser.close()


def _visit(browser: Browser, addresses: Addresses, limits: Limits, url: str) -> Visit:
    try:
        return Visitor(browser, addresses, limits).visit(checked(url))
    except InputError as error:
        return Visit(url, error=error)


def _light(visit: Visit) -> Visit:
    """Whoever is told needs no bytes; what was saved is let go, so that a long run stays small."""
    visit.exchanges = []
    visit.screenshot, visit.rendered = visit.screenshot[:8], ""
    return visit
