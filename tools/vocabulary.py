"""Make docs/vocabulary.md from the vocabulary files: each with its version, what it is for, and its words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "vocabulary.md"
FILES = ROOT / "src" / "probata" / "vocab"
SHOWN = 40  # words of one list on the page; the rest are in the file
_HEAD = """\
# Vocabulary

What reading knows about words is data in `src/probata/vocab/`, not code. This page is made from
those files by `make docs`; to change a word, change the file, raise its `version` when a reading changes, and make the
page anew.
"""


def page(folder: Path = FILES) -> str:
    """The whole page, one section a file in order of name."""
    return _HEAD + "".join(section(path) for path in sorted(folder.glob("*.yml")))


def section(path: Path) -> str:
    """A file's section: its label, version and description, then each list with its words."""
    text = path.read_text(encoding="utf-8")
    table = yaml.load(text, Loader=yaml.CSafeLoader)
    about = " ".join(str(table.pop("description", "") or _opening(text)).split())
    label = table.pop("label", path.stem.capitalize())
    version = table.pop("version", "none")
    lines = [f"\n## {label}\n", f"`{path.name}`, version {version}. {about}\n"]
    return "\n".join(lines + [f"- {line}" for line in _entries(table, ())]) + "\n"


def _opening(text: str) -> str:
    comments = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        comments.append(line.lstrip("# "))
    return " ".join(comments)


def _entries(value: Any, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(value, dict) and any(isinstance(v, dict | list) or len(str(v)) > 60 for v in value.values()):
        for key, inner in value.items():
            yield from _entries(inner, (*path, str(key)))
        return
    if isinstance(value, dict):
        words = [f"{k} ({v})" for k, v in value.items()]
    elif isinstance(value, list):
        words = [_plain(v) for v in value]
    else:
        words = str(value).split()
    if not words:
        return
    rest = f" … and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    yield f"**{' / '.join(path)}** ({len(words)}): " + _escaped(", ".join(words[:SHOWN])) + rest


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{k} {v}" for k, v in value.items())
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _escaped(words: str) -> str:
    return words.translate({ord(c): "\\" + c for c in "\\`*_<>|[]"}).replace("\n", " ")


def main() -> int:
    """Write the page; with --check only say whether it is up to date."""
    if "--check" in sys.argv:
        return int(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
