"""Rows that are evidence can no longer be changed or removed."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from probata.store import triggers


def forwards(_: Any, schema: Any) -> None:
    triggers.make(schema)


def backwards(_: Any, schema: Any) -> None:
    triggers.drop(schema)


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]  # noqa: RUF012
    operations = [migrations.RunPython(forwards, backwards)]  # noqa: RUF012
