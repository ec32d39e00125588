"""An invented casebook's log and release, for the tests of custody."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from probata.audit.bundle import File, Release, Seal, Withheld, rows, write
from probata.audit.canonical import canonical
from probata.audit.chain import Account, Act, Entry, Step, chain
from probata.audit.loglines import LogPart
from probata.audit.merkle import Tree, TreeHead

ORIGINAL = b"Six people were killed at the market in Tarqa, a doctor said. (Fiction.)\n"
CLAIMS: list[dict[str, Any]] = [
    {"id": f"karsa-post#{n}", "type": "killing", "count": n, "place": "Tarqa", "evidence": f"{n} people were killed"}
    for n in range(1, 9)
]


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def act(number: int, step: Step = Step.CODE, item: str = "", after: str | None = None) -> Act:
    """An act with a salt and a time of its own, the same in every run."""
    return Act(
        at=f"2021-05-20T10:{number // 60 % 60:02}:{number % 60:02}Z",
        who="reviewer-2" if number % 3 else "software",
        account=Account.PERSON if number % 3 else Account.SOFTWARE,
        step=step,
        kind="claim",
        item=item or f"karsa-post#{number}",
        versions={"probata": "0.1.0", "verbs": "4"},
        after=after,
        detail={"note": f"step {number}"},
        salt=f"{number:032x}",
    )


def log(number: int = 21) -> list[Entry]:
    """A log: the original comes in, the claims are coded, then other steps."""
    acts = [act(1, Step.INGEST, "karsa-post", sha(ORIGINAL))]
    acts += [act(n + 1, Step.CODE, c["id"], sha(canonical(c))) for n, c in enumerate(CLAIMS, 1)]
    acts += [act(n, Step.DECIDE) for n in range(len(acts) + 1, number + 1)]
    return list(chain(acts[:number]))


def tree(entries: Sequence[Entry]) -> Tree:
    return Tree(bytes.fromhex(e.hash) for e in entries)


def part(entries: list[Entry], heads: Sequence[TreeHead] = (), chosen: set[int] | None = None) -> LogPart:
    return LogPart(tree(entries), lambda: iter(entries), "2021-05-21T00:00:00Z", chosen, {13, 14}, heads)


def files() -> list[File]:
    return [
        File("claims.jsonl", b"".join(rows(CLAIMS)), "claims", "rows"),
        File("methodology.md", b"How figures are made. (Fiction.)\n", "how it was made"),
        File(f"originals/{sha(ORIGINAL)}", ORIGINAL, "a report as it came", "file"),
    ]


def release(log: LogPart | None) -> Release:
    return Release(
        title="Tarqa market",
        publisher="Tarqa Records",
        made="2021-05-21T00:00:00Z",
        versions={"verbs": "4"},
        methodology="methodology.md",
        withheld=(Withheld("names of witnesses", 3, "protected"),),
        log=log,
    )


def made(
    path: Path, seal: Seal | None = None, chosen: set[int] | None = None, entries: list[Entry] | None = None
) -> Path:
    """A release at `path`, its log whole, or chosen entries of it."""
    entries = entries or log()
    heads = [tree(entries).head("2021-05-20T12:00:00Z", 7)]
    write(path, release(part(entries, heads, chosen)), files(), seal)
    return path
