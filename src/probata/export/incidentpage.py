"""Pictures of incidents: one self-contained page with a timeline, and for each incident the tree of its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from probata.assess.evidence import About
from probata.assess.incidents import Assessed, assessed
from probata.export import judgedtext
from probata.export.incidenthtml import frame, isolate, mixed, safe, tree
from probata.export.incidentlines import incident_of
from probata.export.incidenttable import Record, dead, figures, title
from probata.export.sourcetree import source_tree
from probata.export.timeline import timeline
from probata.export.words import counted
from probata.model.claim import Claim

FULL = 500  # incidents shown in full; a page of more is too large to be read
LISTED = 3  # incidents, above which a list of them stands before them
# How several people of a group are called, where it is not the name with an s.
_MANY = {
    "child": "children",
    "woman": "women",
    "man": "men",
    "elderly": "old people",
    "displaced": "displaced people",
    "medical": "medical staff",
    "police": "police",
}
_NOTE = "What reports say of the same event. Figures are reported, never added up, and not verified here."


def page(
    records: Sequence[Record],
    claims: Iterable[Claim],
    about: Mapping[str, About],
    known: Iterable[Assessed] | None = None,
    judged: Mapping[str, Record] | None = None,
    history: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """The whole page. It needs no script and loads nothing; its policy forbids both.

    Facts are those of the records, as of whatever version; trees are made from the claims of their reports. `known` are
    the assessed incidents of the records in the same order, where they are at hand; `judged` is what people said of
    them (store.judged) and `history` a sentence for each version, the one shown first, by their ids.
    """
    if known is None:
        known = assessed(claims, about, [incident_of(r) for r in records])
    full = _in_full(records)
    said, versions = judged or {}, history or {}
    shown = ((a, r) for a, r in zip(known, records, strict=True) if r["id"] in full)
    told = "".join(_incident(a, r, about, said.get(r["id"]), versions.get(r["id"], ())) for a, r in shown)
    reports = len({report for r in records for family in r["families"] for report in family})
    head = f"{counted(len(records), 'incident')} of {counted(reports, 'report')}"
    name = title(records[0]) if len(records) == 1 else f"Incidents: {head}"
    return frame(
        name,
        f"<header><h1>Incident{'' if len(records) == 1 else 's'}</h1>\n<p>{head}. {_NOTE}</p></header>\n"
        f"{timeline(records, numbered=len(records) > LISTED)}{_list(records, full)}"
        f'<main id="main">\n{told or "<p>No incidents.</p>"}</main>\n',
    )


def _in_full(records: Sequence[Record]) -> frozenset[str]:
    """The incidents that have an article: all, or of very many those with the most sources, then the most dead."""
    ranked = sorted(
        records, key=lambda r: (-r["independent_sources"], -(r["killed"]["high"] or r["killed"]["low"] or 0), r["id"])
    )
    return frozenset(r["id"] for r in ranked[:FULL])


def _list(records: Sequence[Record], full: frozenset[str]) -> str:
    """All incidents in a line each, with links to those that are shown in full."""
    if len(records) <= LISTED:
        return ""
    items = ""
    for r in records:
        name = mixed(title(r))
        head = f'<li><a href="#{escape(r["id"])}">{name}</a>'
        if r["id"] not in full:
            head = f'<li id="{escape(r["id"])}">{name} {escape(r["id"])}'
        more = f"{_dead(r)}, {counted(r['independent_sources'], 'source')}, {safe(r['grade'])}"
        items += f'{head} <span class="quiet">{more}</span></li>\n'
    told = "<summary>All incidents</summary>"
    if len(records) > len(full):
        told += f"<p>The {len(full):,} with the most sources are shown below. "
        told += "<code>probata incident ID</code> shows any.</p>"
    open_ = " open" if len(records) <= 50 or len(records) > len(full) else ""
    return f'<nav aria-label="Incidents"><details{open_}>{told}<ol>\n{items}</ol></details></nav>\n'


def _incident(
    of: Assessed, r: Record, about: Mapping[str, About], judged: Record | None, history: Sequence[str]
) -> str:
    name = title(r)
    version = f", {mixed(history[0].partition(':')[0])}" if history else ""
    made = source_tree(of, about)
    heading = f"{escape(r['id'])}-h"
    return (
        f'<article id="{escape(r["id"])}" aria-labelledby="{heading}">\n<h2 id="{heading}">{mixed(name)}</h2>\n'
        f'<p class="quiet">{escape(r["id"])}{version}</p>\n{_facts(r, made.reason)}{_people(judged)}'
        f"<h3>Who says so</h3>\n{tree(made, f'Sources of {name}')}"
        f"{_views(r)}{_law(r)}{_reasons(r)}{_versions(history)}</article>\n"
    )


def _facts(r: Record, reason: str) -> str:
    rows = [("killed", f'<span class="big">{_number(r["killed"])}</span>'), ("injured", _number(r["injured"]))]
    rows += [(k, figures(r[k])) for k in ("casualties", "bodies") if any(n is not None for n in r.get(k, {}).values())]
    rows += [(f"{_group(g['group'])} {g['measure']}", figures(g)) for g in r.get("groups", ()) if g["low"] is not None]
    scope = f' <span class="quiet">({safe(r["grade_scope"])})</span>' if r.get("grade_scope") else ""
    rows += [
        ("accused", _accused(r)),
        ("sources", mixed(reason)),
        ("suggested grade", f"<strong>{safe(r['grade'])}</strong>: {mixed(r.get('grade_reason', ''))}{scope}"),
    ]
    rows.append(("verification", safe(r["verification"])))
    rows += [
        (f"beside, a {safe(b['relation'])}", f'<a href="#{escape(b["incident"])}">{escape(b["incident"])}</a>')
        for b in r["beside"]
    ]
    return f'<dl class="facts">\n{"".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in rows)}</dl>\n'


def _people(judged: Record | None) -> str:
    """What people found of the incident, and how they read its claims; nothing where it was not asked for."""
    if judged is None:
        return ""
    heads = {"findings": "What people found", "earlier": "Found of earlier incidents", "readings": "Read by people"}
    parts: dict[str, str] = {}
    last = ""
    for head, sentence in judgedtext.lines(judged):
        last = head or last
        parts[last] = parts.get(last, "") + f"<li>{mixed(sentence)}</li>\n"
    return "".join(f'<h3>{heads[k]}</h3>\n<ul class="said" role="list">\n{v}</ul>\n' for k, v in parts.items())


def _group(name: str) -> str:
    return safe(_MANY.get(name, f"{name.replace('_', ' ')}s"))


def _accused(r: Record) -> str:
    """Each accused with who accuses it and what it answers. All are allegations."""
    if not r.get("accusations"):
        return ", ".join(map(isolate, r["accused"])) or "nobody named"
    answer = {a["accused"]: a["answer"] for a in r["answers"]}
    items = ""
    for a in r["accusations"]:
        by = list(dict.fromkeys(b["speaker"] or "the outlet itself" for b in a["by"]))
        more = f" and {len(by) - 3:,} more" if len(by) > 3 else ""
        stands = "" if a["stands"] == "named" else f" ({safe(a['stands'])})"
        names = ", ".join(map(isolate, by[:3]))
        said = answer.get(a["accused"], "none reported")
        items += f"<li>{isolate(a['accused'])}{stands}: by {names}{more}; answer: {safe(said)}</li>\n"
    return f'<ul class="said" role="list">\n{items}</ul>'


def _views(r: Record) -> str:
    rows = ""
    for v in r.get("views", ()):
        number = _number({k: v[k] for k in ("low", "best", "high")}) + (" (a convention)" if v["imputed"] else "")
        rows += (
            f'<tr><th scope="row">{safe(v["name"]).upper()}</th><td>{number}</td>'
            f'<td class="quiet">{safe(v["note"] or ", ".join(v["rules"]))}</td></tr>\n'
        )
    return (
        "<details><summary>As codebooks would count the killed</summary><table>\n<thead><tr>"
        '<th scope="col">view</th><th scope="col">killed</th><th scope="col">note or rules</th></tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table></details>\n"
    )


def _law(r: Record) -> str:
    """Labels with what is stated and what is not; those refused with the reason."""
    shown = [x for x in r.get("law", ()) if x["fit"] != "refused"]
    if not r.get("law"):
        return ""
    items = "".join(
        f"<li>{safe(x['ref'])}, {safe(x['label'])}: <strong>{safe(x['fit'])}</strong>. "
        f"Stated: {safe(', '.join(x['stated']) or 'nothing')}. "
        f"Not stated: {safe(', '.join(x['missing']) or 'nothing')}</li>\n"
        for x in shown
    )
    why: dict[str, list[str]] = {}
    for x in r["law"]:
        if x["fit"] == "refused":
            why.setdefault(x["why"], []).append(x["ref"])
    more = "".join(
        f'<li class="quiet">Refused: {safe(said)} ({safe(", ".join(dict.fromkeys(refs)))})</li>\n'
        for said, refs in why.items()
    )
    return (
        "<details><summary>Legal labels: indicative, no finding and no guilt</summary>"
        f"<ul>\n{items}{more}</ul></details>\n"
    )


def _reasons(r: Record) -> str:
    items = "".join(f"<li>{mixed(x)}</li>\n" for x in dict.fromkeys(r["reasons"]))
    versions = ", ".join(f"{k} {v}" for k, v in r.get("versions", {}).items())
    return (
        f"<details><summary>Reasons</summary><ul>\n{items}</ul>"
        f'<p class="quiet">Versions of the rules: {safe(versions)}</p></details>\n'
    )


def _versions(history: Sequence[str]) -> str:
    items = "".join(f"<li>{mixed(said)}</li>\n" for said in history)
    return f"<details open><summary>Versions</summary><ul>\n{items}</ul></details>\n" if items else ""


def _dead(r: Record) -> str:
    name, said = dead(r)
    return f"{name}: {said if said != '-' else 'no figure'}"


def _number(r: Mapping[str, int | None]) -> str:
    """A range in words, for a page: no dash for nothing."""
    return figures(dict(r)) if any(n is not None for n in r.values()) else "no figure"
