"""The tree of one incident's sources as a picture: one self-contained page."""

from __future__ import annotations

from probata.export.incidenthtml import frame, mixed, safe, tree
from probata.export.incidenttable import days, figures
from probata.export.sourcetree import SourceTree


def page(of: SourceTree) -> str:
    """The whole page: what, where, when, the range, how sources were counted, and the tree."""
    where = of.place or "place not stated"
    name = f"{of.type.replace('_', ' ')}, {where}, {days(of.start, of.end)}"
    killed, injured = (figures(dict(zip(("low", "best", "high"), r, strict=True))) for r in (of.killed, of.injured))
    return frame(
        f"Sources: {name}",
        f"<header><h1>Who says so: {mixed(name)}</h1>\n"
        f'<p class="quiet">{safe(of.incident)}. Figures are reported, never added up, and not verified here.</p>'
        "</header>\n"
        f'<main id="main">\n<dl class="facts"><dt>killed</dt><dd class="big">{killed}</dd>'
        f"<dt>injured</dt><dd>{injured}</dd><dt>reports</dt><dd>{of.reports:,}</dd>"
        f"<dt>independent sources</dt><dd>{mixed(of.reason)}</dd></dl>\n"
        f"<h2>From originators to reports</h2>\n{tree(of, 'Sources, from originators to reports')}</main>\n",
    )
