"""Folding: words made alike for searching, in Latin and Arabic script, so that one spelling finds the others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from probata.vocab import load

LONGEST = 64  # characters of a token; of a longer word its beginning counts
_READ = 256  # characters of a word that are looked at; marks within it may be many
_STEM = 3  # letters that must be left of an Arabic word
_APOSTROPHES = "'’‘`´′"
_HYPHENS = "-\u2010\u2011"
_THOUSANDS = ",٬\u00a0\u2009\u202f'’"
_GROUPED = rf"\d{{1,3}}(?:[{_THOUSANDS}]\d{{3}})+(?!\d)|\d{{1,3}}(?:\.\d{{3}})+(?![.\d])"
_DOTTED = r"(?:[^\W\d_]\.)+[^\W\d_]"  # U.N, with or without the last dot
_ELIDED = re.compile(rf"([^\W\d_]|qu)[{_APOSTROPHES}ʼ](?=\w{{3}})", re.IGNORECASE)  # l'armée, O'Brien
_POSSESSIVE = re.compile(rf"(?<=\w)[{_APOSTROPHES}ʼ]s$", re.IGNORECASE)
# What the decomposition of a letter leaves of its marks, vowels of Arabic and Hebrew, and signs of recitation.
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08ca-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe20-\ufe2f]"
)
_SILENT = "\u0640ʿʾʼʻ"  # tatweel, and letters that stand for an apostrophe
_HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # written without spaces: a token each
_IDEOGRAPHS = re.compile(f"[{_HAN}]")
_IDEOGRAPHS_APART = re.compile(f"[{_HAN}]|[^{_HAN}]+")
_HAMZA = re.compile("[ؤئء]+و")  # one word, several seats: مسؤول and مسئول
_LAST_HAMZA = re.compile("(?<=..ا)ء+$")  # often left out: شهداء and شهدا
_WITHIN = frozenset({"Mn", "Mc", "Me", "Cf"})  # marks, and controls that are not seen
_ARABIC = re.compile("[\u0621-\u064a]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, the tokens it is made of, and the other forms that it is found by.

    "Su-24" is the tokens su and 24, joined su24; "بالقصف" is found by "قصف" also.
    """

    start: int
    end: int
    tokens: tuple[str, ...]
    joined: str = ""
    also: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Every single token that finds the word."""
        return (*self.tokens, *([self.joined] if self.joined else []), *self.also)


def words(text: str) -> Iterator[Word]:
    """The words of a text in order, with code-point offsets. Takes time in proportion to the text."""
    for found in _pattern().finditer(text.replace("_", " ")):
        start, end = found.span()
        if found[0].isascii() or not _IDEOGRAPHS.search(text, start, end):
            spans = [(start, end)]
        else:
            spans = [part.span() for part in _IDEOGRAPHS_APART.finditer(text, start, end)]
        for a, b in spans:
            made = _made(text[a : min(b, a + _READ)])
            if made[0]:
                yield Word(a, b, *made)


def alternatives(word: Word) -> tuple[tuple[str, ...], ...]:
    """What a word that is asked for is found by: runs of tokens, any of which will do.

    The article and what stands before it are let go: "بالقصف" asks for "قصف", "al-Tarqa" for Tarqa. Other letters that
    may be prefixes stay, as the word may begin with them.
    """
    first, *rest = word.tokens
    if not rest:
        return ((_bare(first),),)
    run = tuple(rest) if is_article(first, rest[0]) else word.tokens
    return ((word.joined,), run) if word.joined else (run,)


def is_article(part: str, following: str) -> bool:
    """Whether a part of a name in lower-case Latin letters is the Arabic article of the next: al-, or ar- before r."""
    plain, sun = _articles()
    return part in plain or (part in sun and following.startswith(sun[part]))


def letters(word: str) -> str:
    """A word's letters made alike: case, marks, presentation forms, Arabic seats of hamza, digits of every script."""
    seen = unicodedata.normalize("NFKC", word.translate(_unseen())).translate(_unseen())
    bare = _MARKS.sub("", seen.casefold())  # a hamza and its seat are one letter still
    folded = unicodedata.normalize("NFKD", _HAMZA.sub("وو", bare).translate(_table()))
    return unicodedata.normalize("NFC", _MARKS.sub("", folded))


