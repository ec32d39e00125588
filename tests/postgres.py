"""A PostgreSQL server of the tests' own: started in a temporary folder, reached by a socket in it, gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

MISSING = "no PostgreSQL: install the Debian package postgresql to try the casebook on it (nothing needs to be set up)"
DEBIAN = Path("/usr/lib/postgresql")
USER = "probata"
_PATIENCE = 60.0  # seconds for the server to answer, and to end
# Nothing here must survive a power cut, and a small machine must hardly notice the server.
_SETTINGS = (
    "listen_addresses=",
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_connections=60",
    "shared_buffers=64MB",
    "autovacuum=off",
    "log_min_messages=fatal",
)
# The shell reads its standard input, which closes when the tests end, however they end. It then stops the server and
# removes the folder.
_KEEPER = """
folder=$1; shift
"$@" </dev/null & server=$!
cat >/dev/null
kill -INT $server 2>/dev/null
wait $server
rm -rf "$folder"
"""
Fill = Callable[[str], None]


@dataclass(slots=True)
class Server:
    """A running server. `fresh` gives a new database, `drop` takes it away."""

    folder: Path
    _names: Iterator[int] = field(default_factory=count)
    _filled: dict[Fill, str] = field(default_factory=dict)

    def url(self, database: str) -> str:
        """How a database is named to whatever connects to it."""
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def fresh(self, fill: Fill | None = None) -> str:
        """The URL of a new database: empty, or a copy of one that `fill`, called once with its URL, has made ready."""
        if fill is None:
            return self._create("template0")
        if fill not in self._filled:
            url = self._create("template0")
            fill(url)
            self._filled[fill] = _database(url)
        return self._create(self._filled[fill])

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._do(f'DROP DATABASE IF EXISTS "{_database(url)}" WITH (FORCE)')

    def _create(self, template: str) -> str:
        name = f"casebook_{next(self._names)}"
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def _do(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


def _database(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def binaries() -> Path | None:
    """The folder of initdb and postgres: Debian's newest, else the one on PATH, else None."""
    debian = [p.parent for p in DEBIAN.glob("*/bin/initdb") if p.parent.parent.name.isdecimal()]
    if debian:
        return max(debian, key=lambda p: int(p.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def serve() -> Iterator[Server]:
    """A server for as long as the block runs. Skips what asks for it when there is no PostgreSQL to run."""
    programs = binaries()
    if programs is None:
        pytest.skip(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="probata-pg-", dir="/tmp"))  # the path of a socket must be short
    try:
        user = _user(folder)
        _initialise(programs, folder, user)
        with _running(programs, folder, user) as ready:
            yield ready
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _user(folder: Path) -> dict[str, Any]:
    """Who runs the server, as arguments of subprocess: PostgreSQL refuses root, so then it is Debian's own user."""
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("no PostgreSQL: it refuses to run as root, and there is no user called postgres to run it")
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _initialise(programs: Path, folder: Path, user: dict[str, Any]) -> None:
    options = ["-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--wal-segsize=1", "--no-sync"]
    command = [str(programs / "initdb"), "-D", str(folder / "data"), *options]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **user)
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr}")


@contextmanager
def _running(programs: Path, folder: Path, user: dict[str, Any]) -> Iterator[Server]:
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    server = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *settings]
    log = folder / "log"
    with open(log, "wb") as said:
        keeper = subprocess.Popen(
            ["/bin/sh", "-c", _KEEPER, "keeper", str(folder), *server],
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=said,
            cwd=folder,
            start_new_session=True,  # Ctrl-C is for the tests; the server ends after them
            **user,
        )
    with keeper:  # closes its standard input at the end, and waits for it
        ready = Server(folder)
        _wait_for(ready, log)
        yield ready


def _wait_for(server: Server, log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            psycopg.connect(server.url("postgres")).close()
        except psycopg.OperationalError as error:
            if time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL does not answer ({error}): {log.read_text()}") from error
            time.sleep(0.05)
        else:
            return
