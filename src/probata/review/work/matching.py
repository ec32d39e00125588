"""Names of a list that have words in them, in any spelling that a search would find; the same list is asked often."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from probata.model.errors import InputError
from probata.vocab import folding, query
from probata.vocab.query import Term


def having(names: Iterable[str], words: str) -> list[str]:
    """Those of the names, as they are shown, that have all the words; none where no word is asked for."""
    try:
        wanted = query.terms(words)
    except InputError:
        return []
    return [name for name in names if _may(name, wanted) and has(name, wanted)]


def has(text: str, wanted: Sequence[Term]) -> bool:
    """Whether a text has all the terms."""
    return len({mark.term for mark in query.marks(text, wanted)}) == len(wanted)


def _may(name: str, wanted: Iterable[Term]) -> bool:
    """Whether each term's tokens are among those of a name, in whatever order: quick, and never wrong in refusing."""
    forms = _forms(name)
    return all(any(_within(run, forms, term.prefix) for run in term.runs) for term in wanted)


def _within(run: Sequence[str], forms: frozenset[str], prefix: bool) -> bool:
    last = any(form.startswith(run[-1]) for form in forms) if prefix else run[-1] in forms
    return last and all(token in forms for token in run[:-1])


@lru_cache(maxsize=1 << 15)
def _forms(name: str) -> frozenset[str]:
    return frozenset(form for word in folding.words(name) for form in word.forms)
