"""The application on a casebook of the demo's reports: in this process, and as a real server for browsers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from probata.review.serving import prepare
from probata.store.opening import Casebook, casebook
from review.harness import Live, Site, serve
from review.touring import Tour


@pytest.fixture(scope="session")
def demo_casebook(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook with the demo's reports, made once with the command; tests copy it."""
    folder = tmp_path_factory.mktemp("demo") / "casebook"
    command = [sys.executable, "-m", "probata", "add", str(root / "demo" / "reports"), "--casebook", str(folder)]
    subprocess.run([*command, "--gazetteer", str(root / "demo" / "gazetteer.yml")], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def served_casebook(demo_casebook: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with the application's tables in it, so that each test need not make them anew."""
    folder = tmp_path_factory.mktemp("served") / "casebook"
    shutil.copytree(demo_casebook, folder)
    with casebook(folder) as book:
        prepare(book)
        connections["default"].close()
    return folder


@pytest.fixture
def folder(served_casebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A casebook of one's own with the demo's reports and the application's tables."""
    own = tmp_path / "casebook"
    shutil.copytree(served_casebook, own)
    monkeypatch.setenv("PROBATA_HOME", str(own))
    monkeypatch.delenv("PROBATA_DATABASE", raising=False)
    return own


@pytest.fixture
def book(folder: Path) -> Iterator[Casebook]:
    """It, served in this process."""
    with casebook(folder) as opened:
        served = prepare(opened)
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        yield served
        served.close()


@pytest.fixture
def site(book: Casebook) -> Site:
    """The application in this process, on a casebook of one's own."""
    return Site(book)


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., Live]]:
    """Starts `probata serve` on the casebook; more options as they are given."""
    running: list[Live] = []

    def started(*options: str) -> Live:
        running.append(serve(folder, *options))
        return running[-1]

    yield started
    for one in running:
        one.stop()


@pytest.fixture
def live(start: Callable[..., Live]) -> Live:
    """A running server with its worker."""
    return start()


@pytest.fixture(scope="module")
def common(served_casebook: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A running server for all tests of a module, which see to it that they do not stand in one another's way."""
    own = tmp_path_factory.mktemp("common") / "casebook"
    shutil.copytree(served_casebook, own)
    running = serve(own)
    yield running
    running.stop()


@pytest.fixture
def tour(request: pytest.FixtureRequest, browser: Any, root: Path) -> Iterator[Tour]:
    """A browser in the language and the width that `walked` names, on the module's `live` server."""
    pictures = root / "build" / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    language, wide = request.param
    made = Tour(browser, request.getfixturevalue("live"), language, wide, pictures)
    yield made
    made.close()
