"""Score reading and grouping against the gold, print by slot and type, and fail when a figure is below its floor.

Floors are in tools/floors.toml. The gold lies beside the checkout, in ../shared, and is pinned by digest.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import eval_incidents
import floors
import gold
import train
from probata import pipeline
from probata.export import jsonl
from probata.model.report import Report

# What the work is to reach on each part; floors say what it has reached.
TARGETS = {
    "dev.fact": 0.68,
    "dev.claim": 0.78,
    "dev.full": 0.40,
    "unseen.fact": 0.68,
    "unseen.claim": 0.78,
    "unseen.full": 0.40,
    "seed.fact": 0.90,
    "polnear.coverage": 0.64,
    "polnear.coverage_source": 0.54,
    "polnear.iou": 0.56,
}
GAP = 0.03  # how far the part held back may lie under all of dev
FOLDS = 5
Scores = dict[str, Any]
Predicted = dict[str, list[dict[str, Any]]]


def predictions(reports: Iterable[Report]) -> dict[str, list[dict[str, Any]]]:
    """The claim records by report, as `probata read --format jsonl` writes them."""
    out: dict[str, list[dict[str, Any]]] = {}
    for report in reports:
        claims = (jsonl.record(claim) for claim in pipeline.read(report))
        out[report.id] = [json.loads(jsonl.line(record)) for record in claims]
    return out


def unseen(claims: dict[str, list[dict[str, Any]]], reports: Iterable[Report]) -> tuple[Predicted, Predicted]:
    """What rankers read that have not seen the report: all of dev by cross-validation; the held-back part, after
    training on the rest. The shipped weights are trained on all of dev, so what they score there flatters.
    """
    coded = [train.Coded(w, claims[w.report.id]) for w in pipeline.words(reports)]
    crossed: Predicted = {}
    for fold in range(FOLDS):
        models = train.train([c for i, c in enumerate(coded) if i % FOLDS != fold])
        crossed |= train.predictions([c for i, c in enumerate(coded) if i % FOLDS == fold], models)
    aside = gold.held_back(claims)
    models = train.train([c for c in coded if c.words.report.id not in aside])
    return crossed, train.predictions([c for c in coded if c.words.report.id in aside], models)


def attribution_scores() -> dict[str, float]:
    """Coverage F1, the same with source, and IoU F1 on PolNeAR dev, by its own scorer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "attributions.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for report in gold.articles():
                for a in pipeline.attributions(report):
                    file.write(jsonl.line(jsonl.attribution_record(report.id, a)) + "\n")
        command = [sys.executable, str(gold.POLNEAR / "score_attributions.py"), str(gold.POLNEAR / "dev"), str(path)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.findall(r"^(coverage|IoU).*?F1 ([\d.]+)\s+with source F1 ([\d.]+)", said, re.MULTILINE)
    out: dict[str, float] = {}
    for rule, plain, with_source in found:
        out[f"polnear.{rule.lower()}"] = float(plain)
        out[f"polnear.{rule.lower()}_source"] = float(with_source)
    return out


def flat(part: str, scores: Scores) -> dict[str, float]:
    """The figures of one part by name: fact, claim, harm, full, slot.* and type.*."""
    out = {f"{part}.{k}": scores[v]["f1"] for k, v in (("fact", "fact"), ("claim", "claim"), ("harm", "harm_claim"))}
    out[f"{part}.full"] = scores["fully_right"]["of_gold"]
    out |= {f"{part}.slot.{slot}": row["f1"] for slot, row in scores["slots"].items()}
    return out | {f"{part}.type.{kind}": row["f1"] for kind, row in scores["types"].items()}


def table(parts: dict[str, Scores], least: dict[str, float]) -> str:
    """Rows of figures, columns of parts: precision, recall, F1 and, where there is one, the target and the floor."""
    width = 34
    lines = [
        " " * 20 + "".join(f"{name + ', ' + str(s['documents']) + ' reports':<{width}}" for name, s in parts.items())
    ]
    lines.append(" " * 20 + f"{'P     R     F1':<{width}}" * len(parts))
    rows = [("fact", "fact", None), ("claim", "claim", None), ("harm", "harm_claim", None), ("full", None, None)]
    rows += [(f"slot.{slot}", "slots", slot) for slot in parts["dev"]["slots"]]
    rows += [(f"type.{kind}", "types", kind) for kind in parts["dev"]["types"]]
    for name, key, inner in rows:
        cells = []
        for part, scores in parts.items():
            if key is None:
                cell = f"{'':12}{scores['fully_right']['of_gold']:.3f}"
            else:
                row = scores[key] if inner is None else scores[key].get(inner)
                cell = f"{row['p']:.3f} {row['r']:.3f} {row['f1']:.3f}" if row else "-"
            notes = [f"target {TARGETS[f'{part}.{name}']:.2f}"] if f"{part}.{name}" in TARGETS else []
            notes += [f">={least[f'{part}.{name}']:.3f}"] if least.get(f"{part}.{name}") else []
            cells.append(f"{cell} {' '.join(notes)}")
        lines.append(f"{name.replace('.', ' '):<20}" + "".join(f"{cell:<{width}}" for cell in cells).rstrip())
    return "\n".join(lines)


def measure(show: int) -> tuple[dict[str, Scores], dict[str, float]]:
    """All scores by part, and all figures by name. `show` errors of the part that may be read go to stderr."""
    score = gold.scorer().score
    claims, reports = gold.dev()
    read = predictions(reports)
    aside = gold.held_back(claims)
    crossed, held = unseen(claims, reports)
    seed_claims, seed_reports = gold.seed()
    parts = {
        "dev": score(claims, read),
        "unseen": score(claims, crossed),
        "held": score({name: claims[name] for name in claims if name in aside}, held),
        "seed": score(seed_claims, predictions(seed_reports)),
    }
    if show:
        score({name: claims[name] for name in claims if name not in aside}, read, show)
    values: dict[str, float] = {}
    for part, scores in parts.items():
        values |= flat(part, scores)
    return parts, values | attribution_scores() | eval_incidents.measure()[1]


def report_gap(values: dict[str, float]) -> None:
    """Print how far the part held back lies from all of dev, both read by rankers that have not seen them."""
    for name in ("fact", "claim", "full"):
        gap = values[f"unseen.{name}"] - values[f"held.{name}"]
        print(f"held back under unseen, {name:6} {gap:+.3f}   (target at most {GAP:+.3f})")


def report_attributions(values: dict[str, float], least: dict[str, float]) -> None:
    """Print the attribution figures, with targets and floors."""
    print("\nattributions, PolNeAR dev")
    for name in ("coverage", "coverage_source", "iou", "iou_source"):
        key = f"polnear.{name}"
        target = f"  target {TARGETS[key]:.2f}" if key in TARGETS else ""
        floor = f"  >={least[key]:.3f}" if least.get(key) else ""
        print(f"{name.replace('_', ' with '):<24}F1 {values[key]:.3f}{target}{floor}")


def settle(options: argparse.Namespace, values: dict[str, float], digests: dict[str, str]) -> int:
    """Raise, lower or hold the floors; the exit status."""
    pinned = floors.read()
    if options.pin:
        pinned = pinned.pinned(digests, options.pin)
    if changed := pinned.changed(digests):
        print("\neval: not the pinned gold: " + ", ".join(changed), file=sys.stderr)
        print("      if that is meant: make eval ARGS='--pin REASON'", file=sys.stderr)
        return 1
    if options.lower:
        pinned = pinned.lowered(values, options.lower)
    if options.lift:
        pinned = pinned.lifted(values)
    if options.pin or options.lower or options.lift:
        floors.write(pinned)
    if below := pinned.below(values):
        for name in below:
            print(
                f"eval: {name} is {values.get(name, 0.0):.3f}, its floor is {pinned.least[name]:.3f}", file=sys.stderr
            )
        print("      mend it, or, with a reason: make eval ARGS='--lower REASON'", file=sys.stderr)
        return 1
    spare = [name for name, floor in pinned.least.items() if values[name] >= floor + 0.01]
    print(f"\nall {len(pinned.least)} floors hold", end="")
    print(f"; {len(spare)} could be higher: make eval ARGS=--raise" if spare else "")
    return 0


def main() -> int:
    """Measure, print, compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--raise", dest="lift", action="store_true", help="pin the floors at what is measured now")
    parser.add_argument("--lower", metavar="REASON", help="let floors down to what is measured now, and note why")
    parser.add_argument("--pin", metavar="REASON", help="take the gold that is there as the gold, and note why")
    parser.add_argument("--show-errors", type=int, default=0, metavar="N", help="print errors of the readable part")
    options = parser.parse_args()
    if not gold.GOLD.is_dir():
        print(
            f"eval: no gold at {gold.GOLD}; nothing was measured. It is kept apart from this repository.",
            file=sys.stderr,
        )
        return 2
    digests = gold.digests()
    parts, values = measure(options.show_errors)
    least = floors.read().least
    print(table(parts, least))
    print("dev: the shipped rankers, trained on it. unseen: the same reports, each read by rankers trained on others.")
    print("held: the part nobody reads, by rankers trained without it.")
    print()
    report_gap(values)
    report_attributions(values, least)
    print("\ngrouping, gold/incidents/dev.jsonl")
    eval_incidents.report(values, least)
    return settle(options, values, digests)


if __name__ == "__main__":
    sys.exit(main())
