"""The compiled index of places: one read-only file, a hash table from name keys to places.

The file is written by tools/gazetteer.py. Its layout, all little-endian: magic (8 bytes), length of the header (u32),
the header (JSON), then the sections that the header gives offsets for: `slots` (u32 offsets into `keys`, one more than
there are slots), `keys` (per slot: NUL-ended entries of key, tab, comma-joined hexadecimal record numbers), `rows`
(one fixed record a place) and `names`.
"""

from __future__ import annotations

import json
import mmap
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

from probata.model.errors import SetupError

MAGIC = b"PROBGAZ1"
ROW = struct.Struct(
    "<IIiiIBBBB"
)  # name offset, GeoNames id, lat and lon x 1e5, population, country, region, kind, fine
KINDS = ("settlement", "region", "country", "neighbourhood", "named-feature", "demonym")
PRECISIONS = ("point", "neighbourhood", "city", "district", "province", "region", "country")


@dataclass(frozen=True, slots=True)
class Entry:
    """One place: its name, what it is, where, and how precise its coordinates (degrees, WGS 84) are.

    `country` is an ISO 3166 code, or the name of a user's own country; "" for what lies in several. `region` is the
    code of the first-level division, "" when not known. `within` names the settlement of a neighbourhood.
    """

    name: str
    kind: str
    precision: str
    country: str
    region: str = ""
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    geonameid: int | None = None
    within: str = ""
    own: bool = False  # from a hand-written table or a user's file


class Index:
    """The opened file. Looking up a name costs about two microseconds and reads only its own bytes."""

    def __init__(self, data: Any) -> None:
        if data[:8] != MAGIC:
            raise SetupError("gazetteer-broken", "places.bin", "is not a place index.", "Reinstall the package.")
        (size,) = struct.unpack_from("<I", data, 8)
        self.header: dict[str, Any] = json.loads(bytes(data[12 : 12 + size]))
        self._data = data
        base = 12 + size
        self._slots, self._keys, self._rows, self._names = (base + at for at in self.header["sections"])
        self._count: int = self.header["slots"]
        self._seen: dict[int, Entry] = {}

    def numbers(self, wanted: str) -> list[int]:
        """The record numbers of the places with this key."""
        raw = wanted.encode(errors="replace")
        at = self._slots + 4 * (crc32(raw) % self._count)
        start, end = struct.unpack_from("<II", self._data, at)
        if start == end:
            return []
        for item in self._data[self._keys + start : self._keys + end - 1].split(b"\0"):
            name, _, ids = item.partition(b"\t")
            if name == raw:
                return [int(n, 16) for n in ids.split(b",")]
        return []

    def having(self, wanted: Iterable[str]) -> list[str]:
        """Those of many keys that some place has, in order; several times faster than looking each up."""
        data, slots, count, pair = self._data, self._slots, self._count, struct.Struct("<II").unpack_from
        out = []
        for key in wanted:
            start, end = pair(data, slots + 4 * (crc32(key.encode(errors="replace")) % count))
            if start != end and self.numbers(key):
                out.append(key)
        return out

    def find(self, wanted: str) -> list[Entry]:
        """The places with this key, the most populous first."""
        return [self.entry(n) for n in self.numbers(wanted)]

    def entry(self, number: int) -> Entry:
        """The place with this record number."""
        if (known := self._seen.get(number)) is not None:
            return known
        at, gid, lat, lon, population, country, region, kind, fine = ROW.unpack_from(
            self._data, self._rows + number * ROW.size
        )
        end = self._data.find(b"\0", self._names + at)
        name, _, within = bytes(self._data[self._names + at : end]).decode().partition("\t")
        unplaced = lat == lon == -(2**31)
        made = self._seen[number] = Entry(
            name,
            KINDS[kind],
            PRECISIONS[fine & 15],
            self.header["countries"][country],
            self.header["regions"][country][region] if region else "",
            None if unplaced else lat / 1e5,
            None if unplaced else lon / 1e5,
            population,
            gid or None,
            within,
            bool(fine & 16),
        )
        return made


@cache
def index() -> Index:
    """The index that comes with the package, opened once a process and mapped, not read, into memory."""
    path = files("probata.vocab").joinpath("places.bin")
    if not isinstance(path, Path):  # inside a zip file
        return Index(path.read_bytes())
    try:
        with path.open("rb") as file:
            return Index(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as error:
        raise SetupError("gazetteer-missing", "places.bin", f"cannot be opened ({error}).", "Reinstall.") from error
