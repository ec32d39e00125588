"""OpenTimestamps: pending is called pending, and hostile proofs are refused."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from audit.authority import served
from audit.fiction import made
from probata.audit.bundle import Seal
from probata.audit.checker.fields import Wrong
from probata.audit.checker.ots import BITCOIN, OTS_HEAD, PENDING, attestations
from probata.audit.checker.release import check
from probata.audit.keys import Key
from probata.audit.opentimestamps import begin
from probata.model.errors import InputError

CALENDAR = b"https://calendar.meren.example"
PROMISE = b"\x00" + PENDING + bytes([len(CALENDAR) + 1, len(CALENDAR)]) + CALENDAR
BLOCK = b"\x00" + BITCOIN + b"\x03\x95\x88\x3d"  # block 1,000,469
DIGEST = hashlib.sha256(b"x").digest()


@pytest.fixture
def release(tmp_path: Path, key: Key) -> Path:
    return made(tmp_path / "one.zip", Seal(key))


def test_opentimestamps_begun_is_pending(release: Path) -> None:
    with served(lambda request: b"\xf0\x04tail\x08" + PROMISE, "application/octet-stream") as address:
        proof, found = begin(release, address)
    assert [a.pending for a in found] == [CALENDAR.decode()]
    Path(f"{release}.ots").write_bytes(proof)
    report = check(str(release))
    assert report.status == 0
    assert any("is PENDING at https://calendar.meren.example: it proves no time" in s for s in report.open)
    assert not any("calendar" in s for s in report.proven)


def test_opentimestamps_calendar_does_not_learn_the_digest(release: Path) -> None:
    seen: list[bytes] = []

    def answer(request: bytes) -> bytes:
        seen.append(request)
        return PROMISE

    with served(answer, "application/octet-stream") as address:
        begin(release, address)
        begin(release, address)
    assert seen[0] != seen[1]
    assert hashlib.sha256(release.read_bytes()).digest() not in seen


def test_opentimestamps_in_a_block_is_for_the_reader_to_compare(release: Path) -> None:
    digest = hashlib.sha256(release.read_bytes()).digest()
    left = hashlib.sha256(digest + b"right").digest()
    proof = OTS_HEAD + digest + b"\xff" + PROMISE + b"\xf0\x05right\x08" + BLOCK
    Path(f"{release}.ots").write_bytes(proof)
    said = check(str(release)).open
    assert any("PENDING" in s for s in said)
    assert any("before block 1000469 of Bitcoin" in s and left[::-1].hex() in s for s in said)


def test_opentimestamps_of_another_release(release: Path) -> None:
    Path(f"{release}.ots").write_bytes(OTS_HEAD + DIGEST + PROMISE)
    report = check(str(release))
    assert any("is for other bytes than this release" in s for s in report.wrong)


@pytest.mark.parametrize(
    "answer", [b"", b"\x00", b"<html>", PROMISE + b"\x00", b"\x00" + b"unknown!" + b"\x00", b"\xff" * 200]
)
def test_opentimestamps_refuses_bad_promises(release: Path, answer: bytes) -> None:
    with served(lambda request: answer, "text/html") as address, pytest.raises(InputError, match="not kept"):
        begin(release, address)


@pytest.mark.parametrize(
    "data, word",
    [
        (b"", "is no OpenTimestamps"),
        (OTS_HEAD, "cut off"),
        (OTS_HEAD + DIGEST, "cut off"),
        (OTS_HEAD + DIGEST + b"\x99", "0x99"),
        (OTS_HEAD + DIGEST + b"\xff" * 20_000, "10,000 steps"),
        (OTS_HEAD + DIGEST + b"\x08" * 20_000, "10,000 steps"),
        (OTS_HEAD + DIGEST + b"\xf0" + b"\xff" * 12, "too large"),
        (OTS_HEAD + DIGEST + b"\xf0\xff\x7f" + b"x" * 16_383, "cut off"),
        (OTS_HEAD + DIGEST + (b"\xf0\x7f" + b"x" * 127) * 40, "too long"),
        (OTS_HEAD + DIGEST + PROMISE + b"x", "after its end"),
    ],
)
def test_attestations_refuse(data: bytes, word: str) -> None:
    with pytest.raises(Wrong, match=word):
        attestations(data, DIGEST, "x.ots")


def test_attestations_of_noise_never_break() -> None:
    dice = random.Random(9)
    proof = OTS_HEAD + DIGEST + b"\xff" + PROMISE + b"\xf1\x02ab\x02\xf0\x05right\x08" + BLOCK
    assert len(attestations(proof, DIGEST, "x.ots")) == 2
    for _ in range(500):
        at = dice.randrange(len(OTS_HEAD), len(proof))
        data = proof[:at] + bytes([dice.randrange(256)]) + proof[at + dice.randrange(3) :]
        try:
            attestations(data, DIGEST, "x.ots")
        except Wrong:
            continue
