"""The map as the server draws it: a plain picture for browsers without WebGL or script, and for paper."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).parents[1] / "static" / "vendor"
WIDE, HIGH = 960, 560  # of the picture's own units
_LEAST = 3.0  # degrees that the picture covers at least, so that one place has surroundings
_KM = 111.32  # kilometres of a degree of latitude
_MOST = 250  # places drawn; the list beside has all
Record = dict[str, Any]


def has_map() -> bool:
    """Whether the map that can be moved has been put in place (tools/assets)."""
    return (VENDOR / "maplibre-gl-csp.js").is_file() and (VENDOR / "countries.geojson").is_file()


def picture(places: Sequence[Record]) -> Record:
    """Land and places in the units of the picture; places are circles of the size of what their words name."""
    west, south, east, north = _frame(places)
    squeeze = math.cos(math.radians((south + north) / 2)) or 0.01
    scale = min(WIDE / ((east - west) * squeeze), HIGH / (north - south))
    middle = (west + east) / 2, (south + north) / 2

    def at(lon: float, lat: float) -> tuple[float, float]:
        x = WIDE / 2 + (lon - middle[0]) * squeeze * scale
        return round(x, 1), round(HIGH / 2 - (lat - middle[1]) * scale, 1)

    drawn = []
    for p in sorted(places[:_MOST], key=lambda p: -p["radius_km"]):
        x, y = at(p["lon"], p["lat"])
        r = max(p["radius_km"] / _KM * scale, 9 if p["area"] else 7)
        drawn.append({**p, "x": x, "y": y, "r": round(r, 1)})
    half = WIDE / 2 / squeeze / scale, HIGH / 2 / scale
    view = middle[0] - half[0], middle[1] - half[1], middle[0] + half[0], middle[1] + half[1]
    return {"wide": WIDE, "high": HIGH, "land": _path(view, at), "drawn": drawn, "left": max(0, len(places) - _MOST)}


def _frame(places: Sequence[Record]) -> tuple[float, float, float, float]:
    if not places:
        return -170.0, -55.0, 175.0, 75.0
    lons, lats = [p["lon"] for p in places], [p["lat"] for p in places]
    out = []
    for low, high in ((min(lons), max(lons)), (min(lats), max(lats))):
        more = max((high - low) * 0.12, (_LEAST - (high - low)) / 2, 0.2)
        out.append((low - more, high + more))
    return out[0][0], max(-85.0, out[1][0]), out[0][1], min(85.0, out[1][1])


def _path(view: tuple[float, float, float, float], at: Any) -> str:
    west, south, east, north = view
    out = []
    for (w, s, e, n), ring in _land():
        if w <= east and e >= west and s <= north and n >= south:
            out.append("M" + "L".join(f"{x},{y}" for x, y in (at(*p) for p in ring)) + "Z")
    return "".join(out)


@cache
def _land() -> tuple[tuple[tuple[float, float, float, float], list[tuple[float, float]]], ...]:
    return tuple(_rings())


def _rings() -> Iterator[tuple[tuple[float, float, float, float], list[tuple[float, float]]]]:
    try:
        found = json.loads((VENDOR / "land.geojson").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    for feature in found["features"]:
        shape = feature["geometry"]
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        for polygon in polygons:
            ring = [(float(x), float(y)) for x, y in polygon[0]]
            xs, ys = [p[0] for p in ring], [p[1] for p in ring]
            yield (min(xs), min(ys), max(xs), max(ys)), ring
