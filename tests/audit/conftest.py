"""An authority and a key for the tests of custody; openssl is a must, as it is for whoever checks a release."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from audit.authority import Authority, served
from audit.fiction import made
from probata.audit import timestamps
from probata.audit.bundle import Seal
from probata.audit.keys import Key, load, make


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A time authority, made anew."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl: install it to try signatures and time tokens as others will check them")
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def key_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the key is kept."""
    path = tmp_path_factory.mktemp("keys") / "key.pem"
    make(path)
    return path


@pytest.fixture(scope="session")
def key(key_path: Path) -> Key:
    """A publisher's key."""
    return load(key_path)


@pytest.fixture(scope="session")
def stamped(authority: Authority, key: Key) -> Seal:
    """Signed and stamped, always with the same token for the same bytes."""
    held: dict[bytes, bytes] = {}

    def stamp(data: bytes) -> bytes:
        if data not in held:
            with served(authority.answer) as address:
                held[data] = timestamps.stamp(data, address, authority.roots).answer
        return held[data]

    return Seal(key, "Tarqa Records", stamp, authority.roots)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory, stamped: Seal) -> Path:
    """A release with its log as a whole."""
    return made(tmp_path_factory.mktemp("whole") / "whole.zip", stamped)


@pytest.fixture(scope="session")
def chosen(tmp_path_factory: pytest.TempPathFactory, stamped: Seal) -> Path:
    """A release with chosen entries of its log and their proofs."""
    return made(tmp_path_factory.mktemp("chosen") / "chosen.zip", stamped, {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 20})


@pytest.fixture
def no_openssl(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without openssl."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
