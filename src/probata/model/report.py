"""A report as it is read: its text, where it came from, and its outer form."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from probata.model.span import Span

# Characters of a report that claims are read from, some 190,000 words or 480 pages. What lies behind is kept, and a gap
# of the report says so. Memory is linear in what is read: 400 bytes a character where it is all "he said that".
MOST_READ = 1_200_000
_NEAR = 1000  # characters before that bound in which a space is sought


class BlockKind(StrEnum):
    """What a stretch of a report is. Residue is web-page matter (menus, related headlines) that says nothing."""

    TITLE = "title"
    DECK = "deck"
    SUBHEADING = "subheading"
    PARAGRAPH = "paragraph"
    DATE_LINE = "date_line"
    BY_LINE = "by_line"
    CAPTION = "caption"
    RESIDUE = "residue"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or line of a report; half-open code-point offsets into the text."""

    kind: BlockKind
    start: int
    end: int


class AnchorBasis(StrEnum):
    """How a publication date is known, strongest first."""

    OPTION = "option"  # the person reading gave it: --published
    DATE_LINE = "date_line"  # printed in the text itself
    METADATA = "metadata"  # the file or page says so beside the text
    ADDRESS = "address"  # its web address names the day


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date that relative dates of the report may be counted from, and how it is known."""

    day: date
    basis: AnchorBasis
    span: Span | None = None  # the words of a date line


@dataclass(frozen=True, slots=True)
class Capture:
    """How a page was saved, as the web archive that holds it states: address, moment, tool, digest of the content.

    `checked` says whether the digest was compared with the bytes (a page that contradicts it is not read at all).
    """

    url: str
    at: datetime | None
    tool: str
    digest: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the bytes came from (a path, or "-" for standard input), their SHA-256, length, media and encoding.

    `file` is the SHA-256 of the whole file as it was received, where the report is one record of it.
    """

    path: str
    sha256: str
    size: int
    media: str  # text, html, json
    encoding: str
    file: str = ""
    capture: Capture | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One report: what an outlet published. `text` is the stored extracted text that all offsets count in."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    language: str | None = None
    url: str | None = None
    author: str | None = None
    anchors: tuple[Anchor, ...] = ()
    origin: Origin | None = None
    gaps: tuple[str, ...] = field(default=())  # what is missing or was repaired, in words for people

    @property
    def read_to(self) -> int:
        """The offset up to which claims are read: the whole text, or the last space before MOST_READ."""
        if len(self.text) <= MOST_READ:
            return len(self.text)
        space = max(self.text.rfind(c, MOST_READ - _NEAR, MOST_READ) for c in " \n")
        return space if space > 0 else MOST_READ

    @property
    def anchor(self) -> Anchor | None:
        """The date to count from: what the reader gave, else the date line, the metadata, the address, else none."""
        order = list(AnchorBasis)
        return min(self.anchors, key=lambda a: order.index(a.basis), default=None)
