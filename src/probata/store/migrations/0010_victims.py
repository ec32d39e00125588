"""Full names of victims that claims give, so that they are hidden in the texts of other reports too."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from probata.audit.shield import Shield


def fill(apps: Any, schema: Any) -> None:
    """Keep what the claims that are there already give, with the tables as they are at this migration."""
    from probata.store.known import full_names

    def rows(name: str) -> Any:
        return apps.get_model("store", name).objects.using(schema.connection.alias)

    protected = rows("Protected").order_by("id")
    back = set(protected.exclude(back=None).values_list("back", flat=True))
    hidden = [row for row in protected if row.words and row.pk not in back]
    shield = Shield(word for row in hidden for word in (row.words, *(row.variants or ())))
    for number in rows("Report").order_by("id").values_list("pk", flat=True):
        records = [*rows("Claim").filter(report=number).order_by("id").values_list("record", flat=True)]
        records += rows("Reading").filter(claim__report=number).order_by("id").values_list("record", flat=True)
        for name in full_names(records):
            if not shield.holds(name):
                rows("Victim").create(report_id=number, name=name)


class Migration(migrations.Migration):
    initial = True  # its tables tell whether it was applied, where a kill kept that from being written down
    dependencies = [("store", "0009_read_names")]  # noqa: RUF012

    operations = [  # noqa: RUF012
        migrations.CreateModel(
            name="Victim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="victims", to="store.report"
                    ),
                ),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
