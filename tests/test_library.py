"""The library: `import probata`, its examples, its types."""

from __future__ import annotations

import dataclasses
import doctest
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import probata
from probata.model.claim import Claim

TEXT = "The mayor said shelling killed at least two people in Brenta on Monday."


def test_library_examples_run() -> None:
    result = doctest.testmod(probata)
    assert result.failed == 0
    assert result.attempted >= 8


def test_library_reads_a_text_a_path_and_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "text.txt"
    file.write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    ways = [probata.read(source, published="2031-03-05") for source in (TEXT, file, str(file), "text.txt")]
    ways.append(probata.read(probata.load(file, published=date(2031, 3, 5))))
    assert all(isinstance(c, Claim) for claims in ways for c in claims)
    assert len({tuple(dataclasses.replace(c, id="", report="") for c in claims) for claims in ways}) == 1


def test_library_claims_are_frozen() -> None:
    claim = probata.read(TEXT)[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        claim.in_title = True  # type: ignore[misc]
    assert hash(claim)


def test_library_spans_are_in_the_text() -> None:
    for claim in probata.read(TEXT):
        e = claim.evidence
        assert TEXT[e.start : e.end] == e.text


@pytest.mark.parametrize(
    "source, code", [("", "empty"), (Path("none.txt"), "missing"), (Path("several.jsonl"), "several")]
)
def test_library_says_what_is_wrong(
    source: str | Path, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("several.jsonl").write_text('{"text": "Six died."}\n{"text": "Two died."}\n')
    with pytest.raises(probata.InputError) as caught:
        probata.read(source)
    assert caught.value.code == code


def test_library_refuses_what_is_no_date() -> None:
    with pytest.raises(probata.InputError, match="year-month-day"):
        probata.read(TEXT, published="Monday")


def test_library_reads_no_claims_in_another_language() -> None:
    text = "قال شهود إن القصف أسفر عن مقتل عشرة أشخاص في المدينة."
    assert probata.read(text) == ()
    assert probata.attributions(text) == ()
    assert any("not yet read" in gap for gap in probata.load(text).gaps)


def test_library_is_quick_to_import() -> None:
    code = "import sys, probata; print({'spacy', 'numpy', 'yaml', 'trafilatura'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("set()\n", "")


def test_library_names_are_there() -> None:
    for name in probata.__all__:
        assert getattr(probata, name)
    with pytest.raises(AttributeError, match="nothing_here"):
        probata.nothing_here  # noqa: B018


def test_library_version_is_that_of_the_package(root: Path) -> None:
    assert f'version = "{probata.__version__}"' in (root / "pyproject.toml").read_text(encoding="utf-8")


def test_library_is_typed(root: Path) -> None:
    assert (root / "src" / "probata" / "py.typed").is_file()
