"""Protected words in people's own work: emptied when they are erased from the casebook, which knows nothing of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction

from probata.review.models.events import EVENTS, Event
from probata.store import triggers
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
    with transaction.atomic(using=using), _lifted(using):
        return sum(
            model._default_manager.using(using).filter(pk=number).update(**new)
            for model, number, new in _changes(shown, using)
        )


@contextmanager
def _lifted(using: str) -> Iterator[None]:
    """Let events be changed, where there are any: as with evidence, only erasing may."""
    if Event._meta.db_table not in connections[using].introspection.table_names():
        yield
        return
    with triggers.lifted(using, EVENTS):
        yield


def counted(shown: Callable[[Any], Any], using: str = "default") -> Counter[str]:
    """How many rows of each model `scrub` would change; nothing is."""
    return Counter(str(model._meta.verbose_name) for model, _, _ in _changes(shown, using))


def _changes(shown: Callable[[Any], Any], using: str) -> Iterator[tuple[type[models.Model], Any, dict[str, Any]]]:
    """Each row with what is to be changed in it."""
    there = set(connections[using].introspection.table_names())
    for model in apps.get_app_config("review").get_models():
        fields = list(_written(model))
        if not fields or model._meta.db_table not in there:
            continue
        for row in model._default_manager.using(using).order_by("pk").iterator(chunk_size=500):
            new = {f: shown(getattr(row, f)) for f in fields}
            if any(getattr(row, f) != v for f, v in new.items()):
                yield model, row.pk, new


def clean(using: str = "default") -> None:
    """Have PostgreSQL write the application's tables anew, so that they hold nothing of what they had."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return  # SQLite's one file is written anew with the casebook's tables
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in apps.get_app_config("review").get_models():
            if model._meta.db_table in there:
                cursor.execute(f"VACUUM FULL {model._meta.db_table}")


def uploads(book: Casebook, words: Iterable[str]) -> int:
    """Remove what people handed over and holds the words, in itself or in its name; how many files."""
    found = uploaded(book, words)
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def uploaded(book: Casebook, words: Iterable[str]) -> list[Path]:
    """What people handed over and holds the words, in itself or in its name."""
    search = Search(words)
    return [p for p in _files(book.folder / "received") if search(p).found or search.names(p.name)]


def published(book: Casebook, words: Iterable[str]) -> list[Path]:
    """The releases and pages in the casebook's folder that hold the words. What went out cannot be called back."""
    search = Search(words)
    files = [*_files(book.folder / "releases"), *_files(book.folder / "site"), *book.folder.glob("site.zip")]
    return [path for path in files if search(path).found]


def _written(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if isinstance(field, Json | models.TextField | models.CharField) and field.name not in _KEPT:
            yield field.name


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
