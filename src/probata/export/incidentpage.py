"""Pictures of incidents: one self-contained page with a timeline, and for each incident its tree of sources."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from probata.export.incidenttable import days, figures
from probata.export.plain import one_line
from probata.link.facts import About
from probata.model.claim import Claim

_STYLE = """\
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:70rem;padding:1rem}
svg{width:100%;height:auto;border-block:1px solid;color:inherit}
svg text{font:12px system-ui,sans-serif;fill:currentColor}
svg .axis{stroke:currentColor;stroke-width:1}svg .mark{fill:#b3261e;stroke:currentColor}
svg .stock{fill:none;stroke:#b3261e;stroke-dasharray:3 2}
article{border-top:2px solid;margin-top:2rem}
.tree,.tree ul{list-style:none;margin:0;padding-inline-start:1.2rem;border-inline-start:1px solid}
.tree li::before{content:"└ ";opacity:.7}.quiet{opacity:.75;font-size:.9em}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem}dd{margin:0}
a:focus-visible{outline:3px solid}"""
_WIDE, _HIGH, _ROW = 1000, 40, 22


def page(records: Sequence[dict[str, Any]], claims: Iterable[Claim], about: Mapping[str, About]) -> str:
    """The whole page. It needs no script and loads nothing; its policy forbids both."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    by_id = {c.id: c for c in claims}
    told = "".join(_incident(r, by_id, about) for r in records)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>Incidents</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>Incidents</h1>\n"
        "<p>What reports say of the same event. Figures are reported, never added up, and not verified here.</p>\n"
        f"{_timeline(records)}<main>\n{told}</main>\n</body>\n</html>\n"
    )


def _timeline(records: Sequence[dict[str, Any]]) -> str:
    """Incidents by day, a mark each; undated ones are only listed."""
    dated = [r for r in records if r["from"] or r["to"]]
    if not dated:
        return "<p>No incident has a date.</p>\n"
    first = min(_ordinal(r["from"] or r["to"]) for r in dated)
    last = max(_ordinal(r["to"] or r["from"]) for r in dated)
    scale = (_WIDE - 40) / max(1, last - first)
    rows: list[float] = []
    marks = []
    for r in dated:
        x = 20 + (_ordinal(r["from"] or r["to"]) - first) * scale
        width = max(6.0, (_ordinal(r["to"] or r["from"]) - _ordinal(r["from"] or r["to"])) * scale)
        row = next((n for n, end in enumerate(rows) if end < x), len(rows))
        rows[row : row + 1] = [x + width + 4]
        where = r["place"] or "place not stated"
        name = f"{days(r['from'], r['to'])}: {r['type']}, {where}, killed {figures(r['killed'])}"
        kind = "stock" if r["beside"] else "mark"
        marks.append(
            f'<a href="#{escape(r["id"])}" aria-label="{_safe(name)}"><rect class="{kind}" x="{x:.1f}" '
            f'y="{_HIGH + row * _ROW}" width="{width:.1f}" height="{_ROW - 6}">'
            f"<title>{_safe(name)}</title></rect></a>\n"
        )
    high = _HIGH + len(rows) * _ROW + 10
    ends = (
        f'<line class="axis" x1="20" x2="{_WIDE - 20}" y1="{_HIGH - 8}" y2="{_HIGH - 8}"/>'
        f'<text x="20" y="20">{date.fromordinal(first)}</text>'
        f'<text x="{_WIDE - 20}" y="20" text-anchor="end">{date.fromordinal(last)}</text>\n'
    )
    return (
        f'<figure><svg viewBox="0 0 {_WIDE} {high}" role="group" aria-label="Timeline">\n{ends}{"".join(marks)}</svg>'
        f"<figcaption>{len(dated)} incidents by day; dashed: a stock or a sum beside an event.</figcaption></figure>\n"
    )


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _incident(r: dict[str, Any], claims: Mapping[str, Claim], about: Mapping[str, About]) -> str:
    where = r["place"] or "place not stated"
    rows = [
        ("when", days(r["from"], r["to"])),
        ("killed", figures(r["killed"])),
        ("injured", figures(r["injured"])),
        ("accused", ", ".join(r["accused"]) or "nobody named"),
        ("independent sources", str(r["independent_sources"])),
        ("suggested grade", r["grade"]),
    ]
    rows += [(f"beside ({b['relation']})", b["incident"]) for b in r["beside"]]
    facts = "".join(f"<dt>{k}</dt><dd><bdi>{_safe(v)}</bdi></dd>\n" for k, v in rows)
    reasons = "".join(f"<li><bdi>{_safe(x)}</bdi></li>\n" for x in r["reasons"])
    return (
        f'<article id="{escape(r["id"])}"><h2>{_safe(r["type"].replace("_", " "))}, <bdi>{_safe(where)}</bdi></h2>\n'
        f'<p class="quiet">{escape(r["id"])}</p>\n<dl>\n{facts}</dl>\n'
        f"<h3>Who says so</h3>\n{_tree(r, claims, about)}"
        f"<details><summary>Reasons</summary><ul>\n{reasons}</ul></details>\n</article>\n"
    )


def _tree(r: dict[str, Any], claims: Mapping[str, Claim], about: Mapping[str, About]) -> str:
    """From originators through relays to reports; reports that copy one another stand together."""
    chains: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    known = {c for o in r["originators"] for c in o["claims"]}
    named = {c: o["name"] for o in r["originators"] for c in o["claims"]}
    for i in r["claims"]:
        claim = claims[i]
        whose = named.get(i) or (claim.speaker.name if claim.speaker else "the outlet itself")
        counted = whose if i in known else f"{whose} (adds no source)"
        chains[counted][" → ".join(n.name for n in claim.relay)].add(claim.report)
    family = {report: n for n, members in enumerate(r["families"]) for report in members if len(members) > 1}
    out = []
    for source in sorted(chains):
        inner = ""
        for relay in sorted(chains[source]):
            reports = sorted(chains[source][relay])
            leaves = "".join(f"<li>{_report(x, about, family)}</li>\n" for x in reports)
            inner += f"<li>through <bdi>{_safe(relay)}</bdi><ul>\n{leaves}</ul></li>\n" if relay else leaves
        out.append(f"<li><bdi>{_safe(source)}</bdi><ul>\n{inner}</ul></li>\n")
    return f'<ul class="tree">\n{"".join(out)}</ul>\n'


def _report(report: str, about: Mapping[str, About], family: Mapping[str, int]) -> str:
    known = about.get(report)
    facts = [known.outlet, known.published.isoformat() if known.published else ""] if known else []
    more = ", ".join(f for f in facts if f)
    copies = f' <span class="quiet">copies, family {family[report] + 1}</span>' if report in family else ""
    return f"<bdi>{_safe(report)}</bdi>{f' <bdi>({_safe(more)})</bdi>' if more else ''}{copies}"


def _safe(text: str) -> str:
    return escape(one_line(text))
