"""The tree of sources in a terminal: box characters, right-to-left text isolated, long lists cut short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from probata.export.bidi import isolated_runs
from probata.export.incidenttable import days, figures
from probata.export.plain import one_line, width, wrapped
from probata.export.sourcetree import Node, Said, SourceTree
from probata.export.style import Style

SHOWN = 12  # nodes below one node; a terminal is no place for a thousand reports
# How a figure stands that is not compared with those of the event.
ASIDE = {
    "event": "",
    "denial": "",  # the act says so already
    "part": "may be a part of another figure, not added",
    "stock": "found, whenever they died, not added",
    "cumulative": "over a longer time, not added",
    "revised": "replaced by a later figure of its source",
    "restated": "says again what its report has from somebody",
    "vague": "words only, beside figures",
    "uncounted": "no number, beside figures",
}
_IDS = 3  # ids of claims that say the same
_LEAST = 24  # columns that words keep, however deep they stand


def text(tree: SourceTree, style: Style) -> str:
    """The tree with a head: what, where, when, the range, and how its sources were counted."""
    where = one_line(tree.place or "place not stated")
    head = f"{tree.incident}  {tree.type.replace('_', ' ')}, {where}, {days(tree.start, tree.end)}"
    out = "".join(style.paint(isolated_runs(line), "bold") + "\n" for line in wrapped(head, style.columns))
    killed, injured = (dict(zip(("low", "best", "high"), r, strict=True)) for r in (tree.killed, tree.injured))
    reports = f"{tree.reports:,} report{'' if tree.reports == 1 else 's'}"
    for words in (f"killed {figures(killed)}; injured {figures(injured)}; {reports}", one_line(tree.reason)):
        out += "".join(f"  {isolated_runs(line)}\n" for line in wrapped(words, style.columns - 2))
    for n, source in enumerate(tree.sources):
        if n == 0 or source.counts != tree.sources[n - 1].counts:
            out += "\n" + style.paint("counted" if source.counts else "adds no source", "bold") + "\n"
        out += "".join(line + "\n" for line in _source(source, style))
    return out + ("" if tree.sources else "\n  nobody says so\n")


def said(s: Said) -> str:
    """What one claim says, in words: "killing “at least 12”: 12 or more", and how a figure stands that is set aside."""
    bounds = figures({"low": s.low, "best": s.best, "high": s.high})
    words = f" “{one_line(s.words)}”" if s.words else ""
    number = f": {bounds}" if bounds != "-" and s.words else ""
    aside = ASIDE.get(s.relation, s.relation)
    return f"{s.act}{words}{number}{f' ({aside})' if aside else ''}"


def told(node: Node) -> list[tuple[str, str]]:
    """What a report's claims say, each wording once, with the beginnings of the ids by which to ask `probata why`."""
    by: dict[str, list[str]] = {}
    for s in node.said:
        by.setdefault(said(s), []).append(short(s.claim))
    return [(words, f" [{', '.join(ids[:_IDS])}{', …' if len(ids) > _IDS else ''}]") for words, ids in by.items()]


def short(claim: str) -> str:
    """An id of a claim in so many characters as name it: eight of a digest."""
    kind, _, digest = claim.partition(":")
    return one_line(digest[:8] if kind == "sha256" else claim)


def report_line(node: Node) -> str:
    """A report with its day and note."""
    more = ", ".join(x for x in (node.published, node.note) if x)
    return one_line(f"{node.name} ({more})" if more else node.name)


def copies_line(node: Node) -> str:
    """How many reports copy this one and which outlets print them."""
    n = len(node.copies)
    outlets = list(dict.fromkeys(c.outlet or c.report for c in node.copies))
    more = f" and {len(outlets) - 4} more" if len(outlets) > 4 else ""
    return (
        one_line(f"and {n} report{'' if n == 1 else 's'} that cop{'ies' if n == 1 else 'y'} it: ")
        + " "
        + (one_line(", ".join(outlets[:4])) + more)
    )


def _source(node: Node, style: Style) -> Iterator[str]:
    mark = "●" if node.counts else "○"
    head = f"{one_line(node.name)}{f' ({node.note})' if node.note else ''}"
    for n, line in enumerate(wrapped(head, style.columns - 2)):
        yield f"{mark if n == 0 else ' '} " + style.paint(isolated_runs(line), *(("bold",) if node.counts else ()))
    rail = "│ " if node.below else "  "
    for line in wrapped(one_line(node.why), style.columns - 4):
        yield rail + style.paint(isolated_runs(line), "dim")
    yield from _children(node.below, "", style)


def _children(nodes: Sequence[Node], rail: str, style: Style) -> Iterator[str]:
    shown = nodes if len(nodes) <= SHOWN + 1 else nodes[:SHOWN]
    for n, node in enumerate(shown):
        last = n == len(nodes) - 1
        yield from _node(node, rail + ("└─ " if last else "├─ "), rail + ("   " if last else "│  "), style)
    if len(shown) < len(nodes):
        yield f"{rail}└─ and {len(nodes) - len(shown):,} more (--format json has all)"


def _node(node: Node, first: str, rest: str, style: Style) -> Iterator[str]:
    room = max(_LEAST, style.columns - width(first))
    if node.kind == "report":
        lines = [report_line(node), *(f"{words}{ids}" for words, ids in told(node))]
        lines += [copies_line(node)] if node.copies else []
        for n, line in enumerate(lines):
            for m, piece in enumerate(wrapped(line, room - 2 if n else room)):
                yield (first if n == m == 0 else rest) + ("  " if n else "") + isolated_runs(piece)
        return
    name = f"{one_line(node.name)}{f' ({node.note})' if node.note else ''}"
    for n, piece in enumerate(wrapped(name, room)):
        yield (first if n == 0 else rest) + isolated_runs(piece)
    yield from _children(node.below, rest, style)
