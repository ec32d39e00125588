"""What may leave a casebook in a release: fields by an allow-list, and nothing that is not on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from probata.audit.bundle import Withheld
from probata.store import models
from probata.store.opening import Casebook

Record = Mapping[str, Any]
_SPAN = ("start", "end", "text")
_NAMED = (*_SPAN, "name")
# Fields of public records; a table below a name gives the fields of what stands there, None takes it whole.
INCIDENT: dict[str, Any] = dict.fromkeys(
    "id claims type place from to killed injured casualties bodies groups independent_sources originators families "
    "accused accusations answers grade grade_reason grade_scope verification where relations beside precision views "
    "ratings law reasons versions".split()
)
CLAIM: dict[str, Any] = {
    **dict.fromkeys("id report type stance groups in_title inferred".split()),
    "evidence": dict.fromkeys(_SPAN),
    **{name: dict.fromkeys(_NAMED) for name in ("speaker", "relay", "agents", "targets", "method")},
    "basis": dict.fromkeys((*_SPAN, "kind")),
    "count": dict.fromkeys((*_SPAN, "low", "high", "rule")),
    "place": dict.fromkeys((*_SPAN, "name", "geonameid", "lat", "lon", "precision")),
    "time": dict.fromkeys((*_SPAN, "from", "to", "precision", "anchor")),
    "by": None,
}


@dataclass(slots=True)
class Public:
    """What is withheld from one release, counted as it goes."""

    left_out: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, book: Casebook) -> Public:
        """The rules of a casebook."""
        return cls()

    def withheld(self) -> list[Withheld]:
        """What was left out, by kind."""
        return [
            Withheld(what, number, "not on the list of what is published")
            for what, number in sorted(self.left_out.items())
        ]

    def only(self, record: Record, fields: Mapping[str, Any], kind: str) -> dict[str, Any]:
        """The allowed fields of a record; fractions become decimals in writing, the same on every machine."""
        for name in record.keys() - fields.keys():
            if record[name] not in (None, [], {}, ""):
                self.left_out[f"{kind} {name}"] += 1
        return {k: self._value(record[k], fields[k], f"{kind} {k}") for k in fields if k in record}

    def _value(self, value: Any, fields: Mapping[str, Any] | None, kind: str) -> Any:
        if isinstance(value, Mapping):
            inner = fields if fields is not None else dict.fromkeys(value)
            return self.only(value, inner, kind)
        if isinstance(value, list):
            return [self._value(v, fields, kind) for v in value]
        return f"{value:.7f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


def public_incident(record: Record, version: int, public: Public) -> dict[str, Any]:
    """An incident as it is published, with the version that it is."""
    return {**public.only(record, INCIDENT, "incident"), "version": version, "state": "suggested by software"}


def public_claim(record: Record, public: Public) -> dict[str, Any]:
    """A claim as it is published."""
    return public.only(record, CLAIM, "claim")


def public_report(row: models.Report, public: Public) -> dict[str, Any]:
    """A report as it is published: never its text."""
    public.left_out["report text"] += 1
    return {
        "id": row.name,
        "outlet": row.outlet,
        "title": row.title,
        "published": row.published.isoformat() if row.published else None,
        "language": row.language,
        "url": row.url,
        "digest": row.digest,
        "original": row.original,
    }
