"""What is protected is found in nothing that leaves a casebook; what is erased is found nowhere at all."""

from __future__ import annotations

import argparse
import gzip
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from probata.cli.main import main, parser
from probata.model.errors import InputError
from probata.store import digests, erasing, grouping, listing, log, models, protecting
from probata.store.adding import Adding
from probata.store.opening import Casebook, casebook
from probata.store.publishing import kinds
from probata.store.releasing import Wanted, release
from probata.store.verifying import verify
from store.hidden import Name, fill, names, seen

NUMBER = 200
WHY = "asked not to be named"
# The tables that may hold protected words: evidence, and what grouping makes of it. Every other is scanned.
MAY_HOLD = {
    "store_report", "store_claim", "store_version", "store_decision", "store_incident", "store_tally", "store_family",
    "store_protected", "store_victim",
}  # fmt: skip


@pytest.fixture(scope="module")
def hidden() -> list[Name]:
    return names(NUMBER)


@pytest.fixture
def kept(book: Casebook, hidden: list[Name]) -> Casebook:
    """A casebook with every name protected, some before the reports came."""
    protecting.protect_all(book, [(n.words, n.also) for n in hidden[:20]], "person", "omar", WHY)
    fill(book, hidden)
    protecting.protect_all(book, [(n.words, n.also) for n in hidden[20:]], "person", "omar", WHY)
    return book


