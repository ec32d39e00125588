"""Number phrases: how many, with the qualifier, and what the number can be a number of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from probata.extract.mentions.figures import value
from probata.extract.mentions.number_grammar import core, either, glue
from probata.extract.mentions.scan import scan
from probata.vocab import load


@dataclass(frozen=True, slots=True)
class NumberWords:
    """A number phrase with its qualifier: offsets, bounds, the rule that read it, and what it can be a number of.

    kind is count (of people, or of things that the next word does not settle), or one that is never a count of
    people: thing, age, percent, calibre, distance, money, ordinal, share, clock, label. A bound is None where the
    words leave it open; both are None for words without a figure ("dozens").
    """

    start: int
    end: int
    low: int | None
    high: int | None
    rule: str
    kind: str = "count"


def find_numbers(text: str, start: int, end: int) -> list[NumberWords]:
    """The number phrases of `text[start:end]`, in order, not overlapping."""
    out = scan(text, (start, end), core(), glue(), _read)
    for i, n in enumerate(out[1:], 1):
        # "resolutions 2139 and 2254": the name goes on
        if out[i - 1].kind == "label" and n.rule == "n" and _NAMES_ON.fullmatch(text, out[i - 1].end, n.start):
            out[i] = replace(n, kind="label")
    return out


@cache
def _after() -> re.Pattern[str]:
    units = load("numbers")["after"]
    kinds = "|".join(f"(?P<{k}>(?:{either(words)})(?!\\w))" for k, words in units.items())
    less = either(load("numbers")["modifiers"])
    return re.compile(
        r"(?P<age>[- ](?:year|month|week|day)s?[- ]olds?\b)"
        rf"|[- ]?(?: of)?(?: the)?(?: (?:{less}))?[- ]?(?:{kinds})|(?P<hyphen>-(?!strong\b)\w)",
        re.IGNORECASE,
    )


@cache
def _leads() -> dict[str, str]:
    ages = dict.fromkeys(("aged", "age", "ages", "age of", "aged between"), "age")
    return {**dict.fromkeys(load("numbers")["label"], "label"), **ages, "how": "not", "as": "not"}


def _lead(words: list[str]) -> str:
    """What the words before a number make of it: age, label, name (of an operation), not (no number), or nothing."""
    if not words:
        return ""
    found = _leads().get(words[-1]) or _leads().get(" ".join(words[-2:]))
    return found or ("name" if "operation" in words[-4:-1] else "")


@cache
def _rules() -> dict[str, str]:
    return {w: rule for rule, words in load("numbers")["qualifiers"].items() for w in words}


_NAME_BEFORE = re.compile(r"[A-Z][\w’'-]+\s?(?P<mark>[,(]?)\s?$")
_NAME_AFTER = re.compile(r"\s?(?:,|\)|\.|;|$|\sand\s[A-Z])")
_NAMES_ON = re.compile(r"\)?(?:,| and| &|, and| or)? \(?")
_MONEY = ("$", "€", "£")
_YEAR = re.compile(r"(?:19[5-9]|20[0-3])\d$")
_PLURAL = re.compile(
    r"\s(?:more\s|other\s)?(?:[a-z][\w-]+\s){0,2}?"
    r"(?:[a-z]+s|people|men|women|children|wounded|dead|injured|killed)\b"
)
_CALIBRES = frozenset({"7.62", "12.7", "14.5", "5.56", "5.45"})
_NOT_ONE = frozenset("no any every each some this that which the another by".split())
_ONE_NOT = re.compile(
    r"\s(?:another|side|day|point|occasion|hand|can|must|should|by one|way|such|more|time|month|year|week|hour|"
    r"of (?:the|its|their|his|our|syria[’']?s) (?:first|last|main|most|few|many|\w+est)\b)|-|[’']s",
    re.IGNORECASE,
)


def _read(text: str, start: int, end: int, _: str, m: re.Match[str]) -> NumberWords | None:
    """One matched phrase with its bounds and kind; None when the words are no number after all."""
    at = m.start()
    before = text[max(start, at - 30) : at]
    words = before.lower().split() if before[-1:].isspace() else []
    lead = _lead(words)
    if m["share"]:
        return NumberWords(at, m.end(), None, None, "share", "share")
    if m["vague"]:
        if lead == "not":
            return None
        unit = _after().match(text, m.end(), end)
        kind = (unit.lastgroup if unit else None) or "count"
        return None if kind == "hyphen" else NumberWords(at, m.end(), None, None, "words", kind)
    if m["ordinal"]:
        return NumberWords(at, m.end(), None, None, "ordinal", "ordinal")
    n = value(m["n"])
    kind, stop = _kind(text, end, m, words, before)
    if kind == "none":
        return None
    if n is None and "." not in m["n"]:
        return None
    if "." in m["n"] and m["n"][-1].isdigit() and kind in ("count", "thing"):
        kind = "calibre" if m["n"] in _CALIBRES else "label"
    low, high, rule = _bounds(m, n) if n is not None else (None, None, "figure")
    return NumberWords(at - 1 if kind == "money" and text[at - 1 : at] in _MONEY else at, stop, low, high, rule, kind)


def _bounds(m: re.Match[str], n: int) -> tuple[int | None, int | None, str]:
    rule = _rules().get(m["q"].lower(), "n") if m["q"] else "n"
    top = value(m["n2"]) if m["n2"] else None
    if top is not None:
        # "2 to 3 million": the scale of the second figure holds for both
        for scale in (1_000_000_000, 1_000_000, 1000):
            if top >= scale > n and m["n2"][-1].isalpha() and m["n"][-1].isdigit() and n * scale <= top:
                n *= scale
                break
        if top >= n:
            return n, top, "range"
    more = (m["more"] or "").strip().lower()
    if rule == "n" and more:
        rule = "about-n" if more == "or so" else "at-least-n"
    if rule == "at-least-n":
        return n, None, rule
    if rule == "more-than-n":
        return n + 1, None, rule
    if rule in ("up-to-n", "nearly-n"):
        return None, n, rule
    if rule == "fewer-than-n":
        return None, max(n - 1, 0), rule
    return n, n, rule


def _kind(text: str, end: int, m: re.Match[str], words: list[str], before: str) -> tuple[str, int]:
    """What the number is a number of, and where its phrase ends; "none" when it is part of another word."""
    stop = m.end()
    if before.rstrip().endswith(_MONEY):
        return "money", stop
    lead = _lead(words)
    if lead == "age" or (lead == "label" and not m["q"]):
        return lead, stop
    if lead == "name" and not m["q"] and not _PLURAL.match(text, stop, end):
        return "label", stop
    unit = _after().match(text, stop, end)
    if unit is not None:
        kind = unit.lastgroup or "none"
        if kind == "age":
            return "age", unit.end()
        return ("none" if kind == "hyphen" else kind), stop
    plain = m["n"]
    if plain[-2:-1].isdigit() and plain[-1] in "mM" and "." not in plain and not _PLURAL.match(text, stop, end):
        return "distance", stop
    if m["q"] or m["n2"] or m["more"]:
        return "count", stop
    if plain.isdigit():
        if (_YEAR.match(plain) or len(plain) > 6) and not _PLURAL.match(text, stop, end):
            return "label", stop
        name = _NAME_BEFORE.search(before) if len(plain) < 3 else None
        if name and _NAME_AFTER.match(text, stop, end):
            return "age", stop
    elif plain.lower() == "one" and ((words and words[-1] in _NOT_ONE) or _ONE_NOT.match(text, stop, end)):
        return "none", stop
    return "count", stop
