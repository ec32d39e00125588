"""Many rows asked for, put in or changed at once: Django's own way makes an object of each, or a sentence of all."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from django.db import connections
from django.db.models import Model

MANY = 500  # values of one query
T = TypeVar("T")


@contextmanager
def unswept() -> Iterator[None]:
    """Without the search for reference cycles: grouping makes millions of objects and hardly a cycle."""
    was = gc.isenabled()
    gc.disable()  # a quarter of the time of adding 1,000 reports to 5,000 went into looking through them
    try:
        yield
    finally:
        if was:
            gc.enable()


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """Values in lists that one query can hold."""
    source = iter(values)
    while some := list(islice(source, MANY)):
        yield some


def change(alias: str, rows: Iterable[Model], names: Sequence[str]) -> None:
    """Write these columns of rows that are in the table already."""
    ordered = list(rows)
    if not ordered:
        return
    connection = connections[alias]
    meta = ordered[0]._meta
    known = {field.name: field for field in meta.concrete_fields}
    fields = [known[name] for name in names]
    quoted = connection.ops.quote_name
    settings = ", ".join(f"{quoted(str(field.column))} = %s" for field in fields)
    values = [
        [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk]
        for row in ordered
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quoted(meta.db_table)} SET {settings} WHERE id = %s", values)


def insert(alias: str, model: type[Model], columns: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    """Put in rows of plain values, given by column."""
    connection = connections[alias]
    quoted = connection.ops.quote_name
    names, marks = ", ".join(map(quoted, columns)), ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quoted(model._meta.db_table)} ({names}) VALUES ({marks})"
    with connection.cursor() as cursor:
        for some in chunks(values):
            cursor.executemany(statement, some)
