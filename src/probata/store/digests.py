"""The digests by which the log knows rows: SHA-256 of a row's canonical JSON, with every column that says something."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Model

from probata.audit.canonical import digest
from probata.store.fields import Json


def of_row(row: Model) -> str:
    """The digest of a report, claim, decision or version, under the names of what it belongs to, not row numbers."""
    told: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.primary_key or (field.name == "salt" and not getattr(row, field.attname)):
            continue  # a row without a salt has the digest that it had when rows had none
        if field.is_relation:
            told[field.name] = getattr(row, field.name).name
        elif isinstance(field, Json):
            told[field.name] = field.get_prep_value(getattr(row, field.attname))
        else:
            told[field.name] = _plain(getattr(row, field.attname))
    return digest(told, row._meta.model_name or "row")


def of_scene(name: str, fine: bool, claims: Iterable[str], blocks: Iterable[tuple[int, int]]) -> str:
    """The digest of a scene with its members and blocks (key and position)."""
    placed = [[str(key), str(position)] for key, position in sorted(blocks)]
    return digest({"name": name, "fine": fine, "claims": sorted(claims), "blocks": placed}, "scene")


def of_list(digests: Iterable[str]) -> str:
    """The digest of several, in order."""
    return digest(list(digests), "list")


def now() -> datetime:
    """The time, by the one clock of rows and log."""
    return datetime.now(UTC)


def stamp(at: datetime) -> str:
    """A time as the log writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
