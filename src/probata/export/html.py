"""The page: one self-contained HTML file, the text with spans marked and the claims beside it, linked both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

from probata.export import pagetext, words
from probata.export.frame import framed
from probata.export.plain import one_line
from probata.model.claim import Claim, Stance
from probata.model.report import Report
from probata.model.span import Span

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ckb"})


@dataclass(frozen=True, slots=True)
class Section:
    """A report on the page: its number from 1, its name for the list of reports, its HTML, how many claims."""

    number: int
    name: str
    html: str
    claims: int


def page(sections: Sequence[Section]) -> str:
    """The whole page. It needs no script and loads nothing; its policy forbids both."""
    name = sections[0].name if len(sections) == 1 else f"{len(sections)} reports"
    body = (
        "<header><h1>What is claimed, by whom</h1>\n"
        '<p class="about">Claims read out of reports by rules, each with its exact words. They say who says so, not '
        "that anything happened.</p></header>\n"
        f'{_contents(sections)}<main id="main">\n{"".join(s.html for s in sections)}</main>\n'
    )
    return framed(f"{escape(name)}: claims", _style(), "reports", body)


def section(report: Report, claims: Sequence[Claim], number: int, *, explain: bool = False) -> Section:
    """A report's part of the page: what is known of it, its text, its claims; with `explain` the rule of each slot."""
    prefix = f"r{number}"
    name = one_line(words.heading(report) or report.id)
    language = report.language or "und"
    direction = "rtl" if language in _RIGHT_TO_LEFT else "auto"
    facts = [report.id, report.outlet or "outlet not stated", words.when_and_how(report), report.url or ""]
    about = " · ".join(f"<bdi>{_safe(f)}</bdi>" for f in facts if f)
    gaps = "".join(f'<p class="gap">{_safe(g)}</p>\n' for g in report.gaps)
    listed = "".join(_claim(c, n, report, prefix, explain) for n, c in enumerate(claims, 1))
    body = f'<ol class="claims">\n{listed}</ol>' if claims else "<p>No claims.</p>"
    html = (
        f'<article id="{prefix}" aria-labelledby="{prefix}h">\n'
        f'<h2 id="{prefix}h" lang="{escape(language)}" dir="auto">{escape(name)}</h2>\n'
        f'<p class="quiet">{about}</p>\n{gaps}<div class="side">\n'
        f'<section class="text" aria-labelledby="{prefix}t" lang="{escape(language)}" dir="{direction}">'
        f'<h3 id="{prefix}t" lang="en" dir="ltr">Text</h3>\n{pagetext.text(report, claims, prefix)}</section>\n'
        f'<section aria-labelledby="{prefix}l"><h3 id="{prefix}l">{words.counted(len(claims), "claim")}</h3>\n'
        f"{body}\n</section>\n</div>\n</article>\n"
    )
    return Section(number, name, html, len(claims))


def _contents(sections: Sequence[Section]) -> str:
    if len(sections) < 2:
        return ""
    items = "".join(
        f'<li><a href="#r{s.number}"><bdi>{escape(s.name)}</bdi></a> ({words.counted(s.claims, "claim")})</li>\n'
        for s in sections
    )
    return f'<nav aria-label="Reports"><ol>\n{items}</ol></nav>\n'


def _claim(c: Claim, number: int, report: Report, prefix: str, explain: bool) -> str:
    rules, why = dict(c.rules), dict(c.why)
    stance = f' <span class="stance">{c.stance.value}</span>' if c.stance is not Stance.AFFIRMED else ""
    rows = []
    for slot, label, value in _rows(c, report, prefix):
        star = ' <span class="rule">(carried over)</span>' if slot in c.inferred else ""
        behind = "; ".join(p for p in (rules.get(slot, ""), why.get(slot, "")) if p) if explain else ""
        rule = f' <span class="rule">[{_safe(behind)}]</span>' if behind else ""
        rows.append(f"<dt>{label}</dt><dd>{value}{star}{rule}</dd>\n")
    return (
        f'<li class="claim {words.group(c)}" id="{prefix}c{number}">\n'
        f'<h4><a href="#{prefix}o{c.evidence.start}" aria-label="claim {number}, {words.act(c)}: to its words">'
        f"{number} {words.act(c)}</a>{stance}</h4>\n<dl>\n{''.join(rows)}</dl>\n</li>\n"
    )


def _rows(c: Claim, report: Report, prefix: str) -> Iterator[tuple[str, str, str]]:
    """Slot, its label, and its words as links into the text with what they were read as."""

    def link(span: Span, meaning: str = "") -> str:
        said = one_line(span.text)
        more = f" = <bdi>{_safe(meaning)}</bdi>" if meaning and one_line(meaning) != said else ""
        return f'<a href="#{prefix}o{span.start}"><bdi>{escape(said)}</bdi></a>{more}'

    def links(values: Iterable[tuple[Span, str]]) -> str:
        return ", ".join(link(span, meaning) for span, meaning in values)

    if explain_evidence := one_line(c.evidence.text):
        short = explain_evidence if len(explain_evidence) <= 160 else explain_evidence[:160] + "…"
        yield "evidence", "words", f"“<bdi>{escape(short)}</bdi>”"
    who = link(c.speaker.span, c.speaker.name) if c.speaker else f"<bdi>{_safe(words.voice(c, report))}</bdi>"
    yield "speaker", "says", who
    if c.relay:
        yield "relay", "through", links((n.span, n.name) for n in c.relay)
    if c.basis:
        yield "basis", "knows by", link(c.basis.span, c.basis.kind.replace("_", " "))
    if c.agents:
        yield "agents", "by", links((n.span, n.name) for n in c.agents)
    if c.targets:
        yield "targets", "to", links((n.span, n.name) for n in c.targets)
    if c.groups:
        yield "groups", "groups", escape(", ".join(c.groups))
    if c.method:
        yield "method", "with", link(c.method.span, c.method.name)
    if c.count:
        yield "count", "how many", link(c.count.span, words.bounds(c.count))
    if c.place:
        known = f"{c.place.name} ({c.place.precision})" if c.place.name else c.place.precision
        yield "place", "where", link(c.place.span, known)
    if c.time:
        yield "time", "when", link(c.time.span, words.days(c.time))


def _safe(text: str) -> str:
    return escape(one_line(text))


@cache
def _style() -> str:
    return files("probata.export").joinpath("page.css").read_text(encoding="utf-8")
