"""Web pages: a saved HTML file into a report, within bounds that no hostile page can exceed."""

from __future__ import annotations

import re
from datetime import date

from probata.model.errors import InputError
from probata.model.report import Anchor, AnchorBasis, Origin, Report

MOST_TAGS = 60_000  # a long article with its menus has 2,000 to 10,000
DEEPEST = 200  # elements within elements; libxml2 itself gives up at 256
MOST_MARKUP = 8_000_000  # characters left once scripts, styles and embedded files are out
_ADVICE = "Save the article alone (reader view), or its text."
_SCRIPT = re.compile(r"<(script|style|svg|template)\b[^>]{0,2000}>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_DATA = re.compile(r"data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=\s%]+")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)([^<>]*)>")
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li td tr th dt dd option".split()
)
_LANGUAGE = re.compile(r"<html\b[^>]{0,1000}?\blang\s*=\s*[\"']?([a-zA-Z]{2,3})", re.IGNORECASE)


def page(html: str, stem: str, name: str, origin: Origin) -> Report:
    """The article of a web page with title, author, outlet and date; paragraphs are separated by newlines.

    Raises InputError for a page beyond the bounds, one that defines entities, and one with no article text.
    """
    markup = _bounded(html, name)
    from trafilatura import bare_extraction  # heavy: only when a page is read
    from trafilatura.settings import Document

    try:
        found = bare_extraction(markup, with_metadata=True, include_comments=False)
    except (ValueError, RecursionError, AttributeError, TypeError, KeyError, IndexError) as error:
        raise InputError("html", name, f"cannot be taken apart ({type(error).__name__}).", _ADVICE) from error
    text = (getattr(found, "text", None) or "").strip()
    if not isinstance(found, Document) or not text:
        raise InputError("html", name, "is a web page without article text.", _ADVICE)
    day = _day(getattr(found, "date", None))
    language = _LANGUAGE.search(markup, 0, 20_000)
    return Report(
        id=stem,
        text=text,
        title=found.title or None,
        outlet=found.sitename or found.hostname or None,
        author=found.author or None,
        url=found.url or None,
        language=language.group(1).lower() if language else None,
        anchors=(Anchor(day, AnchorBasis.METADATA),) if day else (),
        origin=origin,
    )


def _bounded(html: str, name: str) -> str:
    if re.search(r"<!ENTITY\b", html, re.IGNORECASE):
        raise InputError("html", name, "defines entities of its own, as an attack would.", _ADVICE)
    markup = _DATA.sub("data:,", html)
    markup = _SCRIPT.sub(
        lambda m: m.group() if "ld+json" in m.group()[:200] and len(m.group()) < 200_000 else " ", markup
    )
    if len(markup) > MOST_MARKUP:
        raise InputError("html", name, f"has {len(markup) / 1e6:.0f} million characters of markup.", _ADVICE)
    if (tags := markup.count("<")) > MOST_TAGS:
        raise InputError("html", name, f"has {tags:,} tags, too many for an article.", _ADVICE)
    if (deepest := _depth(markup)) > DEEPEST:
        raise InputError("html", name, f"nests {deepest:,} elements within each other.", _ADVICE)
    return markup


def _depth(markup: str) -> int:
    """How deep elements lie within each other; elements whose end tag may be left out are not counted."""
    depth = deepest = 0
    for found in _TAG.finditer(markup):
        if found[2].lower() in _VOID or found[3].endswith("/"):
            continue
        depth = max(0, depth - 1) if found[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None
