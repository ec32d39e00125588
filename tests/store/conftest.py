"""Casebooks for tests, on both databases, and the demo's reports, read once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest

from postgres import Server
from probata import pipeline
from probata.acquire import reports
from probata.acquire.language import is_read
from probata.model.claim import Claim
from probata.model.report import Report
from probata.store.adding import Adding
from probata.store.opening import Casebook, casebook
from probata.vocab.gazetteerfile import load_gazetteer

Read = dict[str, tuple[Claim, ...]]
Homes = Callable[[], Path]


@pytest.fixture(params=["sqlite", "postgresql"])
def homes(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Homes]:
    """Gives the folder of a casebook that is not there yet, another each time, and sets the environment for it."""
    monkeypatch.delenv("PROBATA_DATABASE", raising=False)
    server: Server | None = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    urls: list[str] = []

    def home() -> Path:
        folder = tmp_path / f"casebook-{next(number)}"
        monkeypatch.setenv("PROBATA_HOME", str(folder))
        if server:
            urls.append(server.fresh())
            monkeypatch.setenv("PROBATA_DATABASE", urls[-1])
        return folder

    number = count(1)
    yield home
    for url in urls:
        if server:
            server.drop(url)


@pytest.fixture
def home(homes: Homes) -> Path:
    """The folder of a casebook that is not there yet, by way of the environment; on each database in turn."""
    return homes()


@pytest.fixture
def book(home: Path) -> Iterator[Casebook]:
    """An empty casebook."""
    with casebook(home, create=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def read(root: Path) -> Read:
    """The claims of the demo's reports, by digest."""
    places = load_gazetteer(root / "demo" / "gazetteer.yml")
    known = [r for r in reports([root / "demo" / "reports"]) if isinstance(r, Report)]
    found: Read = {r.origin.sha256: () for r in known if r.origin}
    for report, claims in pipeline.read_many([r for r in known if is_read(r)], places):
        assert report.origin
        found[report.origin.sha256] = tuple(claims)
    return found


def put(book: Casebook, paths: Sequence[Path], read: Read, by: str = "aliyah") -> Adding:
    """Add reports whose claims are known already."""
    adding = Adding(book, by)
    for report in adding.new(r for r in reports(paths, received=adding.received) if isinstance(r, Report)):
        assert report.origin
        adding.keep(report, read.get(report.origin.sha256, ()))
    adding.finish()
    return adding
