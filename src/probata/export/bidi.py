"""Right-to-left words within a left-to-right line, each run kept from turning what stands around it."""

from __future__ import annotations

import re

from probata.export.plain import FSI, PDI

_LETTER = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RUN = re.compile(rf"[{_LETTER}](?:[^A-Za-z\u2068\u2069\n]*[{_LETTER}])?")


def isolated_runs(line: str) -> str:
    """The line with each run of right-to-left words between isolates; figures within a run stay with it."""
    return line if line.isascii() else _RUN.sub(lambda m: f"{FSI}{m.group()}{PDI}", line)
