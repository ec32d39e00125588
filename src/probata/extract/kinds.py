"""Kinds of nouns: what a word can be in a claim (nouns.yml), by its written form."""

from __future__ import annotations

from functools import cache

from probata.extract.forms import noun_forms
from probata.vocab import load


@cache
def table() -> dict[str, frozenset[str]]:
    """Written form in lower case -> its kinds (armed, power, person, object, means, area, body, ...)."""
    out: dict[str, set[str]] = {}
    for kind, words in load("nouns").items():
        if isinstance(words, list):
            for word in words:
                forms = {word.lower()} if kind in ("demonym", "quantity") else noun_forms(word.lower())
                for form in forms:
                    out.setdefault(form, set()).add(kind)
    return {k: frozenset(v) for k, v in out.items()}
