"""Pictures of one incident: every source's figure beside the range, and the tree of its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from probata.assess import assess
from probata.assess.incidents import Assessed
from probata.export import sourcetree
from probata.export.incidentlines import incident_of
from probata.export.sourcetree import Node, Said
from probata.export.sourcetreetext import ASIDE
from probata.link.facts import About
from probata.model.assessment import Assessment, Figure, Range
from probata.model.claim import Claim
from probata.review.sight import Sight
from probata.review.work.incident import AT_ONCE, Opened
from probata.store import stored

MEASURES = ("killed", "injured", "casualties", "bodies")
WIDE = 300  # of a bar's own units
ROWS = 60  # of a chart
NODES = 12  # below one node of the tree that are shown at once
FOLDED = 60  # and that can be opened there; the list of claims on the incident's page has all
Record = dict[str, Any]


def pictures(sight: Sight, found: Opened) -> Record:
    """The charts and the tree of an incident as it stands, as the person may see them."""
    record = found.edition.record
    incident = incident_of(record)
    reports = list(dict.fromkeys(report for family in record["families"] for report in family))
    about = stored.about(sight.book, reports)
    claims = {c.id: c for c in stored.claims(sight.book, incident.claims)}
    said = [*claims.values(), *stored.verifications(sight.book, reports).get(found.name, [])]
    families = [frozenset(f) for f in incident.families]
    made = assess(said, families, about=about, relations={m.claim: m.relation for m in incident.members})
    tree = sourcetree.source_tree(Assessed(incident, tuple(said), made), about)
    charts = [
        chart
        for measure in MEASURES
        if (chart := _chart(measure, made, claims, {r: n for n, f in enumerate(incident.families) for r in f}, about))
    ]
    folded = FOLDED if len(claims) <= AT_ONCE else 0
    sources = [_node(node, folded) for node in tree.sources]
    shown: Record = sight.shown({"charts": charts, "sources": sources, "reason": tree.reason}, reports)
    return {"id": found.name, **shown}


def _chart(
    measure: str, made: Assessment, claims: Mapping[str, Claim], family: Mapping[str, int], about: Mapping[str, About]
) -> Record | None:
    """One measure: the range, and a row for each source and figure, copies of a report in one row."""
    figures = [f for f in made.figures if f.measure.value == measure and f.claim in claims]
    of: Range = getattr(made, measure)
    if not figures:
        return None
    source = {c: o.name for o in made.originators for c in o.claims}
    rows: dict[tuple[object, ...], Record] = {}
    for f in sorted(figures, key=lambda f: _order(f, claims, about)):
        claim = claims[f.claim]
        outlet = sourcetree.outlet_of(claim.report, about)
        who = source.get(f.claim) or (claim.speaker.name if claim.speaker else outlet) or claim.report
        key = (who, family.get(claim.report, claim.report), f.low, f.best, f.high, f.relation)
        if (row := rows.get(key)) is not None:
            row["reports"] += claim.report not in row["of"]
            row["of"].append(claim.report)
            continue
        rows[key] = {
            "who": who,
            "counted": f.claim in source,
            "outlet": outlet or claim.report,
            "day": sourcetree.day_of(claim.report, about),
            "words": f.words,
            "low": f.low,
            "best": f.best,
            "high": f.high,
            "aside": ASIDE.get(f.relation, f.relation),
            "claim": f.claim,
            "reports": 1,
            "of": [claim.report],
            "rule": f.rule,
        }
    most = max((n for f in figures for n in (f.low, f.best, f.high) if n is not None), default=0) or 1
    told = [{k: v for k, v in row.items() if k != "of"} | {"bar": _bar(row, most)} for row in rows.values()]
    whole = {"low": of.low, "best": of.best, "high": of.high}
    return {
        "measure": measure,
        "range": whole,
        "bar": _bar(whole, most),
        "most": most,
        "rows": told[:ROWS],
        "left": max(0, len(told) - ROWS),
    }


def _order(f: Figure, claims: Mapping[str, Claim], about: Mapping[str, About]) -> tuple[bool, str, str]:
    return bool(ASIDE.get(f.relation, f.relation)), sourcetree.day_of(claims[f.claim].report, about) or "9999", f.claim


def _bar(row: Mapping[str, int | None], most: int) -> Record:
    """Where the bar begins and ends, whether an end is open, and where the best figure stands."""
    low, best, high = row["low"], row["best"], row["high"]
    start = low if low is not None else 0 if high is not None else best
    end = high if high is not None else most if low is not None else best
    if start is None or end is None:
        return {"none": True}
    return {
        "x": round(start / most * WIDE, 1),
        "wide": round(max(3.0, (end - start) / most * WIDE), 1),
        "open_low": low is None,
        "open_high": high is None,
        "best": round(best / most * WIDE, 1) if best is not None else None,
    }


def _node(node: Node, folded: int) -> Record:
    """A node of the tree with what is shown at once apart from the rest."""
    below = [_node(n, folded) for n in node.below[: NODES + folded]]
    some = len(below) if len(below) <= NODES + 1 else NODES
    said: dict[tuple[object, ...], Said] = {}
    for s in node.said:
        said.setdefault((s.act, s.words, s.low, s.high, s.relation), s)
    return {
        "kind": node.kind,
        "name": node.name,
        "counts": node.counts,
        "note": node.note,
        "why": node.why,
        "published": node.published,
        "said": [{**asdict(s), "aside": ASIDE.get(s.relation, s.relation)} for s in said.values()],
        "copies": [asdict(c) for c in node.copies],
        "below": below[:some],
        "rest": below[some:],
        "more": len(node.below) - some,
        "left": len(node.below) - len(below),
    }
