"""Claims of a casebook by the beginnings of their ids."""

from __future__ import annotations

from django.db.models import Q

from probata.model.errors import InputError
from probata.store import models
from probata.store.opening import Casebook

LEAST = 6  # characters by which a claim may be named
_SHOWN = 3


def named(book: Casebook, name: str) -> str:
    """The id of the claim of this id, or of an id that, with or without "sha256:", begins so. Raises InputError."""
    rows = models.Claim.objects.using(book.alias)
    if rows.filter(name=name).exists():
        return name
    if len(name.removeprefix("sha256:")) >= LEAST:
        begins = Q(name__startswith=name) | Q(name__startswith=f"sha256:{name}")
        found = list(rows.filter(begins).order_by("name").values_list("name", flat=True)[: _SHOWN + 1])
        if len(found) == 1:
            return found[0]
        if found:
            more = " and others" if len(found) > _SHOWN else ""
            problem = f"is the beginning of several ids: {', '.join(found[:_SHOWN])}{more}."
            raise InputError("claim", name, problem, "Give more of it.")
    advice = f"`probata claims` lists them; {LEAST} characters or more of an id are enough."
    raise InputError("claim", name, "is no claim of this casebook.", advice)