@lru_cache(maxsize=1 << 16)
def _made(raw: str) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Tokens, joined form and other forms of a word as it is written."""
    if raw.isascii() and raw.isalnum():
        return (raw[:LONGEST].lower(),), "", ()
    if re.fullmatch(_GROUPED, raw):
        parts, glue = re.split(r"\D", raw), "." in raw
        parts = parts if glue else ["".join(parts)]
    elif re.fullmatch(_DOTTED + r"\.?", raw):
        parts, glue = [raw.replace(".", "")], False
    else:
        parts = re.split(f"[{_HYPHENS}]", _ELIDED.sub(r"\1-", _POSSESSIVE.sub("", raw)))
        glue = len(parts) > 1 and not all(p.isdecimal() for p in parts)
    tokens = tuple(t for part in parts for t in _tokens(part))
    joined = _tokens("".join(tokens)) if glue else []
    return (
        tokens,
        joined[0] if len(joined) == 1 else "",
        tuple(dict.fromkeys(stem for t in tokens for stem in _stems(t) if stem not in tokens)),
    )


def _tokens(part: str) -> list[str]:
    """The tokens of a part of a word: one, but for writing without spaces and letters that stand for several words."""
    runs = _runs().findall(letters(_POSSESSIVE.sub("", part)))
    return [shaped for run in runs if (shaped := _LAST_HAMZA.sub("", run[:LONGEST]))]


def _stems(token: str) -> list[str]:
    """What an Arabic token may be when wa- or fa-, then bi-, ka- or li-, then the article are taken off."""
    rests, bare = _stripped(token)
    return [*rests[1:], *bare]


def _bare(token: str) -> str:
    """An Arabic token without the article and what stands before it; any other token as it is."""
    return (_stripped(token)[1] or [token])[0]


def _stripped(token: str) -> tuple[list[str], list[str]]:
    """The token and what one-letter prefixes leave of it, and of these what the article leaves."""
    if not _ARABIC.fullmatch(token):
        return [token], []
    whole, short = _arabic()

    def left(rests: list[str], prefixes: tuple[str, ...]) -> list[str]:
        cut = [r.removeprefix(p) for r in rests if r not in whole for p in prefixes if r.startswith(p)]
        return [r for r in cut if len(r) >= _STEM or r in short]

    rests = [token]
    rests += left(rests, ("و", "ف"))
    rests += left(rests, ("ب", "ك", "ل"))
    return rests, left(rests, ("ال", "لل"))


@cache
def _pattern() -> re.Pattern[str]:
    """A word: a number with separated thousands, an acronym with dots, or parts joined by apostrophes and hyphens."""
    kept = _kept()
    piece = f"{kept}+(?:[{_APOSTROPHES}]{kept}+){{0,4}}"
    return re.compile(f"{_GROUPED}|{_DOTTED}(?!{kept})\\.?|{piece}(?:[{_HYPHENS}]{piece}){{0,6}}")


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"[{_HAN}]|(?:(?![{_HAN}]){_kept()})+")


@cache
def _kept() -> str:
    """The characters that words are made of, as a set of a pattern: letters, digits, marks, and what is not seen."""
    within = [c for c in map(chr, range(0x10000)) if unicodedata.category(c) in _WITHIN]
    return "[\\w" + "".join(within) + "\U000e0000-\U000e01ef]"  # of rarer scripts no marks: a longer set is slow


@cache
def _table() -> dict[int, str]:
    """Letters and digits with what they become."""
    known = load("folding")
    table = {ord(k): str(v) for k, v in {**known["letters"], **known["arabic"]}.items()}
    digits = [c for c in map(chr, range(0x10000)) if c.isdecimal()]  # NFKC knows the others, but for rare scripts
    return table | {ord(c): str(unicodedata.decimal(c)) for c in digits}


@cache
def _unseen() -> dict[int, None]:
    """Characters that are left out: apostrophes, tatweel, and all that is not seen."""
    codes = (*range(0x10000), *range(0xE0000, 0xE01F0))
    return dict.fromkeys(
        [*map(ord, _APOSTROPHES + _SILENT), *(c for c in codes if unicodedata.category(chr(c)) == "Cf")]
    )


@cache
def _articles() -> tuple[frozenset[str], dict[str, str]]:
    known = load("folding")
    sun = {word: letter for letter, spelt in known["sun_articles"].items() for word in spelt.split()}
    return frozenset(known["articles"].split()), sun


@cache
def _arabic() -> tuple[frozenset[str], frozenset[str]]:
    known = load("folding")
    return frozenset(known["whole"].split()), frozenset(known["short"].split())
