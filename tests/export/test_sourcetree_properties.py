"""What holds for the tree of sources of any claims: nobody is lost, it counts as assessment does, it can be shown."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from assess.test_properties import ABOUT, claims
from probata.assess.incidents import assessed
from probata.export import jsontext, sourcetreepage, sourcetreetext
from probata.export.plain import width
from probata.export.sourcetree import Node, record, source_tree
from probata.export.style import Style
from probata.link.incidents import link
from probata.model.claim import Claim, Named
from probata.model.span import Span

# Names that would turn, break or repaint what stands around them, long ones, and none that can be seen.
ODD = st.text(st.characters(), min_size=1, max_size=60) | st.sampled_from(
    ["\u202e\u2066x", "شهود عيان", "\x1b[31m", "</script>", "\ud800", "\u200b", "a" * 300, "ا" * 300, "12, [3] (x"]
)


def nodes(node: Node) -> list[Node]:
    return [node, *(x for inner in node.below for x in nodes(inner))]


@given(claims())
@settings(max_examples=100, deadline=None)
def test_sourcetree_loses_no_report_and_counts_as_the_assessment(made: list[Claim]) -> None:
    for of in assessed(made, ABOUT, link(made)):
        tree = source_tree(of, ABOUT)
        found = [n for s in tree.sources for n in nodes(s) if n.kind == "report"]
        shown = {n.name for n in found} | {c.report for n in found for c in n.copies}
        assert shown == {c.report for c in of.claims}
        assert sum(s.counts for s in tree.sources) == tree.independent_sources == of.found.independent_sources
        assert all(s.why for s in tree.sources)
        said = {s.claim for n in found for s in n.said}
        folded = {c.report for n in found for c in n.copies}
        assert {c.id for c in of.claims if c.report not in folded} <= said


@given(claims(), ODD, ODD)
@settings(max_examples=100, deadline=None)
def test_sourcetree_of_odd_names_can_be_shown(made: list[Claim], who: str, via: str) -> None:
    def named(words: str) -> Named:
        return Named(Span(0, len(words), words), words)

    odd = [replace(c, speaker=named(who) if c.speaker else None, relay=(named(via),)) for c in made]
    for of in assessed(odd, ABOUT, link(odd)):
        tree = source_tree(of, ABOUT)
        text = sourcetreetext.text(tree, Style(columns=80))
        assert max(map(width, text.splitlines())) <= 80 + 24
        assert "\x1b" not in text
        assert "\u202e" not in text
        page = sourcetreepage.page(tree)
        assert "<script" not in page
        page.encode("utf-8")
        assert json.loads(jsontext.text(record(tree)).encode("utf-8"))
