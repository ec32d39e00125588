"""The single file check.py, as somebody without Probata runs it: a bare Python, nothing installed."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from audit.fiction import made
from audit.forging import flipped
from probata.audit.bundle import Seal
from probata.audit.checker import PARTS, single_file
from probata.audit.checker.release import check
from probata.audit.keys import Key

STANDARD = sys.stdlib_module_names


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, key: Key) -> Path:
    """A folder with a release and the check.py that was in it."""
    folder = tmp_path_factory.mktemp("reader")
    path = made(folder / "one.zip", Seal(key))
    with zipfile.ZipFile(path) as packed:
        (folder / "check.py").write_bytes(packed.read("check.py"))
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", "-W", "error", "check.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")


def test_standalone_says_what_probata_says(place: Path) -> None:
    done = run(place, "one.zip")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == check(str(place / "one.zip")).text("one.zip")
    assert json.loads(run(place, "one.zip", "--format", "json").stdout)["wrong"] == []


def test_standalone_on_every_python_that_is_here(place: Path) -> None:
    """From 3.8 on, as far as this machine has them."""
    for minor in range(8, 15):
        program = shutil.which(f"python3.{minor}")
        if program and not subprocess.run([program, "-c", ""], capture_output=True).returncode:
            done = subprocess.run(
                [program, "-I", "-S", "check.py", "one.zip"], cwd=place, capture_output=True, text=True
            )
            assert (done.returncode, done.stderr) == (0, ""), program


def test_standalone_finds_a_change(place: Path) -> None:
    data = (place / "one.zip").read_bytes()
    (place / "changed.zip").write_bytes(flipped(data, data.index(b'"count":3')))
    done = run(place, "changed.zip")
    assert (done.returncode, done.stderr) == (1, "")
    assert "claims.jsonl: was changed" in done.stdout


@pytest.mark.parametrize("arguments", [["none.zip"], ["one.zip", "--earlier", "none.zip"], ["."]])
def test_standalone_cannot_read(place: Path, arguments: list[str]) -> None:
    done = run(place, *arguments)
    assert done.returncode == 2
    assert "cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_standalone_takes_a_key(place: Path, key: Key) -> None:
    assert run(place, "one.zip", "--key", key.fingerprint).returncode == 0
    assert run(place, "one.zip", "--key", "0" * 64).returncode == 1


def test_single_file_needs_nothing_and_is_old_python() -> None:
    """Only modules of the standard library, only the grammar of Python 3.8, no name defined twice."""
    source = single_file().decode()
    tree = ast.parse(source, feature_version=(3, 8))
    names: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.Import):
            assert all(a.name in STANDARD for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module in STANDARD
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.append(node.name)
        elif isinstance(node, ast.Assign):
            names += [n.id for t in node.targets for n in ast.walk(t) if isinstance(n, ast.Name)]
    assert len(names) == len(set(names))
    assert {"check", "main", "Report"} <= set(names)
    for new in (
        "removeprefix",
        "removesuffix",
        "strict=",
        "StrEnum",
        "match ",
        "dataclass",
        "datetime.UTC",
        "randbytes",
    ):
        assert new not in source, f"{new} is younger than Python 3.8"


def test_single_file_holds_every_module() -> None:
    folder = Path(str(sys.modules["probata.audit.checker"].__file__)).parent
    assert sorted(PARTS) == sorted(p.stem for p in folder.glob("*.py") if p.stem != "__init__")
    assert b"probata.audit" not in single_file()
