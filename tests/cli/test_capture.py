"""`probata capture`: what it prints, its exit status, and what the casebook has of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from capture.conftest import Server, chromium, server  # noqa: F401  (fixtures)
from probata.cli.main import main

pytestmark = pytest.mark.usefixtures("chromium")


def ran(*arguments: str) -> int:
    return main(["capture", *arguments])


def test_capture_and_add_in_one_step(
    server: Server,  # noqa: F811
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    archive = tmp_path / "tarqa.wacz"
    paths = [
        server.url("/tarqa"),
        server.url("/arabic"),
        server.url("/loop"),
        server.url("/gone"),
        "file:///etc/passwd",
    ]
    assert ran(*paths, "--allow-private", "-o", str(archive), "--casebook", "book", "--by", "aliyah") == 1
    out, err = capsys.readouterr()
    assert server.url("/tarqa") in out
    assert "  Six die in Tarqa: 11 answers, 0.00 MB, with a picture" in out
    assert f"  not saved: {server.url('/send')} is a POST request, which is not sent" in out
    assert "the server answered with status 404" in out
    assert "redirects more than 10 times" in err
    assert "file:///etc/passwd: is no address of a web page" in err
    assert "3 of 5 pages saved" in err
    assert "2 reports added" in err
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    kept = tmp_path / "book" / "originals" / digest[:2] / digest
    assert kept.read_bytes() == archive.read_bytes()
    assert main(["verify", "--casebook", "book"]) == 0
    assert main(["add", str(archive), "--casebook", "book"]) == 1  # the page that was not there is named again
    assert "0 reports added with 0 claims; 2 already there" in capsys.readouterr().err


def test_capture_writes_over_nothing_and_leaves_nothing(
    server: Server,  # noqa: F811
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    there = tmp_path / "a.wacz"
    there.write_bytes(b"evidence")
    assert ran(server.url("/tarqa"), "-o", str(there)) == 2
    assert there.read_bytes() == b"evidence"
    assert "is there already" in capsys.readouterr().err
    assert ran(server.url("/tarqa")) == 2  # not allowed: nothing is saved, and no file is left
    assert "leads to 127.0.0.1, a loopback address" in capsys.readouterr().err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.wacz"]
    assert ran(server.url("/tarqa"), "-o", str(tmp_path / "none" / "a.wacz")) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("setting", ["https_proxy", "HTTPS_PROXY", "ALL_PROXY"])
def test_capture_goes_around_no_proxy_unless_told_to(
    server: Server,  # noqa: F811
    setting: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv(setting, "http://127.0.0.1:9")
    assert ran("https://tarqa.example/1", "-o", "a.wacz") == 2
    assert "through a proxy" in capsys.readouterr().err
    assert not (tmp_path / "a.wacz").exists()
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert ran(server.url("/tarqa"), "--allow-private", "-o", "b.wacz", "--direct") == 0
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    assert ran(server.url("/tarqa"), "--allow-private", "-o", "c.wacz") == 0
