"""The floors under the figures: read, compare, raise, and lower only with a reason."""

from __future__ import annotations

import json
import math
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

FILE = Path(__file__).with_name("floors.toml")
STEP = 200  # floors are pinned in steps of 1/200, rounded down, so that a change of one slot does not trip them
_HEAD = """\
# What `make eval` must not fall below. Written by tools/eval.py: --raise lifts the floors to what is measured now,
# --lower REASON lets them down to it and notes why, --pin REASON takes the gold that is there as the one to measure on.
"""


@dataclass(frozen=True, slots=True)
class Floors:
    """The pinned digests by path, the least values by name, and the log of what was let down or pinned, and why."""

    digests: dict[str, str]
    least: dict[str, float]
    log: tuple[str, ...]

    def below(self, values: dict[str, float]) -> list[str]:
        """The names whose value is under its floor, or that were not measured."""
        return [name for name, floor in self.least.items() if values.get(name, -1.0) < floor]

    def changed(self, digests: dict[str, str]) -> list[str]:
        """The paths whose digest is not the pinned one."""
        return sorted(p for p in self.digests.keys() | digests.keys() if self.digests.get(p) != digests.get(p))

    def lifted(self, values: dict[str, float]) -> Floors:
        """With each floor at its value, rounded down, where that is higher."""
        return replace(self, least={n: max(f, _step(values.get(n, f))) for n, f in self.least.items()})

    def lowered(self, values: dict[str, float], reason: str) -> Floors:
        """With the floors that values are below let down to them, and the reason in the log."""
        names = self.below(values)
        notes = [f"{date.today()} {n} {self.least[n]} to {_step(values.get(n, 0.0))}: {reason}" for n in names]
        least = {n: _step(values.get(n, 0.0)) if n in names else f for n, f in self.least.items()}
        return replace(self, least=least, log=(*self.log, *notes))

    def pinned(self, digests: dict[str, str], reason: str) -> Floors:
        """With new digests, and the reason in the log."""
        return replace(self, digests=digests, log=(*self.log, f"{date.today()} pinned: {reason}"))


def _step(value: float) -> float:
    return math.floor(value * STEP + 1e-9) / STEP


def read(path: Path = FILE) -> Floors:
    """The floors as the file has them."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Floors(table.get("digests", {}), table.get("floors", {}), tuple(table.get("log", {}).get("entries", ())))


def write(floors: Floors, path: Path = FILE) -> None:
    """Write the floors back, in the form that `read` reads."""
    lines = [_HEAD, "[digests]"]
    lines += [f'"{p}" = "{d}"' for p, d in sorted(floors.digests.items())]
    lines += ["", "[floors]"] + [f'"{n}" = {v}' for n, v in floors.least.items()]
    lines += ["", "[log]", "entries = ["] + [f"    {json.dumps(e, ensure_ascii=False)}," for e in floors.log] + ["]"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
