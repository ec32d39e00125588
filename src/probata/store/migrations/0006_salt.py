"""A salt for each report, claim and version. Rows that are there keep none, and the digests that the log has of them."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

from probata.audit.sealing import fresh_salt

TABLES = ("store_report", "store_claim", "store_version")


def forwards(_: Any, schema: Any) -> None:
    """Add the columns that are missing: a kill may have kept it from being written down that they are there.

    By a plain statement, as Django would copy the whole table on SQLite, and lose its triggers.
    """
    for table in TABLES:
        with schema.connection.cursor() as cursor:
            there = {column.name for column in schema.connection.introspection.get_table_description(cursor, table)}
        if "salt" not in there:
            schema.execute(f"ALTER TABLE {table} ADD COLUMN salt text NOT NULL DEFAULT ''")


def backwards(_: Any, schema: Any) -> None:
    for table in TABLES:
        schema.execute(f"ALTER TABLE {table} DROP COLUMN salt")


class Migration(migrations.Migration):
    dependencies = [("store", "0005_protected")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(forwards, backwards)],
            [
                migrations.AddField(model, "salt", models.TextField(default=fresh_salt))
                for model in ("report", "claim", "version")
            ],
        ),
    ]
