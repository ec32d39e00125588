"""Web pages: a saved HTML file into a report, within bounds that no hostile page can exceed."""

from __future__ import annotations

import re
from datetime import date

from probata.model.errors import InputError
from probata.model.report import Anchor, AnchorBasis, Origin, Report

MOST_TAGS = 60_000  # a long article with its menus has 2,000 to 10,000
DEEPEST = 200  # elements within elements; libxml2 itself gives up at 256
MOST_MARKUP = 8_000_000  # characters left once scripts, styles and embedded files are out
LONGEST_TAG, MOST_ATTRIBUTES = 10_000, 1_000  # characters of a tag, "=" in it
# the day the page itself states; an extensive search would take any date of the text or the footer for it
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}
_FEWEST = 25  # characters of the shortest text that can be an article
_ADVICE = "Save the article alone (reader view), or its text."
_SCRIPT = re.compile(r"<(/?)(script|style|svg|template)\b", re.IGNORECASE)
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
        found = bare_extraction(markup, with_metadata=True, include_comments=False, date_extraction_params=_DATES)
    except (ValueError, RecursionError, AttributeError, TypeError, KeyError, IndexError) as error:
        raise InputError("html", name, f"cannot be taken apart ({type(error).__name__}).", _ADVICE) from error
    text = (getattr(found, "text", None) or "").strip()
    if not isinstance(found, Document) or len(text) < _FEWEST:
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
    """The markup without scripts and embedded files, refused when it is beyond what an article needs."""
    if re.search(r"<!ENTITY\b", html, re.IGNORECASE):
        raise InputError("html", name, "defines entities of its own, as an attack would.", _ADVICE)
    markup = _without_scripts(_DATA.sub("data:,", html))
    if len(markup) > MOST_MARKUP:
        raise InputError("html", name, f"has {len(markup) / 1e6:.0f} million characters of markup.", _ADVICE)
    if (tags := markup.count("<")) > MOST_TAGS:
        raise InputError("html", name, f"has {tags:,} tags, too many for an article.", _ADVICE)
    depth = deepest = 0
    for closing, kind, inside in _TAG.findall(markup):
        if len(inside) > LONGEST_TAG and inside.count("=") > MOST_ATTRIBUTES:
            raise InputError("html", name, "has a tag with thousands of attributes.", _ADVICE)
        if kind.lower() not in _VOID and not inside.endswith("/"):
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise InputError("html", name, f"nests {deepest:,} elements within each other.", _ADVICE)
    return markup


def _without_scripts(html: str) -> str:
    """The page without scripts, styles, drawings and templates; JSON-LD stays, for it says title, date and outlet."""
    out, at, inside = [], 0, ""
    for found in _SCRIPT.finditer(html):
        closing, kind = found[1], found[2].lower()
        if not inside and not closing:
            if "ld+json" not in html[found.end() : found.end() + 200].split(">", 1)[0]:
                out.append(html[at : found.start()])
                at, inside = found.start(), kind
        elif closing and kind == inside:
            end = html.find(">", found.end(), found.end() + 200)
            at, inside = (end + 1 if end >= 0 else found.end()), ""
    if not inside:
        out.append(html[at:])
    return " ".join(out)


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None
