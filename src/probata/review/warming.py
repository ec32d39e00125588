"""Warming up: what the first page would wait for is made when the server starts."""

from __future__ import annotations

from pathlib import Path

from django.template.loader import get_template
from django.urls import get_resolver

from probata.store.publishing import Rules

_TEMPLATES = Path(__file__).parent / "templates"


def warm() -> int:
    """Load every address, template and rule of masking into this process; returns the number of templates."""
    _ = get_resolver().url_patterns  # imports every page and operation
    Rules.known()
    names = sorted(p.relative_to(_TEMPLATES).as_posix() for p in _TEMPLATES.rglob("*.html"))
    for name in names:
        get_template(name)
    return len(names)
