"""Forged manifests: signed by the key's own holder, yet at odds with the rest; and those that are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audit.forging import forged, signed_anew, taken_apart, with_file
from probata.audit.keys import Key


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
