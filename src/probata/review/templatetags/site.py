"""Filters of the public site: figures, days and changed values in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _

from probata.review.templatetags.labels import label
from probata.review.templatetags.sided import comma

register = template.Library()


@register.filter(name="range")
def figures(found: Mapping[str, int | None] | None) -> str:
    """A range of figures in words; "" where there is none."""
    low, high = (found or {}).get("low"), (found or {}).get("high")
    if low is None:
        return "" if high is None else _("at most %(number)s") % {"number": _number(high)}
    if high is None:
        return _("at least %(number)s") % {"number": _number(low)}
    return _number(low) if low == high else _apart(f"{_number(low)}–{_number(high)}")


def _apart(words: object) -> str:
    """What reads from left to right, in isolating marks on a right-to-left page: titles and attributes hold no tags."""
    return f"\u2066{words}\u2069" if get_language_bidi() else str(words)


def _number(number: int) -> str:
    return str(number_format(number, force_grouping=True))


@register.filter
def days(record: Mapping[str, Any]) -> str:
    """The day or days of an incident; "" where they are not known."""
    first, last = record.get("from"), record.get("to")
    if not first or not last or first == last:
        return _apart(first or last) if first or last else ""
    return _apart(f"{first} – {last}")


@register.filter
def answer_of(record: Mapping[str, Any], accused: str) -> str:
    """What the accused says, or that no answer is reported."""
    return next((str(a["answer"]) for a in record["answers"] if a["accused"] == accused), "none reported")


@register.filter
def accusers(accusation: Mapping[str, Any]) -> list[str]:
    """Who accuses, each once."""
    return list(dict.fromkeys(by["speaker"] or _("the outlet itself") for by in accusation["by"]))


@register.filter
def value(found: Any) -> str:
    """A changed value in words."""
    if isinstance(found, Mapping):
        return figures(found)
    if isinstance(found, list):
        return comma().join(str(x.get("standard", x)) if isinstance(x, Mapping) else str(x) for x in found)
    return "" if found is None else label(str(found)) if isinstance(found, str) else str(found)


@register.filter
def is_web(url: str | None) -> bool:
    """Whether an address may be linked to."""
    return bool(url) and str(url).startswith(("http://", "https://"))


__all__ = ["accusers", "answer_of", "days", "figures", "is_web", "pgettext", "value"]
