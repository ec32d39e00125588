"""Adding to a casebook, small and large: what 1,000 more reports cost, and where the time goes.

bench_casebook.py 5000 50000

The reports are made up, with claims of events of which many reports tell, so reading costs nothing here; what is
measured is keeping and grouping. The larger casebook should take no more than 1.5 times as long as the smaller.
"""

from __future__ import annotations

import hashlib
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

import bench_link
from probata.model.claim import Claim
from probata.model.report import Anchor, AnchorBasis, Origin, Report
from probata.store import grouping, models
from probata.store.adding import Adding
from probata.store.opening import Casebook, casebook
from probata.store.turn import turn

MORE = 1000  # reports added to each casebook
EACH = 5  # claims of a report
TOGETHER = 5000  # reports of one addition while a casebook is filled


def reports(number: int, seed: int) -> Iterator[tuple[Report, list[Claim]]]:
    """So many reports with their claims, each of several events, in no order."""
    claims = list(bench_link.claims(number * EACH, seed))
    random.Random(seed).shuffle(claims)
    source = iter(claims)
    n = 0
    while some := list(islice(source, EACH)):
        n += 1
        name = f"s{seed}-{n}"
        raw = " ".join(c.evidence.text for c in some) + f" ({name})"
        origin = Origin(f"{name}.txt", hashlib.sha256(raw.encode()).hexdigest(), len(raw), "text", "utf-8")
        day = max((c.time.start for c in some if c.time and c.time.start), default=date(2031, 1, 1))
        anchors = (Anchor(day, AnchorBasis.METADATA),)
        report = Report(name, raw, outlet=f"Outlet {n % 40}", language="en", anchors=anchors, origin=origin)
        yield report, [replace(c, id=f"{name}#{i}", report=name) for i, c in enumerate(some)]


def add(book: Casebook, found: Iterator[tuple[Report, list[Claim]]]) -> tuple[float, float]:
    """Keep and group reports; the seconds of each."""
    some = dict(found)
    with turn(book):
        start = time.perf_counter()
        adding = Adding(book, "bench")
        claims = {report.id: of for report, of in some.items()}
        for report in adding.new(some):
            adding.keep(report, claims[report.id])
        adding.finish()
        kept = time.perf_counter()
        grouping.update(book)
        return kept - start, time.perf_counter() - kept


def run(number: int) -> float:
    """Fill a casebook with so many reports, add MORE, print what that took; its seconds."""
    with tempfile.TemporaryDirectory() as folder, casebook(Path(folder) / "casebook", create=True) as book:
        source = reports(number + MORE, 7)
        start = time.perf_counter()
        for n in range(0, number, TOGETHER):
            add(book, islice(source, min(TOGETHER, number - n)))
        filled = time.perf_counter() - start
        kept, grouped = add(book, source)
        incidents = models.Incident.objects.using(book.alias).filter(ended=None).count()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{number:>9,} reports in {filled:.0f} s ({incidents:,} incidents); {MORE:,} more: kept in {kept:.1f} s, "
            f"grouped in {grouped:.1f} s; {memory:,.0f} MB",
            flush=True,
        )
        return kept + grouped


if __name__ == "__main__":
    print("adding to a casebook")
    took = [run(int(argument)) for argument in sys.argv[1:] or ("5000", "50000")]
    if len(took) > 1:
        print(f"the largest took {took[-1] / took[0]:.2f} times as long as the smallest (at most 1.5)")
