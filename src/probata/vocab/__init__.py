"""The vocabulary: data files that the stages read, each with a version. Nothing is decided here."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def load(name: str) -> dict[str, Any]:
    """The vocabulary file `name`.yml as plain lists and tables."""
    text = files("probata.vocab").joinpath(f"{name}.yml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return table


@cache
def names() -> tuple[str, ...]:
    """The vocabulary files, in order."""
    found = (path.name for path in files("probata.vocab").iterdir())
    return tuple(sorted(name.removesuffix(".yml") for name in found if name.endswith(".yml")))


def versions() -> dict[str, str]:
    """The version of each vocabulary file."""
    return {name: str(load(name).get("version", 1)) for name in names()}
