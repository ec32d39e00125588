"""Adding to a casebook, small and large: what 1,000 more reports cost, and where the time goes.

bench_casebook.py 5000 50000
bench_casebook.py --world archive --keep FOLDER 5000 50000     builds each casebook once and adds to a copy of it
bench_casebook.py --profile 5000

The reports are made up, with claims of events of which many reports tell, so reading costs nothing here; what is
measured is keeping and grouping. A casebook is filled with all its reports before they are grouped once. The same work
should take no more than 1.5 times as long beside 50,000 reports as beside 5,000. What is the same work is a matter of
what the larger casebook holds more of, so there are three worlds, each of two years and one country:

news     More past. Reports come as news does, 70 a day: a casebook of 5,000 holds the last 71 days, one of 50,000 all
         of them. The same 1,000 reports, most of the last days; some tell of older events, which only one holds.
archive  More events. Reports in no order, so that the new ones are of dates all over the casebook. The larger casebook
         holds all reports of the smaller one, and the rest are of other events, of the same days and region: ten
         times as much is told of each. The same 1,000 reports, which tell of the same incidents in both.
deep     More told of each event. Reports in no order, of an archive as large as the casebook, whose largest event is
         told of by 700 claims or by 1,600. The new reports tell of incidents with 23,000 claims in the smaller
         casebook, nearly all that it holds, and with 134,000 in the larger. This is not the same work: incidents are
         grouped, assessed and written whole, so time goes with the claims in them, and is given by the claim as well.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import json
import pstats
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path

import bench_link
from probata.model.claim import Claim
from probata.model.report import Anchor, AnchorBasis, Origin, Report
from probata.model.span import Span
from probata.store import grouping, models, stored
from probata.store.adding import Adding
from probata.store.bulk import chunks
from probata.store.opening import Casebook, casebook
from probata.store.turn import turn

MORE = 1000  # reports added to each casebook
EACH = 5  # claims of a report
WORLD = 51_000  # reports of two years
MOST = 1.5  # times that the larger casebook may take as long as the smaller


_WORD = re.compile(rf"\b(?:{'|'.join(bench_link.WORDS)})\b")
WORLDS = ("news", "archive", "deep")


Told = tuple[Report, list[Claim]]


def reports(number: int, world: str, core: int) -> tuple[list[Told], list[Told]]:
    """So many reports with their claims, and MORE that come after them; `core` are those of the smallest casebook."""
    if world == "archive":
        told = list(_reports(_mixed((core + MORE) * EACH, 7), "s7"))
        kept = told[:core] + list(_reports(_mixed((number - core) * EACH, 8), "s8"))
        random.Random(7).shuffle(kept)
        return kept, told[core:]
    made = list(_mixed((number + MORE) * EACH, 7) if world == "deep" else _as_news(max(number + MORE, WORLD) * EACH))
    found = list(_reports(made, "s7"))
    return found[-number - MORE : -MORE], found[-MORE:]


SYLLABLES = "bar kel mur tos vin zed dor lam nif gau pesh rik sul wab yan hej".split()
VOCABULARY = 4_000  # words that claims are told in, the first of them the most common


def _claims(number: int, seed: int) -> Iterator[Claim]:
    """Claims of bench_link, in places that have names of their own and in more words: as many events share none."""
    for claim in bench_link.claims(number, seed):
        if claim.place:
            name, words = _named(claim.place.name or "", seed)
            said = _WORD.sub(lambda found: words[found[0]], claim.evidence.text)  # noqa: B023
            place = replace(claim.place, span=_span(name), name=name)
            yield replace(claim, place=place, evidence=_span(said))


@lru_cache(maxsize=1 << 15)
def _named(event: str, seed: int) -> tuple[str, dict[str, str]]:
    """The name of the place of an event, and what its claims say for each word of bench_link."""
    chance = random.Random(f"{seed} {event}")
    ranks = {word: int(20 * chance.paretovariate(0.8)) % VOCABULARY for word in bench_link.WORDS}
    return _made(chance.randrange(16**6)).title(), {word: _made(16**3 + rank) for word, rank in ranks.items()}


def _made(number: int) -> str:
    """A number as a word that is none."""
    return "".join(SYLLABLES[int(digit, 16)] for digit in f"{number:x}")


def _span(text: str) -> Span:
    return Span(0, len(text), text)


def _as_news(number: int) -> list[Claim]:
    """Claims of two years as they come in: half within a day of the event, one of a hundred after a hundred days."""
    chance = random.Random(7)
    made = _claims(number + number // 20, 7)
    known = [(claim, claim.time.start.toordinal()) for claim in made if claim.time and claim.time.start]
    last = max(day for _, day in known)
    came = [(day + int(chance.paretovariate(1)) - 1, chance.random(), claim) for claim, day in known]
    return [claim for day, _, claim in sorted(came, key=lambda c: c[:2]) if day <= last]


def _mixed(number: int, seed: int) -> list[Claim]:
    """Claims of two years in no order."""
    made = list(_claims(number, seed))
    random.Random(7).shuffle(made)
    return made


def _reports(claims: Iterable[Claim], named: str) -> Iterator[Told]:
    """Reports of some claims each, as they come."""
    source = iter(claims)
    n = 0
    while some := list(islice(source, EACH)):
        n += 1
        name = f"{named}-{n}"
        raw = " ".join(c.evidence.text for c in some) + f" ({name})"
        origin = Origin(f"{name}.txt", hashlib.sha256(raw.encode()).hexdigest(), len(raw), "text", "utf-8")
        day = max((c.time.start for c in some if c.time and c.time.start), default=date(2031, 1, 1))
        anchors = (Anchor(day, AnchorBasis.METADATA),)
        report = Report(name, raw, outlet=f"Outlet {n % 40}", language="en", anchors=anchors, origin=origin)
        yield report, [replace(c, id=f"{name}#{i}", report=name) for i, c in enumerate(some)]


def keep(book: Casebook, found: Iterable[Told]) -> None:
    """Keep reports, not grouped yet."""
    some = dict(found)
    adding = Adding(book, "bench")
    claims = {report.id: of for report, of in some.items()}
    for report in adding.new(some):
        adding.keep(report, claims[report.id])
    adding.finish()


def fill(folder: Path, number: int, world: str, core: int) -> None:
    """Make a casebook of so many reports, all grouped at once."""
    with casebook(folder, create=True) as book, turn(book):
        keep(book, reports(number, world, core)[0])
        last = models.Report.objects.using(book.alias).order_by("-id").values_list("id", flat=True)[0]
        models.Identity.objects.using(book.alias).update(grouped=last)
        grouping.anew(book)


def measure(folder: Path, number: int, world: str, core: int, profile: bool) -> None:
    """Add MORE to a casebook of so many reports and print what that took, as JSON."""
    with casebook(folder) as book, turn(book):
        some = reports(number, world, core)[1]
        size = _size(folder)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        start, cpu = time.perf_counter(), time.process_time()
        keep(book, some)
        kept = time.perf_counter()
        with cProfile.Profile() if profile else _Nothing() as found:
            done = grouping.update(book)
        grouped = time.perf_counter()
        figures = {
            "reports": number,
            "incidents": models.Incident.objects.using(book.alias).filter(ended=None).count(),
            "touched": done.new + done.changed + done.ended,
            "claims": _worked_on(book, [report.id for report, _ in some]),
            "kept": kept - start,
            "grouped": grouped - kept,
            "cpu": time.process_time() - cpu,
            "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "memory_before": before,
            "size": size,
            "grown": _size(folder) - size,
        }
        if isinstance(found, cProfile.Profile):
            pstats.Stats(found, stream=sys.stderr).sort_stats("cumulative").print_stats(60)
            pstats.Stats(found, stream=sys.stderr).sort_stats("tottime").print_stats(30)
    print(json.dumps(figures))


def _worked_on(book: Casebook, names: list[str]) -> int:
    """The claims of all incidents that reports of these names tell of."""
    incidents = sorted(stored.incidents_of_reports(book, names))
    members = models.Member.objects.using(book.alias)
    return sum(members.filter(scene__incident__name__in=some).count() for some in chunks(incidents))


class _Nothing:
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


def _size(folder: Path) -> int:
    """The bytes of a casebook's database with what it has written beside it."""
    return sum(path.stat().st_size for path in folder.glob("casebook.sqlite*"))


