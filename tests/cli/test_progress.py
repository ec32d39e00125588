"""Progress: the rate, the time left, and where it is shown."""

from __future__ import annotations

import io

from probata.cli.progress import Progress


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_says_rate_and_time_left() -> None:
    clock, out = Clock(), Terminal()
    progress = Progress(1000, shown=False, out=out, clock=clock)
    for n in range(1, 11):
        clock.now = n * 1.0
        progress.step(50, failed=n == 3)
    assert "10 reports, 1.0 a second, 1 failed, 50% read, 10 s left" in out.getvalue()
    progress.close()
    assert out.getvalue().endswith("\r\x1b[K")
    assert (progress.done, progress.failed) == (9, 1)


def test_progress_is_silent_in_a_log_unless_asked() -> None:
    out = io.StringIO()
    for shown in (False, True):
        clock = Clock()
        progress = Progress(None, shown=shown, out=out, clock=clock)
        clock.now = 30.0
        progress.step(50)
        progress.close()
        assert bool(out.getvalue()) is shown
    assert "left" not in out.getvalue()  # the size of standard input is not known
    assert "1 report," in out.getvalue()


def test_progress_of_a_quick_run_shows_nothing() -> None:
    clock, out = Clock(), Terminal()
    progress = Progress(100, shown=False, out=out, clock=clock)
    clock.now = 0.5
    progress.step(100)
    progress.close()
    assert out.getvalue() == ""
