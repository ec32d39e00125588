"""`probata check`: what it prints, how it ends."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from audit.fiction import made
from audit.forging import flipped
from probata.audit.bundle import Seal
from probata.audit.keys import make
from probata.cli import check
from probata.model.errors import InputError


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    made(tmp_path / "release.zip", Seal(make(tmp_path / "key.pem")))
    return Path("release.zip")


def run(*arguments: str) -> int:
    top = argparse.ArgumentParser()
    check.add(top.add_subparsers())
    chosen = top.parse_args(["check", *arguments])
    status: int = chosen.run(chosen)
    return status


def test_check_sound(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("release.zip") == 0
    said = capsys.readouterr()
    assert said.out.startswith("release.zip: unchanged since the holder of an unproven key signed it.")
    assert "safe to run" not in said.out
    assert said.err == ""
    assert run("release.zip", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["wrong"] == []


def test_check_changed(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = release.read_bytes()
    release.write_bytes(flipped(data, data.index(b'"count":3')))
    assert run("release.zip") == 1
    assert "claims.jsonl: was changed" in capsys.readouterr().out


def test_check_cannot_read(release: Path) -> None:
    with pytest.raises(InputError, match=r"none\.zip: cannot be read"):
        run("none.zip")
    with pytest.raises(InputError, match=r"none\.pem: cannot be read"):
        run("release.zip", "--earlier", "none.pem")
    with pytest.raises(InputError, match=r"none\.pem: cannot be read"):
        run("release.zip", "--key", "none.pem")
    with pytest.raises(InputError, match=r"release\.zip: cannot be read: it holds no public key"):
        run("release.zip", "--key", "release.zip")
