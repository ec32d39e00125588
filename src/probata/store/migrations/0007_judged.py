"""Readings of claims by people, proposals of findings and answers to them: kept as they are, like claims."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import probata.audit.sealing
import probata.store.fields
from probata.store import triggers


def forwards(_: Any, schema: Any) -> None:
    triggers.make(schema, triggers.JUDGED)


def backwards(_: Any, schema: Any) -> None:
    triggers.drop(schema, triggers.JUDGED)


class Migration(migrations.Migration):
    initial = True  # its tables tell whether it was applied, where a kill kept that from being written down

    dependencies = [
        ("store", "0006_salt"),
    ]

    operations = [
        migrations.AddField(
            model_name="identity",
            name="reread",
            field=models.BigIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("standard", models.TextField()),
                ("party", models.TextField(null=True)),
                ("who", models.TextField()),
                ("reason", models.TextField()),
                ("sources", models.PositiveIntegerField()),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("signature", probata.store.fields.Json(null=True)),
                ("salt", models.TextField(default=probata.audit.sealing.fresh_salt)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="store.incident"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreed", models.BooleanField()),
                ("who", models.TextField()),
                ("why", models.TextField()),
                ("at", models.DateTimeField()),
                ("signature", probata.store.fields.Json(null=True)),
                ("salt", models.TextField(default=probata.audit.sealing.fresh_salt)),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="store.proposal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reading", models.PositiveBigIntegerField()),
                ("rejected", models.BooleanField()),
                ("type", models.TextField()),
                ("stance", models.TextField()),
                ("speaker", models.TextField(null=True)),
                ("place", models.TextField(null=True)),
                ("start", models.DateField(null=True)),
                ("end", models.DateField(null=True)),
                ("record", probata.store.fields.Json()),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="standing", to="store.claim"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("record", probata.store.fields.Json()),
                ("rejected", models.BooleanField()),
                ("who", models.TextField()),
                ("why", models.TextField()),
                ("at", models.DateTimeField()),
                ("salt", models.TextField(default=probata.audit.sealing.fresh_salt)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="store.claim"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("claim", "number"), name="one_reading_a_number")],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
