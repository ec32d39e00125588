"""The claims beside a text as HTML: a tag, as a template takes a second for the lines of a report of 3,000 claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any
from urllib.parse import quote

from django import template
from django.template import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from probata.review.templatetags.labels import label

register = template.Library()
_DETAILS = "review/claims/details.html"
Claim = Mapping[str, Any]
Said = Callable[[str], str]


@register.simple_tag(takes_context=True)
def claimrows(context: Context, address: str) -> SafeString:
    """A line for each of `claims`, with the details of `claim`, which is open; `address` is that of the page."""
    claims: Iterable[Claim] = context["claims"]
    chosen = context.get("claim") or {}
    here, named = escape(address), cache(lambda value: escape(label(value)))
    words = {
        "says": gettext("says"),
        "outlet": gettext("the outlet itself"),
        "rejected": gettext("rejected"),
        "added": gettext("added"),
        "corrected": gettext("corrected"),
    }
    said = cache(lambda word: escape(words[word]))
    out: list[str] = []
    for c in claims:
        opened = c["name"] == chosen.get("name")
        number, group = c["number"], c["group"]
        out.append(
            f'<li class="claim {group}{" open" if opened else ""}{" rejected" if c["rejected"] else ""}" '
            f'id="claim-{number}" data-n="{number}">'
            f'<a class="head" href="{here}?claim={quote(c["name"], safe="")}#claim-{number}" '
            f'data-part="{escape(c["address"])}" aria-expanded="{"true" if opened else "false"}">'
            f'<span class="n {group}">{number}</span> <span class="what"><b>{named(c["type"])}</b>'
            f'{_tags(c, named, said)}\n<span class="gist">{_gist(c, said)}</span></span></a>'
            f'<div class="details" id="details-{number}">{_details(context) if opened else ""}</div></li>\n'
        )
    return mark_safe("".join(out))  # what comes from a report, a claim or a person is escaped


def _tags(c: Claim, named: Said, said: Said) -> str:
    """The stance where it is not the usual one, and what people did with the claim."""
    stance = "" if c["stance"] == "affirmed" else f' <span class="tag">{named(c["stance"])}</span>'
    if c["rejected"]:
        return f'{stance} <span class="tag">{said("rejected")}</span>'
    done = "added" if c["added"] else "corrected" if c["changed"] else ""
    return stance + (f' <span class="tag good">{said(done)}</span>' if done else "")


def _gist(c: Claim, said: Said) -> str:
    """How many, where, and who says so."""
    first = "".join(f"<bdi>{escape(c[slot])}</bdi> · " for slot in ("count", "place") if c[slot])
    who = f"{said('says')} <bdi>{escape(c['speaker'])}</bdi>" if c["speaker"] else said("outlet")
    return first + who


def _details(context: Context) -> str:
    assert context.template
    with context.push():
        return context.template.engine.get_template(_DETAILS).render(context)
