"""The words of reports, indexed for searching: by SQLite's FTS5 and by PostgreSQL's GIN, each word as it is given."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

# FTS5 with the tokenizer `ascii` takes folded words as they are, unlike unicode61, which takes marks off and knows only
# the letters of its own Unicode version. It keeps no copy (content) and no positions (detail): phrases are looked up
# in the text.
SQLITE = (
    "CREATE VIRTUAL TABLE store_words USING fts5"
    "(text, also, content='store_shadow', content_rowid='id', tokenize='ascii', detail='none', columnsize=0)",
    "CREATE TRIGGER store_shadow_added AFTER INSERT ON store_shadow BEGIN"
    " INSERT INTO store_words (rowid, text, also) VALUES (new.id, new.text, new.also); END",
    "CREATE TRIGGER store_shadow_removed AFTER DELETE ON store_shadow BEGIN"
    " INSERT INTO store_words (store_words, rowid, text, also) VALUES ('delete', old.id, old.text, old.also); END",
    "CREATE TRIGGER store_shadow_changed AFTER UPDATE ON store_shadow BEGIN"
    " INSERT INTO store_words (store_words, rowid, text, also) VALUES ('delete', old.id, old.text, old.also);"
    " INSERT INTO store_words (rowid, text, also) VALUES (new.id, new.text, new.also); END",
)
SQLITE_BACK = (
    "DROP TRIGGER store_shadow_added",
    "DROP TRIGGER store_shadow_removed",
    "DROP TRIGGER store_shadow_changed",
    "DROP TABLE store_words",
)
POSTGRESQL = (
    "CREATE INDEX store_words ON store_shadow USING gin"
    " (array_to_tsvector(string_to_array(text, ' ') || string_to_array(also, ' ')))",
)
POSTGRESQL_BACK = ("DROP INDEX store_words",)


def forwards(_: Any, schema: Any) -> None:
    for statement in POSTGRESQL if schema.connection.vendor == "postgresql" else SQLITE:
        schema.execute(statement, params=None)


def backwards(_: Any, schema: Any) -> None:
    for statement in POSTGRESQL_BACK if schema.connection.vendor == "postgresql" else SQLITE_BACK:
        schema.execute(statement, params=None)


def fill(apps: Any, schema: Any) -> None:
    """Make the shadows of the reports that are there already."""
    from probata.store.shadow import parts

    alias = schema.connection.alias
    report, claim, shadow = (apps.get_model("store", name) for name in ("Report", "Claim", "Shadow"))
    for row in report.objects.using(alias).order_by("id").iterator(chunk_size=100):
        told = claim.objects.using(alias).filter(report=row).order_by("number").values_list("speaker", "place")
        names = dict.fromkeys(name for both in told for name in both if name)
        fields = (row.title or "", row.outlet or "", row.text, *names)
        for number, (text, also) in enumerate(parts(fields)):
            shadow.objects.using(alias).create(report=row, part=number, text=text, also=also)


class Migration(migrations.Migration):
    initial = True  # its tables tell whether it was applied, where a kill kept that from being written down
    dependencies = [("store", "0002_kept")]

    operations = [
        migrations.CreateModel(
            name="Shadow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.PositiveIntegerField(default=0)),
                ("text", models.TextField()),
                ("also", models.TextField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shadows", to="store.report"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("part", 1)), fields=["report"], name="of_several_parts")
                ],
                "constraints": [models.UniqueConstraint(fields=("report", "part"), name="one_part_a_number")],
            },
        ),
        migrations.RunPython(forwards, backwards),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
