"""All that a casebook holds, without times and row numbers, so that two can be compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.models import Model

from probata.store import models
from probata.store.opening import Casebook

Dump = dict[str, list[Any]]


def dump(book: Casebook) -> Dump:
    """Rows by table, in an order of their own; originals by name and size."""

    def rows(model: type[Model], *names: str) -> list[Any]:
        return sorted(model._default_manager.using(book.alias).values_list(*names), key=repr)

    return {
        "reports": rows(models.Report, "name", "digest", "original", "text", "title", "published", "data", "reader"),
        "claims": rows(models.Claim, "name", "report__name", "number", "type", "stance", "record"),
        "members": rows(models.Member, "claim__name", "scene__name", "scene__incident__name"),
        "scenes": rows(models.Scene, "name", "report__name", "incident__name", "fine"),
        "blocks": rows(models.Block, "key", "position", "scene__name"),
        "tallies": rows(models.Tally, "kind", "what", "number"),
        "incidents": rows(models.Incident, "name", "number", "type", "place", "start", "sources", "grade", "ended"),
        "versions": rows(models.Version, "incident__name", "number", "record", "changes", "because"),
        "shadows": rows(models.Shadow, "report__name", "part", "text", "also"),
        "decisions": rows(models.Decision, "a", "b", "same", "who", "why"),
        "originals": sorted((p.name, p.stat().st_size) for p in files(book.originals)),
    }


def files(folder: Path) -> list[Path]:
    """The files of a folder of originals."""
    return [p for p in folder.rglob("*") if p.is_file()]


def groups(book: Casebook) -> set[frozenset[str]]:
    """The claims of each incident."""
    out: dict[str, set[str]] = {}
    held = models.Member.objects.using(book.alias).values_list("scene__incident__name", "claim__name")
    for incident, claim in held:
        out.setdefault(incident or "", set()).add(claim)
    return {frozenset(claims) for claims in out.values()}
