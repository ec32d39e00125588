"""A value of a record in plain words, whatever it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def plainly(value: Any) -> str:
    """A value with all its parts, as they would be published."""
    if isinstance(value, Mapping):
        return "; ".join(f"{k}: {plainly(v)}" for k, v in value.items() if v not in (None, "", [], {}))
    if isinstance(value, list):
        return " | ".join(plainly(v) for v in value)
    return str(value)
