"""Right-to-left pages: what reads from left to right stands apart, and lists have the comma of the language.

These are built in: every template has them without loading them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def apart(value: Any) -> SafeString | str:
    """A day, time, number or address that keeps its order among Arabic words; "" for nothing."""
    return "" if value in (None, "") else format_html('<bdi dir="ltr">{}</bdi>', value)


@register.filter
def alone(value: Any) -> SafeString | str:
    """A name or words of somebody, which go by their own direction within a sentence; "" for nothing."""
    return "" if value in (None, "") else format_html("<bdi>{}</bdi>", value)


@register.simple_tag
def comma() -> str:
    """What stands between two items of a list."""
    return pgettext("between items of a list", ", ")


@register.filter
def listed(items: Iterable[Any]) -> str:
    """Items with commas between them."""
    return comma().join(str(item) for item in items)
