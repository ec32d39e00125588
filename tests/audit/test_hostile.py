"""Hostile zips: each refused with the reason, before anything of it is believed."""

from __future__ import annotations

import io
import random
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.fiction import made
from audit.forging import Files, info, packed, taken_apart
from probata.audit.checker.release import check
from probata.audit.keys import Key


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, key: Key) -> Files:
    from probata.audit.bundle import Seal

    return taken_apart(made(tmp_path_factory.mktemp("hostile") / "one.zip", Seal(key)))


def said(tmp_path: Path, data: bytes) -> str:
    """What is wrong with a file of these bytes."""
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    report = check(str(path))
    assert report.status == 1
    assert report.proven == []
    return report.wrong[0]


def with_entry(files: Files, change: Callable[[zipfile.ZipInfo], None], content: bytes = b"x") -> bytes:
    """The release with one more file whose entry is changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name, data in files:
            written.writestr(info(name), data)
        extra = info("more.txt")
        change(extra)
        written.writestr(extra, content)
    return out.getvalue()


def test_hostile_bomb(files: Files, tmp_path: Path) -> None:
    """Compressed files are refused unread, whatever they would unpack to."""
    data = with_entry(files, lambda i: setattr(i, "compress_type", zipfile.ZIP_DEFLATED), bytes(50_000_000))
    assert said(tmp_path, data) == "more.txt: is compressed; a release holds files as they are"


def test_hostile_overlapping_files(files: Files, tmp_path: Path) -> None:
    """Two lines of the directory for the same bytes, as in bombs that overlap."""
    data = packed(files)
    start = data.rindex(b"PK\x05\x06")
    first = data.index(b"PK\x01\x02")
    line = data[first : data.index(b"PK\x01\x02", first + 4)]
    counts = struct.pack("<2HI", len(files) + 1, len(files) + 1, start - first + len(line))
    forged = data[:start] + line + data[start : start + 8] + counts + data[start + 16 :]
    assert "the end of the zip" in said(tmp_path, forged)


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda i: setattr(i, "external_attr", (stat.S_IFLNK | 0o777) << 16), "more.txt: is a symbolic link"),
        (lambda i: setattr(i, "external_attr", 0o100755 << 16), "more.txt: its line in the zip's directory"),
        (lambda i: setattr(i, "date_time", (2021, 5, 20, 0, 0, 0)), "more.txt: its header in the zip was changed"),
        (lambda i: setattr(i, "extra", b"\x01\x00\x04\x00abcd"), "more.txt: its header in the zip was changed"),
        (lambda i: setattr(i, "comment", b"hidden"), "more.txt: its line in the zip's directory"),
        (lambda i: setattr(i, "create_system", 0), "more.txt: its line in the zip's directory"),
        (lambda i: setattr(i, "filename", "/etc/passwd"), "is an absolute path"),
        (lambda i: setattr(i, "filename", "a\\..\\..\\x"), "is no plain name"),
        (lambda i: setattr(i, "filename", "../../x"), "leads out of the folder"),
        (lambda i: setattr(i, "filename", "folder/"), "is no plain name"),
        (lambda i: setattr(i, "filename", "شهادة"), "is no plain name"),
        (lambda i: setattr(i, "filename", "Claims.jsonl"), "differs from claims.jsonl only in capitals"),
        (lambda i: setattr(i, "filename", "claims.jsonl/x"), "of a file and of a folder"),
    ],
)
def test_hostile_entries(files: Files, tmp_path: Path, change: Callable[[zipfile.ZipInfo], None], words: str) -> None:
    assert words in said(tmp_path, with_entry(files, change))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_hostile_duplicates(files: Files, tmp_path: Path) -> None:
    assert "'claims.jsonl': this name is there twice" in said(tmp_path, packed([*files, ("claims.jsonl", b"other")]))


def test_hostile_directory_that_says_otherwise(files: Files, tmp_path: Path) -> None:
    """Programs that read the directory and programs that read the files in turn would see two releases."""
    data = packed(files)
    at = data.rindex(b"claims.jsonl")
    assert "claims.jsonl: the zip's directory calls it otherwise" in said(
        tmp_path, data[:at] + b"claimz.jsonl" + data[at + 12 :]
    )
    directory = data.index(b"PK\x01\x02")
    assert "has no line in the zip's directory" in said(tmp_path, data[:directory] + b"between" + data[directory:])


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"%PDF-1.7", b"PK\x05\x06" + bytes(18), bytes(100), b"PK\x03\x04" + bytes(26)]
)
def test_hostile_no_release(tmp_path: Path, data: bytes) -> None:
    assert "zip" in said(tmp_path, data) or "name" in said(tmp_path, data)


def test_hostile_zip_of_other_things(tmp_path: Path) -> None:
    assert said(tmp_path, packed([("a.txt", b"x")])) == "release.json: is missing"


def test_hostile_sizes_beyond_the_file(files: Files, tmp_path: Path) -> None:
    data = packed(files)
    forged = data[:18] + struct.pack("<2I", 0xFFFFFFF0, 0xFFFFFFF0) + data[26:]
    assert "check.py: is cut off" in said(tmp_path, forged)


def test_hostile_long_line(files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from probata.audit.checker import zipform

    monkeypatch.setattr(zipform, "LONGEST", 1 << 20)
    long = [(n, c if n != "log/entries.jsonl" else b"x" * 5_000_000) for n, c in files]
    path = tmp_path / "x.zip"
    path.write_bytes(packed(long))
    assert any("has a line of more than 1 MB" in s for s in check(str(path)).wrong)


def test_hostile_noise(tmp_path: Path) -> None:
    """Random bytes after a right beginning never lead to a traceback."""
    dice = random.Random(6)
    for n in range(200):
        said(tmp_path, b"PK\x03\x04"[: n % 5] + dice.randbytes(n * 7))
