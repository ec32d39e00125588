"""Searching as one person may: nothing of reports kept from them, and nothing by words that they may not see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from probata.model.found import Found, Hit
from probata.store import models
from probata.store.search import hits, numbers
from probata.store.search import search as anywhere
from probata.store.snippets import snippet
from probata.vocab import query
from probata.vocab.query import Term

if TYPE_CHECKING:
    from probata.review.sight import Sight

_STEP = 50  # reports looked at together; four times as many each time after that
MOST = 1000  # reports looked at for one who may not see all; what comes after them is not counted


def search(sight: Sight, words: str, limit: int = 20, skip: int = 0) -> Found:
    """The reports in which the person may see all that is searched for, the latest first. Raises InputError.

    Whoever searches for a name that is hidden from them finds the same as when it is nowhere.
    """
    if sight.names and not sight.restricted:
        return anywhere(sight.book, words, limit, skip)
    wanted = query.terms(words)
    if sight.names:
        ids = [n for some in _ids(sight, wanted) for n in some]
        rows = models.Report.objects.using(sight.book.alias).in_bulk(ids[skip : skip + limit])
        return Found(len(ids), tuple(hits(sight.book, [rows[n] for n in ids[skip : skip + limit]], wanted)))
    found = list(_visible(sight, wanted))
    return Found(len(found), tuple(found[skip : skip + limit]))


def names(sight: Sight, words: str, limit: int) -> tuple[int, list[str]]:
    """How many reports a search finds, and the names of the first, without the pieces that show where."""
    wanted = query.terms(words)
    if not sight.names:
        found = search(sight, words, limit)
        return found.total, [hit.report for hit in found.hits]
    if sight.restricted:
        ids = [n for some in _ids(sight, wanted) for n in some]
        total, ids = len(ids), ids[:limit]
    else:
        total, ids = numbers(sight.book, wanted, limit)
    known = dict(models.Report.objects.using(sight.book.alias).filter(id__in=ids).values_list("id", "name"))
    return total, [known[n] for n in ids]


def _ids(sight: Sight, wanted: Sequence[Term]) -> Iterator[list[int]]:
    """The row numbers of the reports that have all terms and that the person may see, some at a time."""
    at, step = 0, _STEP
    while at < MOST:
        step = min(step, MOST - at)
        total, ids = numbers(sight.book, wanted, step, at)
        seen = set(sight.reports().filter(id__in=ids).values_list("id", flat=True))
        yield [n for n in ids if n in seen]
        at, step = at + step, step * 4
        if at >= total:
            return


def _visible(sight: Sight, wanted: Sequence[Term]) -> Iterator[Hit]:
    for ids in _ids(sight, wanted):
        rows = models.Report.objects.using(sight.book.alias).in_bulk(ids)
        sight.masking.ready(row.name for row in rows.values())
        for n in ids:
            if seen := _seen(sight, rows[n], wanted):
                yield seen


def _seen(sight: Sight, row: models.Report, wanted: Sequence[Term]) -> Hit | None:
    """A report with a piece of its text as it is shown; None when not all terms stand in what is."""
    hidden = sight.masking.words([row.name])
    title, outlet = hidden.shown(sight.shield.shown((row.title, row.outlet)))
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
    return Hit(
        sight.shield.text(row.name), title, outlet, row.published, tuple(k for k, v in where.items() if v), shown
    )


def _terms(text: str | None, wanted: Sequence[Term]) -> set[int]:
    return {mark.term for mark in query.marks(text or "", wanted)}
