"""Reports and claims as rows, and back, letter for letter."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from probata import __version__
from probata.acquire.language import is_read
from probata.export import jsonl
from probata.model import claim as model
from probata.model.report import Anchor, AnchorBasis, Capture, Origin, Report
from probata.model.span import Span
from probata.store import models

READER = f"probata {__version__}"


def report_row(report: Report, at: datetime, by: str) -> models.Report:
    """A report as a row, not saved yet. `at` and `by` say when it was added, and by whom."""
    origin = report.origin or Origin("", "", 0, "text", "utf-8")
    anchor = report.anchor
    return models.Report(
        name=report.id,
        digest=origin.sha256,
        original=origin.file or origin.sha256,
        text=report.text,
        title=report.title,
        outlet=report.outlet,
        language=report.language,
        url=report.url,
        author=report.author,
        published=anchor.day if anchor else None,
        data={
            "anchors": [_anchor(a) for a in report.anchors],
            "origin": {
                "path": origin.path,
                "size": origin.size,
                "media": origin.media,
                "encoding": origin.encoding,
                "capture": _capture(origin.capture) if origin.capture else None,
            },
            "gaps": list(report.gaps),
        },
        reader=READER if is_read(report) else "",
        added_at=at,
        added_by=by,
    )


def report_of(row: models.Report) -> Report:
    """The report that a row was made from."""
    origin = row.data["origin"]
    return Report(
        id=row.name,
        text=row.text,
        title=row.title,
        outlet=row.outlet,
        language=row.language,
        url=row.url,
        author=row.author,
        anchors=tuple(_to_anchor(a) for a in row.data["anchors"]),
        origin=Origin(
            path=origin["path"],
            sha256=row.digest,
            size=origin["size"],
            media=origin["media"],
            encoding=origin["encoding"],
            file=row.original,
            capture=_to_capture(origin["capture"]) if origin.get("capture") else None,
        ),
        gaps=tuple(row.data["gaps"]),
    )


def claim_row(claim: model.Claim, report: models.Report, number: int) -> models.Claim:
    """A claim as a row of its report, not saved yet; `number` is its place within the report."""
    time, place = claim.time, claim.place
    return models.Claim(
        name=claim.id,
        report=report,
        number=number,
        type=claim.type.value,
        stance=claim.stance.value,
        speaker=claim.speaker.name if claim.speaker else None,
        place=(place.name or place.span.text) if place else None,
        start=time.start if time else None,
        end=time.end if time else None,
        record=jsonl.record(claim),
    )


def _anchor(anchor: Anchor) -> dict[str, Any]:
    span = anchor.span
    return {
        "day": anchor.day.isoformat(),
        "basis": anchor.basis.value,
        "span": [span.start, span.end, span.text] if span else None,
    }


def _to_anchor(record: dict[str, Any]) -> Anchor:
    span = Span(*record["span"]) if record["span"] else None
    return Anchor(date.fromisoformat(record["day"]), AnchorBasis(record["basis"]), span)


def _capture(capture: Capture) -> dict[str, Any]:
    at = capture.at.isoformat() if capture.at else None
    return {**asdict(capture), "at": at}


def _to_capture(record: dict[str, Any]) -> Capture:
    at = datetime.fromisoformat(record["at"]) if record["at"] else None
    return Capture(**{**record, "at": at})
