"""Incidents out: one JSON object an incident, with what its sources agree and differ on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from probata.assess.precision import place_codes, time_codes
from probata.export import jsontext
from probata.model.assessment import Assessment, Range, View
from probata.model.incident import Beside, Incident, Member, Relation, Spot


def record(incident: Incident, found: Assessment) -> dict[str, Any]:
    """The incident with its assessment, keys in the order of docs/incidents.md, then of docs/assessment.md."""
    i, place = incident, incident.place
    acled_place, ucdp_place = place_codes(place.precision if place else None)
    acled_time, ucdp_time = time_codes(i.start, i.end)
    return {
        "id": i.id,
        "claims": list(i.claims),
        "type": i.type,
        "place": place.name if place else None,
        "from": i.start.isoformat() if i.start else None,
        "to": i.end.isoformat() if i.end else None,
        "killed": bounds(found.killed),
        "injured": bounds(found.injured),
        "independent_sources": found.independent_sources,
        "families": [list(f) for f in i.families],
        "accused": [a.name for a in found.accused],
        "grade": found.grade.name,
        "reasons": [*i.reasons, *found.reasons],
        "verification": found.verification,
        "where": {
            "geonameid": place.geonameid,
            "lat": place.lat,
            "lon": place.lon,
            "precision": place.precision,
        }
        if place
        else None,
        "originators": [
            {"name": o.name, "kind": o.kind, "claims": list(o.claims), "reports": list(o.reports)}
            for o in found.originators
        ],
        "answers": [{"accused": a.accused, "answer": a.answer, "claim": a.claim} for a in found.answers],
        "relations": [
            {"claim": m.claim, "relation": m.relation.value, "reason": m.reason}
            for m in i.members
            if m.relation is not Relation.EVENT
        ],
        "beside": [beside(b) for b in i.beside],
        "grade_reason": found.grade.reason,
        "grade_scope": found.grade.scope,
        "precision": {
            "acled_place": acled_place,
            "ucdp_place": ucdp_place,
            "acled_time": acled_time,
            "ucdp_time": ucdp_time,
        },
        "views": [
            {"name": v.name, **bounds(v), "rules": list(v.rules), "imputed": v.imputed, "note": v.note}
            for v in found.views
        ],
        "groups": [
            {"measure": g.measure.value, "group": g.group, "status": g.status, **bounds(g.range)} for g in found.groups
        ],
        "bodies": bounds(found.bodies),
        "casualties": bounds(found.casualties),
        "accusations": [
            {
                "accused": a.name,
                "side": a.side,
                "stands": a.stands,
                "labels": list(a.labels),
                "by": [{"speaker": b.speaker, "claim": b.claim, "report": b.report, "words": b.words} for b in a.by],
            }
            for a in found.accused
        ],
        "ratings": {r.claim: f"{r.source}{r.information}" for r in found.ratings},
        "law": [
            {
                "ref": x.ref,
                "label": x.label,
                "fit": x.fit,
                "stated": list(x.stated),
                "missing": list(x.missing),
                "claims": list(x.claims),
                "why": x.why,
            }
            for x in found.law
        ],
        "versions": dict(found.versions),
    }


def incident_of(made: Mapping[str, Any]) -> Incident:
    """The incident that a record was made from: its claims with their relations, families, place and days."""
    apart = {x["claim"]: x for x in made["relations"]}
    members = tuple(
        Member(c, Relation(apart[c]["relation"]), apart[c]["reason"]) if c in apart else Member(c, Relation.EVENT, "")
        for c in made["claims"]
    )
    where = made["where"]
    spot = Spot(made["place"], where["geonameid"], where["lat"], where["lon"], where["precision"]) if where else None
    first, last = (date.fromisoformat(made[end]) if made[end] else None for end in ("from", "to"))
    families = tuple(tuple(f) for f in made["families"])
    stands = tuple(Beside(b["incident"], Relation(b["relation"]), b["reason"]) for b in made["beside"])
    return Incident(made["id"], made["type"], members, spot, first, last, families, tuple(made["reasons"]), stands)


def beside(b: Beside) -> dict[str, str]:
    """What an incident stands beside."""
    return {"incident": b.incident, "relation": b.relation.value, "reason": b.reason}


def bounds(r: Range | View) -> dict[str, int | None]:
    """Low, best and high; null is open or not known, never 0."""
    return {"low": r.low, "best": r.best, "high": r.high}


def text(records: Iterable[dict[str, Any]]) -> str:
    """All incidents as one JSON list, an incident a line."""
    lines = ",\n".join(jsontext.text(r) for r in records)
    return f"[\n{lines}\n]\n" if lines else "[]\n"
