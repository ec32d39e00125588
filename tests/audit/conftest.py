"""An authority and a key for the tests of custody; openssl is a must, as it is for whoever checks a release."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from audit.authority import Authority
from probata.audit.keys import Key, make


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
    from probata.audit.keys import load

    return load(key_path)
