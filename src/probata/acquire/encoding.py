"""Encodings: raw bytes into text, saying which encoding was read and what had to be assumed."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from probata.model.errors import InputError

_MARKS = (  # the four-byte mark must be tried first: it begins with the two-byte one
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LETTERS = re.compile(r"[^\W\d_]")
_ARABIC_WORDS = re.compile(r"\b(?:في|من|على|أن|إلى|عن|التي|الذي|وقال|قال|إن)\b")  # no text of a few lines is without
_ARABIC = re.compile(r"[\u0621-\u064a]")
_PROBE = 65536  # bytes or characters looked at to judge what a file is
_WRITTEN = frozenset("‘’“”–—…€£§©«»°·\u00a0")  # what English prose in windows-1252 has beyond ASCII
ADVICE = "Save it as UTF-8 text and read it again."


class Decoded(NamedTuple):
    """Text, the encoding it was read in, and what was assumed or left out, in words for people."""

    text: str
    encoding: str
    gaps: tuple[str, ...] = ()


def decode(raw: bytes, name: str, declared: str | None = None) -> Decoded:
    """The text of `raw`; `declared` is what a page says its encoding is.

    Raises InputError for bytes that are no text, or whose encoding cannot be told: a wrong guess would alter words.
    """
    found = _marked(raw, name) or _utf8(raw) or _declared(raw, declared) or _wide(raw) or _narrow(raw)
    if found is None:
        if b"\0" in raw[:_PROBE] or len(_CONTROL.findall(raw[:_PROBE].decode("latin-1"))) > len(raw[:_PROBE]) // 20:
            raise InputError("binary", name, "is not a text but a binary file.", "Give its text or its web page.")
        raise InputError("encoding", name, "is not UTF-8 and its encoding cannot be told.", ADVICE)
    if len(_CONTROL.findall(found.text, 0, _PROBE)) > max(4, min(len(found.text), _PROBE) // 20):
        raise InputError("binary", name, "is not a text but a binary file.", "Give its text or its web page.")
    return found


def _marked(raw: bytes, name: str) -> Decoded | None:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return Decoded(raw.decode(encoding), encoding)
            except UnicodeDecodeError as error:
                problem = f"begins like {encoding} but is damaged at byte {error.start}."
                raise InputError("encoding", name, problem, ADVICE) from error
    return None


def _utf8(raw: bytes) -> Decoded | None:
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.end == len(raw) and error.start >= len(raw) - 3 and error.start > 0 and "end of data" in error.reason:
            text = raw[: error.start].decode("utf-8")
            return Decoded(
                text,
                "utf-8",
                (f"the file ends within a character; its last {len(raw) - error.start} bytes are left out",),
            )
    return None


def _declared(raw: bytes, declared: str | None) -> Decoded | None:
    if not declared:
        return None
    try:
        return Decoded(raw.decode(declared), codecs.lookup(declared).name)
    except (LookupError, UnicodeDecodeError):
        return None


def _wide(raw: bytes) -> Decoded | None:
    """UTF-16 without a mark shows as a zero in every second byte."""
    probe = raw[:_PROBE]
    if len(raw) % 2 or not probe:
        return None
    for encoding, zeros in (("utf-16-le", probe[1::2]), ("utf-16-be", probe[0::2])):
        if zeros.count(0) > 0.7 * len(zeros):
            try:
                return Decoded(raw.decode(encoding), encoding, (f"no encoding stated; read as {encoding}",))
            except UnicodeDecodeError:
                return None
    return None


def _narrow(raw: bytes) -> Decoded | None:
    """One byte a character: Arabic when most letters become Arabic, Western when few bytes need it at all."""
    if b"\0" in raw:
        return None
    for encoding, fits in (("cp1256", _looks_arabic), ("cp1252", _looks_western)):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if fits(text[:_PROBE]):
            shown = "windows-" + encoding[2:]
            return Decoded(text, shown, (f"not UTF-8 and no encoding stated; read as {shown}",))
    return None


def _looks_arabic(text: str) -> bool:
    letters = len(_LETTERS.findall(text))
    if letters < 20 or len(_ARABIC.findall(text)) <= 0.6 * letters:
        return False
    return len(_ARABIC_WORDS.findall(text)) * 200 >= letters  # other one-byte scripts become Arabic letters, not words


def _looks_western(text: str) -> bool:
    beyond = [c for c in text if c > "\x7f"]
    if any(not (c.isalpha() or c in _WRITTEN) for c in beyond):
        return False
    return len(beyond) <= max(1, len(text) // 8) and len(_LETTERS.findall(text)) > len(text) // 2
