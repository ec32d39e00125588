"""What a search finds: reports, and the pieces of their texts that show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Where a term of the query stands in a text: half-open code-point offsets, and the term's number from 0."""

    start: int
    end: int
    term: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text with the words found in it; all offsets count code points of the whole text.

    `last` says that the text ends with it.
    """

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]
    last: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A report in which all that was searched for stands, where it stands, and a piece of the text that shows it."""

    report: str
    title: str | None
    outlet: str | None
    published: date | None
    fields: tuple[str, ...]  # text, title, outlet, speaker, place
    snippet: Snippet | None  # none where the text has no word of it


@dataclass(frozen=True, slots=True)
class Found:
    """How many reports there are in all, and some of them."""

    total: int
    hits: tuple[Hit, ...]
