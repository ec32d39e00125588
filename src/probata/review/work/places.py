"""The places that a name can mean, for people to choose from: the casebook's own first, then the packaged ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from probata.store.opening import Casebook
from probata.vocab.gazetteer import Gazetteer, gazetteer
from probata.vocab.gazetteerfile import load_gazetteer
from probata.vocab.placeindex import PRECISIONS, Entry

FILES = ("gazetteer.yml", "gazetteer.csv")  # the casebook's own places, in its folder
MOST = 12  # candidates that are offered
DECIMALS = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """A place that can be chosen: the value that a form sends for it, and what tells it from others of its name."""

    value: str
    name: str
    kind: str
    precision: str
    country: str
    within: str
    lat: float | None
    lon: float | None
    geonameid: int | None
    population: int


def own(book: Casebook) -> Gazetteer | None:
    """The casebook's own places, if its folder has a file of them."""
    for name in FILES:
        path = book.folder / name
        if path.is_file():
            return _loaded(path, path.stat().st_mtime_ns)
    return None


@lru_cache(maxsize=2)
def _loaded(path: Path, _changed: int) -> Gazetteer:
    return load_gazetteer(path)


def choices(book: Casebook, name: str) -> list[Choice]:
    """The places of a name in any script, the likeliest first. Peoples are none."""
    known = own(book) or gazetteer()
    found: dict[str, Choice] = {}
    for entry in known.find(" ".join(name.split())):
        if entry.kind != "demonym":
            choice = _choice(entry)
            found.setdefault(choice.value, choice)
    return list(found.values())[:MOST]


def coarser(one: str, other: str) -> str:
    """The less exact of two precisions: nobody can know a place better than the gazetteer does."""
    order = (*PRECISIONS, "unresolved")
    return max(one, other, key=lambda p: order.index(p) if p in order else 0)


def _choice(entry: Entry) -> Choice:
    lat = None if entry.lat is None else round(entry.lat, DECIMALS)
    lon = None if entry.lon is None else round(entry.lon, DECIMALS)
    value = f"{entry.geonameid or ''}/{entry.precision}/{entry.name}/{lat}/{lon}"
    return Choice(
        value,
        entry.name,
        entry.kind,
        entry.precision,
        entry.country,
        entry.within,
        lat,
        lon,
        entry.geonameid,
        entry.population,
    )
