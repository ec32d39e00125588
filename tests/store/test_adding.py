"""What is added is there letter for letter, with its original; what is there already adds nothing."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from probata.acquire import reports
from probata.model.report import Report
from probata.store import models, originals
from probata.store.adding import Adding
from probata.store.opening import Casebook
from probata.store.rows import report_of
from probata.store.standing import claim_of
from probata.store.verifying import verify
from store.conftest import Read, put
from webarchives import TARQA, Warc, pack, pages, wacz_parts


@pytest.fixture
def dossier(root: Path) -> Path:
    return root / "demo" / "reports"


def rows(book: Casebook) -> list[models.Report]:
    return list(models.Report.objects.using(book.alias).order_by("id"))


def test_adding_keeps_reports_and_claims_as_they_were_read(book: Casebook, dossier: Path, read: Read) -> None:
    done = put(book, [dossier], read).done
    acquired = [r for r in reports([dossier]) if isinstance(r, Report)]
    assert [report_of(row) for row in rows(book)] == acquired
    assert (done.reports, done.known, done.unread) == (len(acquired), 0, 2)
    for row in rows(book):
        assert tuple(claim_of(c) for c in row.claims.order_by("number")) == read[row.digest]
        assert row.added_by == "aliyah"
    assert done.claims == sum(map(len, read.values())) > 100


def test_adding_keeps_originals_under_their_own_sum(book: Casebook, dossier: Path, read: Read) -> None:
    put(book, [dossier], read)
    kept = sorted(p for p in book.originals.rglob("*") if p.is_file())
    given = subprocess.run(
        ["sha256sum", *sorted(map(str, dossier.iterdir()))], capture_output=True, text=True, check=True
    ).stdout
    assert {p.name for p in kept} == {line.split()[0] for line in given.splitlines()}
    said = subprocess.run(["sha256sum", *map(str, kept)], capture_output=True, text=True, check=True).stdout
    for line in said.splitlines():
        digest, path = line.split()
        assert Path(path).name == digest
        assert stat.S_IMODE(Path(path).stat().st_mode) == 0o440
    assert {row.original for row in rows(book)} <= {p.name for p in kept}


def test_adding_the_same_bytes_again_adds_nothing(book: Casebook, dossier: Path, read: Read, tmp_path: Path) -> None:
    put(book, [dossier], read)
    before = [(r.name, r.digest) for r in rows(book)]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for n, path in enumerate(sorted(dossier.iterdir())):
        shutil.copy(path, elsewhere / f"copy-{n}{path.suffix}")
    done = put(book, [dossier, elsewhere], read, "somebody else").done
    assert (done.reports, done.known) == (0, 2 * len(before))
    assert [(r.name, r.digest) for r in rows(book)] == before


def record(text: str, **more: str) -> str:
    return json.dumps({"text": text, "published": "2031-05-15", **more}) + "\n"


def test_adding_a_file_that_has_grown_adds_its_new_records(book: Casebook, tmp_path: Path) -> None:
    wire = tmp_path / "wire.jsonl"
    wire.write_text(record("Two died in Tarqa.", id="w-1"))
    assert put(book, [wire], {}).done.reports == 1
    wire.write_text(wire.read_text() + record("Three died in Karsa.", id="w-2"))
    done = put(book, [wire], {}).done
    assert (done.reports, done.known) == (1, 1)
    first, second = rows(book)
    assert first.original != second.original
    for row in (first, second):
        kept = originals.path_of(book.originals, row.original).read_text()
        assert row.text in [json.loads(line)["text"] for line in kept.splitlines()]


def test_adding_gives_two_reports_of_one_id_names_of_their_own(book: Casebook, tmp_path: Path) -> None:
    for folder, text in (("a", "Two died in Tarqa."), ("b", "Three died in Karsa."), ("c", "Nobody died.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "report.txt").write_text(text)
        put(book, [tmp_path / folder], {})
    names = [row.name for row in rows(book)]
    assert names[0] == "report"
    assert names[1:] == [f"report-{row.digest[:8]}" for row in rows(book)[1:]]
    assert all("was taken" in " ".join(row.data["gaps"]) for row in rows(book)[1:])


@pytest.mark.parametrize(
    "given, name",
    [
        ("x" * 5000, "x" * 200 + "-"),
        ("zero\x00byte", "zero byte"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\n\n", "report"),
        ("تقرير ١", "تقرير ١"),
    ],
)
def test_adding_makes_names_fit_to_keep(book: Casebook, tmp_path: Path, given: str, name: str) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(record("Two died in Tarqa.", id=given))
    put(book, [path], {})
    (row,) = rows(book)
    assert row.name.startswith(name)
    assert len(row.name) <= 220


def test_adding_replaces_characters_of_code_0_and_says_so(book: Casebook, tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(record("Two\x00died in Tarqa.", title="Two\x00died", outlet="The\x00Post"))
    put(book, [path], {})
    (row,) = rows(book)
    assert row.text == "Two\ufffddied in Tarqa."
    assert "code 0" in " ".join(row.data["gaps"])


def test_an_original_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        originals.keep(tmp_path, "ab" * 32, b"words")
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_adding_needs_original_bytes(book: Casebook) -> None:
    with pytest.raises(Exception, match="no original bytes"):
        list(Adding(book).new([Report("karsa-1", "Two died.")]))


ONE = "https://post.karsa.example/1"


def test_adding_an_archive_keeps_how_its_pages_were_saved(book: Casebook, tmp_path: Path) -> None:
    warc = Warc()
    warc.response(ONE, TARQA)
    path = pack(tmp_path / "a.wacz", wacz_parts({"d.warc.gz": warc.raw}, pages(ONE)))
    assert put(book, [path], {}).done.reports == 1
    (acquired,) = reports([path])
    (row,) = rows(book)
    assert report_of(row) == acquired
    assert isinstance(acquired, Report)
    assert acquired.origin
    assert acquired.origin.capture
    assert acquired.origin.capture.url == ONE
    assert originals.hashed(originals.path_of(book.originals, row.original))[0] == row.original
    assert verify(book).wrong is None


def test_adding_an_archive_of_no_page_keeps_it_all_the_same(book: Casebook, tmp_path: Path) -> None:
    warc = Warc()
    warc.response(ONE, b"%PDF-1.7 words that stand nowhere else", http=[("Content-Type", "application/pdf")])
    path = pack(tmp_path / "a.wacz", wacz_parts({"d.warc.gz": warc.raw}, pages(ONE)))
    for _ in range(2):
        assert put(book, [path], {}).done.reports == 0
        assert [p.read_bytes() for p in book.originals.rglob("*") if p.is_file()] == [path.read_bytes()]
        found = verify(book)
        assert (found.wrong, found.remarks, found.originals, found.entries) == (None, [], 1, 1)
