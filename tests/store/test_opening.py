"""Opening: what is not a casebook, or not ours to change, is refused in plain words and left as it is."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from django.db import DatabaseError, connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from probata.model.errors import CasebookError, ProbataError
from probata.store import grouping, models
from probata.store.errors import told
from probata.store.opening import Casebook, casebook, postgresql
from probata.store.turn import turn
from probata.store.verifying import verify
from store.conftest import Read, put


def code_of(folder: Path, create: bool = False) -> str:
    with pytest.raises(ProbataError) as caught, casebook(folder, create=create):
        pass
    assert str(folder) in str(caught.value) or "PROBATA" in str(caught.value)
    return caught.value.code


def test_a_casebook_opens_again_as_itself(home: Path) -> None:
    with casebook(create=True) as first:
        pass
    with casebook() as again:
        assert (again.folder, again.id) == (home, first.id)


def test_no_casebook_is_made_by_looking_for_one(home: Path) -> None:
    assert code_of(home) == "no-casebook"
    assert not home.exists()


def test_a_newer_folder_is_refused(book: Casebook) -> None:
    file = book.folder / "casebook.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "format": 2}))
    assert code_of(book.folder, create=True) == "newer-casebook"


def test_newer_tables_are_refused(book: Casebook) -> None:
    with connections[book.alias].cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_later', CURRENT_TIMESTAMP)"
        )
    assert code_of(book.folder, create=True) == "newer-casebook"


@pytest.mark.parametrize(
    "name", ["0001_initial", "0002_kept", "0003_shadow", "0004_family", "0005_protected", "0006_salt"]
)
def test_a_kill_before_a_migration_is_written_down_is_made_up_for(
    home: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its tables may be there by then: Django writes down that a migration was applied after its transaction."""
    written = MigrationRecorder.record_applied

    def killed(recorder: MigrationRecorder, app: str, done: str) -> None:
        if done == name:
            raise KeyboardInterrupt
        written(recorder, app, done)

    with monkeypatch.context() as dying:
        dying.setattr(MigrationRecorder, "record_applied", killed)
        with pytest.raises(KeyboardInterrupt), casebook(create=True):
            pass
    with casebook(create=True) as again:
        assert models.Report.objects.using(again.alias).count() == 0
        applied = MigrationRecorder(connections[again.alias]).applied_migrations()
        assert ("store", "0006_salt") in applied
        assert ("store", name) in applied


def test_a_casebook_of_before_rows_had_salts_is_brought_over(
    home: Path, read: Read, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    salted = (models.Report, models.Claim, models.Version)
    with monkeypatch.context() as before:
        for model in salted:
            before.setattr(model._meta.get_field("salt"), "_get_default", str)
        with casebook(create=True) as book:
            put(book, sorted((root / "demo" / "reports").glob("*"))[:6], read)
            grouping.update(book)
            with connections[book.alias].cursor() as cursor:
                for model in salted:
                    cursor.execute(f"ALTER TABLE {model._meta.db_table} DROP COLUMN salt")
                cursor.execute("DELETE FROM django_migrations WHERE app = 'store' AND name >= '0006'")
    with casebook() as book:
        assert verify(book).wrong is None
        put(book, sorted((root / "demo" / "reports").glob("*")), read)
        grouping.update(book)
        assert verify(book).wrong is None
        for model in salted:
            found = list(model._default_manager.using(book.alias).values_list("salt", flat=True))
            assert "" in found
            assert len(set(found) - {""}) == len(found) - found.count("") > 0
        with pytest.raises(DatabaseError), transaction.atomic(using=book.alias):
            models.Claim.objects.using(book.alias).update(salt="00")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "x"}', "\x00\xff"])
def test_a_spoilt_file_of_the_folder_is_refused(book: Casebook, content: str) -> None:
    (book.folder / "casebook.json").write_text(content)
    assert code_of(book.folder, create=True) == "casebook-file"


