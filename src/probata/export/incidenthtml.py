"""What the pages of incidents share: the frame that loads nothing, safe text, and the tree of sources as lists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files

from probata.export.bidi import isolated_runs
from probata.export.frame import framed
from probata.export.plain import one_line
from probata.export.sourcetree import Node, SourceTree
from probata.export.sourcetreetext import ASIDE, said, told

SHOWN = 12  # nodes shown below one node; the rest can be opened
_WIDE = 4  # levels that fit beside one another on a wide screen


def frame(title: str, body: str) -> str:
    """A whole page. It needs no script and loads nothing; its policy forbids both."""
    return framed(safe(title), _style(), "incidents", body)


def safe(text: str) -> str:
    """Text on one line with nothing in it that HTML or a terminal would obey."""
    return escape(one_line(text))


def isolate(text: str) -> str:
    """A name or words of any script, kept from turning what stands around it."""
    return f"<bdi>{safe(text)}</bdi>"


def mixed(text: str) -> str:
    """A sentence of ours with names of any script in it."""
    return escape(isolated_runs(one_line(text)))


def tree(of: SourceTree, label: str) -> str:
    """The tree as nested lists, which a style draws as boxes and lines; `label` names it for a screen reader."""
    if not of.sources:
        return "<p>Nobody says so.</p>\n"
    deep = max(map(_depth, of.sources))
    inner = "".join(_source(s) for s in of.sources)
    wide = ' class="wide"' if deep <= _WIDE else ""
    return f'<div{wide}><ul class="tree" role="list" aria-label="{safe(label)}">\n{inner}</ul></div>\n'


def _depth(node: Node) -> int:
    return 1 + max(map(_depth, node.below), default=0)


def _source(node: Node) -> str:
    tag = "counted as one source" if node.counts else "adds no source"
    note = f' <span class="quiet">{mixed(node.note)}</span>' if node.note else ""
    kind = "counted" if node.counts else "none"
    return (
        f'<li class="source {kind}"><div class="box"><strong>{isolate(node.name)}</strong>{note}<br>'
        f'<span class="tag">{tag}</span><p>{mixed(node.why)}</p></div>{_list(node.below)}</li>\n'
    )


def _list(nodes: Sequence[Node]) -> str:
    if not nodes:
        return ""
    shown = nodes if len(nodes) <= SHOWN + 1 else nodes[:SHOWN]
    items = "".join(_node(n) for n in shown)
    if rest := nodes[len(shown) :]:
        more = "".join(_node(n) for n in rest)
        items += (
            f'<li class="plain"><details class="more"><summary>and {len(rest):,} more</summary>'
            f'<ul role="list">\n{more}</ul></details></li>\n'
        )
    return f'<ul class="below" role="list">\n{items}</ul>'


def _node(node: Node) -> str:
    note = f'<p class="quiet">{safe(node.note)}</p>' if node.note else ""
    if node.kind != "report":
        return f'<li class="way"><div class="box">{isolate(node.name)}{note}</div>{_list(node.below)}</li>\n'
    day = f' <span class="quiet">{safe(node.published)}</span>' if node.published else ""
    lines: dict[str, str] = {}
    ids = {words: f' <span class="quiet">{isolate(i)}</span>' for words, i in told(node)}
    for s in node.said:
        words = said(s)
        aside = ' class="aside"' if s.relation != "event" else ""
        why = f'<br><span class="quiet">{mixed(s.why)}</span>' if s.why and s.relation not in ASIDE else ""
        lines.setdefault(words, f"<li{aside}>{mixed(words)}{ids.get(words, '')}{why}</li>")
    listed = f'<ul class="said" role="list">{"".join(lines.values())}</ul>' if lines else ""
    return f'<li class="leaf"><div class="box">{isolate(node.name)}{day}{note}{listed}{_copies(node)}</div></li>\n'


def _copies(node: Node) -> str:
    if not (n := len(node.copies)):
        return ""
    items = "".join(
        f"<li>{isolate(c.report)}{f', {isolate(c.outlet)}' if c.outlet else ''} {safe(c.published)}</li>"
        for c in node.copies
    )
    head = f"and {n:,} report{'' if n == 1 else 's'} that cop{'ies' if n == 1 else 'y'} it"
    return f'<details class="copies"><summary>{head}</summary><ul role="list">{items}</ul></details>'


@cache
def _style() -> str:
    return files("probata.export").joinpath("incidents.css").read_text(encoding="utf-8")
