"""docs/custody.md: what it says to type works on a release, fails on a changed one, and prints what it shows."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from audit.authority import Authority, served
from audit.fiction import made
from probata.audit import leaflet, timestamps
from probata.audit.bundle import Seal
from probata.audit.checker.opened import Options
from probata.audit.checker.release import check
from probata.audit.keys import Key

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs" / "custody.md").read_text(encoding="utf-8")
BLOCKS: list[str] = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, authority: Authority, key: Key) -> Path:
    """Where a reader has put a release."""
    place = tmp_path_factory.mktemp("by-hand")

    def stamp(data: bytes) -> bytes:
        with served(authority.answer) as address:
            return timestamps.stamp(data, address, authority.roots).answer

    made(place / "release.zip", Seal(key, "Tarqa Records", stamp, authority.roots))
    (place / "roots.pem").write_bytes(authority.roots)
    return place


def typed(block: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-ec", block], cwd=folder, capture_output=True, text=True)


def test_page_commands_work(folder: Path, key: Key) -> None:
    said = []
    for block in BLOCKS:
        done = typed(block, folder)
        assert done.returncode == 0, (block, done.stdout, done.stderr)
        said.append(done.stdout)
    text = "\n".join(said)
    assert text.count("Signature Verified Successfully") == 2
    assert key.fingerprint in text
    assert re.search(r"^Time stamp: .* GMT$", text, re.MULTILINE)
    hashes = re.findall(r"[0-9a-f]{64}", next(s for s in said if '"previous"' in s))
    assert len(hashes) == 2
    assert len(set(hashes)) == 1


@pytest.mark.parametrize(
    "name, word",
    [
        ("claims.jsonl", "--strict"),
        ("release.json", "-in release.json"),
        ("release.sig", "-in release.json"),
        ("release.sig", "ts -verify"),
        ("release.tsr", "ts -verify"),
        ("claims.jsonl", "row="),
    ],
)
def test_page_commands_refuse_a_changed_byte(folder: Path, name: str, word: str) -> None:
    typed(BLOCKS[1], folder)
    path = folder / "opened" / name
    data = path.read_bytes()
    path.write_bytes(data[:30] + bytes([data[30] ^ 1]) + data[31:])
    (block,) = [b for b in BLOCKS if word in b]
    assert typed(block, folder).returncode != 0


def test_leaflet_has_the_commands_of_the_page() -> None:
    """What the readme inside a release says to type is what is tried above."""
    typed_lines = [line.strip() for line in leaflet.TEXT.splitlines() if line.startswith("    ") and line[4] != " "]
    assert len(typed_lines) == 8
    for line in typed_lines:
        assert line in PAGE or line == "sha256sum claims.jsonl", line


def test_page_shows_what_is_printed(folder: Path, key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    said = check("release.zip", Options(key=key.fingerprint, roots="roots.pem")).text("release.zip", 9999)
    said = re.sub(r"[0-9a-f]{64}", "HASH", said)
    said = re.sub(r"existed by [-0-9:TZ]+", "existed by TIME", said)
    (shown,) = re.findall(r"```text\n\$ probata check.*?\n(.*?)```", PAGE, re.DOTALL)
    assert said == re.sub(r"\n {4}", " ", shown)
