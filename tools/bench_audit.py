"""How fast the log and releases are: entries a second, verification, the tree, a release of many bytes; their memory.

One process a measurement, so that none lends memory to another. No test reads these figures.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TOOL = str(Path(__file__).resolve())
PIECE = bytes(range(256)) * 4096  # 1 MiB


def entries(number: int) -> Iterator[Any]:
    """An invented log, one entry at a time."""
    from probata.audit.chain import Account, Act, Step, chain

    yield from chain(
        Act(
            f"2031-05-{1 + n // 86_400:02}T{n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}Z",
            "reviewer-2",
            Account.PERSON,
            Step.CODE,
            "claim",
            f"karsa-post#{n}",
            {"probata": "0.1.0", "verbs": "4"},
            None,
            f"{n:064x}",
            {"reason": "two sources, one originator", "rows": [n, n + 1]},
        )
        for n in range(number)
    )


def log(number: int) -> dict[str, float]:
    """Append entries, keep them, verify them against a head, prove one in a hundred."""
    from probata.audit.merkle import Tree, consistent, included
    from probata.audit.verify import verify

    start = time.perf_counter()
    kept = list(entries(number))
    appended = time.perf_counter()
    tree = Tree(bytes.fromhex(e.hash) for e in kept)
    root = tree.root()
    grown = time.perf_counter()
    verdict = verify(kept, [tree.head("2031-05-21T00:00:00Z")])
    verified = time.perf_counter()
    for n in range(0, number, 100):
        assert included(bytes.fromhex(kept[n].hash), n, number, tree.inclusion(n), root)
    proven = time.perf_counter()
    assert consistent(number // 3, number, tree.root(number // 3), root, tree.consistency(number // 3))
    assert verdict.sound
    return {
        "append": number / (appended - start),
        "tree": number / (grown - appended),
        "verify": verified - grown,
        "proofs": number / 100 / (proven - verified),
    }


def stream(number: int) -> dict[str, float]:
    """Verify a log that is read as it comes, kept nowhere."""
    from probata.audit.verify import verify

    return {"memory": 0.0} if verify(entries(number)).sound else {}


def release(megabytes: int) -> dict[str, float]:
    """Write and check a release of files of 1 GB or less, from a source that is kept nowhere."""
    from probata.audit.bundle import File, Release, write
    from probata.audit.checker.release import check

    def content(pieces: int) -> Iterator[bytes]:
        for _ in range(pieces):
            yield PIECE

    whole, rest = divmod(megabytes, 1024)
    sizes = [1024] * whole + [rest] * bool(rest)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "release.zip"
        start = time.perf_counter()
        files = [File(f"originals/{n}", content(size)) for n, size in enumerate(sizes)]
        write(path, Release("bench", "bench", "2031-05-21T00:00:00Z"), files)
        written = time.perf_counter()
        assert check(str(path)).status == 0
        return {"write": megabytes / (written - start), "check": megabytes / (time.perf_counter() - written)}


PARTS = {"log": log, "stream": stream, "release": release}


def part(name: str, number: int) -> dict[str, float]:
    """One measurement in a process of its own, with its peak memory in MB."""
    done = subprocess.run([sys.executable, TOOL, "--part", name, str(number)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"bench: {name} failed\n{done.stderr[-2000:]}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def row(what: str, value: str, target: str = "") -> None:
    """Print one figure and its target."""
    print(f"{what:<52}{value:>20}   {target}".rstrip())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entries", type=int, default=100_000, metavar="N", help="entries of the log (100000)")
    parser.add_argument("--megabytes", type=int, default=2048, metavar="MB", help="size of the release (2048)")
    parser.add_argument("--part", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        figures = PARTS[options.part[0]](int(options.part[1]))
        print(json.dumps({**figures, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
        return
    number = options.entries
    first, tenth, all_of_it = part("log", number), part("stream", number // 10), part("stream", number)
    row("log entries appended a second", f"{first['append']:,.0f}")
    row("leaves into the tree a second", f"{first['tree']:,.0f}")
    row(f"verification of {number:,} entries", f"{first['verify']:.1f} s")
    row("inclusion proofs made and checked a second", f"{first['proofs']:,.0f}")
    row(f"peak memory, {number // 10:,} entries read as they come", f"{tenth['memory']:.0f} MB")
    row(f"peak memory, {number:,} entries read as they come", f"{all_of_it['memory']:.0f} MB", "flat")
    small, large = part("release", max(1, options.megabytes // 8)), part("release", options.megabytes)
    row("release written, MB a second", f"{large['write']:,.0f}")
    row("release checked, MB a second", f"{large['check']:,.0f}")
    row(f"peak memory, a release of {max(1, options.megabytes // 8):,} MB", f"{small['memory']:.0f} MB")
    row(f"peak memory, a release of {options.megabytes:,} MB", f"{large['memory']:.0f} MB", "flat")


if __name__ == "__main__":
    main()
