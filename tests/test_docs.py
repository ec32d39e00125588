"""The pages say what is so: transcripts, examples, commands, options, fields and vocabulary."""

from __future__ import annotations

import argparse
import dataclasses
import doctest
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import probata
import readme
import vocabulary
from probata.model.claim import Claim, ClaimType, Stance
from probata.vocab import gazetteerfile

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "docs").glob("*.md"))
ALL = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *PAGES]


def by_name(path: Path) -> str:
    return path.name


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [p for p in ALL if "<!-- run:" in p.read_text(encoding="utf-8")], ids=by_name)
def test_docs_transcripts_are_what_is_printed(page: Path) -> None:
    old = page.read_text(encoding="utf-8")
    assert readme.rendered(old) == old, "make docs, and read what changed"


def test_docs_readme_opens_with_a_transcript() -> None:
    lines = text("README.md").splitlines()
    assert any(line.startswith("<!-- run: probata read") for line in lines[:25])
    assert "make demo" in text("README.md")
    assert "make test" in text("README.md")


def test_docs_examples_of_the_library_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = 0
    for page in [ROOT / "README.md", *PAGES]:
        result = doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS)
        assert result.failed == 0, page.name
        found += result.attempted
    assert found >= 20


def test_docs_library_page_names_all_that_is_exported() -> None:
    for name in probata.__all__:
        assert f"`{name}`" in text("docs/library.md"), name


def commands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Each verb of the command line with its parser."""
    from probata.cli.main import parser

    for action in parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def test_docs_name_every_command_and_option() -> None:
    page = text("docs/cli.md")
    found = 0
    for verb, parser in commands():
        assert f"probata {verb}" in page, verb
        for action in parser._actions:
            for option in action.option_strings:
                if option not in ("-h", "--help"):
                    found += 1
                    assert re.search(rf"`{re.escape(option)}\b", page), f"{verb} {option}"
    assert found


def test_docs_name_no_option_that_is_not_there() -> None:
    known = {o for _, parser in commands() for action in parser._actions for o in action.option_strings}
    named = set(re.findall(r"`(--[a-z][a-z-]*)", text("docs/cli.md")))
    assert named <= known


def test_docs_gazetteer_file_is_one(tmp_path: Path) -> None:
    page = text("docs/cli.md")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "places.yml").write_text(example, encoding="utf-8")
    assert gazetteerfile.load_gazetteer(tmp_path / "places.yml").find("Tarka")
    assert all(f"`{field}`" in page for field in gazetteerfile.FIELDS)


def test_docs_name_every_type_stance_and_slot() -> None:
    page = text("docs/claim-record.md")
    inner = {"rules", "why"}  # in `by`, and in --explain
    for word in [*ClaimType, *Stance, *(f.name for f in dataclasses.fields(Claim) if f.name not in inner)]:
        assert f"`{word}`" in page, word


def test_docs_vocabulary_page_is_made_from_the_files() -> None:
    assert text("docs/vocabulary.md") == vocabulary.page(), "make docs"


@pytest.mark.parametrize("path", sorted(vocabulary.FILES.glob("*.yml")), ids=by_name)
def test_docs_vocabulary_has_a_version_and_says_what_it_is_for(path: Path) -> None:
    section = vocabulary.section(path)
    assert "version none" not in section, f"{path.name} has no version"
    assert len(section.split("\n")[3].split(". ", 1)[1]) > 20, f"{path.name} has no description"


@pytest.mark.parametrize("page", ALL, ids=by_name)
def test_docs_links_lead_somewhere(page: Path) -> None:
    words = page.read_text(encoding="utf-8")
    for target, anchor in re.findall(r"\]\(([^)#:]*)(#[^)]*)?\)", words):
        there = page.parent / target if target else page
        assert there.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor[1:] in {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings}, anchor


@pytest.mark.parametrize("page", ALL, ids=by_name)
def test_docs_name_only_files_that_are_there(page: Path) -> None:
    for name in re.findall(r"`((?:src|tests|tools|docs)/[\w./-]*)`", page.read_text(encoding="utf-8")):
        assert (ROOT / name).exists(), name
