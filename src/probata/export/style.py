"""Style: whether and how a terminal shows colour, and how wide it is."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TextIO

_CODES = {"harm": "31", "situation": "33", "speech": "34", "bold": "1", "dim": "2", "under": "4"}
_NARROW, _WIDE = 40, 160


@dataclass(frozen=True, slots=True)
class Style:
    """How to print: with colour or not, in how many columns."""

    colour: bool = False
    columns: int = 100

    @classmethod
    def of(cls, out: TextIO) -> Style:
        """The style for a stream: colour only in a terminal, and never with NO_COLOR (no-color.org) or TERM=dumb."""
        try:
            terminal = out.isatty()
        except ValueError:
            terminal = False
        colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        columns = shutil.get_terminal_size((100, 24)).columns
        return cls(colour, min(max(columns, _NARROW), _WIDE))

    def paint(self, text: str, *names: str) -> str:
        """The text in the named colours or weights, or as it is."""
        if not self.colour or not names or not text:
            return text
        return f"\x1b[{';'.join(_CODES[n] for n in names)}m{text}\x1b[0m"
