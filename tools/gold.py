"""What `make eval` measures on: the coded reports beside this checkout, their texts, and their digests."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from probata.model.report import Anchor, AnchorBasis, Report

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


def corpus() -> dict[str, dict[str, Any]]:
    """All reports of the two corpora by id, as their files give them."""
    out: dict[str, dict[str, Any]] = {}
    for name in ("fakes", "airwars"):
        for line in (SHARED / "corpora" / name / "reports.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            out[record["id"]] = record
    return out


def report(record: dict[str, Any]) -> Report:
    """The report of a corpus record; its date is metadata."""
    day = record.get("published")
    anchors = (Anchor(date.fromisoformat(day), AnchorBasis.METADATA),) if day else ()
    return Report(
        id=record["id"],
        text=record["text"],
        title=record.get("title"),
        outlet=record.get("outlet"),
        language=record.get("language"),
        url=record.get("url"),
        anchors=anchors,
    )


def dev() -> tuple[dict[str, list[dict[str, Any]]], list[Report]]:
    """The coded claims by report and the reports themselves."""
    claims: dict[str, list[dict[str, Any]]] = scorer().load_gold(GOLD / "dev")
    texts = corpus()
    return claims, [report(texts[name]) for name in claims]


def seed() -> tuple[dict[str, list[dict[str, Any]]], list[Report]]:
    """The seed report with the publication date that its text does not hold."""
    claims: dict[str, list[dict[str, Any]]] = scorer().load_gold(GOLD / "seed")
    (name,) = claims
    anchor = Anchor(date(2016, 12, 13), AnchorBasis.OPTION)
    return claims, [Report(name, (SHARED / "seed" / "report.txt").read_text(encoding="utf-8"), anchors=(anchor,))]


def held_back(names: Iterator[str] | list[str]) -> set[str]:
    """The names of the part that nobody reads: the first HELD_BACK by SHA-256 of the name."""
    return set(sorted(names, key=lambda name: hashlib.sha256(name.encode()).hexdigest())[:HELD_BACK])


def articles() -> Iterator[Report]:
    """The PolNeAR articles as their files are: offsets count in the file's characters."""
    for path in sorted((POLNEAR / "dev" / "text").glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            yield Report(path.stem, file.read())
