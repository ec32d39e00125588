"""The application on a casebook of the demo's reports: in this process, and as a real server for browsers."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from probata.review.serving import prepare
from probata.store.opening import Casebook, casebook
from review.harness import Live, Site


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
    running: list[subprocess.Popen[str]] = []

    def started(*options: str) -> Live:
        command = [sys.executable, "-m", "probata", "serve", "--casebook", str(folder), "--port", "0", *options]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        running.append(process)
        assert process.stdout
        said = ""
        for line in process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        found = re.search(r" on (http://\S+)\n", said)
        assert found, said
        setup = re.search(r"here: (\S+)", said)
        return Live(found[1], folder, setup[1] if setup else "", process)

    yield started
    for process in running:
        process.terminate()
        process.wait(20)
        if process.stdout:
            process.stdout.close()


@pytest.fixture
def live(start: Callable[..., Live]) -> Live:
    """A running server with its worker."""
    return start()