def test_folder_and_database_of_two_casebooks_are_refused(book: Casebook) -> None:
    models.Identity.objects.using(book.alias).update(casebook="another")
    assert code_of(book.folder, create=True) == "other-casebook"


def test_a_casebook_is_not_opened_on_the_other_kind_of_database(
    book: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    if book.is_sqlite:
        monkeypatch.setenv("PROBATA_DATABASE", "postgresql://nobody@localhost/nothing")
    else:
        monkeypatch.delenv("PROBATA_DATABASE")
    assert code_of(book.folder, create=True) == "other-database"


@pytest.mark.parametrize("url", ["mysql://me@host/db", "postgresql://host", "nonsense"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ProbataError, match="no address"):
        postgresql(url)


def test_a_server_out_of_reach_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROBATA_DATABASE", "postgresql://me@127.0.0.1:1/kessar?connect_timeout=2")
    assert code_of(tmp_path / "casebook", create=True) == "no-server"


def test_a_damaged_database_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROBATA_DATABASE", raising=False)
    with casebook(tmp_path / "c", create=True):
        pass
    (tmp_path / "c" / "casebook.sqlite").write_bytes(b"this is no database at all" * 400)
    assert code_of(tmp_path / "c") == "damaged"


def test_a_folder_that_is_a_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROBATA_DATABASE", raising=False)
    (tmp_path / "c").write_text("words")
    assert code_of(tmp_path / "c", create=True) == "folder"


def test_a_second_writer_waits_then_is_told(book: Casebook) -> None:
    with turn(book), pytest.raises(CasebookError, match="another program") as caught, turn(book, 0.1):
        pass
    assert caught.value.code == "locked"
    with turn(book, 0.1):
        pass  # given back


def test_a_second_writer_gets_its_turn(book: Casebook) -> None:
    order: list[str] = []

    def first() -> None:
        with turn(book):
            order.append("first")
            time.sleep(0.3)
            order.append("first done")
        book.close()  # a thread has a connection of its own

    thread = threading.Thread(target=first)
    thread.start()
    while not order:
        time.sleep(0.01)
    with turn(book, 20):
        order.append("second")
    thread.join()
    assert order == ["first", "first done", "second"]


def test_a_database_that_another_program_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROBATA_DATABASE", raising=False)
    with casebook(tmp_path / "c", create=True) as book:
        connections[book.alias].connection.execute("PRAGMA busy_timeout=50")
        holder = sqlite3.connect(book.folder / "casebook.sqlite", isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        rows = models.Identity.objects.using(book.alias)
        with pytest.raises(CasebookError) as caught, told(book.folder):
            rows.update(grouped=1)
        holder.close()
    assert caught.value.code == "locked"


FULL = """
    import resource, sys
    from probata.cli.main import main
    main(["add", sys.argv[1]])
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
    import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    sys.exit(main(["add", *sys.argv[3:]]))
"""


@pytest.mark.parametrize("room", [300_000, 1_000_000], ids=["of originals", "of the database"])
def test_a_full_disk_is_told_and_loses_nothing(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.delenv("PROBATA_DATABASE", raising=False)
    monkeypatch.setenv("PROBATA_HOME", str(tmp_path / "c"))
    small, large = root / "demo/reports/harbour-post-0515.txt", tmp_path / "large.jsonl"
    records = [{"id": f"w-{n}", "text": f"Two people died in Tarqa on day {n}. " + "x" * 2000} for n in range(400)]
    large.write_text("".join(json.dumps(r) + "\n" for r in records))
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FULL), str(small), str(room), str(large), "--jobs", "1"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert done.returncode == 2, done.stderr
    assert "disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    with casebook(tmp_path / "c") as book:
        names = set(models.Report.objects.using(book.alias).values_list("name", flat=True))
        assert "harbour-post-0515" in names
        assert connections[book.alias].cursor().execute("PRAGMA integrity_check").fetchone() == ("ok",)
