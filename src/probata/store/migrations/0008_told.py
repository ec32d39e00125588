"""An index by which the entries of the log that tell of an item are found."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from probata.store import logkeys


def forwards(_: Any, schema: Any) -> None:
    logkeys.make(schema)


def backwards(_: Any, schema: Any) -> None:
    logkeys.drop(schema)


class Migration(migrations.Migration):
    dependencies = [("store", "0007_judged")]  # noqa: RUF012
    operations = [migrations.RunPython(forwards, backwards)]  # noqa: RUF012
