"""A user's own places: a YAML or CSV file that adds to the gazetteer, or describes a country of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from probata.model.errors import ProbataError
from probata.vocab.gazetteer import Gazetteer
from probata.vocab.placeindex import Entry, index
from probata.vocab.placenames import key

LARGEST = 20_000_000  # bytes
ADVICE = "Each place needs a name and a kind; demo/gazetteer.yml is an example."
FIELDS = frozenset({"name", "other_names", "kind", "lat", "lon", "country", "within", "population", "demonyms"})
KINDS = {  # word in the file -> kind and precision of an entry
    **dict.fromkeys(("settlement", "city", "town", "village", "hamlet"), ("settlement", "city")),
    **dict.fromkeys(("neighbourhood", "neighborhood", "quarter", "suburb"), ("neighbourhood", "neighbourhood")),
    "camp": ("named-feature", "neighbourhood"),
    **dict.fromkeys(("feature", "named-feature", "crossing", "airport", "base", "hospital", "school", "bridge",
                     "dam", "market", "mosque", "church", "checkpoint"), ("named-feature", "point")),
    **dict.fromkeys(("river", "valley", "road"), ("named-feature", "district")),
    "district": ("region", "district"),
    **dict.fromkeys(("province", "governorate", "state"), ("region", "province")),
    "region": ("region", "region"),
    "country": ("country", "country"),
}  # fmt: skip


def load_gazetteer(path: str | Path) -> Gazetteer:
    """The gazetteer with the places of a file before the packaged ones.

    YAML: a list of places, or a table with `places`; CSV: a header line. Fields: name, kind, and optionally other_names
    (a list; in CSV parted by ";"), lat and lon (degrees), country (ISO code or name), within, population, demonyms (for
    a country). Raises ProbataError, code "gazetteer", with the file, the row and what is wrong; nothing is skipped.
    """
    file = Path(path)
    rows = list(_rows(file))
    made: list[tuple[Entry, tuple[str, ...]]] = []
    declared = {key(str(r.get("name", ""))): str(r["name"]).strip() for _, r in rows if r.get("kind") == "country"}
    for where, row in rows:
        made.extend(_entries(file, where, row, declared))
    names = {key(n) for _, spelt in made for n in spelt}
    for (where, _), (entry, _) in zip(rows, (pair for pair in made if pair[0].kind != "demonym"), strict=True):
        if entry.within and key(entry.within) not in names and not index().find(key(entry.within)):
            raise _wrong(file, f'{where}: within "{entry.within}" is not a place of the file or the gazetteer.')
    return Gazetteer(made)


def _wrong(file: Path, problem: str) -> ProbataError:
    return ProbataError("gazetteer", str(file), problem, ADVICE)


def _rows(file: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rows of the file, each with words that say where it is."""
    try:
        if file.stat().st_size > LARGEST:
            raise _wrong(file, f"is larger than {LARGEST // 1_000_000} MB.")
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong(file, "is not UTF-8 text.") from error
    except OSError as error:
        raise _wrong(file, f"cannot be read ({error.strerror or error}).") from error
    if file.suffix.lower() == ".csv":
        yield from _csv_rows(file, text)
        return
    try:
        table = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise _wrong(file, f"{where}is not valid YAML ({getattr(error, 'problem', None) or 'bad syntax'}).") from error
    except RecursionError as error:
        raise _wrong(file, "is nested too deeply.") from error
    places = table.get("places") if isinstance(table, dict) else table
    if not isinstance(places, list) or not places:
        raise _wrong(file, "holds no list of places.")
    for number, row in enumerate(places, 1):
        if not isinstance(row, dict):
            raise _wrong(file, f"place {number}: is not a table of fields.")
        yield f"place {number}", {str(k).replace(" ", "_"): v for k, v in row.items()}


def _csv_rows(file: Path, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        for row in (reader := csv.DictReader(io.StringIO(text), strict=True)):
            if None in row or None in row.values():
                raise _wrong(file, f"line {reader.line_num}: does not have as many fields as the header.")
            clean: dict[str, Any] = {k.strip().replace(" ", "_"): v.strip() for k, v in row.items() if v.strip()}
            for many in ("other_names", "demonyms"):
                if many in clean:
                    clean[many] = [n.strip() for n in clean[many].split(";") if n.strip()]
            yield f"line {reader.line_num}", clean
    except csv.Error as error:
        raise _wrong(file, f"is not valid CSV ({error}).") from error


def _entries(
    file: Path, where: str, row: Mapping[str, Any], declared: Mapping[str, str]
) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """The entry of a row, and that of a country's demonyms."""
    if unknown := sorted(set(row) - FIELDS):
        raise _wrong(file, f'{where}: unknown field "{unknown[0]}".')
    name = row.get("name")
    if not isinstance(name, str) or not key(name):
        raise _wrong(file, f"{where}: has no name.")
    where = f'{where} ("{name}")'
    kind = str(row.get("kind") or "")
    if kind not in KINDS:
        raise _wrong(file, f'{where}: kind "{kind}" is none of {", ".join(KINDS)}.')
    label, precision = KINDS[kind]
    others, demonyms = (_names(file, where, row, f) for f in ("other_names", "demonyms"))
    country = name.strip() if kind == "country" else _country(file, where, row, declared)
    lat, lon = (_degrees(file, where, row, f, most) for f, most in (("lat", 90), ("lon", 180)))
    if (lat is None) != (lon is None):
        raise _wrong(file, f"{where}: has only one of lat and lon.")
    people, within = row.get("population") or 0, row.get("within") or ""
    if not str(people).isdigit() or not isinstance(within, str):
        raise _wrong(file, f"{where}: population must be a whole number and within a name.")
    entry = Entry(
        name.strip(), label, precision, country, lat=lat, lon=lon, population=int(people), within=within, own=True
    )
    yield entry, (name, *others)
    if demonyms:
        if kind != "country":
            raise _wrong(file, f"{where}: only a country has demonyms.")
        yield Entry(demonyms[0], "demonym", "country", country, own=True), demonyms


def _names(file: Path, where: str, row: Mapping[str, Any], field: str) -> tuple[str, ...]:
    names = row.get(field) or []
    if not isinstance(names, list) or not all(isinstance(n, str) and key(n) for n in names):
        raise _wrong(file, f"{where}: {field} must be a list of names.")
    return tuple(names)


def _country(file: Path, where: str, row: Mapping[str, Any], declared: Mapping[str, str]) -> str:
    """The code of a known country, or the name of one that the file declares; a file of one country need not say."""
    told = row.get("country")
    if told is None and len(declared) == 1:
        return next(iter(declared.values()))
    if not isinstance(told, str):
        raise _wrong(file, f"{where}: has no country.")
    if key(told) in declared:
        return declared[key(told)]
    known = [e for e in (*index().find("@" + told.upper()), *index().find(key(told))) if e.kind == "country"]
    if not known:
        raise _wrong(file, f'{where}: country "{told}" is not known and not declared in the file.')
    return known[0].country


def _degrees(file: Path, where: str, row: Mapping[str, Any], field: str, most: int) -> float | None:
    told = row.get(field)
    if told is None:
        return None
    try:
        value = float(told)
    except (TypeError, ValueError):
        value = float("nan")
    if isinstance(told, bool) or not -most <= value <= most:
        raise _wrong(file, f'{where}: {field} "{told}" is no number of degrees from -{most} to {most}.')
    return value
