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
        visitor = Visitor(browser, addresses, limits)
        saved: list[Visit] = []
        with tempfile.TemporaryFile() as file:
            archive = Archive(file, tools)
            for url in urls:
                try:
                    visit = visitor.visit(checked(url))
                except InputError as error:
                    visit = Visit(url, error=error)
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


def _light(visit: Visit) -> Visit:
    """Whoever is told needs no bytes; what was saved is let go, so that a long run stays small."""
    visit.exchanges = []
    visit.screenshot, visit.rendered = visit.screenshot[:8], ""
    return visit
