"""Score grouping against the gold: read the coded reports, link their claims, run the scorer.

`make eval` does it too, and holds the figures against tools/floors.toml. By itself with --claims FILE the claims are
read from there, or written there when it is missing, so that linking can be tried again without reading again.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import floors
import gold
from probata import pipeline
from probata.export import jsonl
from probata.link.facts import About
from probata.link.incidents import link
from probata.model.claim import Claim
from probata.model.incident import Incident

REPORTS = gold.GOLD / "incidents" / "dev.jsonl"
SCORER = gold.GOLD / "incidents" / "score_incidents.py"
# B-cubed F1 of all reports, of those that share an incident; joined pairs of reports that are right; pairs of copies.
TARGETS = {
    "incidents.all": 0.84,
    "incidents.shared": 0.72,
    "incidents.right": 0.94,
    "incidents.copy_recall": 0.85,
    "incidents.copy_precision": 0.95,
}


def rows() -> list[dict[str, Any]]:
    """The coded reports: id, incident, copy_of."""
    return [json.loads(line) for line in REPORTS.read_text(encoding="utf-8").splitlines() if line.strip()]


def read(names: Iterable[str]) -> list[Claim]:
    """The claims of the reports of these names."""
    wanted = set(names)
    reports = [r for r in gold.corpora() if r.id in wanted]
    return [claim for _, claims in pipeline.read_many(reports) for claim in claims]


def about(names: Iterable[str]) -> dict[str, About]:
    """The outlet and day of the reports of these names, as `probata read` tells them to `probata link`."""
    wanted = set(names)
    found = (r for r in gold.corpora() if r.id in wanted)
    return {r.id: About(r.outlet or "", r.anchor.day if r.anchor else None) for r in found}


def claims(path: Path | None) -> list[Claim]:
    """The claims, from `path` when it is there."""
    if path and path.exists():
        return [jsonl.from_record(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    found = read(r["id"] for r in rows())
    if path:
        path.write_text("".join(jsonl.line(jsonl.record(c)) + "\n" for c in found), encoding="utf-8")
    return found


def score(found: list[Incident], known: list[Claim]) -> tuple[str, dict[str, float]]:
    """What the scorer prints, and its figures with those of the copies, by name."""
    with tempfile.TemporaryDirectory() as folder:
        incidents, lines = Path(folder) / "incidents.json", Path(folder) / "claims.jsonl"
        table = [{"id": i.id, "claims": list(i.claims), "families": [list(f) for f in i.families]} for i in found]
        incidents.write_text(json.dumps(table), encoding="utf-8")
        lines.write_text("".join(jsonl.line(jsonl.record(c)) + "\n" for c in known), encoding="utf-8")
        command = [sys.executable, str(SCORER), str(REPORTS), str(incidents), str(lines)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures = {name: float(f) for name, f in re.findall(r"^B-cubed (\w+) .*F1 ([\d.]+)", said, re.MULTILINE)}
    wrong, joined = map(int, re.findall(r"(\d+) of (\d+) joined pairs wrong", said)[0])
    figures |= {"right": 1 - wrong / max(1, joined), **copies(found)}
    return said, {f"incidents.{name}": value for name, value in figures.items()}


def measure(kept: Path | None = None) -> tuple[str, dict[str, float]]:
    """What the scorer prints of the coded reports linked, and all figures by name. `kept` is a file of their claims."""
    known = claims(kept)
    return score(link(known, about(r["id"] for r in rows())), known)


def report(values: dict[str, float], least: dict[str, float]) -> None:
    """Print the figures with their targets and floors."""
    for name, target in TARGETS.items():
        floor = f"  >={least[name]:.3f}" if name in least else ""
        print(f"{name:<26}{values[name]:.3f}  target {target:.2f}{floor}")


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
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--claims", type=Path, help="keep the claims in this file")
    chosen = parser.parse_args()
    if not REPORTS.exists():
        print(
            f"eval: no gold at {REPORTS}; nothing was measured. It is kept apart from this repository.", file=sys.stderr
        )
        return 2
    said, values = measure(chosen.claims)
    least = floors.read().least
    print(said, end="")
    report(values, least)
    return int(any(values[name] < least.get(name, 0.0) for name in values))


if __name__ == "__main__":
    sys.exit(main())