def test_no_protected_word_leaves_a_casebook(
    kept: Casebook, home: Path, hidden: list[Name], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert verify(kept).wrong is None
    claims = list(models.Claim.objects.using(kept.alias).order_by("id").values_list("name", flat=True))
    incidents = list(models.Incident.objects.using(kept.alias).filter(ended=None).values_list("name", flat=True))
    version = models.Version.objects.using(kept.alias).latest("id")
    assert any(seen(json.dumps(version.record, ensure_ascii=False).encode(), hidden))
    kept.close()
    for arguments in every(claims, incidents, hidden):
        main(arguments)
        out = capfd.readouterr()
        assert not list(seen((out.out + out.err).encode(), hidden)), arguments
    main(["release", str(tmp_path / "out.zip")])
    for path in (tmp_path / "out.zip", *home.glob("*.json")):
        assert not list(seen(path.read_bytes(), hidden)), path
    for table in tables(kept):
        if table not in MAY_HOLD:
            with connections[kept.alias].cursor() as cursor:
                cursor.execute(f"SELECT * FROM {table}")
                rows = "\n".join(str(value) for row in cursor.fetchall() for value in row)
            assert not list(seen(rows.encode(), hidden)), table
    for path in home.rglob("*"):
        if path.is_file() and "originals" not in path.parts and not path.name.startswith("casebook.sqlite"):
            assert not list(seen(path.name.encode() + path.read_bytes(), hidden)), path


def every(claims: list[str], incidents: list[str], hidden: list[Name]) -> Iterator[list[str]]:
    """Each command that prints something of a casebook, in each of its forms; and errors that repeat what was asked."""
    for form in ("table", "json", "html"):
        yield ["incidents", "--format", form]
        yield ["incident", incidents[0], "--format", form]
        yield ["incident", incidents[0], "--format", form, "--version", "1"]
        yield ["sources", incidents[0], "--format", form]
    for form in ("table", "json", "jsonl"):
        yield ["claims", "--format", form]
        yield ["reports", "--format", form]
    for form in ("table", "json"):
        yield ["why", *claims[:2], "--format", form]
        yield ["search", "market", "--format", form, "--limit", "200"]
        yield ["search", hidden[0].words, "--format", form]
        yield ["reading", claims[0], "--format", form]
        yield ["findings", "--format", form]
        yield ["findings", incidents[0], "--format", form]
    for form in ("table", "jsonl", "prov-json", "prov-n"):
        yield ["log", "--format", form]
    yield from (["verify"], ["originals"], ["protect", "--list"])
    for name in hidden[:3]:
        yield ["incident", name.words]
        yield ["sources", name.also]
        yield ["reports", "--outlet", name.words]
        yield ["claims", "--speaker", name.words.split()[0]]
        yield ["incidents", "--place", name.also]
        yield ["decide", "same", *claims[:2], "--by", name.words, "--why", "it is one"]
        for verb in ("correct", "reject", "undo"):
            yield [verb, claims[0], "--by", name.words, "--why", f"{name.words} said so"]
        yield ["code", name.words, "--by", "omar", "--why", f"{name.words} said so"]
        yield ["finding", "propose", incidents[0], "--by", name.words, "--why", f"{name.words} said so"]


def tables(book: Casebook) -> list[str]:
    return connections[book.alias].introspection.table_names()


def test_nobody_finds_a_report_by_protected_words(kept: Casebook, hidden: list[Name]) -> None:
    from probata.store.search import search

    for name in hidden[::10]:
        for word in {*name.words.split(), *name.also.split(), name.words}:
            assert search(kept, word).total == 0
        assert not list(listing.claims(kept, listing.Sought(speaker=name.words.split()[0])))
    assert search(kept, "market").total == NUMBER // 5


def test_offsets_fit_the_text_as_it_is_shown(kept: Casebook) -> None:
    number = 0
    for report, claims in listing.by_report(kept, listing.Sought()):
        for claim in claims:
            for span in (
                claim.evidence,
                claim.speaker.span if claim.speaker else None,
                claim.place and claim.place.span,
            ):
                assert span
                assert report.text[span.start : span.end] == span.text
                number += 1
    assert number == 3 * NUMBER // 5


def test_protecting_changes_no_figure(book: Casebook, hidden: list[Name]) -> None:
    fill(book, hidden[:20])
    grouping.anew(book)
    before = models.Version.objects.using(book.alias).count()
    for name in hidden[:20]:
        protecting.protect(book, name.words, [name.also], "person", "omar", WHY)
    grouping.anew(book)
    assert models.Version.objects.using(book.alias).count() == before


def test_taking_back_shows_it_again(book: Casebook, hidden: list[Name]) -> None:
    fill(book, hidden[:5])
    first = next(iter(listing.claims(book, listing.Sought())))
    done = protecting.protect(book, hidden[0].words, [hidden[0].also], "person", "omar", WHY)
    assert done.reports == 1
    assert next(iter(listing.claims(book, listing.Sought()))) != first
    protecting.take_back(book, done.number, "omar", "she agreed to be named")
    assert next(iter(listing.claims(book, listing.Sought()))) == first
    assert verify(book).wrong is None
    with pytest.raises(InputError, match="protects nothing now"):
        protecting.take_back(book, done.number, "omar", "she agreed to be named")


@pytest.mark.parametrize(
    "words, who, why, said",
    [
        ("Velora Tamshik", "omar", "", "no reason"),
        ("Velora Tamshik", "Velora Tamshik", WHY, "another alias"),
        ("V!", "omar", WHY, "fewer than 3"),
        ("Aliyah", "omar", WHY, "worked on this casebook"),
    ],
)
def test_what_cannot_be_protected_is_refused(
    book: Casebook, hidden: list[Name], words: str, who: str, why: str, said: str
) -> None:
    fill(book, hidden[:5])
    with pytest.raises(InputError, match=said):
        protecting.protect(book, words, [], "person", who, why)
    assert not models.Protected.objects.using(book.alias).exists()


def test_the_database_refuses_to_alter_what_is_protected(book: Casebook) -> None:
    protecting.protect(book, "Velora Tamshik", [], "person", "omar", WHY)
    rows = models.Protected.objects.using(book.alias)
    for refused in (lambda: rows.update(words="other"), lambda: rows.all()._raw_delete(book.alias)):
        with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic(using=book.alias):
            refused()


@pytest.mark.parametrize("column", ["words", "variants", "who", "why", "commitment", "salt", "back"])
def test_a_changed_row_is_named(book: Casebook, column: str) -> None:
    protecting.protect(book, "Velora Tamshik", [], "person", "omar", WHY)
    value: Any = {"variants": '["x"]', "back": 7, "salt": "00" * 32, "commitment": "0" * 64}.get(column, "Other Words")
    table = models.Protected._meta.db_table
    with connections[book.alias].cursor() as cursor:
        name = f"{table}_no_update"
        cursor.execute(f"DROP TRIGGER {name}" + ("" if book.is_sqlite else f" ON {table}"))
        cursor.execute(f"UPDATE {table} SET {column} = %s", [value])
    assert "protected 1: its row was changed" in str(verify(book).wrong)


def test_erasing_leaves_nothing_anywhere(
    home: Path, hidden: list[Name], read_all: Callable[[Path], Iterator[bytes]]
) -> None:
    with casebook(home, create=True) as book:
        fill(book, hidden[:20])
        gone, others = hidden[:5], hidden[5:20]
        done = [protecting.protect(book, n.words, [n.also], "person", "omar", WHY) for n in gone]
        figures = sorted(models.Incident.objects.using(book.alias).filter(ended=None).values_list("sources", flat=True))
        assert any(any(seen(data, gone)) for data in read_all(home))
        removed = [erasing.erase(book, d.number, "omar", "she withdrew her consent").originals for d in done]
        assert {digest for of in removed for digest in of} == set(
            models.Report.objects.using(book.alias).order_by("id").values_list("original", flat=True)[:1]
        )
        found = verify(book)
        assert found.wrong is None
        assert sum("were erased" in remark for remark in found.remarks) == len(gone)
        now = sorted(models.Incident.objects.using(book.alias).filter(ended=None).values_list("sources", flat=True))
        assert now == figures
        for report, claims in listing.by_report(book, listing.Sought()):
            assert all(report.text[c.evidence.start : c.evidence.end] == c.evidence.text for c in claims)
        with pytest.raises(InputError, match="nothing left"):
            erasing.erase(book, done[0].number, "omar", "she withdrew her consent")
    for data in read_all(home):
        assert not list(seen(data, gone))
    assert any(any(seen(data, others)) for data in read_all(home))


@pytest.fixture
def read_all(request: pytest.FixtureRequest) -> Callable[[Path], Iterator[bytes]]:
    """The bytes of every file of a casebook, its database's own files among them."""

    def read(home: Path) -> Iterator[bytes]:
        for path in sorted(home.rglob("*")):
            if path.is_file():
                yield path.name.encode() + path.read_bytes()
        with casebook(home) as book:
            if book.is_sqlite:
                return
            with connections[book.alias].cursor() as cursor:
                cursor.execute("CHECKPOINT")
                cursor.execute(
                    "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
                )
                folder, oid = cursor.fetchone()
        for path in sorted((Path(folder) / "base" / str(oid)).iterdir()):
            yield path.read_bytes()

    return read


def test_erased_words_cannot_be_tried_on_the_log(book: Casebook, hidden: list[Name]) -> None:
    """Whoever keeps the casebook and guesses a name right still cannot make the digests that the log had before."""
    fill(book, hidden[:5])
    tables = (models.Report, models.Claim, models.Version, models.Decision)
    before = {(t, row.pk): row for t in tables for row in t._default_manager.using(book.alias).all()}
    logged = {entry.line for entry in log.entries(book)}
    done = protecting.protect(book, hidden[0].words, [hidden[0].also], "person", "omar", WHY)
    erasing.erase(book, done.number, "omar", "she withdrew her consent")
    tried = set()
    for table in tables:
        for row in table._default_manager.using(book.alias).all():
            known = before.get((table, row.pk))
            if known is None or digests.of_row(known) == digests.of_row(row):
                continue
            assert any(digests.of_row(known).encode() in line for line in logged)
            known.salt = row.salt  # all that is left, with every other column guessed right
            assert not any(digests.of_row(known).encode() in line for line in logged)
            tried.add(table)
    assert {models.Report, models.Claim} <= tried


def test_an_erasure_that_was_interrupted_is_completed(
    book: Casebook, hidden: list[Name], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(book, hidden[:5])
    done = protecting.protect(book, hidden[0].words, [hidden[0].also], "person", "omar", WHY)
    with monkeypatch.context() as patch:
        patch.setattr(erasing, "_remove", lambda *_: None)
        erasing.erase(book, done.number, "omar", "she withdrew her consent")
    assert "was erased, but is there" in str(verify(book).wrong)
    assert len(erasing.erase(book, done.number, "omar", "she withdrew her consent").originals) == 1
    assert verify(book).wrong is None


def test_archives_that_have_the_words_go_and_what_cannot_be_searched_stays_until_it_is_named(
    book: Casebook, hidden: list[Name]
) -> None:
    fill(book, hidden[:5])
    archive, picture = gzip.compress(f"told by {hidden[0].words}".encode()), gzip.compress(b"\x89PNG\r\n" + bytes(20))
    adding = Adding(book, "aliyah")
    for raw in (archive, picture):
        adding.received(sha256(raw).hexdigest(), raw)
        list(adding.new([]))
    adding.finish()
    done = protecting.protect(book, hidden[0].words, [hidden[0].also], "person", "omar", WHY)
    erased = erasing.erase(book, done.number, "omar", "she withdrew her consent")
    assert sha256(archive).hexdigest() in erased.originals
    left = sha256(picture).hexdigest()
    assert erased.unsearched == {left: "an image"}
    assert "1 original not searched whole" in " ".join(verify(book).remarks)
    for wrong in ("0" * 64, "../../casebook.json", left[:-1]):
        with pytest.raises(InputError, match="no original of this casebook"):
            erasing.erase(book, done.number, "omar", "her name is in the picture", [wrong])
    assert erasing.erase(book, done.number, "omar", "her name is in the picture", [left]).originals == [left]
    assert not list(book.originals.glob("??/*"))
    assert verify(book).wrong is None


def test_an_erased_report_is_not_added_again(book: Casebook, hidden: list[Name]) -> None:
    fill(book, hidden[:5])
    done = protecting.protect(book, hidden[0].words, [hidden[0].also], "person", "omar", WHY)
    erasing.erase(book, done.number, "omar", "she withdrew her consent")
    fill(book, hidden[:5])
    assert models.Report.objects.using(book.alias).count() == 1
    assert not list(book.originals.glob("??/*"))
    assert verify(book).wrong is None


def test_originals_with_protected_words_are_not_released_and_erased_ones_are_not_missed(
    book: Casebook, hidden: list[Name], tmp_path: Path
) -> None:
    plain = names(1, seed=7)[0]
    fill(book, [plain] * 5)
    done = protecting.protect(book, plain.words, [plain.also], "person", "omar", WHY)
    wanted = Wanted("Tarqa market", "Tarqa Records", originals=True, opened=kinds(), why="all agreed in writing")
    release(book, tmp_path / "out.zip", wanted)
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        assert not [n for n in packed.namelist() if n.startswith("originals/")]
        assert {"what": "original", "number": 1, "why": "protected"} in json.loads(packed.read("release.json"))[
            "withheld"
        ]
    assert not list(seen((tmp_path / "out.zip").read_bytes(), [plain]))
    with pytest.raises(InputError, match="holds protected value"):
        release(book, tmp_path / "other.zip", replace(wanted, title=f"For {plain.words}"))
    assert not (tmp_path / "other.zip").exists()
    erasing.erase(book, done.number, "omar", "she withdrew her consent")
    release(book, tmp_path / "out.zip", wanted)
    assert not list(seen((tmp_path / "out.zip").read_bytes(), [plain]))
    assert verify(book).wrong is None


def test_every_command_that_shows_something_of_a_casebook_is_tried(hidden: list[Name]) -> None:
    (verbs,) = (a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    takes = {verb for verb, of in verbs.choices.items() if "--casebook" in of._option_string_actions}
    tried = {arguments[0] for arguments in every(["a", "b"], ["c"], hidden)}
    assert takes == tried | {
        "add",
        "capture",
        "regroup",
        "erase",
        "release",
        "serve",
        "work",
    }  # those print names of files, numbers, digests; what the web application shows is tried in tests/review
