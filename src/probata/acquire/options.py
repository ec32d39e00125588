"""What the person reading says about the reports, and how large a file may be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LARGEST = 64_000_000  # bytes; an article is a few thousand, a year of a wire service some tens of millions


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for every report of a run: publication day, outlet and title as given by hand; `largest` in bytes.

    `roots` are PEM certificates that those of a signed archive must lead to; b"" judges none.
    """

    published: date | None = None
    outlet: str | None = None
    title: str | None = None
    largest: int = LARGEST
    roots: bytes = b""
