"""Protected words in people's own work: counted, and emptied when they are erased from the casebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from probata.review.models import Comment, Job, Notice, Publication, SavedSearch, Suggestion, Task

# What people write, and what is named by the names of reports; `Job.about` holds decisions that wait, and file names.
_WRITTEN: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Comment, ("name", "text")),
    (Task, ("name", "what", "outcome")),
    (Notice, ("path",)),
    (Suggestion, ("why", "answered_why")),
    (SavedSearch, ("name", "path")),
    (Publication, ("title", "note")),
    (Job, ("about", "result", "error")),
)


def scrub(shown: Callable[[Any], Any], using: str = "default") -> int:
    """Put `shown(value)` in place of each value that it changes; how many rows were changed.

    `shown` is what the erasure makes of words: a Shield's `shown`, whose mark stands in place of what is erased.
    """
    changed = 0
    with transaction.atomic(using=using):
        for model, fields in _WRITTEN:
            for row in _all(model, using):
                new = {f: shown(getattr(row, f)) for f in fields}
                if any(getattr(row, f) != v for f, v in new.items()):
                    rows: QuerySet[Any] = model._default_manager.using(using).filter(pk=row.pk)
                    changed += rows.update(**new)
    return changed


def _all(model: type[Model], using: str) -> Iterator[Any]:
    yield from model._default_manager.using(using).order_by("pk").iterator(chunk_size=500)
