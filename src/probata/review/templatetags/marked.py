"""The text of a report with its marks as HTML: a tag, as a template takes seconds for the runs of a long report."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from probata.review.work.marking import Paragraph, Run

register = template.Library()


@register.simple_tag
def marked(paragraphs: Iterable[Paragraph], address: str) -> SafeString:
    """The paragraphs; `address` is that of the page, to which the numbers of claims are added."""
    out: list[str] = []
    for paragraph in paragraphs:
        runs = "".join(_numbers(run, address) + _run(run) for run in paragraph.runs)
        out.append(f'<p class="{paragraph.kind}" dir="auto">{runs}</p>\n')
    return mark_safe("".join(out))  # what comes from a report or a claim is escaped below


def _numbers(run: Run, address: str) -> str:
    """A link for each claim that begins here."""
    return "".join(
        f'<a class="n {run.group}" data-n="{m.number}" '
        f'href="{escape(address)}?claim={quote(m.name, safe="")}#claim-{m.number}">{m.number}</a>'
        for m in run.opened
    )


def _run(run: Run) -> str:
    names = [n for n in ("e" if run.group else "", run.group, "chosen" if run.chosen else "") if n]
    if run.slot:
        names.append("slot")
    given = f'id="o{run.at}" data-o="{run.at}"'
    if names:
        given += f' class="{" ".join(names)}"'
    if run.claims:
        given += f' data-c="{run.named}"'
    if run.slots:
        given += f' data-s="{run.parts}"'
    if run.slot:
        given += f' title="{escape(run.label)}"'
    return f"<span {given}>{escape(run.text)}</span>"
