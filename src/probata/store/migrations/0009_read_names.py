"""What reports that people have read are found by: the names that their claims give now, not those of the machine."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from probata.audit.shield import MARK, Shield


def forwards(apps: Any, schema: Any) -> None:
    """Make these shadows anew, with the tables as they are at this migration."""
    from probata.store.shadow import parts, standing

    def rows(name: str) -> Any:
        return apps.get_model("store", name).objects.using(schema.connection.alias)

    protected = rows("Protected").order_by("id")
    back = set(protected.exclude(back=None).values_list("back", flat=True))
    hidden = [row for row in protected if row.words and row.pk not in back]
    shield = Shield(word for row in hidden for word in (row.words, *(row.variants or ())))
    read = rows("Reading").order_by().values_list("claim__report", flat=True).distinct()
    for number in list(read):
        report = rows("Report").get(pk=number)
        claims = rows("Claim").filter(report=number).order_by("number").prefetch_related("readings")
        names = dict.fromkeys(name for both in standing(claims) for name in both if name)
        fields = [report.title or "", report.outlet or "", report.text, *names]
        shown = [part for field in fields for part in shield.text(field).split(MARK)]
        rows("Shadow").filter(report=number).delete()
        for part, (text, also) in enumerate(parts(shown)):
            rows("Shadow").create(report_id=number, part=part, text=text, also=also)


class Migration(migrations.Migration):
    dependencies = [("store", "0008_told")]  # noqa: RUF012
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]  # noqa: RUF012
