"""The vocabularies' values in the language of the page."""

from __future__ import annotations

from django import template
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def label(value: object) -> str:
    """A value such as "forced_displacement" or "Weak" as people read it."""
    said = str(value).replace("_", " ")
    return pgettext("vocabulary", said) if said else ""


@register.filter
def known(said: object) -> str:
    """A fixed phrase of the software as people read it; all other words stay as they are."""
    return pgettext("vocabulary", str(said)) if said else ""


@register.filter
def act(said: object) -> str:
    """What a claim says with its stance after it, "killing (denied)", as people read it."""
    what, _, stance = str(said).removesuffix(")").partition(" (")
    return f"{label(what)} ({label(stance)})" if stance else label(what)


@register.filter
def parts(said: object) -> str:
    """A field of a record, "claim evidence", as people read it."""
    return ": ".join(label(part) for part in str(said).split(" ", 1))
