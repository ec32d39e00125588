"""Forged manifests: signed by the key's own holder, yet at odds with the rest; and those that are none."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit.fiction import act, log, made
from audit.forging import forged, signed_anew, taken_apart, with_file
from probata.audit.bundle import Seal
from probata.audit.chain import append
from probata.audit.checker.release import check
from probata.audit.checker.tree import leaf
from probata.audit.keys import Key, make
from probata.model.errors import InputError


@pytest.mark.parametrize(
    "change, word",
    [
        (lambda m: m.update(title="Another"), None),
        (lambda m: m["files"].pop(), "was added; the manifest does not list it"),
        (lambda m: m["files"].append(dict(m["files"][0], name="x")), "x: is missing"),
        (lambda m: m["files"].append(m["files"][0]), "is there twice"),
        (lambda m: m["files"].append(dict(m["files"][0], name="../x")), "out of the folder"),
        (lambda m: m["files"].append(dict(m["files"][0], name="release.sig")), "cannot be in it"),
        (lambda m: m["files"][1].update(size=-1), "size is missing or not"),
        (lambda m: m["files"][1].update(size=True), "size is missing or not"),
        (lambda m: m["files"][1].update(sha256="A" * 64), "no SHA-256"),
        (lambda m: m["files"][1].update(logged="yes"), "none of no, file, rows"),
        (lambda m: m["files"][0].update(logged="file"), "the log holds no entry for these bytes"),
        (lambda m: m["files"][0].update(logged="rows"), ": row 1 is not in the log"),
        (lambda m: m.update(files={}), "files is missing or not"),
        (lambda m: m.update(files=[1]), "name is missing or not"),
        (lambda m: m.update(format="probata-release/2"), "is not of the form"),
        (lambda m: m.update(title=None), "title is missing or not"),
        (lambda m: m.update(log=None), "says nothing of a log"),
        (lambda m: m["log"].update(size=20), "log/entries.jsonl: has 21 entries; the manifest says 20"),
        (lambda m: m["log"].update(root="0" * 64), "the root is another"),
        (lambda m: m["log"].update(whole=False), "log/proofs.jsonl: is missing"),
        (lambda m: m["log"]["earlier"][0].update(size=8), "does not contain its own state"),
        (lambda m: m["log"]["earlier"][0].update(root="0" * 64), "does not contain its own state"),
        (lambda m: m["log"]["earlier"][0]["proof"].pop(), "does not contain its own state"),
        (lambda m: m["log"]["earlier"].append(7), "root is missing"),
        (lambda m: m.update(signer=None), "names no signer"),
        (lambda m: m["signer"].update(key="00" * 32), "does not fit"),
        (lambda m: m.update(stamped=True), "release.tsr: is missing"),
        (lambda m: m.update(withheld=None), "withheld is missing"),
        (lambda m: m.update(methodology="none.md"), "names a methodology that is not among the files"),
        (lambda m: m.update(methodology=7), "names a methodology that is not among the files"),
        (lambda m: m.update(methodology=None), None),
    ],
)
def test_check_forged_manifests(
    whole: Path, tmp_path: Path, key: Key, change: Callable[[dict[str, object]], object], word: str | None
) -> None:
    """Signed by the key's own holder, yet at odds with the rest. A mere new title is a new release: that holds."""
    report = forged(tmp_path, signed_anew(taken_apart(whole), key, change))
    assert report.status == (1 if word else 0), report.wrong
    assert word is None or any(word in s for s in report.wrong), report.wrong


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"format":"probata-release/1","format":"probata-release/1"}',
        b'{"format":"probata-release/1","x":1.5}',
        b'{"format":"probata-release/1","x":NaN}',
        b"[" * 200_000,
        b'{"x":' + b"9" * 10_000 + b"}",
    ],
)
def test_check_manifests_that_are_none(whole: Path, tmp_path: Path, raw: bytes) -> None:
    report = forged(tmp_path, with_file(taken_apart(whole), "release.json", raw))
    assert report.wrong[0].startswith("release.json: is")


def test_check_another_key_file_inside(whole: Path, tmp_path: Path, key: Key) -> None:
    """The manifest names the key that signed; whoever checks by hand would take the one in signer.pem."""
    files = with_file(taken_apart(whole), "signer.pem", make(tmp_path / "other.pem").public_pem)
    assert "signer.pem: is not the key that signed" in forged(tmp_path, signed_anew(files, key)).wrong


@pytest.mark.parametrize("name", ["release.tsr", "release.tsr.sig"])
def test_check_time_token_that_was_not_announced(whole: Path, tmp_path: Path, key: Key, name: str) -> None:
    files = taken_apart(whole)
    added = [*signed_anew(files, key), (name, dict(files)[name])]
    assert any(s.startswith(f"{name}: was added") for s in forged(tmp_path, added).wrong)


