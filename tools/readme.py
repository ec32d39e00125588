"""Make the transcripts in README.md and docs/ anew: each marked block is what its command prints.

A page marks an input with `<!-- file: NAME -->` and a transcript with `<!-- run: COMMAND -->`,
each before a fenced block. Commands run in a folder that holds the inputs of the page above them.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
WIDTH = 110  # columns of the terminal in the pages
_BLOCK = re.compile(r"(<!-- (file|run): (.+?) -->\n```\w*\n)(.*?)(```\n)", re.DOTALL)


def rendered(page: str) -> str:
    """The page with each transcript as its command prints it now."""
    with tempfile.TemporaryDirectory() as folder:
        parts, at = [], 0
        for m in _BLOCK.finditer(page):
            opening, kind, what, inside, closing = m.groups()
            if kind == "file":
                (Path(folder) / what).write_text(inside, encoding="utf-8")
            else:
                inside = f"$ {what}\n{output(what, Path(folder))}"
            parts += [page[at : m.start()], opening, inside, closing]
            at = m.end()
        return "".join(parts) + page[at:]


def output(command: str, folder: Path) -> str:
    """What a command prints in a folder, without colours, as wide as WIDTH."""
    words = shlex.split(command)
    if words[0] != "probata":
        raise ValueError(f"{command}: a transcript runs probata and nothing else")
    program = str(Path(sys.executable).with_name("probata"))
    surroundings = os.environ | {"COLUMNS": str(WIDTH), "NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([program, *words[1:]], cwd=folder, env=surroundings, capture_output=True, text=True)
    if done.returncode:
        raise ValueError(f"{command} failed: {done.stderr}")
    return "".join(line.rstrip() + "\n" for line in done.stdout.strip("\n").splitlines())


def main() -> None:
    """Write each page whose transcripts changed."""
    for path in PAGES:
        old = path.read_text(encoding="utf-8")
        if "<!-- run:" in old and (new := rendered(old)) != old:
            path.write_text(new, encoding="utf-8")
            print(f"made anew: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
