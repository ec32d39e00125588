"""Many rows changed at once, as Django's own way takes a hundred times as long to put into words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connections
from django.db.models import Model


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
