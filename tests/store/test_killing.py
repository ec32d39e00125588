"""Killed at any point and run again, adding ends in the same casebook: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from probata.cli.main import main
from probata.store.opening import casebook
from store.conftest import Homes
from store.dump import Dump, dump

KILLS = 50  # on each database
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system: nothing to kill")


@pytest.fixture(scope="module")
def dossier(root: Path) -> list[str]:
    """The demo's reports, added in two goes so that the second one changes incidents of the first."""
    return [str(p) for p in sorted((root / "demo" / "reports").iterdir())]


def add(paths: list[str], root: Path, home: Path) -> list[str]:
    return ["add", *paths, "--casebook", str(home), "--gazetteer", str(root / "demo/gazetteer.yml"), "--jobs", "1"]


def forked(arguments: list[str], seconds: float) -> int | None:
    """Run a command in a process that has all loaded; its status, or None when it was killed after so many seconds."""
    child = os.fork()
    if child == 0:
        status = 70
        try:
            sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115
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


def goes(dossier: list[str]) -> Iterator[list[str]]:
    yield dossier[: len(dossier) // 2]
    yield dossier


def test_adding_killed_at_random_points_ends_the_same(
    homes: Homes, root: Path, dossier: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, whole = undisturbed(root, dossier, tmp_path, monkeypatch)
    chance = random.Random(20311)
    kills = 0
    while kills < KILLS:
        home = homes()
        for paths in goes(dossier):
            status = None
            for n in range(6):  # killed up to five times, then left alone
                status = forked(add(paths, root, home), chance.uniform(0.02, whole) if n < 5 else 300)
                if status is not None:
                    break
                kills += 1
            assert status == 0
        with casebook(home) as book:
            found = dump(book)
        for table in wanted:
            assert found[table] == wanted[table], table


def undisturbed(root: Path, dossier: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Dump, float]:
    """What the casebook holds when nobody interferes, and how long the longer go takes, in seconds."""
    home = tmp_path / "undisturbed"
    with monkeypatch.context() as alone:
        alone.delenv("PROBATA_DATABASE", raising=False)
        for paths in goes(dossier):
            start = time.monotonic()
            assert main(add(paths, root, home)) == 0
        with casebook(home) as book:
            return dump(book), time.monotonic() - start
