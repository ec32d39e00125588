"""Time tokens of a local authority: checked before they are kept, and in the form that openssl checks."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from audit.authority import Authority, openssl, served
from probata.audit import timestamps
from probata.model.errors import InputError, ProbataError, SetupError

Answer = Callable[[Authority, bytes], bytes]
DATA = b"the signature of a release (fiction)"


@pytest.fixture(scope="module")
def stamp(authority: Authority) -> timestamps.Stamp:
    with served(authority.answer) as address:
        return timestamps.stamp(DATA, address, authority.roots)


def accepts(authority: Authority, folder: Path, answer: bytes, data: bytes) -> bool:
    """Whether `openssl ts -verify` accepts."""
    (folder / "answer.tsr").write_bytes(answer)
    (folder / "data").write_bytes(data)
    root = str(authority.folder / "root.pem")
    command = ["openssl", "ts", "-verify", "-data", "data", "-in", "answer.tsr", "-CAfile", root]
    return subprocess.run(command, cwd=folder, capture_output=True).returncode == 0


def test_timestamps_stamp_says_when(stamp: timestamps.Stamp) -> None:
    assert abs(stamp.at - datetime.now(UTC)) < timedelta(minutes=5)
    assert stamp.policy == "1.2.3.4.1"


def test_timestamps_openssl_accepts_and_refuses_one_changed_byte(
    authority: Authority, stamp: timestamps.Stamp, tmp_path: Path
) -> None:
    assert accepts(authority, tmp_path, stamp.answer, DATA)
    assert not accepts(authority, tmp_path, stamp.answer, DATA + b" ")
    signed_time = stamp.answer.index(stamp.at.strftime("%Y%m%d").encode())
    assert not accepts(authority, tmp_path, changed(stamp.answer, signed_time), DATA)
    assert "Status: Granted" in openssl("ts", "-reply", "-in", tmp_path / "answer.tsr", "-text")


def test_timestamps_check_again(authority: Authority, stamp: timestamps.Stamp) -> None:
    again = timestamps.check(stamp.answer, DATA, authority.roots)
    assert (again.at, again.serial) == (stamp.at, stamp.serial)
    with pytest.raises(InputError, match="other bytes"):
        timestamps.check(stamp.answer, DATA + b"!", authority.roots)


def changed(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_timestamps_no_changed_token_gives_another_time(authority: Authority, stamp: timestamps.Stamp) -> None:
    """A few bytes around a token are signed by nobody; whatever is changed there, time and digest stay as they were."""
    kept = 0
    for at in range(len(stamp.answer)):
        try:
            again = timestamps.check(changed(stamp.answer, at), DATA, authority.roots)
        except ProbataError:
            continue
        kept += 1
        assert (again.at, again.serial, again.policy) == (stamp.at, stamp.serial, stamp.policy)
    assert kept < len(stamp.answer) / 20


@pytest.mark.parametrize(
    "answer, kind, word",
    [
        (lambda a, r: b"", "application/timestamp-reply", "no time token"),
        (lambda a, r: b"\x30\x03\x02\x01\x02", "application/timestamp-reply", "no time token"),
        (lambda a, r: b"<html>busy</html>", "text/html", "text/html"),
        (lambda a, r: b"0" * (timestamps.LARGEST + 9), "application/timestamp-reply", "1,048,577 bytes"),
        (lambda a, r: a.answer(r) + b"\0", "application/timestamp-reply", ""),
        (lambda a, r: changed(a.answer(r), 200), "application/timestamp-reply", ""),
    ],
    ids=["empty", "rejection without token", "page", "endless", "more after it", "a byte changed"],
)
def test_timestamps_refuses_bad_answers(authority: Authority, answer: Answer, kind: str, word: str) -> None:
    with served(lambda request: answer(authority, request), kind) as address, pytest.raises(InputError) as raised:
        timestamps.stamp(DATA, address, authority.roots)
    assert word in str(raised.value)


def test_timestamps_refuses_an_older_answer(authority: Authority, stamp: timestamps.Stamp) -> None:
    """A replayed answer is right in all but the nonce."""
    with served(lambda request: stamp.answer) as address, pytest.raises(InputError, match="another request"):
        timestamps.stamp(DATA, address, authority.roots)


def test_timestamps_refuses_an_answer_for_other_bytes(authority: Authority) -> None:
    def other(request: bytes) -> bytes:
        mine, theirs = hashlib.sha256(DATA).digest(), hashlib.sha256(b"other").digest()
        assert mine in request
        return authority.answer(request.replace(mine, theirs))

    with served(other) as address, pytest.raises(InputError, match="other bytes"):
        timestamps.stamp(DATA, address, authority.roots)


def test_timestamps_refuses_another_root(authority: Authority, tmp_path: Path) -> None:
    other = Authority(tmp_path)
    with served(authority.answer) as address, pytest.raises(InputError, match="does not hold"):
        timestamps.stamp(DATA, address, other.roots)


def test_timestamps_refuses_a_certificate_that_is_not_for_stamps(authority: Authority, tmp_path: Path) -> None:
    web = Authority(tmp_path, "web")
    with served(_reply_of(web, authority)) as address, pytest.raises(InputError):
        timestamps.stamp(DATA, address, web.roots)


def _reply_of(web: Authority, honest: Authority) -> Callable[[bytes], bytes]:
    """openssl itself refuses to stamp with such a certificate, so the honest authority's answer comes instead."""

    def answer(request: bytes) -> bytes:
        with pytest.raises(AssertionError):
            web.answer(request)
        return honest.answer(request)

    return answer


def test_timestamps_names_what_is_wrong_with_address_and_roots(authority: Authority) -> None:
    with pytest.raises(InputError, match="no http or https"):
        timestamps.stamp(DATA, "file:///etc/hosts", authority.roots)
    with pytest.raises(InputError, match="gave no answer"):
        timestamps.stamp(DATA, "http://127.0.0.1:1/", authority.roots)
    with served(authority.answer) as address, pytest.raises(SetupError, match="no PEM"):
        timestamps.stamp(DATA, address, b"none")


def test_timestamps_only_the_digest_leaves(authority: Authority) -> None:
    seen: list[bytes] = []

    def listen(request: bytes) -> bytes:
        seen.append(request)
        return authority.answer(request)

    with served(listen) as address:
        timestamps.stamp(DATA, address, authority.roots)
    assert DATA not in seen[0]
    assert len(seen[0]) < 100
