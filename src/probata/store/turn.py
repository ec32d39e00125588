"""One writer at a time: whoever adds reports or regroups holds the casebook's turn until done."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from probata.model.errors import CasebookError

PATIENCE = 10.0  # seconds to wait for another writer


@contextmanager
def turn(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the turn. Raises CasebookError when another process keeps it longer than `patience` seconds.

    The system gives it back when a process ends in whatever way.
    """
    with open(folder / "turn", "a+b") as file:
        until = time.monotonic() + patience
        while not _taken(file):
            if time.monotonic() >= until:
                problem = "is being written by another program; nothing was changed."
                advice = "Wait until that one is done, then run it again."
                raise CasebookError("locked", str(folder), problem, advice)
            time.sleep(0.05)
        yield


if sys.platform == "win32":
    import msvcrt

    def _taken(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
