"""What `make eval` measures on: the coded reports beside this checkout, their texts, and their digests."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from probata import acquire
from probata.model.errors import InputError
from probata.model.report import Report

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
GOLD = SHARED / "gold"
POLNEAR = SHARED / "corpora" / "polnear"
HELD_BACK = 30  # reports of dev that are scored and never read


def digest(path: Path) -> str:
    """SHA-256 of a file, or of a folder: over each file's path within it, length and bytes, in order of path."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    total = hashlib.sha256()
    for file in sorted(p for p in path.rglob("*") if p.is_file()):
        content = file.read_bytes()
        total.update(f"{file.relative_to(path).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def digests() -> dict[str, str]:
    """The digest of each thing that figures depend on, by its path within the shared folder."""
    things = (
        "gold/dev",
        "gold/seed",
        "gold/score.py",
        "gold/incidents/dev.jsonl",
        "gold/incidents/score_incidents.py",
        "seed/report.txt",
        "corpora/fakes/reports.jsonl",
        "corpora/airwars/reports.jsonl",
        "corpora/polnear/dev",
        "corpora/polnear/score_attributions.py",
    )
    return {thing: digest(SHARED / thing) for thing in things}


def scorer() -> ModuleType:
    """The one scorer of claims, gold/score.py."""
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(GOLD / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def corpora() -> Iterator[Report]:
    """All reports of the two corpora."""
    yield from _sound(acquire.reports(SHARED / "corpora" / name / "reports.jsonl" for name in ("fakes", "airwars")))


def _sound(found: Iterable[Report | InputError]) -> Iterator[Report]:
    for report in found:
        if isinstance(report, InputError):
            raise report
        yield report


def dev() -> tuple[dict[str, list[dict[str, Any]]], list[Report]]:
    """The coded claims by report and the reports themselves."""
    claims: dict[str, list[dict[str, Any]]] = scorer().load_gold(GOLD / "dev")
    return claims, [report for report in corpora() if report.id in claims]


def seed() -> tuple[dict[str, list[dict[str, Any]]], list[Report]]:
    """The seed report with the publication date that its text does not hold."""
    claims: dict[str, list[dict[str, Any]]] = scorer().load_gold(GOLD / "seed")
    options = acquire.Options(published=date(2016, 12, 13))
    return claims, list(_sound(acquire.reports([SHARED / "seed" / "report.txt"], options)))


def held_back(names: Iterable[str]) -> set[str]:
    """The names of the part that nobody reads: the first HELD_BACK by SHA-256 of the name."""
    return set(sorted(names, key=lambda name: hashlib.sha256(name.encode()).hexdigest())[:HELD_BACK])


def articles() -> Iterator[Report]:
    """The PolNeAR articles as their files are: offsets count in the file's characters."""
    for report in _sound(acquire.reports(sorted((POLNEAR / "dev" / "text").glob("*.txt")))):
        path = POLNEAR / "dev" / "text" / f"{report.id}.txt"
        if report.text != path.read_bytes().decode("utf-8"):
            raise ValueError(f"{path.name}: its text is not as in its file, so no offset would count")
        yield report
