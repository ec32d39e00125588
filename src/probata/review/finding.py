"""Searching as one person may: nothing of reports kept from them, and nothing by words that they may not see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from probata.model.found import Found, Hit
from probata.store import models
from probata.store.search import search as anywhere
from probata.store.snippets import snippet
from probata.vocab import query
from probata.vocab.query import Term

if TYPE_CHECKING:
    from probata.review.sight import Sight

_STEP = 50  # reports looked at together
MOST = 1000  # reports looked at for one who may not see all; what comes after them is not counted


def search(sight: Sight, words: str, limit: int = 20, skip: int = 0) -> Found:
    """The reports in which the person may see all that is searched for, the latest first. Raises InputError.

    Whoever searches for a name that is hidden from them finds the same as when it is nowhere.
    """
    if sight.names and not sight.restricted:
        return anywhere(sight.book, words, limit, skip)
    hits = list(_visible(sight, words, query.terms(words)))
    return Found(len(hits), tuple(hits[skip : skip + limit]))


def _visible(sight: Sight, words: str, wanted: Sequence[Term]) -> Iterator[Hit]:
    for at in range(0, MOST, _STEP):
        found = anywhere(sight.book, words, _STEP, at)
        names = [hit.report for hit in found.hits]
        rows = {row.name: row for row in sight.reports().filter(name__in=names)}
        if not sight.names:
            sight.masking.ready(rows)
        for hit in found.hits:
            if (row := rows.get(hit.report)) is not None and (seen := _seen(sight, hit, row, wanted)):
                yield seen
        if at + _STEP >= found.total:
            return


def _seen(sight: Sight, hit: Hit, row: models.Report, wanted: Sequence[Term]) -> Hit | None:
    """The hit with a piece of the text as it is shown; None when not all terms stand in what is."""
    if sight.names:
        return hit
    hidden = sight.masking.words([row.name])
    title, outlet = hidden.shown((hit.title, hit.outlet))
    shown = snippet(sight.text(row), wanted)
    where = {
        "text": {mark.term for mark in shown.marks} if shown else set(),
        "title": _terms(title, wanted),
        "outlet": _terms(outlet, wanted),
    }
    if len(set().union(*where.values())) < len(wanted):
        where["text"] = _terms(sight.text(row), wanted)
    if len(set().union(*where.values())) < len(wanted):
        return None
    return Hit(hit.report, title, outlet, hit.published, tuple(k for k, v in where.items() if v), shown)


def _terms(text: str | None, wanted: Sequence[Term]) -> set[int]:
    return {mark.term for mark in query.marks(text or "", wanted)}
