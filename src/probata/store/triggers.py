"""Triggers by which both databases refuse to change or remove rows that are evidence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections

PROTECTED = ("store_protected",)  # has triggers since migration 0005
JUDGED = ("store_reading", "store_proposal", "store_answer")  # since 0007
TABLES = ("store_report", "store_claim", "store_version", "store_decision", "store_entry")
_SAID = "rows of %s are kept as they are"
_FUNCTION = """
CREATE OR REPLACE FUNCTION probata_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are kept as they are', TG_TABLE_NAME; END $$
"""


def make(schema: Any, tables: tuple[str, ...] = TABLES) -> None:
    """Make the triggers of tables, by a schema editor."""
    if schema.connection.vendor == "postgresql":
        schema.execute(_FUNCTION, params=None)
    for statement in _made(schema.connection.vendor, tables):
        schema.execute(statement)


def drop(schema: Any, tables: tuple[str, ...] = TABLES) -> None:
    """Take the triggers of tables away, by a schema editor."""
    for statement in _dropped(schema.connection.vendor, tables):
        schema.execute(statement)


@contextmanager
def lifted(alias: str, tables: tuple[str, ...] = (*TABLES, *PROTECTED, *JUDGED)) -> Iterator[None]:
    """Lift the triggers within a transaction: only for erasing what is protected, which the log tells of."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for statement in _dropped(connection.vendor, tables):
            cursor.execute(statement)
        yield
        for statement in _made(connection.vendor, tables):
            cursor.execute(statement)


def _made(vendor: str, tables: tuple[str, ...]) -> Iterator[str]:
    for table in tables:
        for change in ("UPDATE", "DELETE"):
            name = f"{table}_no_{change.lower()}"
            if vendor == "postgresql":
                yield f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW EXECUTE FUNCTION probata_kept()"
            else:
                yield (
                    f"CREATE TRIGGER {name} BEFORE {change} ON {table}"
                    f" BEGIN SELECT RAISE(ABORT, '{_SAID % table}'); END"
                )
        if vendor == "postgresql":
            yield (
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION probata_kept()"
            )


def _dropped(vendor: str, tables: tuple[str, ...]) -> Iterator[str]:
    for table in tables:
        for change in ("update", "delete", *(("truncate",) if vendor == "postgresql" else ())):
            on = f" ON {table}" if vendor == "postgresql" else ""
            yield f"DROP TRIGGER IF EXISTS {table}_no_{change}{on}"
