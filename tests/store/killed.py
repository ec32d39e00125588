"""Commands in processes of their own that are killed after so many seconds."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from probata.cli.main import main

SAID = Path(tempfile.gettempdir()) / f"probata-killed-{os.getpid()}"  # what the last command said


def forked(arguments: Sequence[str], seconds: float) -> int | None:
    """Run a command in a process that has all loaded; its status, or None when it was killed after so many seconds."""
    child = os.fork()
    if child == 0:
        status = 70
        try:
            sys.stdout = sys.stderr = open(SAID, "w")  # noqa: SIM115
            status = main(arguments)
        finally:
            os._exit(status)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None