def _own(*options: str) -> str:
    """One part in a process of its own, so that its memory is its own; what it printed."""
    done = subprocess.run([sys.executable, __file__, *options], stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def run(number: int, folder: Path, world: str, core: int, profile: bool) -> tuple[float, float]:
    """Add to a copy of the casebook of so many reports, filled if it is not there; seconds of processor and clock."""
    filled = folder / f"{number}-{world}{f'-{core}' if world == 'archive' else ''}"
    how = ("--world", world, "--core", str(core))
    if not filled.is_dir():
        start = time.perf_counter()
        _own("--fill", str(folder / "filling"), str(number), *how)
        (folder / "filling").rename(filled)
        print(f"{number:>9,} reports in {time.perf_counter() - start:.0f} s", flush=True)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        copy = Path(place) / "casebook"
        shutil.copytree(filled, copy)
        found = json.loads(_own("--measure", str(copy), str(number), *how, *(("--profile",) if profile else ())))
    print(
        f"{number:>9,} reports ({found['incidents']:,} incidents, {found['size'] / 1e6:,.0f} MB); {MORE:,} more: "
        f"kept in {found['kept']:.1f} s, grouped in {found['grouped']:.1f} s, {found['cpu']:.1f} s of processor; "
        f"{found['touched']:,} incidents written, {found['grown'] / 1e6:,.0f} MB; {found['claims']:,} claims in those "
        f"that the new reports tell of, {1e3 * found['cpu'] / found['claims']:.2f} ms each; "
        f"memory {found['memory']:,.0f} MB ({found['memory_before']:,.0f} MB before)",
        flush=True,
    )
    return float(found["cpu"]), float(found["kept"] + found["grouped"])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("numbers", type=int, nargs="*", default=[5000, 50000], help="reports of each casebook")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where filled casebooks stay for the next run")
    parser.add_argument("--world", choices=WORLDS, default="news", help="what the larger casebook holds more of")
    parser.add_argument("--profile", action="store_true", help="print where the time of grouping goes")
    parser.add_argument("--core", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--fill", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill:
        fill(options.fill, options.numbers[0], options.world, options.core)
    elif options.measure:
        measure(options.measure, options.numbers[0], options.world, options.core, options.profile)
    else:
        print(f"adding to a casebook: {options.world}")
        with tempfile.TemporaryDirectory() as folder:
            place = options.keep or Path(folder)
            place.mkdir(parents=True, exist_ok=True)
            core = min(options.numbers)
            took = [run(number, place, options.world, core, options.profile) for number in options.numbers]
        if len(took) > 1:
            ratio, clock = (large / small for large, small in zip(took[-1], took[0], strict=True))
            verdict = "met" if ratio <= MOST else "MISSED"
            told = f"{ratio:.2f} times the processor time of the smallest (at most {MOST}: {verdict})"
            print(f"the largest took {told}, {clock:.2f} times by the clock")


if __name__ == "__main__":
    main()
