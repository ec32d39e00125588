"""Killed at any point and run again, adding ends in the same casebook: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from probata.cli.main import main
from probata.store import log, shown, stored
from probata.store.opening import casebook
from probata.store.verifying import verify
from store.conftest import Homes
from store.dump import Dump, dump
from store.killed import SAID, forked

KILLS = 50  # on each database
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system: nothing to kill")


@pytest.fixture(scope="module")
def dossier(root: Path) -> list[str]:
    """The demo's reports, added in two goes so that the second one changes incidents of the first."""
    return [str(p) for p in sorted((root / "demo" / "reports").iterdir())]


def add(paths: list[str], root: Path, home: Path) -> list[str]:
    return ["add", *paths, "--casebook", str(home), "--gazetteer", str(root / "demo/gazetteer.yml"), "--jobs", "1"]


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
            assert status == 0, SAID.read_text()
        with casebook(home) as book:
            found = dump(book)
        for table in wanted:
            assert found[table] == wanted[table], table


def test_deciding_and_releasing_killed_at_random_points_keep_what_was_accepted(
    homes: Homes, root: Path, dossier: list[str], tmp_path: Path
) -> None:
    home = homes()
    assert main(add(dossier, root, home)) == 0
    with casebook(home) as book:
        held = [r["claims"][0] for r in shown.incidents(book, shown.Wanted())]
    chance = random.Random(20312)
    accepted: list[str] = []
    released = killed = 0
    out = tmp_path / "out.zip"
    while killed < KILLS // 2:
        a, b = chance.sample(held, 2)
        word, why = chance.choice(("same", "different")), f"reason {killed}.{len(accepted)}"
        deciding = ["decide", word, a, b, "--by", "aliyah", "--why", why, "--casebook", str(home)]
        releasing = ["release", str(out), "--casebook", str(home)]
        for command in (deciding, releasing):
            status = forked(command, chance.uniform(0.01, 0.4))
            killed += status is None
            accepted += [why] if status == 0 and command is deciding else []
            released += status == 0 and command is releasing
            with casebook(home) as book:
                assert verify(book).wrong is None
                assert set(accepted) <= {d.why for d in stored.decisions(book)}
                logged = [e for e in log.entries(book) if b'"step":"release"' in e.line]
            assert len(logged) >= released
            if out.exists():  # whole, whenever it was written
                assert check(str(out)) == 0
    assert accepted
    assert released


def check(release: str) -> int:
    return main(["check", release, "--format", "json"])


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
