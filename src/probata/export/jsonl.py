"""JSONL: the claim record, one claim a line, and back; and attributions, one a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from probata import __version__
from probata.model.attribution import Attribution
from probata.model.claim import Basis, Claim, ClaimType, Count, Named, Place, Stance, Time
from probata.model.report import Report
from probata.model.span import Span

Record = dict[str, Any]


def line(record: Record) -> str:
    """A record as one line of JSON, letters kept as they are."""
    return json.dumps(record, ensure_ascii=False)


def record(claim: Claim) -> Record:
    """The claim record, version 1, with its keys in the order of its description."""
    return {
        "id": claim.id,
        "report": claim.report,
        "evidence": _span(claim.evidence),
        "type": claim.type.value,
        "stance": claim.stance.value,
        "speaker": _named(claim.speaker) if claim.speaker else None,
        "relay": [_named(n) for n in claim.relay],
        "basis": {**_span(claim.basis.span), "kind": claim.basis.kind} if claim.basis else None,
        "agents": [_named(n) for n in claim.agents],
        "targets": [_named(n) for n in claim.targets],
        "groups": list(claim.groups),
        "method": _named(claim.method) if claim.method else None,
        "count": _count(claim.count) if claim.count else None,
        "place": _place(claim.place) if claim.place else None,
        "time": _time(claim.time) if claim.time else None,
        "in_title": claim.in_title,
        "inferred": list(claim.inferred),
        "by": {
            "extractor": "rules",
            "version": __version__,
            "rules": dict(claim.rules),
            **({"why": dict(claim.why)} if claim.why else {}),
        },
    }


def of_report(claim: Claim, report: Report) -> Record:
    """The claim record, and after it the outlet and day of its report, by which grouping knows it."""
    day = report.anchor.day.isoformat() if report.anchor else None
    return {**record(claim), "outlet": report.outlet, "published": day}


def from_record(record: Record) -> Claim:
    """The claim that a record was made from. Raises KeyError or ValueError when it is no claim record."""
    by = record["by"]
    basis, method, count, place, time = (record.get(k) for k in ("basis", "method", "count", "place", "time"))
    return Claim(
        id=record["id"],
        report=record["report"],
        evidence=_to_span(record["evidence"]),
        type=ClaimType(record["type"]),
        stance=Stance(record["stance"]),
        speaker=_to_named(record["speaker"]) if record["speaker"] else None,
        relay=tuple(_to_named(r) for r in record["relay"]),
        basis=Basis(_to_span(basis), basis["kind"]) if basis else None,
        agents=tuple(_to_named(r) for r in record["agents"]),
        targets=tuple(_to_named(r) for r in record["targets"]),
        groups=tuple(record["groups"]),
        method=_to_named(method) if method else None,
        count=Count(_to_span(count), count["low"], count["high"], count["rule"], count.get("best")) if count else None,
        place=_to_place(place) if place else None,
        time=_to_time(time) if time else None,
        in_title=record["in_title"],
        inferred=tuple(record["inferred"]),
        rules=tuple(by["rules"].items()),
        why=tuple(by.get("why", {}).items()),
    )


def attribution_record(report: str, attribution: Attribution) -> Record:
    """An attribution as the scorer of attributions reads it, with its kind, relays, basis and rule."""
    a = attribution
    return {
        "report": report,
        "source": _span(a.source) if a.source else None,
        "cue": _span(a.cue),
        "content": _spans(a.content),
        "kind": a.kind,
        "relay": _spans(a.relay),
        "basis": _span(a.basis) if a.basis else None,
        "rule": a.rule,
    }


def _span(span: Span) -> Record:
    return {"start": span.start, "end": span.end, "text": span.text}


def _spans(spans: Sequence[Span]) -> list[Record]:
    return [_span(s) for s in spans]


def _named(named: Named) -> Record:
    return {**_span(named.span), "name": named.name}


def _count(count: Count) -> Record:
    found = {**_span(count.span), "low": count.low, "high": count.high, "rule": count.rule}
    return found if count.best is None else {**found, "best": count.best}


def _place(place: Place) -> Record:
    p = place
    return {
        **_span(p.span),
        "name": p.name,
        "geonameid": p.geonameid,
        "lat": p.lat,
        "lon": p.lon,
        "precision": p.precision,
    }


def _time(time: Time) -> Record:
    return {
        **_span(time.span),
        "from": _day(time.start),
        "to": _day(time.end),
        "precision": time.precision,
        "anchor": _day(time.anchor),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _to_span(record: Record) -> Span:
    return Span(record["start"], record["end"], record["text"])


def _to_named(record: Record) -> Named:
    return Named(_to_span(record), record["name"])


def _to_place(record: Record) -> Place:
    r = record
    return Place(_to_span(r), r["name"], r["geonameid"], r["lat"], r["lon"], r["precision"])


def _to_time(record: Record) -> Time:
    def day(value: str | None) -> date | None:
        return date.fromisoformat(value) if value else None

    r = record
    return Time(_to_span(r), day(r["from"]), day(r["to"]), r["precision"], day(r["anchor"]))
