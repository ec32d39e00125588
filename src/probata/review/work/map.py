"""Incidents on the map: gathered by place, each place drawn no more exactly than the words for it allow."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from probata.review.sight import Sight
from probata.review.work import incidents
from probata.review.work.incidents import Wanted
from probata.store import models
from probata.store.opening import Casebook

NOWHERE = "none"  # the place of incidents that cannot be drawn
# Kilometres from the middle within which the place named may lie: what is drawn, so that nothing looks more exact.
RADIUS = {
    "point": 1,
    "neighbourhood": 3,
    "city": 8,
    "district": 25,
    "province": 75,
    "region": 120,
    "country": 350,
    "unresolved": 75,
}
AREAS = ("district", "province", "region", "country", "unresolved")  # never a mark in the middle as if it were there
# What a mark is coloured by, the gravest first.
COLOURS = {
    "dead": ("killing", "casualties", "bodies_found"),
    "hurt": ("injury", "ill_treatment"),
    "struck": ("attack", "damage"),
    "held": ("detention", "forced_recruitment"),
    "without": ("displacement", "deprivation"),
}
_WHERE = {
    "sqlite": "json_extract(record, '$.where.lat'), json_extract(record, '$.where.lon'), "
    "json_extract(record, '$.where.precision')",
    "postgresql": "record::json #>> '{where,lat}', record::json #>> '{where,lon}', "
    "record::json #>> '{where,precision}'",
}
_AMONG = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT json_array_elements_text(%s::json)::bigint",
}
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an incident is drawn: degrees (WGS 84) and how exactly its words name it."""

    lat: float
    lon: float
    precision: str

    @property
    def key(self) -> str:
        """It in an address."""
        return f"{self.lat:.5f},{self.lon:.5f},{self.precision}"


class _Spots:
    """Where the latest version of each incident is: read once, then only what was written since."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: tuple[str, int, dict[int, Spot | None]] = ("", 0, {})

    def of(self, book: Casebook) -> dict[int, Spot | None]:
        """By the row numbers of incidents; None where it is not known."""
        with self._lock:
            name = f"{book.folder} {book.id}"
            last, found = self._of[1:] if self._of[0] == name else (0, {})
            where = _WHERE[connections[book.alias].vendor]
            with connections[book.alias].cursor() as cursor:
                rows = f"SELECT id, incident_id, {where} FROM store_version WHERE id > %s ORDER BY id"
                cursor.execute(rows, [last])
                new = cursor.fetchall()
            if new:
                found = dict(found)
                for _, incident, lat, lon, precision in new:
                    found[incident] = _spot(lat, lon, precision)
                self._of = name, new[-1][0], found
            return found


_spots = _Spots()


def _spot(lat: Any, lon: Any, precision: str | None) -> Spot | None:
    if lat is None or lon is None:
        return None
    return Spot(float(lat), float(lon), precision if precision in RADIUS else "unresolved")


def told(sight: Sight, wanted: Wanted, at: str = "") -> Record:
    """The places with incidents wanted, how many have no place, and a page of the incidents (of one place, `at`)."""
    rows = incidents._filtered(sight, wanted)
    spots = _spots.of(sight.book)
    places: dict[Spot, _Place] = {}
    chosen: list[int] = []
    nowhere = number = 0
    columns = ("id", "name", "type", "place", "killed_high", "killed_low")
    for id_, name, kind, place, high, low in rows.order_by().values_list(*columns).iterator(chunk_size=5000):
        number += 1
        spot = spots.get(id_)
        if spot is None:
            nowhere += 1
        else:
            if (found := places.get(spot)) is None:
                found = places[spot] = _Place(spot, place or "")
            found.add(name, kind, high if high is not None else low)
        if at and at == (spot.key if spot else NOWHERE):
            chosen.append(id_)
    records = [p.record(sight) for p in sorted(places.values(), key=lambda p: -p.number)]
    return {
        "places": records,
        "number": number,
        "nowhere": nowhere,
        "at": at,
        "here": next((p for p in records if p["key"] == at), None),
        **_page(sight, _among(rows, chosen, sight.book) if at else rows, wanted),
    }


class _Place:
    """What is known of one place while its incidents are gathered."""

    __slots__ = ("_first", "_kinds", "_most", "name", "number", "spot")

    def __init__(self, spot: Spot, name: str) -> None:
        self.spot, self.name, self.number = spot, name, 0
        self._first, self._most = "", -1
        self._kinds: Counter[str] = Counter()

    def add(self, incident: str, kind: str, figure: int | None) -> None:
        self.number += 1
        self._first = incident
        self._kinds[kind] += 1
        if figure is not None:
            self._most = max(self._most, figure)

    def record(self, sight: Sight) -> Record:
        """The place as a map shows it. `most` is the highest figure of one incident: nothing is added up."""
        spot = self.spot
        return {
            "key": spot.key,
            "name": sight.shield.text(self.name),
            "lat": spot.lat,
            "lon": spot.lon,
            "precision": spot.precision,
            "radius_km": RADIUS[spot.precision],
            "area": spot.precision in AREAS,
            "number": self.number,
            "types": dict(self._kinds.most_common()),
            "colour": colour(self._kinds),
            "most": self._most if self._most >= 0 else None,
            "incident": self._first if self.number == 1 else None,
        }


def colour(kinds: Iterable[str]) -> str:
    """The colour of the gravest of these types."""
    found = set(kinds)
    return next((name for name, of in COLOURS.items() if found & set(of)), "struck")


def _among(rows: QuerySet[models.Incident], ids: list[int], book: Casebook) -> QuerySet[models.Incident]:
    return rows.filter(id__in=RawSQL(_AMONG[connections[book.alias].vendor], [json.dumps(ids)]))


def _page(sight: Sight, rows: QuerySet[models.Incident], wanted: Wanted) -> Record:
    """A page of incidents as the list beside the map shows them, from their rows alone."""
    page, later, earlier = incidents._page(rows, wanted)
    return {
        "incidents": [slim(sight, row) for row in page],
        "later": str(later) if later else None,
        "earlier": str(earlier) if earlier else None,
    }


def slim(sight: Sight, row: models.Incident) -> Record:
    """What a list beside a picture shows of an incident."""
    return {
        "id": row.name,
        "type": row.type,
        "place": sight.shield.text(row.place or ""),
        "from": row.start,
        "to": row.end,
        "killed": {"low": row.killed_low, "high": row.killed_high},
        "sources": row.sources,
        "grade": row.grade,
        "colour": colour([row.type]),
    }


def undated() -> Q:
    """The rows of incidents whose day is not known."""
    return Q(start=None, end=None)
