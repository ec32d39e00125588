"""Files, folders and records into reports; each bad one named, the rest read."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from probata.acquire import Options, report_of_text, reports
from probata.model.errors import InputError
from probata.model.report import AnchorBasis, Report

TEXT = "The mayor said shelling killed two people in Tarqa on Monday.\r\nThe army denied it.\n"
PAGE = """<html lang="en"><head><title>Six die in Tarqa | The Karsa Post</title>
<meta property="og:site_name" content="The Karsa Post"><meta name="author" content="Mira Dallo">
<meta property="article:published_time" content="2031-05-03T10:00:00Z"></head>
<body><nav><a href="/">Home</a><a href="/w">World</a></nav><article><h1>Six die in Tarqa</h1>
<p>Six people died in a strike on Monday, the mayor said. They were all civilians living near the old bridge.</p>
<p>The army denied that it had shelled the town. It was not possible to verify this independently on the day.</p>
</article><script>alert("x")</script></body></html>"""


def one(path: Path | str, options: Options | None = None) -> Report:
    [report] = reports([path], options)
    assert isinstance(report, Report), report
    return report


def wrong(path: Path | str, options: Options | None = None) -> InputError:
    [error] = reports([path], options)
    assert isinstance(error, InputError), error
    return error


def test_reports_keep_the_text_of_a_file_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "tarqa.txt"
    file.write_bytes(TEXT.encode())
    report = one(file)
    assert report.text == TEXT  # so offsets hold in the file itself, line ends and all
    assert report.id == "tarqa"
    assert report.language == "en"
    assert report.origin is not None
    assert report.origin.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (report.origin.size, report.origin.media, report.origin.encoding) == (len(TEXT), "text", "utf-8")
    assert report.anchors == ()
    assert any("--published" in gap for gap in report.gaps)


def test_reports_record_every_anchor_with_its_basis(tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    file.write_text(
        json.dumps({"id": "k1", "published": "2031-05-19", "text": "20 May 2031 Shells killed two people."})
    )
    report = one(file, Options(published=date(2031, 5, 21), outlet="The Karsa Post"))
    assert [(a.basis, a.day.day) for a in report.anchors] == [
        (AnchorBasis.OPTION, 21),
        (AnchorBasis.DATE_LINE, 20),
        (AnchorBasis.METADATA, 19),
    ]
    assert report.anchor is not None
    assert report.anchor.basis is AnchorBasis.OPTION
    assert report.outlet == "The Karsa Post"
    assert any("differ" in gap for gap in report.gaps)
    line = report.anchors[1].span
    assert line is not None
    assert report.text[line.start : line.end] == line.text == "20 May 2031"


def test_reports_give_a_day_without_year_the_year_that_is_known() -> None:
    text = "TARQA, June 3 (Agency) - Shells killed two people."
    assert report_of_text(text).anchors == ()
    anchors = report_of_text(text, Options(published=date(2031, 6, 4))).anchors
    assert [(a.basis, a.day) for a in anchors] == [
        (AnchorBasis.OPTION, date(2031, 6, 4)),
        (AnchorBasis.DATE_LINE, date(2031, 6, 3)),
    ]


def test_reports_take_a_web_page_apart(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE)
    report = one(file)
    assert report.title == "Six die in Tarqa"
    assert report.outlet == "The Karsa Post"
    assert report.author == "Mira Dallo"
    assert report.language == "en"
    assert report.anchor is not None
    assert (report.anchor.day, report.anchor.basis) == (date(2031, 5, 3), AnchorBasis.METADATA)
    assert "Six people died in a strike" in report.text
    assert "\n" in report.text
    assert "alert" not in report.text
    assert "World" not in report.text


def test_reports_read_records_and_name_the_bad_lines(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    lines = [
        '{"id": "a", "title":"T","outlet":"O","language":"en-GB", "url": "https://k.example/1", "text": "Six died."}',
        '{"id": "b", oops',
        "",
        '{"text": "Two people died."}',
        "[1]",
        '{"id": "d"}',
        '{"id": "e", "text": "x \\ud800 y"}',
        '{"id": "f", "published": "May 2031", "text": "Three people died."}',
    ]
    file.write_text("\n".join(lines))
    found = list(reports([file]))
    good = [r for r in found if isinstance(r, Report)]
    bad = [e for e in found if isinstance(e, InputError)]
    assert [r.id for r in good] == ["a", "r-4", "f"]
    assert (good[0].title, good[0].outlet, good[0].language, good[0].url) == ("T", "O", "en", "https://k.example/1")
    assert [n for n in (2, 5, 6, 7) if any(f"line {n}" in str(e) for e in bad)] == [2, 5, 6, 7]
    assert len(bad) == 4
    assert good[0].origin is not None
    assert good[0].origin.sha256 == hashlib.sha256(lines[0].encode()).hexdigest()
    assert any("May 2031" in gap for gap in good[2].gaps)


@pytest.mark.parametrize("name", ["r.json", "r"])
def test_reports_read_one_record_and_a_list(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(json.dumps([{"id": "a", "text": "Six people died."}, {"text": "Two people died."}]))
    assert [r.id for r in reports([file]) if isinstance(r, Report)] == ["a", "r-2"]


def test_reports_walk_folders_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", ".hidden.txt", ".git/x.txt", "c.png", "a/y.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE if name.endswith("html") else TEXT)
    assert [r.id for r in reports([tmp_path]) if isinstance(r, Report)] == ["b", "y", "z"]


def test_reports_read_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert one("-").id == "stdin"


def test_reports_of_the_same_id_stay_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "r.txt").write_text(f"{name} people died in the town.")
    first, second = (r for r in reports([tmp_path]) if isinstance(r, Report))
    assert first.id == "r"
    assert second.id.startswith("r-")
    assert any("id 'r'" in gap for gap in second.gaps)


@pytest.mark.parametrize(
    "text, language",
    [
        ("قال شهود إن القصف أسفر عن مقتل عشرة أشخاص", "ar"),
        ("Le maire a dit que dix sont morts dans la ville et les", "fr"),
    ],
)
def test_reports_in_other_languages_are_kept_with_a_note(text: str, language: str) -> None:
    report = report_of_text(text)
    assert report.text == text
    assert report.language == language
    assert any("not yet read" in gap for gap in report.gaps)


def test_reports_that_are_bad_are_named_and_do_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "c.txt").write_bytes(b"\0\1\2" * 99)
    found = list(reports([tmp_path / "none.txt", tmp_path]))
    assert [getattr(x, "code", "read") for x in found] == ["missing", "empty", "read", "binary"]


PDF, ZIP = b"%PDF-1.7\n" + b"\xe2\xe3" * 50, b"PK\x03\x04" + b"\0" * 50


@pytest.mark.parametrize(
    "name, raw, code, advice",
    [
        ("x.txt", b"", "empty", "text of a report"),
        ("x.txt", b" \n\t ", "empty", "text of a report"),
        ("x.pdf", PDF, "media", "pdftotext"),
        ("x.txt", PDF, "media", "pdftotext"),
        ("x.docx", ZIP, "media", "as text"),
        ("x.gz", b"\x1f\x8b" + b"\0" * 50, "media", "gunzip"),
        ("x.png", b"\x89PNG\r\n", "media", "text"),
        ("x.json", b'{"id": "x", "text": "Six peo', "json", "Repair"),
        ("x.json", b"[" * 100_000, "json", "objects"),
        ("x.json", b"[]", "empty", "objects"),
        ("x.json", b"3", "record", "objects"),
        ("x.html", b"<html><body><nav>Home</nav></body></html>", "html", "reader view"),
        ("x.html", b"<!DOCTYPE html [<!ENTITY a 'aa'>]><html>&a;</html>", "html", "reader view"),
        ("x.html", b"<html><body>" + b"<div>" * 5000, "html", "reader view"),
        ("x.html", b"<html><body>" + b"<b>x</b>" * 200_000, "html", "reader view"),
        ("x.html", b"<html><body><p " + b'a="1" ' * 50_000 + b">x</p>", "html", "reader view"),
        ("x.html", b"<html><body>" + b"<script>" * 50_000, "html", "reader view"),
    ],
)
def test_reports_say_what_is_wrong_and_what_to_do(
    tmp_path: Path, name: str, raw: bytes, code: str, advice: str
) -> None:
    (tmp_path / name).write_bytes(raw)
    error = wrong(tmp_path / name)
    assert error.code == code
    assert name in str(error)
    assert advice in error.advice


def test_reports_check_the_size_before_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "big.txt"
    with file.open("wb") as out:
        out.truncate(1_000_000_000)  # takes no room: a hole

    def never(*_: object) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr("builtins.open", never)
    assert wrong(file).code == "too-large"


def test_reports_bound_what_has_no_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 2000)))
    assert wrong("-", Options(largest=1000)).code == "too-large"


def test_reports_name_an_empty_folder(tmp_path: Path) -> None:
    assert wrong(tmp_path).code == "nothing"


def test_a_link_that_leads_out_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("Six people were killed in Karsa.")
    (folder / "own.txt").write_text("Two people were killed in Karsa.")
    (folder / "same.txt").symlink_to(folder / "own.txt")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(folder / "pipe.txt")
    found = list(reports([folder]))
    assert [r.id for r in found if isinstance(r, Report)] == ["own", "same"]
    assert [e.code for e in found if isinstance(e, InputError)] == ["link", "media"]
    (named,) = reports([folder / "out.txt"])  # a person who names it means it
    assert isinstance(named, Report)
