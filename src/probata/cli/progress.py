"""Progress: how many reports, how fast, how long to go, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

_EVERY = 0.2  # seconds between two redrawn lines in a terminal
_EVERY_LINE = 10.0  # seconds between two lines of a log
_PATIENCE = 1.0  # seconds before the first: a quick run shows none


class Progress:
    """Counts reports done; `total` is the bytes to read, None when that cannot be known (standard input)."""

    def __init__(
        self, total: int | None, *, shown: bool, out: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._out = out or sys.stderr
        self._terminal = self._out.isatty()
        self._shown = shown or self._terminal
        self._total, self._clock = total, clock
        self._start = self._last = clock()
        self._bytes = self.done = self.failed = 0
        self._drawn = False

    def step(self, size: int, *, failed: bool = False) -> None:
        """One more report of so many bytes is done, or has failed."""
        self._bytes += size
        self.done += not failed
        self.failed += failed
        now = self._clock()
        wait = _EVERY if self._terminal else _EVERY_LINE
        if self._shown and now - self._start >= _PATIENCE and now - self._last >= wait:
            self._last = now
            self._draw(self.line(now - self._start))

    def line(self, seconds: float) -> str:
        """The state in words: "120 reports, 45 a second, 1 failed, 38 % read, 2 min left"."""
        number = self.done + self.failed
        words = [f"{number:,} report{'s' if number != 1 else ''}"]
        if seconds > 0:
            words.append(f"{number / seconds:,.1f} a second")
        if self.failed:
            words.append(f"{self.failed:,} failed")
        if self._total and self._bytes:
            part = min(1.0, self._bytes / self._total)
            words += [f"{part:.0%} read", f"{_length(seconds / part - seconds)} left"]
        return ", ".join(words)

    def close(self) -> None:
        """Take the line away, or, in a log, say how it ended."""
        if self._drawn and self._terminal:
            self._out.write("\r\x1b[K")
        elif self._shown and not self._terminal:
            seconds = self._clock() - self._start
            self._out.write(f"probata: {self.line(seconds)}, {_length(seconds)} in all\n")
        self._out.flush()

    def hide(self) -> None:
        """Take a drawn line away before something is written to the same terminal."""
        if self._drawn and self._terminal:
            self._out.write("\r\x1b[K")
            self._out.flush()
            self._drawn = False

    def _draw(self, line: str) -> None:
        self._out.write(f"\r\x1b[K{line}" if self._terminal else f"probata: {line}\n")
        self._out.flush()
        self._drawn = True


def _length(seconds: float) -> str:
    """A duration in the unit a person would use."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
