"""The terminal view: the table, the marked text, colours, hostile text."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest

from handmade import BARE, CLAIMS, FULL, REPORT, TEXT, span
from probata.export import explain, terminal
from probata.export.marked import marked, segments
from probata.export.plain import FSI, width
from probata.export.style import Style
from probata.export.table import table
from probata.model.attribution import Attribution
from probata.model.claim import Named
from probata.model.report import Report
from probata.model.span import Span

PLAIN = Style(colour=False, columns=110)
COLOUR = Style(colour=True, columns=110)


def test_terminal_table_has_every_slot() -> None:
    out = " ".join(table(REPORT, [FULL], Style(False, 300)).split())
    for words in ("killing", "a doctor in Tarqa, through Radio Meren", "people, the market [At least six: at least 6]"):
        assert words in out
    for words in ("with shells", "Tarqa*", "on Monday: 2031-05-19", "* carried over"):
        assert words in out


@pytest.mark.parametrize("columns", [40, 71, 72, 80, 110, 160])
def test_terminal_lines_fit(columns: int) -> None:
    style = Style(False, columns)
    out = terminal.report_view(REPORT, CLAIMS, style, text=True, rows=True) + explain.explained(REPORT, CLAIMS, style)
    assert max(width(line) for line in out.splitlines()) <= columns
    assert "denied" in out


def test_terminal_text_is_marked_where_the_evidence_is() -> None:
    out = " ".join(marked(TEXT, CLAIMS, PLAIN).split())
    assert "[1]Shells kill six at Tarqa market[/1]" in out
    assert (
        "[2]At least six people were killed on Monday when [3]shells hit the market[/3] in Tarqa[/2], a doctor" in out
    )
    assert "denied [4]killing anyone[/4]." in out


def test_terminal_colours_only_where_asked() -> None:
    assert "\x1b" not in terminal.report_view(REPORT, CLAIMS, PLAIN, text=True, rows=True)
    coloured = terminal.report_view(REPORT, CLAIMS, COLOUR, text=True, rows=True)
    assert "\x1b[31m" in coloured
    assert "[/1]" not in coloured
    bare = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert "At least six people were killed on Monday" in " ".join(bare.split())


def test_terminal_segments_cover_the_text_once() -> None:
    runs = list(segments(len(TEXT), CLAIMS))
    assert "".join(TEXT[a:b] for a, b, _ in runs) == TEXT
    assert [n for a, b, n in runs if TEXT[a:b] == "shells hit the market"] == [(2, 3)]


def test_terminal_hostile_text_stays_harmless() -> None:
    text = "\x1b[2J\u202eThe army\u202c denied \x9b31m killing. طرقة"
    claim = replace(BARE, evidence=Span.of(text, 0, 20), speaker=Named(Span.of(text, 0, 12), text[:12]))
    report = Report("r\x1b[0m", text, title="\u202etitle", outlet="\x07outlet", gaps=("\x1b gap",))
    out = terminal.report_view(report, [claim], PLAIN, text=True, rows=True) + explain.explained(report, [claim], PLAIN)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out)
    assert f"{FSI}طرقة" in out


def test_terminal_says_when_there_is_nothing() -> None:
    assert "no claims" in terminal.report_view(REPORT, [], PLAIN, text=False, rows=True)
    assert "no attributions" in terminal.attributions(REPORT, [], PLAIN)


def test_terminal_attributions() -> None:
    a = Attribution(span("The army"), span("denied"), (span("killing anyone"),), "deny", (span("Radio Meren"),))
    out = terminal.attributions(REPORT, [a, replace(a, source=None)], PLAIN)
    assert "The army, through Radio Meren | denied (deny)" in out
    assert "(no source named)" in out


def test_terminal_explains_rule_words_and_weights() -> None:
    out = " ".join(explain.explained(REPORT, [FULL], PLAIN).split())
    assert "count “At least six” 33-45 = at least 6 [rule at-least-n]" in out
    assert "weighed subject 2.1 over object 0.3" in out
    assert "carried over" in out


@pytest.mark.parametrize(
    "terminal_, no_color, term, colour",
    [(True, "", "xterm", True), (False, "", "xterm", False), (True, "1", "xterm", False), (True, "", "dumb", False)],
)
def test_terminal_style(
    monkeypatch: pytest.MonkeyPatch, terminal_: bool, no_color: str, term: str, colour: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setenv("TERM", term)
    out = io.StringIO()
    monkeypatch.setattr(out, "isatty", lambda: terminal_, raising=False)
    assert Style.of(out).colour is colour
