"""How two places and two times stand to each other."""

from __future__ import annotations

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from probata.link.facts import When, Where

# How far from its coordinates a place of each precision reaches, in kilometres.
REACH = {"point": 3.0, "neighbourhood": 4.0, "city": 8.0, "district": 35.0, "province": 110.0, "region": 250.0}
FINE = frozenset({"point", "neighbourhood", "city"})
NEXT_TO = 18.0  # km between two fine places that reports may name for one event: a village and its town
_EARTH = 6371.0


def distance(a: Where, b: Where) -> float | None:
    """Kilometres between two places; None where the coordinates of one are not known."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return _km(a.lat, a.lon, b.lat, b.lon)


@lru_cache(maxsize=1 << 16)
def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    p, q = radians(lat1), radians(lat2)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(h)))


def is_wide(place: Where) -> bool:
    """Whether the words name no more than a country."""
    return place.precision == "country"


def places(a: Where | None, b: Where | None) -> str:
    """same, near, name (one in common), within (one may hold the other), coarse (both wide), far, unknown."""
    if a is None or b is None:
        return "unknown"
    fine = a.precision in FINE, b.precision in FINE
    same = a.key == b.key or (a.geonameid is not None and a.geonameid == b.geonameid)
    if same and (all(fine) or a.lat is None):
        return "same"
    if is_wide(a) or is_wide(b):
        return "coarse" if same else "unknown"
    if a.names & b.names:
        return "name"
    if same:
        return "within" if any(fine) else "coarse"
    if all(fine) and (a.town == b.key or b.town == a.key):
        return "near"  # a side of the town, however its name is spelt elsewhere
    km = distance(a, b)
    if km is None:
        return "unknown"
    if all(fine) and not a.loose and not b.loose:
        return "near" if km <= NEXT_TO else "far"
    return "within" if km <= max(_reach(a), _reach(b)) else "far"


def _reach(place: Where) -> float:
    return REACH["province"] if place.loose else REACH.get(place.precision, 30.0)


def days(a: When | None, b: When | None) -> str:
    """same, overlap (of a few days), within (a longer time), next (a day apart), near (up to three), far, unknown."""
    if a is None or b is None or a.first is None or b.first is None or a.last is None or b.last is None:
        return "unknown"
    gap = max(a.first, b.first) - min(a.last, b.last)
    if gap <= 0:
        if a.is_day and b.is_day:
            return "same"
        return "within" if a.is_period or b.is_period else "overlap"
    if gap == 1:
        return "next"
    return "near" if gap <= 3 else "far"


def weekday(a: When | None, b: When | None) -> bool:
    """Whether two days far apart are the same day of the week, so that one anchor may be wrong."""
    if a is None or b is None or not (a.is_day and b.is_day) or a.first is None or b.first is None:
        return False
    return (a.first - b.first) % 7 == 0
