"""Making a release: the same input gives the same bytes, and nothing that a check would refuse is ever written."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit.fiction import CLAIMS, files, log, made, part, release
from audit.forging import info, packed, taken_apart
from probata.audit import bundle
from probata.audit.bundle import File, Seal, rows, write
from probata.audit.canonical import canonical
from probata.audit.checker.release import check
from probata.audit.checker.zipform import central, end, members
from probata.audit.keys import Key
from probata.model.errors import InputError


def test_bundle_same_input_same_bytes(tmp_path: Path, key: Key) -> None:
    one, two = (made(tmp_path / name, Seal(key)).read_bytes() for name in ("one.zip", "two.zip"))
    assert one == two
    write(tmp_path / "three.zip", release(part(log())), reversed(files()), Seal(key))
    assert [n for n, _ in taken_apart(tmp_path / "three.zip")] == [n for n, _ in taken_apart(tmp_path / "one.zip")]


def test_bundle_is_what_other_programs_make_and_read(tmp_path: Path, key: Key) -> None:
    path = made(tmp_path / "one.zip", Seal(key))
    assert packed(taken_apart(path)) == path.read_bytes()
    with zipfile.ZipFile(path) as opened:
        assert opened.testzip() is None
        names = opened.namelist()
        assert names[-2:] == ["release.json", "release.sig"]
        assert names[:-2] == sorted(names[:-2])
        assert opened.read("claims.jsonl") == b"".join(canonical(c) + b"\n" for c in CLAIMS)


def test_bundle_manifest_holds_what_sha256sum_says(tmp_path: Path, key: Key) -> None:
    path = made(tmp_path / "one.zip", Seal(key))
    with zipfile.ZipFile(path) as opened:
        opened.extractall(tmp_path / "out")
    manifest = bundle.described(path)
    for file in manifest["files"]:
        said = subprocess.run(
            ["sha256sum", file["name"]], cwd=tmp_path / "out", capture_output=True, text=True, check=True
        )
        assert said.stdout.split()[0] == file["sha256"]
        assert (tmp_path / "out" / file["name"]).stat().st_size == file["size"]
    assert manifest["withheld"] == [{"number": 3, "what": "names of witnesses", "why": "protected"}]
    assert manifest["versions"].keys() == {"probata", "verbs"}
    assert (tmp_path / "out" / "release.json").read_bytes() == canonical(manifest)


def test_bundle_gives_the_digest_of_the_manifest(tmp_path: Path) -> None:
    digest = write(tmp_path / "one.zip", release(None), files())
    assert digest == hashlib.sha256(dict(taken_apart(tmp_path / "one.zip"))["release.json"]).hexdigest()


def test_bundle_streams(tmp_path: Path) -> None:
    """Contents are taken piece by piece; none is asked for before the one before it is written."""
    seen: list[int] = []

    def content() -> Iterator[bytes]:
        for n in range(5):
            size = (tmp_path / ".one.zip.part").stat().st_size
            seen.append(size)
            yield bytes([n]) * 3_000_000

    write(tmp_path / "one.zip", release(None), [*files(), File("video.bin", content())])
    assert seen == sorted(set(seen))
    assert dict(taken_apart(tmp_path / "one.zip"))["video.bin"] == b"".join(bytes([n]) * 3_000_000 for n in range(5))


@pytest.mark.parametrize(
    "name, word",
    [
        ("/etc/passwd", "absolute"),
        ("C:/x", "absolute"),
        ("\\x", "absolute"),
        ("../x", "out of the folder"),
        ("a/../../x", "out of the folder"),
        ("a//b", "no plain name"),
        ("a/", "no plain name"),
        ("", "no plain name"),
        (".hidden", "no plain name"),
        ("a b", "no plain name"),
        ("a\x00b", "no plain name"),
        ("شهادة", "no plain name"),
        ("a\u202egpj.exe", "no plain name"),
        ("x" * 201, "no plain name"),
        ("con", "Windows"),
        ("a/LPT1.txt", "Windows"),
        ("a.", "Windows"),
        ("claims.jsonl", "there twice"),
        ("CLAIMS.jsonl", "only in capitals"),
        ("claims.jsonl/x", "of a file and of a folder"),
        ("originals", "of a file and of a folder"),
        ("release.json", "needs itself"),
        ("Check.py", "needs itself"),
        ("log/entries.jsonl", "needs itself"),
    ],
)
def test_bundle_refuses_names(tmp_path: Path, name: str, word: str) -> None:
    with pytest.raises(InputError) as raised:
        write(tmp_path / "one.zip", release(None), [*files(), File(name, b"x")])
    assert word in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_bundle_is_whole_or_not_at_all(tmp_path: Path) -> None:
    def breaking() -> Iterator[bytes]:
        yield b"x"
        raise RuntimeError("the disk is gone")

    (tmp_path / "one.zip").write_bytes(b"older")
    with pytest.raises(RuntimeError):
        write(tmp_path / "one.zip", release(None), [*files(), File("x", breaking())])
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("one.zip", b"older")]


def test_bundle_refuses_a_methodology_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="methodology"):
        write(tmp_path / "one.zip", replace(release(None), methodology="none.md"), files())


@pytest.mark.parametrize("made", ["", "today", "2021-05-21 00:00", "2021-05-21T00:00:00+02:00"])
def test_bundle_refuses_times_that_are_none(tmp_path: Path, made: str) -> None:
    with pytest.raises(InputError, match="has the time"):
        write(tmp_path / "one.zip", replace(release(None), made=made), files())


def test_bundle_refuses_a_log_that_was_rewritten(tmp_path: Path) -> None:
    """A head that was published before does not fit: nothing is released until that is explained."""
    entries = log()
    head = replace(part(entries).tree.head("2021-05-20T12:00:00Z", 7), root="0" * 64)
    with pytest.raises(InputError, match="was changed since"):
        write(tmp_path / "one.zip", release(part(entries, [head])), files())


def test_bundle_killed_while_it_is_written(tmp_path: Path) -> None:
    """`kill -9` at any moment: the older release stands, or the new one does; writing again works."""
    program = """
