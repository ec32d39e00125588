"""Kept searches: from the lists of reports and incidents too, and on the first page."""

from __future__ import annotations

import re
from html import unescape

import pytest

from probata.store import protecting
from probata.store.turn import turn
from review.harness import Site


@pytest.mark.parametrize("path", ["/reports/?language=en", "/incidents/?type=killing&sources=1"])
def test_lists_are_kept_with_their_filters_and_stand_on_the_first_page(site: Site, path: str) -> None:
    client = site.client("Basim")
    for headers in ({}, {"HX-Request": "true"}):
        found = re.search(
            r'action="/searches/".*?name="path" value="([^"]*)"', client.get(path, headers=headers).content.decode()
        )
        assert found
        assert unescape(found[1]) == path
    assert client.post("/searches/", {"name": "what I work on", "path": path})["Location"] == path
    home = unescape(client.get("/").content.decode())
    assert f'<a href="{path}"><bdi>what I work on</bdi></a>' in home
    assert "what I work on" not in site.client("Rana").get("/").content.decode()


def test_first_page_shows_the_first_of_many_and_none_with_protected_words(site: Site) -> None:
    client = site.client("Basim")
    for n in range(12):
        client.post("/searches/", {"name": f"number {n:02}", "path": "/reports/"})
    told = client.get("/?format=json").json()
    assert (len(told["searches"]), told["more_searches"]) == (8, True)
    client.post("/searches/", {"name": "a Samira Vash", "path": "/search/?q=x"})
    with turn(site.book):
        protecting.protect(site.book, "Samira Vash", [], "person", "Amal", "she asked for it")
    assert "Samira" not in client.get("/").content.decode()
