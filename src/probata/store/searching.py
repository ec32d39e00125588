"""Searching originals for protected words, also within archives and in what was sent packed."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from probata.acquire.inside import Part, inside
from probata.acquire.media import refuse_foreign
from probata.audit.guard import Guard
from probata.audit.shield import Shield
from probata.model.errors import InputError

_WINDOW, _OVERLAP = 1 << 20, 1 << 12  # bytes looked at together, and those looked at again with the next
_TAG = re.compile(r"<[^<>]{0,4000}>")
_CUT = re.compile(rb"\A[\x80-\xbf]{1,3}")  # the rest of a character that a window cut in two
_PLACE = re.compile(r", (?:record \d+|unpacked)$")


@dataclass(slots=True)
class Searched:
    """Whether words were found in an original, and what of it could not be searched: how many parts of which kind."""

    found: bool = False
    unsearched: Counter[str] = field(default_factory=Counter)


class Search:
    """Looks for words in originals."""

    def __init__(self, words: Iterable[str]) -> None:
        spelt = list(words)
        self._shield, self._guard = Shield(spelt), Guard(spelt)

    def __bool__(self) -> bool:
        return bool(self._shield)

    def names(self, name: str) -> bool:
        """Whether the name of a file holds the words."""
        return self._shield.holds(name)

    def __call__(self, path: Path) -> Searched:
        """Search an original, to the first place where it holds the words."""
        done = Searched()
        with open(path, "rb") as file:
            for part in inside(file, ""):
                if isinstance(part, InputError):
                    done.unsearched[f"a part that {part.problem.rstrip('.')}"] += 1
                    continue
                try:
                    kind, found = self._part(part)
                except InputError as error:
                    done.unsearched[f"a part that {error.problem.rstrip('.')}"] += 1
                    continue
                if found or self._shield.holds(_PLACE.sub("", part.name)):
                    return Searched(found=True)
                if kind and not part.opened:
                    done.unsearched[kind] += 1
        return done

    def told(self, done: Searched) -> str:
        """In words, what could not be searched."""
        kinds = (
            what if number == 1 else f"{number:,} times {what}" for what, number in sorted(done.unsearched.items())
        )
        return self._shield.text("; ".join(kinds))

    def _part(self, part: Part) -> tuple[str, bool]:
        """What a part is, if it is no text; and whether it has the words. Of what is opened the bytes alone count."""
        kind, first = "", True
        for window in _windows(part.pieces):
            if first:
                kind, first = "archive" if part.opened else _kind(window), False
            if any(self._guard.hits("", [window])) if kind else self._holds(window):
                return kind, True
        return kind, False

    def _holds(self, window: bytes) -> bool:
        for text in _readings(window):
            if self._shield.holds(text) or ("<" in text and self._shield.holds(_TAG.sub(" ", text))):
                return True
        return False


def _kind(start: bytes) -> str:
    """What a part is by how it begins; "" for a text."""
    if start.startswith(b"WARC/"):
        return ""
    try:
        refuse_foreign(start, "")
    except InputError as error:
        return error.problem.removeprefix("is ").split(",")[0]
    return "a part that is no text" if b"\0" in start[:4096] and not _is_wide(start) else ""


def _is_wide(start: bytes) -> bool:
    """Whether this is text of two bytes a character: by its mark, or as zeros stand on one side of each pair only."""
    head = start[:4096]
    (none, letters), (many, _) = sorted((side.count(0), side) for side in (head[0::2], head[1::2]))
    wide = none == 0 and many > 0.03 * len(head) and min(letters) >= 9  # the first that is no control character: a tab
    return head[:2] in (b"\xff\xfe", b"\xfe\xff") or wide


def _readings(window: bytes) -> Iterator[str]:
    """A window as text, in the encodings that names are written in."""
    if b"\0" in window:
        yield window.decode("utf-16-le", "replace")
        yield window.decode("utf-16-be", "replace")
    yield window.decode("utf-8", "replace")
    try:
        getincrementaldecoder("utf-8")().decode(_CUT.sub(b"", window, count=1))
    except UnicodeDecodeError:
        yield window.decode("cp1256", "replace")
        yield window.decode("latin-1")


def _windows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Stretches of one size, each beginning with the end of the one before."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) >= _WINDOW:
            yield bytes(held[:_WINDOW])
            del held[: _WINDOW - _OVERLAP]
    yield bytes(held)
