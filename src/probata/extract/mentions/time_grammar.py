"""The grammar of time expressions: one pattern whose named groups are the kinds of expression."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from probata.extract.mentions.figures import small
from probata.extract.mentions.scan import Grammar
from probata.vocab import load


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", " ") for w in sorted(words, key=len, reverse=True))


def _maybe(phrases: str) -> str:
    """A pattern that takes one of the phrases, parted by commas, with a space after it, or nothing."""
    return f"(?:(?:{_either(p.strip() for p in phrases.split(','))}) )?"


_BOUND = "in, since, until, till, during, throughout, by, before, after, from, back in, between, as of, of"
_LEAD = _maybe("shortly, just, only, right, early, late, as early as, as late as") + _maybe(
    "on, in, at, since, until, till, by, from, before, after, during, over, within, throughout, between, around, "
    "through, as of, back in, for"
)
_MUST = _maybe("early, late") + f"(?:{_either(_BOUND.split(', '))}) "
_SHIFT = _maybe(
    "last, this, next, the, the following, the previous, the same, that, this past, this coming, early, late, earlier, "
    "later"
)
_HEDGE = _maybe(
    "about, around, nearly, almost, more than, less than, over, at least, only, just, approximately, some, up to, "
    "well over"
)
_PHASE = (
    r"(?:(?:the )?(?:early|late|mid|middle|beginning|start|end|first half|second half)"
    r"(?:-| (?:in|of|the|in the|of the) | on |-to-late |-to-mid | ))?"
)
_OWN = r"(?:[’']?s\b)?"  # a possessive, also where the page lost its apostrophe
_YEAR = r"(?:19[5-9]\d|20[0-3]\d)(?!\d|[.,]\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%]|[.,:]\d)"


@cache
def grammars() -> dict[str, re.Pattern[str]]:
    """The pattern of each kind of time expression."""
    kinds = {**_calendar_names(), **_spans(), **_hours()}
    return {k: re.compile(rf"(?<![\w.,/-])(?:{p})(?![\w-])", re.IGNORECASE) for k, p in kinds.items()}


def _calendar_names() -> dict[str, str]:
    """Days, months, seasons and years by their names and figures."""
    t = load("times")
    weekday, season = f"(?:{_either(t['weekdays'])})", f"(?:{_either(t['seasons'])})"
    short = _either(t["month_abbreviations"])
    month = rf"(?:(?:{_either(t['months'])})|(?:{short})\b\.?)"
    # "may" and "march" are verbs too: as a bare month they need their capital
    sure = rf"(?:{_either(m for m in t['months'] if m not in ('may', 'march'))})\b{_OWN}|(?-i:May|March)\b"
    several_days = rf"{_DAY}(?: ?(?:[-–]|to|and) ?{_DAY})?"
    figures = r"\d{4}-\d\d-\d\d(?!\d)|\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:19|20)\d\d(?!\d)"
    named = (
        rf"(?:(?:{weekday}|(?:mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\.?),? (?:the )?)?"
        rf"(?:(?:the )?{several_days} ?(?:of )?{month},?(?: ?(?:of )?{_YEAR})?"
        rf"|{month} ?(?:\d\d{_YEAR}|{several_days}(?:,? {_YEAR})?))"
    )
    tail = rf"(?: (?:early |late )?(?:{_either(t['parts_of_day'])})s?\b)?"
    return {
        "date": rf"{_LEAD}(?:{figures}|{named}){tail}",
        "weekday": rf"{_LEAD}{_SHIFT}{weekday}s?\b(?:[’']s\b)?{tail}",
        "month": rf"{_LEAD}{_PHASE}(?:(?:last|this|next) )?(?:(?:{month}) (?:of )?{_YEAR}|{sure})"
        rf"|(?:in|since|until|by|during|last|late|early) (?:{short})\b\.?(?= ?\d{{4}}|[,.;]|$)(?: ?{_YEAR})?",
        "season": rf"{_LEAD}{_PHASE}(?:the )?(?:(?:last|this|next) {season}|{season}(?: of)? {_YEAR}"
        rf"|(?<=in the ){season}|(?<=during the ){season}|(?<=since the ){season})",
        "year": rf"{_MUST}(?:the )?(?:{_PHASE}(?:the year )?)?{_YEAR}(?:(?: ?[-–] ?| and | to | or ){_YEAR}(?!-))?"
        rf"|(?:mid|early|late)[- ]{_YEAR}|(?:the )?(?:end|beginning|start|middle) of (?:the year )?{_YEAR}",
    }


def _spans() -> dict[str, str]:
    """Spans counted in units, before, after or up to some day, and words that name no day."""
    t = load("times")
    unit = rf"(?:{_either(t['units'])})s?"
    number = (
        rf"(?:an?|the|several|a few|few|some|many|a couple of|couple of|half an?|\d+(?:\.\d+)?|{_either(small())})"
        rf"(?:[ -](?:{_either(small())}))?"
    )
    which = "last|past|previous|next|coming|preceding|recent|latest|following|first"
    follows = rf"\d+|few|several|couple|{unit}|{_either([*small(), *t['months']])}"
    return {
        "calendar": rf"{_LEAD}{_PHASE}"
        r"(?:last|this|next|that|the|the (?:previous|following|same|next|past|current|coming))"
        rf" (?:very |same )?(?:day|week|weekend|month|year|decade){_OWN}\b(?! (?:of|after|before)\b|-)",
        "ago": rf"{_HEDGE}(?:{number}[ -]{unit}|(?:minute|hour|day|week|month|year)s)"
        r" (?:ago|earlier|before|later|after|afterwards|beforehand|previously|prior)\b",
        "window": rf"{_LEAD}{_HEDGE}(?:the |these )?(?:{which}) {_HEDGE}(?:{number} )?{unit}\b"
        r"(?: and a half\b|[’']s\b)?"
        rf"|(?:in|within) {_maybe('just, only, less than, under')}(?!the ){number}[ -]{unit}\b(?! (?:ago|old))",
        "duration": rf"(?:for|lasting) {_HEDGE}(?:the (?:last|past) )?(?:{number} )?(?:more )?{unit}\b(?! old)",
        "vague": rf"(?:{_either(t['vague'])})(?! (?:of|than|{follows})\b)",
    }


def _hours() -> dict[str, str]:
    """Days counted from the day of publication by name, and parts of a day."""
    part = rf"(?:{_either(load('times')['parts_of_day'])})"
    when = _maybe("earlier, later, late, early, until, since, by, from, as of, at dawn, at noon, at midnight")
    hour = (
        r"(?:\d{1,4}(?:[:.]\d\d)? ?(?:am|pm|a\.m\.?|p\.m\.?)(?!\w)"
        r"|\d{1,2}:\d\d(?:\:\d\d)?(?: ?(?:gmt|utc|local time))?|\d{4} (?:gmt|utc))"
    )
    day = "the day before yesterday|the day after tomorrow|today|yesterday|tomorrow|tonight|last night"
    early = r"(?:very )?(?:early|late|small|wee)(?: (?:hours|part))? (?:of )?(?:the )?"
    return {
        "today": rf"{when}(?:{day}|this (?:early |late )?{part})\b{_OWN}(?: (?:early |late )?{part}s?\b)?",
        "overnight": r"overnight\b",
        "clock": rf"{_LEAD}{_maybe('about, around, approximately, nearly')}{hour}",
        "daypart": rf"{_LEAD}{_SHIFT}(?:the )?{early}(?:{part}|day)(?: hours)?(?: (?:of|on))?"
        r"|(?:on|in|at|by|until|before|after|since|during|around|from|through) (?:about |around )?(?:the )?"
        rf"{part}(?: hours)?\b(?: (?:of|on)\b)?"
        r"|(?:in |during )?the (?:early|late|first|final|last) hours(?: of)?(?: the)?",
    }


@cache
def core() -> dict[str, tuple[Grammar, ...]]:
    """Core word -> the kinds it can be the core of, in the order of trial: the longer reading first."""
    t, patterns = load("times"), grammars()
    out: dict[str, tuple[Grammar, ...]] = {}

    def put(words: Iterable[str], kinds: str) -> None:
        for w in words:
            out[w] = tuple((k, patterns[k]) for k in dict.fromkeys([*(k for k, _ in out.get(w, ())), *kinds.split()]))

    put([*t["weekdays"], *(w + "s" for w in t["weekdays"])], "date weekday")
    put([*t["months"], *(w + "s" for w in t["months"] if len(w) > 4), *t["month_abbreviations"]], "date month")
    put(["<year>"], "date year")
    put(t["seasons"], "season")
    put([u + s for u in t["units"] for s in ("", "s")], "today ago window calendar daypart duration")
    put(t["parts_of_day"], "today daypart")
    put(["today", "yesterday", "tomorrow", "tonight"], "today")
    put(["<clock>", "am", "pm", "m", "gmt", "utc"], "clock")
    put(["overnight"], "overnight")
    put([phrase.split()[-1] for phrase in t["vague"]], "vague")
    return out


@cache
def glue() -> frozenset[str]:
    """Words that can stand before the core word inside an expression."""
    t = load("times")
    said = t["glue"].split()
    return frozenset(said).union(small(), t["weekdays"], t["month_abbreviations"], t["months"])
