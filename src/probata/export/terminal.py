"""The terminal view: a report's head, its text with claims marked, their table, and attributions."""

from __future__ import annotations

from collections.abc import Sequence

from probata.export import words
from probata.export.marked import marked
from probata.export.plain import isolated, one_line, wrapped
from probata.export.style import Style
from probata.export.table import table
from probata.model.attribution import Attribution
from probata.model.claim import Claim
from probata.model.report import Report

__all__ = ["Style", "attributions", "head", "report_text", "report_view"]


def head(report: Report, style: Style) -> str:
    """What is known of the report itself: id, title, outlet, date and its basis, and what is missing."""
    name = one_line(report.id)
    lines = wrapped(f"{name}  {one_line(words.heading(report) or '')}".strip(), style.columns)
    out = style.paint(isolated(lines[0]), "bold") + "\n"
    out += "".join(f"  {isolated(line)}\n" for line in lines[1:] for line in wrapped(line, style.columns - 2))
    about = one_line(f"{report.outlet or 'outlet not stated'}, {words.when_and_how(report)}")
    out += "".join(style.paint(f"  {isolated(line)}", "dim") + "\n" for line in wrapped(about, style.columns - 2))
    for gap in report.gaps:
        for i, line in enumerate(wrapped(one_line(gap), style.columns - 4)):
            out += f"  {'!' if i == 0 else ' '} {isolated(line)}\n"
    return out


def report_view(report: Report, claims: Sequence[Claim], style: Style, *, text: bool, rows: bool) -> str:
    """The report with its claims: its text with marks, a table of the claims, or both."""
    out = head(report, style) + "\n"
    if text:
        out += report_text(report, claims, style) + "\n"
    if rows:
        out += table(report, claims, style) if claims else "  no claims\n"
        out += "\n"
    return out


def report_text(report: Report, claims: Sequence[Claim], style: Style) -> str:
    """The text of the report with its claims marked."""
    return marked(report.text, claims, style)


def attributions(report: Report, found: Sequence[Attribution], style: Style) -> str:
    """Each attribution on a few lines: who, the cue, and what is said."""
    out = head(report, style) + "\n"
    for n, a in enumerate(found, 1):
        who = one_line(a.source.text) if a.source else "(no source named)"
        through = f", through {one_line(', '.join(r.text for r in a.relay))}" if a.relay else ""
        cue = style.paint(isolated(one_line(a.cue.text)), "speech")
        out += f"  {n}. {isolated(who)}{isolated(through)} | {cue} ({a.kind})\n"
        for line in wrapped(one_line(" … ".join(s.text for s in a.content)), style.columns - 6):
            out += f"      {isolated(line)}\n"
    return out + ("\n" if found else "  no attributions\n\n")
