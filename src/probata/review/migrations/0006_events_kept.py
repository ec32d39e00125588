"""What happened to accounts can no longer be changed or removed."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from probata.review.models.events import EVENTS
from probata.store import triggers


def forwards(_: Any, schema: Any) -> None:
    triggers.drop(schema, EVENTS)  # an erasure before this migration, or a kill during it, has made them already
    triggers.make(schema, EVENTS)


def backwards(_: Any, schema: Any) -> None:
    triggers.drop(schema, EVENTS)


class Migration(migrations.Migration):
    dependencies = [("review", "0005_accounts")]  # noqa: RUF012
    operations = [migrations.RunPython(forwards, backwards)]  # noqa: RUF012
