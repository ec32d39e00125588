"""The tests' own PostgreSQL: databases apart from one another, and nothing left behind, however the tests end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psycopg
import pytest

import postgres as harness
from postgres import Server


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(statement.encode())
        return found.fetchall() if found.description else []


def filled(url: str) -> None:
    rows(url, "CREATE TABLE report (id text)")
    rows(url, "INSERT INTO report VALUES ('karsa-1')")


def test_postgres_keeps_databases_apart(postgres: Server) -> None:
    one, two, empty = postgres.fresh(filled), postgres.fresh(filled), postgres.fresh()
    rows(one, "DELETE FROM report")
    assert rows(one, "SELECT id FROM report") == []
    assert rows(two, "SELECT id FROM report") == [("karsa-1",)]
    with pytest.raises(psycopg.errors.UndefinedTable):
        rows(empty, "SELECT id FROM report")
    with psycopg.connect(two):
        for url in (one, two, empty):
            postgres.drop(url)
    with pytest.raises(psycopg.OperationalError):
        rows(two, "SELECT 1")


def test_postgres_knows_the_letters_of_every_script(postgres: Server) -> None:
    url = postgres.fresh()
    assert rows(url, "SELECT lower('ŁÓDŹ'), length('غزّة'), 'ب' < 'ت', 'Z' < 'a'") == [("łódź", 4, True, True)]
    postgres.drop(url)


def test_postgres_takes_the_newest_of_debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("9.6", "9", "15", "common"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    monkeypatch.setattr(harness, "DEBIAN", tmp_path)
    assert harness.binaries() == tmp_path / "15" / "bin"
    monkeypatch.setattr(harness, "DEBIAN", tmp_path / "none")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert harness.binaries() is None
    with pytest.raises(pytest.skip.Exception, match="install the Debian package postgresql"), harness.serve():
        pass


RUN = """
    import time, postgres
    with postgres.serve() as server:
        print(server.folder, flush=True)
        {then}
"""


@pytest.mark.usefixtures("postgres")
@pytest.mark.parametrize(
    "then, sent",
    [
        ("pass", None),
        ("raise SystemError", None),
        ("time.sleep(60)", signal.SIGINT),
        ("time.sleep(60)", signal.SIGTERM),
        ("time.sleep(60)", signal.SIGKILL),
    ],
)
def test_postgres_leaves_nothing_behind(then: str, sent: signal.Signals | None) -> None:
    code = textwrap.dedent(RUN).format(then=then)
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(harness.__file__).parent)},
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0]) if sent else None
        if sent:
            os.killpg(process.pid, sent)
    end = time.monotonic() + 30
    while folder.exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert not folder.exists()
    assert server is None or not Path(f"/proc/{server}").exists()
