"""How fast the web application answers on a large casebook: the median of each page, through the real server.

    python tools/bench_review.py                  # 50,000 reports, 300,000 claims, 20,000 incidents
    python tools/bench_review.py --size 0.1       # a tenth of it
    python tools/bench_review.py --keep FOLDER    # keep the casebook there, and use it again the next time
    python tools/bench_review.py --only search    # only pages whose name has this
    python tools/bench_review.py --load 2000      # and then the memory of the server after so many mixed requests

Everything is made up (benchcasebook.py, benchpeople.py). Each page is asked for as four people see it: an
administrator; a reader, from whom names are kept; an analyst from whom a team keeps a hundredth of it; a reader from
whom teams keep a fiftieth. Milliseconds are those of the clock, other programs and all; in brackets is what processors
spent in the server. No test reads these figures.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from benchcasebook import CLAIMS, LONG, fill, long_report
from benchpeople import ROLES, cookies, furnish
from probata.review.serving import prepare
from probata.store import models
from probata.store.opening import casebook

TIMES, OTHERS = 9, 5  # requests of the administrator's pages, and of the other people's
MOST, MOST_BIG = 300, 1000  # milliseconds
TICKS = os.sysconf("SC_CLK_TCK")

SOME, BIG = "inc-000000000010", "inc-000000000000"
PAGES = (
    ("home", "/"),
    ("reports", "/reports/"),
    ("reports, of an outlet", "/reports/?outlet=Outlet+7"),
    ("reports, later page", "/reports/?before=25000"),
    ("reports, nobody has read", "/reports/?state=new"),
    ("one report", "/reports/r77/"),
    ("one report, a claim chosen", "/reports/r77/?claim={claim}"),
    ("the report of 3,000 claims", f"/reports/{LONG}/"),
    ("the same, a claim chosen; 3,000", f"/reports/{LONG}/?claim={{far}}"),
    ("incidents", "/incidents/"),
    ("incidents, filtered", "/incidents/?type=killing&place=town+40&start=2022-01-01"),
    ("incidents, the huge one's place", "/incidents/?place={place}"),
    ("incidents, waiting", "/incidents/?state=waiting"),
    ("one incident", f"/incidents/{SOME}/"),
    ("its pictures", f"/incidents/{SOME}/pictures/"),
    ("its neighbours", f"/incidents/{SOME}/near/"),
    ("the incident of 3,000 claims", f"/incidents/{BIG}/"),
    ("its pictures, later; 3,000", f"/incidents/{BIG}/pictures/"),
    ("its ends, later; 3,000", f"/incidents/{BIG}/ends/"),
    ("its further sources; 3,000", f"/incidents/{BIG}/sources/?start=0"),
    ("its neighbours; 3,000", f"/incidents/{BIG}/near/"),
    ("compare two claims", "/compare/?a={claim}&b={other}"),
    ("same or different", "/decisions/"),
    ("same or different, later page", "/decisions/?before=200"),
    ("findings", "/findings/"),
    ("search, rare", "/search/?q=%22town+77%22+bakery"),
    ("search, common", "/search/?q=market"),
    ("search, a later page", "/search/?q=market&page=30"),
    ("search, claims", "/search/?q=%22town+77%22+bakery&kind=claims"),
    ("search, claims, common", "/search/?q=market&kind=claims"),
    ("search, incidents", "/search/?q=%22town+77%22&kind=incidents"),
    ("search, incidents, common", "/search/?q=market&kind=incidents"),
    ("a saved search", "/search/?q=market&saved=1"),
    ("map", "/map/"),
    ("map, its places", "/map/?format=json"),
    ("map, one month", "/map/?start=2022-03-01&end=2022-03-31"),
    ("timeline", "/timeline/"),
    ("activity", "/activity/"),
    ("activity, of people", "/activity/?by=people"),
    ("activity, of one", "/activity/?who=apart"),
    ("tasks", "/tasks/"),
    ("tasks, of all", "/tasks/?whose=all"),
    ("comments", f"/comments/?kind=incident&name={SOME}"),
    ("notices", "/notices/"),
    ("integrity", "/integrity/"),
    ("publish", "/publish/"),
    ("jobs", "/jobs/"),
    ("events", "/people/events/"),
    ("protection", "/protection/"),
    ("JSON: reports", "/reports/?format=json"),
    ("JSON: incidents", "/incidents/?format=json"),
    ("JSON: one incident", f"/incidents/{SOME}/?format=json"),
    ("JSON: search", "/search/?q=market&format=json"),
    ("API: reports", "/api/v1/reports"),
    ("API: one report", "/api/v1/reports/r77"),
    ("API: the report of 3,000 claims", f"/api/v1/reports/{LONG}"),
    ("API: claims", "/api/v1/claims"),
    ("API: incidents", "/api/v1/incidents"),
    ("API: one incident", f"/api/v1/incidents/{SOME}"),
    ("API: the incident of 3,000 claims", f"/api/v1/incidents/{BIG}"),
    ("API: search", "/api/v1/search?q=market"),
    ("API: decisions", "/api/v1/decisions"),
    ("API: tasks", "/api/v1/tasks?whose=all"),
    ("API: comments", f"/api/v1/comments?kind=incident&name={SOME}"),
)


@contextmanager
def server(folder: Path) -> Iterator[tuple[str, int]]:
    """A running server: its address and the number of its process."""
    command = [sys.executable, "-m", "probata", "serve", "--casebook", str(folder), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield next(m[1] for line in process.stdout if (m := re.search(r" on http://([^/]+)/", line))), process.pid
    finally:
        process.terminate()
        process.wait()


def ask(address: str, path: str, session: str) -> tuple[float, int, int]:
    """One request: milliseconds, status, bytes."""
    start = time.perf_counter()
    asked = http.client.HTTPConnection(address, timeout=120)
    asked.request("GET", path, headers={"Cookie": session})
    answer = asked.getresponse()
    size = len(answer.read())
    asked.close()
    return (time.perf_counter() - start) * 1000, answer.status, size


def spent(pid: int) -> float:
    """Milliseconds that processors have worked for a process."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) * 1000 / TICKS


