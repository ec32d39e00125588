"""Score grouping against the gold: read the coded reports, link their claims, run the scorer; fail below a floor.

The gold lies beside the checkout, in ../shared. With --claims FILE the claims are read from there, or written there
when it is missing, so that linking can be tried again without reading again.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import gold
from probata import pipeline
from probata.export import jsonl
from probata.link.incidents import link
from probata.model.claim import Claim
from probata.model.incident import Incident

REPORTS = gold.GOLD / "incidents" / "dev.jsonl"
SCORER = gold.GOLD / "incidents" / "score_incidents.py"
# What the work is to reach, and what it has reached less a margin for changes in reading (2026-11-24: 0.906, 0.827,
# 0.029, 0.88, 0.94).
TARGETS = {"all": 0.84, "shared": 0.72, "wrong": 0.06, "copy_recall": 0.85, "copy_precision": 0.95}
FLOORS = {"all": 0.87, "shared": 0.76, "wrong": 0.06, "copy_recall": 0.85, "copy_precision": 0.90}


def rows() -> list[dict[str, Any]]:
    """The coded reports: id, incident, copy_of."""
    return [json.loads(line) for line in REPORTS.read_text(encoding="utf-8").splitlines() if line.strip()]


def read(names: Iterable[str]) -> list[Claim]:
    """The claims of the reports of these names."""
    wanted = set(names)
    reports = [r for r in gold.corpora() if r.id in wanted]
    return [claim for _, claims in pipeline.read_many(reports) for claim in claims]


def claims(path: Path | None) -> list[Claim]:
    """The claims, from `path` when it is there."""
    if path and path.exists():
        return [jsonl.from_record(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    found = read(r["id"] for r in rows())
    if path:
        path.write_text("".join(jsonl.line(jsonl.record(c)) + "\n" for c in found), encoding="utf-8")
    return found


def score(found: list[Incident], known: list[Claim]) -> tuple[str, dict[str, float]]:
    """What the scorer prints, and its figures with those of the copies."""
    with tempfile.TemporaryDirectory() as folder:
        incidents, lines = Path(folder) / "incidents.json", Path(folder) / "claims.jsonl"
        table = [{"id": i.id, "claims": list(i.claims), "families": [list(f) for f in i.families]} for i in found]
        incidents.write_text(json.dumps(table), encoding="utf-8")
        lines.write_text("".join(jsonl.line(jsonl.record(c)) + "\n" for c in known), encoding="utf-8")
        command = [sys.executable, str(SCORER), str(REPORTS), str(incidents), str(lines)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures = {name: float(f) for name, f in re.findall(r"^B-cubed (\w+) .*F1 ([\d.]+)", said, re.MULTILINE)}
    figures["wrong"] = float(re.findall(r"wrong \(([\d.]+)\)", said)[0])
    return said, figures | copies(found)


def copies(found: list[Incident]) -> dict[str, float]:
    """Recall and precision of pairs of copies, both of an incident; copies of one report are copies of each other."""
    main = {r["id"]: r["incident"] for r in rows()}
    root = {r["id"]: r["copy_of"] or r["id"] for r in rows()}

    def origin(name: str) -> str:
        while root.get(name, name) != name:
            name = root[name]
        return name

    coded = sorted(n for n in main if main[n])
    true = {(a, b) for a, b in combinations(coded, 2) if origin(a) == origin(b)}
    said = {
        pair for i in found for f in i.families for pair in combinations(sorted(f), 2) if all(main.get(n) for n in pair)
    }
    return {"copy_recall": len(said & true) / len(true), "copy_precision": len(said & true) / max(1, len(said))}


def main() -> int:
    """Print the figures; 1 when one is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=Path, help="keep the claims in this file")
    chosen = parser.parse_args()
    if not REPORTS.exists():
        print("no ../shared beside this checkout: nothing to measure")
        return 0
    known = claims(chosen.claims)
    start = time.perf_counter()
    found = link(known)
    print(f"{len(known):,} claims, {len(found)} incidents, linked in {time.perf_counter() - start:.1f} s")
    said, figures = score(found, known)
    print(said, end="")
    failed = False
    for name, value in figures.items():
        below = value > FLOORS[name] if name == "wrong" else value < FLOORS[name]
        failed |= below
        print(
            f"{name:15} {value:.3f}  target {TARGETS[name]:.2f}  floor {FLOORS[name]:.2f}{'  BELOW' if below else ''}"
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
