"""The public site: made from releases alone, each page in both languages, with what was corrected since."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from probata.cli.main import main
from probata.review.site.build import build
from probata.review.site.differences import corrections
from probata.review.site.released import released
from probata.store.opening import Casebook
from probata.store.releasing import Wanted, release
from probata.store.turn import turn
from review.harness import Site


def make(book: Casebook, path: Path, *incidents: str, title: str = "Dravonia") -> Path:
    with turn(book):
        release(book, path, Wanted(title, "Dravonian Records", incidents))
    return path


@pytest.fixture
def two(site: Site, tmp_path: Path) -> tuple[Path, Path, str]:
    """Two releases, the second without an incident and with a new title; and the id that is gone."""
    from probata.store import models

    names = list(models.Incident.objects.order_by("id").values_list("name", flat=True))
    first = make(site.book, tmp_path / "first.zip")
    return first, make(site.book, tmp_path / "second.zip", *names[1:], title="Dravonia again"), names[0]


def test_site_has_a_page_for_each_incident_in_each_language(two: tuple[Path, Path, str], tmp_path: Path) -> None:
    number = build(tmp_path / "site", [two[0]])
    of = released(two[0])
    assert number == 2 * (len(of.incidents) + 4)
    for folder in (tmp_path / "site", tmp_path / "site" / "ar"):
        assert {p.stem for p in (folder / "incidents").iterdir()} == set(of.incidents)
    assert '<html lang="ar" dir="rtl">' in (tmp_path / "site/ar/index.html").read_text(encoding="utf-8")
    assert (tmp_path / "site/releases/first.zip").read_bytes() == two[0].read_bytes()


def test_site_links_lead_to_files_that_are_there(two: tuple[Path, Path, str], tmp_path: Path) -> None:
    build(tmp_path / "site", two[:2])
    for page in (tmp_path / "site").rglob("*.html"):
        for link in re.findall(r'(?:href|src)="([^"#]+)"', page.read_text(encoding="utf-8")):
            if not link.startswith(("http:", "https:")):
                assert (page.parent / link).resolve().is_file(), (page, link)


def test_site_tells_what_changed_and_keeps_the_page_of_what_is_gone(
    two: tuple[Path, Path, str], tmp_path: Path
) -> None:
    build(tmp_path / "site", two[:2])
    told = (tmp_path / "site/corrections.html").read_text(encoding="utf-8")
    assert two[2] in told
    assert "published no more" in (tmp_path / "site/incidents" / f"{two[2]}.html").read_text(encoding="utf-8")
    assert "Dravonia again" in (tmp_path / "site/index.html").read_text(encoding="utf-8")
    found = corrections([released(two[0]), released(two[1])])
    assert [(c.incident, [x.field for x in c.changes]) for c in found] == [(two[2], ["gone"])]


def test_site_is_the_same_for_the_same_releases(two: tuple[Path, Path, str], tmp_path: Path) -> None:
    build(tmp_path / "one", two[:2])
    build(tmp_path / "two", two[:2])

    def files(folder: Path) -> dict[str, bytes]:
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_site_holds_no_text_of_reports_and_no_script_of_others(two: tuple[Path, Path, str], tmp_path: Path) -> None:
    build(tmp_path / "site", [two[0]])
    for page in (tmp_path / "site").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert " style=" not in text
        assert not re.search(r"<script(?! src=)", text)
        assert not re.search(r'(?:src|href)="(?:https?:)?//(?!\S*rel=)[^"]*\.(?:js|css)"', text)


def test_site_refuses_a_changed_release(two: tuple[Path, Path, str], tmp_path: Path, capsys: Any) -> None:
    raw = bytearray(two[0].read_bytes())
    at = raw.index(b"Merisk")
    raw[at] ^= 1
    (tmp_path / "bad.zip").write_bytes(raw)
    assert main(["site", str(tmp_path / "site"), str(tmp_path / "bad.zip")]) == 2
    assert "does not pass its check" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_site_refuses_a_folder_with_something_else(two: tuple[Path, Path, str], tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("kept")
    assert main(["site", str(tmp_path / "mine"), str(two[0])]) == 2
    assert (tmp_path / "mine" / "letter.txt").read_text() == "kept"
    assert "something else" in capsys.readouterr().err


@pytest.mark.browser
def test_site_is_searched_without_a_server(two: tuple[Path, Path, str], tmp_path: Path, browser: Any) -> None:
    build(tmp_path / "site", [two[0]])
    page = browser.new_page()
    failed: list[str] = []
    page.on("console", lambda m: failed.append(m.text) if m.type == "error" else None)
    page.goto((tmp_path / "site/index.html").as_uri())
    page.fill("#sought", "Merisk")
    shown = page.locator("tbody tr:visible").count()
    assert 0 < shown < page.locator("tbody tr").count()
    page.goto((tmp_path / "site/ar/index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert not failed
    page.close()