def held(pid: int) -> tuple[int, int]:
    """MB of memory that a process holds now, and the most that it held."""
    told = Path(f"/proc/{pid}/status").read_text()
    now, most = (int(re.search(rf"{name}:\s+(\d+)", told)[1]) // 1024 for name in ("VmRSS", "VmHWM"))  # type: ignore[index]
    return now, most


def measure(at: tuple[str, int], sessions: Mapping[str, str], pages: Sequence[tuple[str, str]]) -> list[str]:
    """Print the medians of each page; those that are too slow."""
    address, pid = at
    slow = []
    print(f"{'milliseconds (on processors)':34}" + "".join(f"{who:>16}" for who in ROLES))
    for name, path in pages:
        line, size = f"{name:34}", 0
        for who, session in sessions.items():
            times = TIMES if who == "bench" else OTHERS
            _, status, size_of = ask(address, path, session)
            size = size or size_of
            if status != 200:
                line += f"{status:>16}"
                continue
            before = spent(pid)
            took = statistics.median(ask(address, path, session)[0] for _ in range(times))
            most = MOST_BIG if "3,000" in name else MOST
            line += f"{took:9.0f}{'!' if took > most else ' '}({(spent(pid) - before) / times:4.0f})"
            if took > most:
                slow.append(f"{name} ({who}: {took:.0f} ms)")
        print(f"{line}{size / 1024:9,.0f} KB", flush=True)
    return slow


def load(at: tuple[str, int], sessions: Mapping[str, str], pages: Sequence[tuple[str, str]], number: int) -> None:
    """Print the memory of the server before and after so many requests of all pages and people in turn."""
    address, pid = at
    first, start = held(pid)[0], time.perf_counter()
    who = list(sessions.values())
    for n in range(number):
        ask(address, pages[n % len(pages)][1], who[n // len(pages) % len(who)])
        if n % (number // 4 or 1) == 0:
            print(f"  {n:6,} requests: {held(pid)[0]} MB", flush=True)
    now, most = held(pid)
    took = time.perf_counter() - start
    print(f"memory: {first} MB before, {now} MB after {number:,} requests in {took:.0f} s, never more than {most} MB")


def main() -> int:
    """Make the casebook, or take the one kept, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=float, default=1.0, help="as a share of the whole (default: 1)")
    parser.add_argument("--keep", type=Path, help="a folder for the casebook, used again when it is there")
    parser.add_argument("--only", default="", help="only pages with this in their name")
    parser.add_argument("--as", dest="who", default="", help=f"only as one of {', '.join(ROLES)}")
    parser.add_argument("--load", type=int, default=0, help="mixed requests, then memory (default: none)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = chosen.keep or Path(folder) / "casebook"
        with casebook(place, create=True) as book:
            if not models.Report.objects.using(book.alias).exists():
                fill(book, round(CLAIMS * chosen.size))
            long_report(book)
            served = prepare(book)
            furnish(served)
            sessions = {k: v for k, v in cookies().items() if chosen.who in ("", k)}
            found = [(name, path.format(**_given())) for name, path in PAGES if chosen.only in name]
            served.close()
        with server(place) as at:
            slow = measure(at, sessions, found)
            if chosen.load:
                load(at, sessions, found, chosen.load)
    print(f"slower than they should be: {'; '.join(slow)}" if slow else "all within their bounds")
    return 0


def _given() -> dict[str, str]:
    """What addresses name: two claims of one incident, a late one of the long report, the huge incident's place."""
    claims = models.Claim.objects.filter(member__scene__incident__name=SOME).order_by("id")
    one, other = claims.values_list("name", flat=True)[:2]
    far = models.Claim.objects.filter(report__name=LONG).order_by("-number").values_list("name", flat=True)[9]
    place = models.Incident.objects.get(name=BIG).place or "Town"
    return {"claim": quote(one, ""), "other": quote(other, ""), "far": quote(far, ""), "place": quote(place)}


if __name__ == "__main__":
    sys.exit(main())
