"""The last gate before anything leaves: is a protected value in these bytes, in whatever way a file may write it?"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, quote_plus

from probata.model.errors import InputError

SHORT = 3  # characters: a shorter value is in half of all texts, so it is refused as one to guard
SURE = 8  # characters: from here on a value is found in capitals and without accents too; "Hope" is not in "hope"
_ESCAPE = re.compile(r"%[0-9A-F]{2}|\\u[0-9a-f]{4}")  # hexadecimal, which may be written in capitals or not
_WINDOW = 1 << 20  # bytes looked at together


@dataclass(frozen=True, slots=True)
class Hit:
    """Protected value number `value` (from 0, in the order given) is in `name` at about this byte; never the value."""

    name: str
    value: int
    at: int


class Guard:
    """Looks for protected values. It publishes nothing: what it finds is named by number."""

    def __init__(self, values: Iterable[str]) -> None:
        self._of: dict[bytes, int] = {}
        self._folded: dict[bytes, int] = {}
        for number, value in enumerate(values):
            clean = " ".join(value.split())
            if len(clean) < SHORT:
                problem = f"has fewer than {SHORT} characters, so that it would be found nearly everywhere."
                raise InputError("protected", f"protected value {number + 1}", problem, "Protect its field instead.")
            for form in _written(clean):
                self._of.setdefault(form, number)
            if len(clean) >= SURE:
                self._folded.setdefault(fold(clean).encode(), number)
        self._exact, self._fold = _pattern(self._of), _pattern(self._folded)
        self._overlap = 4 * max([0, *map(len, self._of), *map(len, self._folded)])

    def hits(self, name: str, pieces: Iterable[bytes]) -> Iterator[Hit]:
        """Every place of a file where a value may be, each value once a window; the name of the file counts too."""
        yield from self._in(name, name.encode("utf-8", "replace"), 0)
        for at, window in _windows(pieces, self._overlap):
            yield from self._in(name, window, at)

    def passed(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The bytes of a file, as long as no value is in them. Raises InputError before those that complete one."""
        for hit in self._in(name, name.encode("utf-8", "replace"), 0):
            raise refused(hit)
        sent = 0
        for at, window in _windows(pieces, self._overlap):
            for hit in self._in(name, window, at):
                raise refused(hit)
            yield window[sent - at :]
            sent = at + len(window)

    def _in(self, name: str, data: bytes, at: int) -> Iterator[Hit]:
        seen: set[int] = set()
        for pattern, of, text in ((self._exact, self._of, data), (self._fold, self._folded, b"")):
            if pattern is None:
                continue
            if of is self._folded:
                if b"\0" in data:  # no text: an image, a film
                    continue
                text = fold(data.decode("utf-8", "replace")).encode()
            for match in pattern.finditer(text):
                value = of[match[0]]
                if value not in seen:
                    seen.add(value)
                    yield Hit(name, value, at + match.start())


def refused(hit: Hit) -> InputError:
    """What is said of a hit; the value itself is never part of it."""
    problem = f"holds protected value {hit.value + 1}, at about byte {hit.at}."
    return InputError("protected", hit.name, problem, "Nothing was published. Withhold the field, or the file.")


def fold(text: str) -> str:
    """The text without capitals, accents, vowel signs, joiners and double spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return _spaces().sub(" ", _marks().sub("", apart)).strip()


@cache
def _marks() -> re.Pattern[str]:
    """Accents, vowel signs, joiners, direction marks, and the stroke that lengthens Arabic words."""
    # those of the first plane: a class that reaches further is twenty times slower
    found = (chr(n) for n in range(0x10000) if unicodedata.category(chr(n)) in ("Mn", "Cf", "Lm"))
    return re.compile(f"[{''.join(map(re.escape, found))}]+")


@cache
def _spaces() -> re.Pattern[str]:
    return re.compile(r"\s\s+|[^\S ]")


def _written(value: str) -> Iterator[bytes]:
    """The ways in which a file may write a value."""
    for form in {value, *(unicodedata.normalize(n, value) for n in ("NFC", "NFD"))}:
        escaped = json.dumps(form)[1:-1]
        texts = {form, html.escape(form), html.escape(form, quote=False), quote(form), quote_plus(form), escaped}
        texts |= {_ESCAPE.sub(lambda m: m[0].swapcase().replace("U", "u"), t) for t in (quote(form), escaped)}
        texts |= {json.dumps(form, ensure_ascii=False)[1:-1], "".join(f"&#{ord(c)};" for c in form)}
        texts.add("".join(c if c.isascii() else f"&#{ord(c)};" for c in html.escape(form)))
        texts.add("".join(c if c.isascii() else f"&#{ord(c)};" for c in form))
        yield from (t.encode("utf-8", "replace") for t in texts)
        yield from (form.encode(code, "replace") for code in ("utf-16-le", "utf-16-be"))


def _pattern(words: Iterable[bytes]) -> re.Pattern[bytes] | None:
    """One pattern for all words, as a tree of their bytes: its speed does not depend on their number."""
    tree: dict[int, Any] = {}
    for word in words:
        place = tree
        for byte in word:
            place = place.setdefault(byte, {})
        place[-1] = {}
    return re.compile(_branches(tree), re.DOTALL) if tree else None


def _branches(tree: Mapping[int, Any]) -> bytes:
    """The pattern of a tree, without recursion along the bytes that do not fork."""
    options = []
    for byte, below in tree.items():
        if byte < 0:
            continue
        run = re.escape(bytes([byte]))
        while len(below) == 1 and -1 not in below:
            ((only, below),) = below.items()
            run += re.escape(bytes([only]))
        options.append(run + (_branches(below) if set(below) != {-1} else b""))
    inner = options[0] if len(options) == 1 else b"(?:" + b"|".join(options) + b")"
    return b"(?:" + inner + b")?" if -1 in tree else inner


def _windows(pieces: Iterable[bytes], overlap: int) -> Iterator[tuple[int, bytes]]:
    """Stretches of the file of about a megabyte, each beginning with the end of the one before."""
    at, held, size = 0, list[bytes](), 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _WINDOW:
            window = b"".join(held)
            yield at, window
            kept = window[max(0, size - overlap) :]
            at, held, size = at + size - len(kept), [kept], len(kept)
    yield at, b"".join(held)
