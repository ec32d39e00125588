"""What tests share: the texts kept beside the checkout, a browser, and an honest word about what was left out."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from postgres import Server

# A browser test leaves an event loop in the thread, in which Django would refuse to speak to a database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
# One process has one set of settings: the application's, which hold the casebook's tables as well.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probata.review.settings")
ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
# Every flag keeps a fresh Chromium from asking a network or a keyring for anything.
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and gold, which is kept apart from this repository."""
    if not (SHARED / "corpora").is_dir():
        pytest.skip("no ../shared beside this checkout: the corpora and the gold are kept apart from the repository")
    return SHARED


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[[list[str]], Any]]:
    """Launches the Chromium of the system with flags, driven by playwright; it is never downloaded."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium: install the Debian package chromium to try pages in a browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:  # one for all tests: a process has room for no second
        yield lambda flags: driver.chromium.launch(executable_path=path, args=flags)


@pytest.fixture(scope="session")
def browser(launch: Callable[[list[str]], Any]) -> Iterator[Any]:
    """A headless Chromium."""
    chromium = launch(CHROMIUM_FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server that only these tests use; `postgres.fresh()` is the URL of a new database."""
    from postgres import serve

    with serve() as server:
        yield server


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With PROBATA_ALL set, as in .ci/run, a test that is left out is a test that fails."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("PROBATA_ALL"):
        report.outcome = "failed"
        report.longrepr = f"left out, but PROBATA_ALL asks for every test: {_reason(report)}"
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say in plain words which tests were left out and what would bring them in."""
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", []))
    if reasons:
        terminalreporter.section("left out")
        for reason, number in reasons.most_common():
            terminalreporter.write_line(f"{number:4} test{'s' if number > 1 else ' '}  {reason}")


def _reason(report: Any) -> str:
    words = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return str(words).removeprefix("Skipped: ")
