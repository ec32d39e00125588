"""Imports point up the list of layers only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

# A module may import from its own layer and from those before it. The package itself stands on top of all.
LAYERS = [
    "model",
    "vocab",
    "acquire",
    "extract",
    "resolve",
    "link",
    "assess",
    "pipeline",
    "export",
    "audit",
    "capture",
    "store",
    "library",
    "review",
    "cli",
    "__main__",
    "",
]
SOURCE = Path(__file__).resolve().parent.parent / "src" / "probata"
MODULES = sorted(SOURCE.rglob("*.py"))


def layer(module: str) -> str:
    """The layer of a dotted name below probata: its first part; the package itself has none."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def imported(path: Path) -> Iterator[str]:
    """The names below probata that a module imports, wherever in the module."""
    package = ["probata", *path.relative_to(SOURCE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "probata")
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            if name == "probata":
                yield from (f"probata.{alias.name}" for alias in node.names if not is_name_of_package(alias.name))
            elif name.startswith("probata."):
                yield name


def is_name_of_package(name: str) -> bool:
    """Whether `from probata import NAME` takes a name that the package defines, not one of its modules."""
    return not (SOURCE / name).is_dir() and not (SOURCE / f"{name}.py").is_file()


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_layers_imports_point_up(path: Path) -> None:
    parts = path.relative_to(SOURCE).parts
    own = "" if parts == ("__init__.py",) else parts[0].removesuffix(".py")
    assert own in LAYERS, f"{own} is no layer: add it to LAYERS and to docs/how-it-decides.md"
    wrong = [name for name in imported(path) if LAYERS.index(layer(name)) > LAYERS.index(own)]
    assert not wrong, f"{own} imports from a later layer: {', '.join(wrong)}"


def test_layers_rule_is_not_empty() -> None:
    sees = {name for path in MODULES for name in imported(path)}
    assert "probata.model.span" in sees
    assert LAYERS.index(layer("probata.cli.main")) > LAYERS.index(layer("probata.extract.parse"))


def test_layers_core_needs_no_web() -> None:
    """The readers of claims import no web framework, no database and no network client."""
    heavy = {"django", "sqlite3", "requests", "urllib", "httpx", "socket", "http"}
    for path in MODULES:
        if layer(".".join(("probata", *path.relative_to(SOURCE).parts))) in ("model", "vocab", "extract", "resolve"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert not heavy & {name.split(".")[0] for name in names}, path
