"""How fast reading is, beside textacy's quotation extraction, its memory and its start-up; how grouping scales.

One run on one core. Every measurement is a process of its own, so that none warms another. No test reads these figures.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import benchparts

TOOL = str(Path(__file__).resolve())


def one_core() -> int:
    """Keep this process and its children on one core; the core's number."""
    core = min(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return core


def part(name: str, texts: Path) -> dict[str, Any]:
    """Run one measurement in a process of its own; its figures."""
    done = subprocess.run([sys.executable, TOOL, "--part", name, str(texts)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"bench: {name} failed\n{done.stderr[-2000:]}")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def seconds(command: list[str], times: int) -> float:
    """The least wall-clock seconds of a command over some runs, each a fresh process."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True)
        best = min(best, time.perf_counter() - start)
        if done.returncode:
            raise SystemExit(f"bench: {' '.join(command[-3:])} failed\n{done.stderr.decode()[-2000:]}")
    return best


def grouping(sizes: tuple[int, ...]) -> None:
    """Group so many synthetic claims, each number in a process of its own, and print what it took."""
    print("\ngrouping synthetic claims, two years of one country")
    first: dict[str, float] = {}
    for number in sizes:
        command = [sys.executable, str(Path(TOOL).with_name("bench_link.py")), str(number)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found: dict[str, float] = json.loads(done.stdout)
        first = first or found
        per_claim = (found["grouped"] / number) / (first["grouped"] / first["claims"])
        pairs = found["pairs"] / first["pairs"]
        row(f"  {number:,} claims, seconds of processor", f"{found['grouped']:.1f}", "", None)
        row("    time a claim to that of the first", f"{per_claim:.2f}", "at most 2 times", per_claim <= 2)
        row("    pairs a claim", f"{found['pairs']:.2f}", "flat: 1.25 times", pairs <= 1.25)
        row("    peak memory", f"{found['memory']:,.0f} MB", "under 2,000 MB", found["memory"] < 2000)


def beside(tool: str, *options: str) -> None:
    """Run another bench and print what it says as it comes."""
    print(flush=True)
    subprocess.run([sys.executable, str(Path(TOOL).with_name(tool)), *options], check=True)


def row(what: str, value: str, target: str = "", met: bool | None = None) -> None:
    """Print one figure, its target and whether it is met."""
    mark = {None: "", True: "met", False: "MISSED"}[met]
    print(f"{what:<44}{value:>16}   {target:<22}{mark}".rstrip())


def main() -> None:
    """Measure and print; always one run, whatever it shows."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=80, metavar="N", help="how many articles (80)")
    parser.add_argument("--part", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--all", action="store_true", help="the large ones too: an hour or so")
    options = parser.parse_args()
    if options.part:
        print(json.dumps(benchparts.PARTS[options.part[0]](json.loads(Path(options.part[1]).read_text()))))
        return
    core = one_core()
    texts, source = benchparts.articles(options.articles, benchparts.WORDS)
    words = sum(len(t.split()) for t in texts) / len(texts)
    print(f"{len(texts)} articles of {words:.0f} words from {source}, on core {core} of {os.cpu_count()}\n")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts.json"
        file.write_text(json.dumps(texts))
        reading, peer = part("reading", file), part("peer", file)
        cost, stages = part("linear", file), part("stages", file)
        article = Path(folder) / "article.txt"
        article.write_text(texts[0], encoding="utf-8")
        probata = str(Path(sys.executable).with_name("probata"))
        help_time = seconds([probata, "--help"], 5)
        first = seconds([probata, "read", "--format", "jsonl", str(article)], 3)
    ours, theirs = reading["rate"], peer["rate"]
    row("full reading, articles a second", f"{ours:.1f}", "at least 45", ours >= 45)
    row("textacy quotations, articles a second", f"{theirs:.1f}")
    row("reading to textacy", f"{ours / theirs:.1f} times", "at least 4 times", ours / theirs >= 4)
    if ours < 0.9 * reading["cpu_rate"] or theirs < 0.9 * peer["cpu_rate"]:
        a, b = reading["cpu_rate"], peer["cpu_rate"]
        print("  the core was not ours alone; by processor time it was")
        row("  full reading, articles a second", f"{a:.1f}")
        row("  textacy quotations, articles a second", f"{b:.1f}")
        row("  reading to textacy", f"{a / b:.1f} times")
    row("claims read", str(reading["found"]))
    row("quotations found by textacy", str(peer["found"]), f"{peer['refused']} articles refused")
    row("peak memory of reading", f"{reading['memory']:.0f} MB", "under 700 MB", reading["memory"] < 700)
    row("peak memory of textacy", f"{peer['memory']:.0f} MB")
    row("cold start of `probata --help`", f"{help_time:.2f} s", "under 0.3 s", help_time < 0.3)
    row("cold start to the first report's claims", f"{first:.2f} s", "under 3 s", first < 3)
    print("\ncost by length, each the time per character against that of one article")
    base = cost["sizes"][0]["per_character"]
    for size in cost["sizes"]:
        ratio = size["per_character"] / base
        row(f"  {size['times']} times ({size['characters']} characters)", f"{ratio:.2f}", "at most 1.25", ratio <= 1.25)
    total = sum(stages["seconds"].values())
    print(f"\nwhere the time goes, {1000 * total / len(texts):.1f} ms an article with the clocks in")
    for name, spent in sorted(stages["seconds"].items(), key=lambda kv: -kv[1]):
        if spent < total / 200:
            continue
        row(f"  {name}", f"{1000 * spent / len(texts):.2f} ms", f"{100 * spent / total:.0f}%")
    grouping((10_000, 100_000, 1_000_000) if options.all else (10_000, 100_000))
    beside("bench_casebook.py", *(("5000", "50000") if options.all else ("500", "2000")))
    beside("bench_audit.py", "--megabytes", "10240" if options.all else "512")


if __name__ == "__main__":
    main()
