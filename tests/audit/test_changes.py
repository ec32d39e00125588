"""Every change of a release is found and named: of its bytes, files, entries, proofs."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from audit.forging import flipped, forged, signed_anew, taken_apart, with_file
from probata.audit.canonical import canonical
from probata.audit.checker.release import check
from probata.audit.keys import Key


def test_check_finds_every_changed_byte_of_the_zip(whole: Path, chosen: Path, tmp_path: Path, no_openssl: None) -> None:
    """Any bit of the whole file: contents, names, headers, directory, end."""
    dice = random.Random(1)
    path = tmp_path / "changed.zip"
    for release_path in (whole, chosen):
        data = release_path.read_bytes()
        directory = data.rindex(b"release.tsr.sig") - 2000
        for n in range(300):
            at = dice.randrange(len(data)) if n % 2 else dice.randrange(directory, len(data))
            path.write_bytes(flipped(data, at, dice.randrange(8)))
            report = check(str(path))
            assert report.status == 1, at
            assert report.wrong[0]


def test_check_finds_every_cut_and_addition(whole: Path, tmp_path: Path, no_openssl: None) -> None:
    data = whole.read_bytes()
    dice = random.Random(2)
    path = tmp_path / "changed.zip"
    for at in [0, 1, 29, 30, len(data) - 1, *(dice.randrange(len(data)) for _ in range(60))]:
        path.write_bytes(data[:at])
        assert check(str(path)).status == 1
        path.write_bytes(data[:at] + dice.randbytes(dice.randrange(1, 50)) + data[at:])
        assert check(str(path)).status == 1
    path.write_bytes(data + b"\0")
    assert "something was added after it" in check(str(path)).wrong[0]
    path.write_bytes(b"#!/bin/sh\n" + data)
    assert "does not begin with a file" in check(str(path)).wrong[0]


@pytest.mark.parametrize("which", ["whole", "chosen"])
def test_check_finds_and_names_every_changed_file(
    which: str, request: pytest.FixtureRequest, tmp_path: Path, no_openssl: None
) -> None:
    """A forger changes a byte of a file and mends the zip around it: the file is named."""
    files = taken_apart(request.getfixturevalue(which))
    dice = random.Random(3)
    also = {"release.json": "release.sig", "release.sig": "release.json", "release.tsr": "release.tsr.sig"}
    for n in range(240):
        name, content = files[n % len(files)]
        at = dice.randrange(len(content))
        report = forged(tmp_path, with_file(files, name, flipped(content, at, dice.randrange(8))))
        assert report.status == 1, (name, at)
        said = " ".join(report.wrong)
        assert name in said or also.get(name, name) in said, (name, at, report.wrong)


@pytest.mark.parametrize("which", ["whole", "chosen"])
def test_check_finds_every_file_taken_out_or_put_in(
    which: str, request: pytest.FixtureRequest, tmp_path: Path, no_openssl: None
) -> None:
    files = taken_apart(request.getfixturevalue(which))
    for name, _ in files:
        report = forged(tmp_path, [(n, c) for n, c in files if n != name])
        assert any(name in said for said in report.wrong), (name, report.wrong)
    report = forged(tmp_path, [*files, ("more.txt", b"x")])
    assert "more.txt: was added; the manifest does not list it" in report.wrong


@pytest.mark.parametrize("which", ["whole", "chosen"])
def test_check_finds_every_changed_entry_even_where_the_manifest_is_forged(
    which: str, request: pytest.FixtureRequest, tmp_path: Path, no_openssl: None, key: Key
) -> None:
    """The holder of the key changes the enclosed log and signs anew; the root that was published before tells."""
    files = taken_apart(request.getfixturevalue(which))
    lines = dict(files)["log/entries.jsonl"].splitlines(keepends=True)
    dice = random.Random(4)
    for n in range(200):
        at = dice.randrange(len(lines))
        other = (at + dice.randrange(1, len(lines))) % len(lines)
        changed = list(lines)
        if n % 4 == 0:
            del changed[at]
        elif n % 4 == 1:
            changed[at], changed[other] = changed[other], changed[at]
        elif n % 4 == 2:
            changed.insert(at, changed[other])
        else:
            changed[at] = flipped(changed[at], dice.randrange(len(changed[at]) - 1), dice.randrange(8))
        report = forged(tmp_path, signed_anew(with_file(files, "log/entries.jsonl", b"".join(changed)), key))
        assert report.status == 1
        assert any(s.startswith(("log/entries.jsonl", "log/proofs.jsonl")) for s in report.wrong), report.wrong


def test_check_finds_every_changed_proof(chosen: Path, tmp_path: Path, no_openssl: None, key: Key) -> None:
    files = taken_apart(chosen)
    lines = dict(files)["log/proofs.jsonl"].splitlines(keepends=True)
    dice = random.Random(5)
    for _ in range(100):
        at = dice.randrange(len(lines))
        proof = json.loads(lines[at])
        step = dice.randrange(len(proof["path"]))
        match dice.randrange(4):
            case 0:
                proof["path"][step] = f"{dice.getrandbits(256):064x}"
            case 1:
                del proof["path"][step]
            case 2:
                proof["path"].insert(step, proof["path"][0])
            case _:
                proof["number"] += dice.choice([-1, 1])
        changed = [*lines[:at], canonical(proof) + b"\n", *lines[at + 1 :]]
        report = forged(tmp_path, signed_anew(with_file(files, "log/proofs.jsonl", b"".join(changed)), key))
        assert any("proof" in s for s in report.wrong), report.wrong
