"""Opening a casebook: one folder, and its database in it (SQLite) or beside it (PostgreSQL, by one setting)."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from probata.model.errors import CasebookError, ProbataError, SetupError
from probata.store.errors import told
from probata.store.turn import alone

FORMAT = 1  # of the folder; the tables have migrations of their own
HOME = "PROBATA_HOME"
DATABASE = "PROBATA_DATABASE"
_FILE = "casebook.json"
_opened = count(1)


@dataclass(frozen=True, slots=True)
class Casebook:
    """An open casebook: its folder, the name Django knows its database by, and its identity."""

    folder: Path
    alias: str
    id: str

    @property
    def originals(self) -> Path:
        """Where the bytes lie as they were received."""
        return self.folder / "originals"

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is the file in the folder."""
        return connections[self.alias].vendor == "sqlite"

    def close(self) -> None:
        """Let go of the database. The casebook can be opened again."""
        connections[self.alias].close()


def home(given: str | Path | None = None) -> Path:
    """The folder of the casebook: the one given, else that of PROBATA_HOME, else ./casebook."""
    return Path(given or os.environ.get(HOME) or "casebook")


@contextmanager
def casebook(given: str | Path | None = None, create: bool = False) -> Iterator[Casebook]:
    """The casebook of a folder, closed again afterwards. What the database or disk refuses is told in plain words."""
    folder = home(given)
    with told(folder):
        book = open_casebook(folder, create)
        try:
            yield book
        except ProbataError as error:
            from probata.store import shielding

            safe = shielding.of(book).error(error)
            if safe is error:
                raise
            raise safe from None
        finally:
            book.close()


def open_casebook(given: str | Path | None = None, create: bool = False) -> Casebook:
    """The casebook of a folder, its tables brought up to date; made where there is none if `create`.

    Raises CasebookError when there is none, when a newer Probata made it, or when folder and database do not belong
    together. Nothing is changed then.
    """
    folder = home(given)
    known = _known(folder)
    if known is None and not create:
        problem = "holds no casebook."
        raise CasebookError("no-casebook", str(folder), problem, f"Make one with `probata add`, or set {HOME}.")
    settings = _settings(folder, known)
    if known is None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "originals").mkdir(exist_ok=True)
    alias = f"casebook-{next(_opened)}"
    connections.settings[alias] = connections.configure_settings({"default": {}, alias: settings})[alias]
    try:
        with alone(folder, alias):
            _bring_up_to_date(folder, alias)
            return Casebook(folder, alias, _belong(folder, alias, known))
    except BaseException:
        connections[alias].close()
        raise


def _known(folder: Path) -> dict[str, Any] | None:
    """What the folder's own file says; None where there is none."""
    try:
        found = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        version, _ = int(found["format"]), str(found["casebook"])
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, KeyError, TypeError):
        problem = f"has a {_FILE} that cannot be read."
        raise CasebookError("casebook-file", str(folder), problem, "Restore that file from a copy.") from None
    if version > FORMAT:
        raise newer(folder)
    return dict(found)


def newer(folder: Path) -> CasebookError:
    """The error of a casebook that a later Probata made."""
    problem = "is a casebook of a newer Probata; nothing was changed."
    return CasebookError("newer-casebook", str(folder), problem, "Install that version, or a later one.")


def _settings(folder: Path, known: Mapping[str, Any] | None) -> dict[str, Any]:
    """Django's settings of the database: PostgreSQL if the setting names one, else a file in the folder."""
    url = os.environ.get(DATABASE, "")
    wanted = "postgresql" if url else "sqlite"
    if known is not None and known.get("database") != wanted:
        kept = "in PostgreSQL" if known.get("database") == "postgresql" else "in its own folder"
        advice = f"Set {DATABASE} to its address." if not url else f"Unset {DATABASE}, or set {HOME} to another folder."
        raise CasebookError("other-database", str(folder), f"keeps its tables {kept}.", advice)
    if url:
        return postgresql(url)
    # IMMEDIATE: a writer waits for its turn at the start and is never refused half way. FULL: what was acknowledged
    # outlives a power cut.
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"
    pragmas += "; PRAGMA recursive_triggers=ON"  # so that REPLACE is refused like any other removal
    options = {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": pragmas}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "casebook.sqlite"), "OPTIONS": options}


def postgresql(url: str) -> dict[str, Any]:
    """Django's settings of postgresql://user:password@host:port/name?option=value. Raises SetupError."""
    try:
        import psycopg  # noqa: F401  (an extra: not everybody has it)
    except ImportError:
        advice = "Install it: pip install 'probata[postgresql]'."
        raise SetupError("no-psycopg", DATABASE, "needs the Python package psycopg.", advice) from None
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        advice = "Write postgresql://user:password@host:port/name."
        raise SetupError("database-address", DATABASE, "is no address of a PostgreSQL database.", advice)
    found: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "NAME": name, "OPTIONS": options}
    found["HOST"] = options.pop("host", unquote(parts.hostname or ""))
    found["PORT"] = options.pop("port", str(parts.port or ""))
    found["USER"], found["PASSWORD"] = unquote(parts.username or ""), unquote(parts.password or "")
    return found


def _bring_up_to_date(folder: Path, alias: str) -> None:
    """Make the tables that are missing. A migration that we do not know was made by a newer Probata."""
    executor = MigrationExecutor(connections[alias])
    ours = {key for key in executor.loader.applied_migrations if key[0] == "store"}
    if ours - set(executor.loader.disk_migrations):
        raise newer(folder)
    leaves = [k for k in executor.loader.graph.leaf_nodes() if k[0] == "store"]
    if plan := executor.migration_plan(leaves):
        # Django writes down that a migration was applied after its transaction: a kill in between leaves the tables and
        # no word of them, which `fake_initial` makes up for.
        executor.migrate(leaves, plan, fake_initial=True)


def _belong(folder: Path, alias: str, known: Mapping[str, Any] | None) -> str:
    """The casebook's identity, the same in folder and database; given when both are new."""
    from probata.store.models import Identity

    row = Identity.objects.using(alias).first()
    if known is None:
        if row is None:
            row = Identity(casebook=str(uuid.uuid4()))
            row.save(using=alias)
        vendor = connections[alias].vendor
        _write(folder / _FILE, {"format": FORMAT, "casebook": row.casebook, "database": vendor})
        return row.casebook
    if row is None or row.casebook != known["casebook"]:
        problem = "and its database belong to different casebooks; nothing was changed."
        raise CasebookError(
            "other-casebook", str(folder), problem, f"Set {HOME} or {DATABASE} to the one that is meant."
        )
    return row.casebook


def _write(path: Path, record: Mapping[str, Any]) -> None:
    """Write a small file whole or not at all."""
    part = path.with_suffix(".part")
    with open(part, "w", encoding="utf-8") as file:
        file.write(json.dumps(record, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
