"""Completing a report: its anchors with their bases, its language, and what is missing said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from probata.acquire import datelines
from probata.acquire.addresses import day_in
from probata.acquire.language import READ, language_of
from probata.acquire.options import Options
from probata.model.report import Anchor, AnchorBasis, Report
from probata.model.span import Span

NO_DATE = "no publication date: relative dates stay unresolved; give it with --published"


def complete(report: Report, options: Options, metadata: date | None = None) -> Report:
    """The report with what the reader gave, a date line of its text and its metadata as anchors, and its language.

    The day in its address is one only where there is no other.
    """
    metadata = metadata or next((a.day for a in report.anchors if a.basis is AnchorBasis.METADATA), None)
    anchors: list[Anchor] = []
    if options.published:
        anchors.append(Anchor(options.published, AnchorBasis.OPTION))
    if printed := _printed(report, metadata or options.published):
        anchors.append(printed)
    if metadata:
        anchors.append(Anchor(metadata, AnchorBasis.METADATA))
    if not anchors and (day := day_in(report.url)):
        anchors.append(Anchor(day, AnchorBasis.ADDRESS))
    language = (report.language or "").split("-")[0].split("_")[0].lower() or language_of(report.text)
    return replace(
        report,
        anchors=tuple(anchors),
        title=options.title or report.title,
        outlet=options.outlet or report.outlet,
        language=language,
        gaps=report.gaps + _gaps(report, anchors, language),
    )


def _printed(report: Report, known: date | None) -> Anchor | None:
    """The date line of the text; one without a year counts only when metadata or the reader supply it."""
    text = report.text
    line = datelines.find(text, report.title)
    if line is None:
        line = datelines.city_line(text, datelines.after_title(text, report.title))
    if line is None:
        return None
    day = line.day or (datelines.with_year(text, line, known) if known else None)
    return Anchor(day, AnchorBasis.DATE_LINE, Span.of(text, line.date_start, line.date_end)) if day else None


def _gaps(report: Report, anchors: list[Anchor], language: str | None) -> tuple[str, ...]:
    gaps = []
    if not anchors:
        gaps.append(NO_DATE)
    days = {a.day for a in anchors}
    if len(days) > 1:
        stated = "; ".join(f"{a.basis.value.replace('_', ' ')} {a.day.isoformat()}" for a in anchors)
        gaps.append(f"its dates differ ({stated}); dates are counted from the first")
    if language is not None and language not in READ:
        gaps.append(f"written in {language!r}, which is not yet read: the text is kept and has no claims")
    elif report.read_to < len(report.text):
        gaps.append(
            f"too long: claims are read in its first {report.read_to:,} characters of {len(report.text):,}; "
            "what lies behind is kept and not read; give it in several files"
        )
    return tuple(gaps)
