"""How place names are compared: one key for the many spellings of a name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from probata.vocab.folding import is_article

_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640'’‘`´ʿʾʼʻ.]")
_PARTS = re.compile(r"[^\W_]+")
_DOUBLED = re.compile(r"(.)\1+")
_FOLD = str.maketrans({"ة": "ه", "ى": "ي", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "e", "ß": "s", "ə": "e"})
_ARABIC_ARTICLE = "ال"


@lru_cache(maxsize=1 << 15)
def key(name: str) -> str:
    """The form a name is looked up by: "ar-Raqqah", "Al Raqqa" and "Raqqa" give the same; "" when nothing is left.

    Lower case, without diacritics, apostrophes, hyphens, spaces, the Arabic article, doubled letters and the silent
    final h of "-ah". Two names with one key may still be two places: the key only says that they are spelt alike.
    """
    low = name.lower()
    if not low.isascii():
        low = unicodedata.normalize("NFKD", low.translate(_FOLD))
    parts = _PARTS.findall(_MARKS.sub("", low))
    last = len(parts) - 1
    kept = []
    for i, part in enumerate(parts):
        if i < last and is_article(part, parts[i + 1]):
            continue
        if part.startswith(_ARABIC_ARTICLE) and len(part) > 4:
            part = part[2:]
        if len(part) > 3 and part.endswith(("ah", "eh")):
            part = part[:-1]
        kept.append(part)
    return _DOUBLED.sub(r"\1", "".join(kept))


@lru_cache(maxsize=1 << 15)
def skeleton(spelt: str) -> str:
    """A looser form of a key, for spellings that differ in vowels: vowels by class (a, i/e/y, o/u/w), q as k."""
    folded = spelt.translate(_VOWELS)
    return _DOUBLED.sub(r"\1", folded)


_VOWELS = str.maketrans({"e": "i", "y": "i", "o": "u", "w": "u", "q": "k", "j": "g"})
