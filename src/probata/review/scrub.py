"""Protected words in people's own work: emptied when they are erased from the casebook, which knows nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction

from probata.store.fields import Json
from probata.store.opening import Casebook
from probata.store.searching import Search

# Columns that hold nothing that people wrote, and would break if a word were found in them by chance.
_KEPT = frozenset({"password", "digest", "manifest", "salt", "state", "kind", "role", "language", "email"})


def scrub(shown: Callable[[Any], Any], using: str = "default") -> int:
    """Put `shown(value)` in place of each value that it changes; how many rows were changed.

    `shown` is what the erasure makes of words: a Shield's `shown`, whose mark stands in place of what is erased. It
    goes through every column of text that the application has, also of models that come later.
    """
    changed = 0
    there = set(connections[using].introspection.table_names())
    with transaction.atomic(using=using):
        for model in apps.get_app_config("review").get_models():
            fields = list(_written(model))
            if not fields or model._meta.db_table not in there:
                continue
            rows = model._default_manager.using(using)
            for row in rows.order_by("pk").iterator(chunk_size=500):
                new = {f: shown(getattr(row, f)) for f in fields}
                if any(getattr(row, f) != v for f, v in new.items()):
                    changed += rows.filter(pk=row.pk).update(**new)
    return changed


def uploads(book: Casebook, words: Iterable[str]) -> int:
    """Remove what people handed over and holds the words, in itself or in its name; how many files."""
    search, removed = Search(words), 0
    for path in _files(book.folder / "received"):
        if search(path).found or search.names(path.name):
            path.unlink()
            removed += 1
    return removed


def published(book: Casebook, words: Iterable[str]) -> list[Path]:
    """The releases and pages in the casebook's folder that hold the words. What went out cannot be called back."""
    search = Search(words)
    return [path for part in ("releases", "site") for path in _files(book.folder / part) if search(path).found]


def _written(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if isinstance(field, Json | models.TextField | models.CharField) and field.name not in _KEPT:
            yield field.name


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
