"""What is protected, which can no longer be changed or removed; and which reports hold it."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import probata.store.fields
from probata.store import triggers


def forwards(_: Any, schema: Any) -> None:
    triggers.make(schema, triggers.PROTECTED)


def backwards(_: Any, schema: Any) -> None:
    triggers.drop(schema, triggers.PROTECTED)


class Migration(migrations.Migration):
    initial = True  # its tables tell whether it was applied, where a kill kept that from being written down
    dependencies = [("store", "0004_family")]

    operations = [
        migrations.CreateModel(
            name="Protected",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField(null=True)),
                ("variants", probata.store.fields.Json(null=True)),
                ("kind", models.TextField()),
                ("commitment", models.CharField(max_length=64)),
                ("salt", models.TextField(null=True)),
                ("who", models.TextField()),
                ("why", models.TextField()),
                ("at", models.DateTimeField()),
                ("back", models.PositiveBigIntegerField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                ("erased_why", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Holder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="holder", to="store.report"
                    ),
                ),
            ],
        ),
        migrations.RunPython(forwards, backwards),
    ]