@pytest.mark.parametrize("name", ["release.sig", "release.tsr.sig"])
def test_check_signature_that_was_not_announced(tmp_path: Path, name: str) -> None:
    files = [*taken_apart(made(tmp_path / "one.zip")), (name, bytes(64))]
    assert any(s.startswith(f"{name}: was added") for s in forged(tmp_path, files).wrong)


def test_check_entries_out_of_order_with_their_proofs(chosen: Path, tmp_path: Path, key: Key) -> None:
    files = taken_apart(chosen)
    for name in ("log/entries.jsonl", "log/proofs.jsonl"):
        first, second, *rest = dict(files)[name].splitlines(keepends=True)
        files = with_file(files, name, b"".join([second, first, *rest]))
    report = forged(tmp_path, signed_anew(files, key))
    assert "log/entries.jsonl: entry 1 is out of its place, after entry 2" in report.wrong


def test_check_log_whose_tree_is_right_and_whose_chain_is_not(tmp_path: Path, key: Key) -> None:
    """A publisher who puts entries into a tree that were never written one after another."""
    entries = log(12)
    entries[6] = replace(append(entries[1], act(7)), number=7)
    line = entries[6].line.replace(b'"number":3', b'"number":7')
    entries[6] = replace(entries[6], line=line, hash=leaf(line).hex())
    for numbers, words in (({6, 7, 8}, "entry 7 does not follow entry 6"), (None, "entry 7 does not follow entry 6")):
        report = check(str(made(tmp_path / "one.zip", Seal(key), numbers, entries)))
        assert any(words in s for s in report.wrong), report.wrong


@pytest.mark.parametrize("name", ["log/entries.jsonl", "log/proofs.jsonl", "claims.jsonl"])
def test_check_last_line_without_an_end(chosen: Path, tmp_path: Path, key: Key, name: str) -> None:
    files = with_file(taken_apart(chosen), name, dict(taken_apart(chosen))[name][:-1])
    assert f"{name}: its last line has no end" in forged(tmp_path, signed_anew(files, key)).wrong


@pytest.mark.parametrize("name", ["claims.jsonl", "release.json", "release.sig"])
def test_check_sums_of_the_zip(whole: Path, tmp_path: Path, name: str) -> None:
    """A wrong CRC, in header and directory alike: other programs would call the file broken."""
    data = whole.read_bytes()
    crc = zlib.crc32(dict(taken_apart(whole))[name]).to_bytes(4, "little")
    assert data.count(crc) == 2
    path = tmp_path / "one.zip"
    path.write_bytes(data.replace(crc, b"\1\2\3\4"))
    assert f"{name}: its check sum in the zip was changed" in check(str(path)).wrong


JUNK: list[Any] = [
    None,
    True,
    0,
    -1,
    10**18,
    "",
    "x",
    "0" * 64,
    [],
    {},
    [[]],
    [None],
    {"a": 1},
    "\ud800",
    "a/../b",
    [{}],
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths to everything in a value."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield from places(below, (*path, key))


def spoil(value: Any, dice: random.Random) -> None:
    """Put something else, or nothing, in some place of a value."""
    *above, last = dice.choice([p for p in places(value) if p])
    for key in above:
        value = value[key]
    if dice.random() < 0.3:
        del value[last]
    else:
        value[last] = dice.choice(JUNK)


@pytest.mark.parametrize("which", ["whole", "chosen"])
def test_check_junk_never_breaks(
    which: str, request: pytest.FixtureRequest, tmp_path: Path, key: Key, no_openssl: None
) -> None:
    """Anything anywhere in manifest, entries and proofs, all signed: a report, never a traceback."""
    files = taken_apart(request.getfixturevalue(which))
    dice = random.Random(10)
    for n in range(150):
        name = dice.choice([f for f, _ in files if f.startswith("log/")])
        lines = dict(files)[name].splitlines()
        at = dice.randrange(len(lines))
        entry = json.loads(lines[at])
        if n % 2:
            spoil(entry, dice)
        lines[at] = json.dumps(entry, separators=(",", ":"), sort_keys=True).encode()
        spoilt = with_file(files, name, b"".join(line + b"\n" for line in lines))
        try:
            made = signed_anew(spoilt, key) if n % 2 else signed_anew(spoilt, key, lambda m: spoil(m, dice))
        except (KeyError, TypeError, InputError):  # not even the forger's own tools take it
            continue
        report = forged(tmp_path, made)
        assert report.text("x")
        assert report.json()
        assert report.wrong or n % 2 == 0 or json.loads(dict(files)[name].splitlines()[at]) == entry
