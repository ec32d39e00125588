"""One writer at a time: whoever adds reports or regroups holds the casebook's turn until done."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.db import connections

from probata.model.errors import CasebookError

if TYPE_CHECKING:
    from probata.store.opening import Casebook

PATIENCE = 10.0  # seconds to wait for another writer
_STEP = 0.05  # seconds between two looks
_LOCK = 0x50524F42  # the number by which writers of one PostgreSQL database know each other


@contextmanager
def turn(book: Casebook, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the turn. Raises CasebookError when another process keeps it longer than `patience` seconds.

    The system gives it back when a process ends in whatever way.
    """
    with open(book.folder / "turn", "a+b") as file, alone(book.folder, book.alias, patience):
        until = time.monotonic() + patience
        while not taken(file):
            if time.monotonic() >= until:
                raise _busy(book.folder)
            time.sleep(_STEP)
        yield


@contextmanager
def alone(folder: Path, alias: str, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the turn of a server's database, where the work of a process that was killed may go on for a moment."""
    connection = connections[alias]
    if connection.vendor != "postgresql":
        yield
        return
    until = time.monotonic() + patience
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
            if cursor.fetchone() == (True,):
                break
            if time.monotonic() >= until:
                raise _busy(folder)
            time.sleep(_STEP)
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _busy(folder: Path) -> CasebookError:
    problem = "is being written by another program; nothing was changed."
    return CasebookError("locked", str(folder), problem, "Wait until that one is done, then run it again.")


if sys.platform == "win32":
    import msvcrt

    def taken(file: IO[bytes]) -> bool:
        """Whether this process has now locked a file that no other has; it lets go when it closes it, or ends."""
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def taken(file: IO[bytes]) -> bool:
        """Whether this process has now locked a file that no other has; it lets go when it closes it, or ends."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
