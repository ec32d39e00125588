"""The tree of sources: who counts and who does not, copies folded, as data, text and page."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from assess.dossiers import BOARD, COPIES, DENIAL, POST, incidents_of
from probata.export import sourcetreepage, sourcetreetext
from probata.export.plain import width
from probata.export.sourcetree import Node, SourceTree, record, source_tree
from probata.export.style import Style

ARABIC = {**POST, "report": "ar", "outlet": "صحيفة قرصة", "speaker": "شهود عيان من داخل المدينة", "count": 13}


def tree(*records: dict[str, Any]) -> SourceTree:
    found, about = incidents_of(*records)
    return source_tree(max(found, key=lambda a: len(a.claims)), about)


def walk(node: Node) -> list[Node]:
    return [node, *(x for inner in node.below for x in walk(inner))]


def reports(of: SourceTree) -> list[str]:
    nodes = [n for s in of.sources for n in walk(s) if n.kind == "report"]
    return sorted(x for n in nodes for x in (n.name, *(c.report for c in n.copies)))


def test_sourcetree_goes_from_originator_over_relay_and_outlet_to_report() -> None:
    found = tree(POST, *COPIES, DENIAL)
    board = next(s for s in found.sources if s.name == "Meren Relief Board")
    assert [(n.kind, n.name) for n in walk(board)] == [
        ("originator", "Meren Relief Board"),
        ("relay", "Oltrava Wire"),
        ("outlet", "Daily 0"),
        ("report", "wire-0"),
    ]
    assert "vouches for nothing" in walk(board)[1].note


def test_sourcetree_folds_copies_into_the_first_printed() -> None:
    found = tree(POST, *COPIES)
    (first,) = [n for s in found.sources for n in walk(s) if n.copies]
    assert first.name == "wire-0"
    assert [c.report for c in first.copies] == [f"wire-{n}" for n in range(1, 5)]
    assert "and 4 reports that copy it" in sourcetreetext.text(found, Style())


def test_sourcetree_copy_that_gives_another_figure_is_not_hidden() -> None:
    changed = {**COPIES[1], "count": 14}
    found = tree(POST, COPIES[0], changed, COPIES[2])
    node = next(n for s in found.sources for n in walk(s) if n.name == "wire-1")
    assert node.said[0].best == 14
    assert "with other figures" in node.note


def test_sourcetree_counts_originators_and_says_why_others_add_none() -> None:
    found = tree(POST, *COPIES, DENIAL)
    assert found.independent_sources == 2 == sum(s.counts for s in found.sources)
    (denial,) = [s for s in found.sources if not s.counts]
    assert denial.why == "a denial"
    assert found.reason.startswith("2 independent sources: ")
    assert "1 other voice adds none" in found.reason


def test_sourcetree_holds_every_report_once_a_source() -> None:
    given: tuple[dict[str, Any], ...] = (POST, BOARD, *COPIES[1:], DENIAL, ARABIC)
    assert reports(tree(*given)) == sorted(r["report"] for r in given)


def test_sourcetree_is_json() -> None:
    made = json.loads(json.dumps(record(tree(POST, *COPIES))))
    assert made["independent_sources"] == 2
    assert made["sources"][0]["below"]


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_sourcetree_text_fits_and_isolates_arabic(columns: int) -> None:
    lines = sourcetreetext.text(tree(POST, ARABIC, *COPIES), Style(columns=columns)).splitlines()
    assert max(map(width, lines)) <= columns
    for line in lines:
        assert line.count("\u2068") == line.count("\u2069")
        assert not re.search("[\u0600-\u06ff]", re.sub("\u2068[^\u2069]*\u2069", "", line))


def test_sourcetree_of_many_reports_is_cut_in_the_terminal_only() -> None:
    many = [
        {**POST, "report": f"r{n}", "outlet": f"Post {n}", "speaker": "Meren Relief Board", "evidence": f"x {n}"}
        for n in range(60)
    ]
    found = tree(*many)
    assert "more (--format json has all)" in sourcetreetext.text(found, Style())
    assert len(reports(found)) == 60
    assert all(f"r{n}<" in sourcetreepage.page(found) for n in range(60))


def test_sourcetree_page_loads_nothing_and_shows_text_as_text() -> None:
    hostile = {**POST, "speaker": "<script>alert(1)</script>", "outlet": "a\u202eb & c", "count": "dozens <b>"}
    page = sourcetreepage.page(tree(hostile, ARABIC))
    assert "<script" not in page
    assert "<b>" not in page
    assert "\u202e" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "style=" not in page
    assert "<bdi>صحيفة قرصة</bdi>" in page


def test_sourcetree_page_in_a_browser(browser: Any, tmp_path: Any) -> None:
    """At the width of a phone nothing is cut off, the folded copies open by keyboard, lists are lists."""
    path = tmp_path / "tree.html"
    path.write_text(sourcetreepage.page(tree(POST, ARABIC, *COPIES, DENIAL)), encoding="utf-8")
    for wide in (360, 1300):
        view = browser.new_page(viewport={"width": wide, "height": 800})
        refused: list[str] = []
        view.on("console", lambda m, refused=refused: refused.append(m.text))
        view.goto(path.as_uri())
        assert view.evaluate("document.documentElement.scrollWidth") <= wide
        summary = view.locator("summary").first
        summary.focus()
        view.keyboard.press("Enter")
        assert view.locator("details[open]").count() == 1
        assert view.get_by_role("list", name="Sources, from originators to reports").count() == 1
        assert refused == []
        view.close()


def test_sourcetree_shows_the_ids_by_which_to_ask_why() -> None:
    claims = [{**POST, "id": f"sha256:{n}0123456789abcdef"} for n in range(5)]
    said = " ".join(sourcetreetext.text(tree(*claims), Style(columns=160)).split())
    assert "[00123456, 10123456, 20123456, …]" in said
    assert "00123456" in sourcetreepage.page(tree(*claims))