import sys, time
from probata.audit.bundle import File, Release, write
def content():
    for n in range(400):
        if n == 100: print("half", flush=True)
        time.sleep(0.0005)
        yield bytes(20_000)
write("one.zip", Release("x", "y", "2021-05-21T00:00:00Z"), [File("video.bin", content())])
print("done", flush=True)
time.sleep(9)
"""
    older = made(tmp_path / "one.zip").read_bytes()
    for wait in ("half", "half", "done"):
        with subprocess.Popen(
            [sys.executable, "-c", program], cwd=tmp_path, stdout=subprocess.PIPE, text=True
        ) as running:
            assert running.stdout
            while running.stdout.readline().strip() != wait:
                assert running.poll() is None
            running.kill()
        report = check(str(tmp_path / "one.zip"))
        assert report.status == 0
        assert ((tmp_path / "one.zip").read_bytes() == older) == (wait == "half")
    assert [p.name for p in tmp_path.iterdir()] == ["one.zip"]


@pytest.mark.parametrize("chosen", [None, {1, 2, 30}])
def test_bundle_refuses_a_log_that_is_not_all_there(tmp_path: Path, chosen: set[int] | None) -> None:
    entries = log()
    short = replace(part(entries, chosen=chosen), read=lambda: iter(entries[:9]))
    with pytest.raises(InputError, match="entries instead of"):
        write(tmp_path / "one.zip", release(short), files())


def test_bundle_refuses_a_file_too_large_for_a_plain_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "LARGEST", 1000)
    with pytest.raises(InputError, match="larger than 4 GB"):
        write(tmp_path / "one.zip", release(None), [*files(), File("video.bin", b"x" * 1001)])


def test_bundle_rows_refuse_what_is_not_canonical() -> None:
    with pytest.raises(InputError, match="row 2"):
        list(rows([{"a": 1}, {"a": 0.5}]))


def test_zipform_many_files_as_python_writes_them(tmp_path: Path) -> None:
    """More than 65,535 files need ZIP64 in the end record; Python's zipfile agrees on every byte."""
    out = io.BytesIO()
    writer = bundle._Zip(out)
    with zipfile.ZipFile(tmp_path / "theirs.zip", "w") as theirs:
        for n in range(65_536):
            writer.add(File(f"f{n}", b""))
            theirs.writestr(info(f"f{n}"), b"")
    writer.close()
    assert out.getvalue() == (tmp_path / "theirs.zip").read_bytes()
    assert len(members(out)) == 65_536


@pytest.mark.parametrize("offset", [0xFFFFFFFE, 0xFFFFFFFF, 1 << 33])
def test_zipform_far_files_are_found_by_python(offset: int) -> None:
    """Beyond 4 GB the directory gives offsets in ZIP64; read back from a file that pretends to be that long."""
    line = central(b"far", 0, 0, offset)
    start = offset + 33

    class Sparse(io.BytesIO):
        def seek(self, at: int, whence: int = 0) -> int:
            length = len(self.getvalue())
            return super().seek(at - start if whence == 0 else at, whence) + start if length else 0

        def tell(self) -> int:
            return super().tell() + start

    held: Any = Sparse(line + end(1, len(line), start))
    (found,) = zipfile.ZipFile(held).infolist()
    assert (found.filename, found.header_offset) == ("far", offset)
