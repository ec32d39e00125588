"""Walking: the paths a person names into the files to read, in a stable order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from probata.model.errors import InputError

STANDARD_INPUT = "-"
_READABLE = frozenset(
    {".txt", ".text", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson", ".md", "", ".warc", ".wacz"}
)
_DOUBLE = (".warc.gz",)


def walk(paths: Iterable[str | Path]) -> Iterator[str | InputError]:
    """Each file of `paths`, folders opened recursively and sorted, hidden ones skipped; "-" is standard input.

    A path that does not exist, or a folder with nothing to read, is an InputError in its place.
    """
    for path in paths:
        name = str(path)
        if name == STANDARD_INPUT:
            yield name
        elif os.path.isdir(name):
            found = False
            for file in _folder(name):
                found = True
                yield file
            if not found:
                kinds = "text, HTML, JSON, JSONL or web archive"
                yield InputError("nothing", name, f"holds no {kinds} file.", "Name the files, or another folder.")
        elif os.path.isfile(name):
            yield name
        elif os.path.exists(name):
            yield InputError("media", name, "is not a regular file.", "Give a file, a folder, or - for standard input.")
        else:
            yield InputError("missing", name, "does not exist.", "Check the name.")


def _folder(folder: str) -> Iterator[str | InputError]:
    """The files below a folder. A link that leads out of it is named and not followed."""
    top = Path(folder).resolve()
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(files):
            if not file.startswith(".") and _readable(file.lower()):
                path = os.path.join(at, file)
                if os.path.islink(path) and not Path(path).resolve().is_relative_to(top):
                    problem = "is a link that leads out of the folder; it is not followed."
                    yield InputError("link", path, problem, "Give the file itself.")
                elif not os.path.isfile(path):
                    yield InputError("media", path, "is not a regular file.", "Give a file, or take it away.")
                else:
                    yield path


def _readable(name: str) -> bool:
    return os.path.splitext(name)[1] in _READABLE or name.endswith(_DOUBLE)
