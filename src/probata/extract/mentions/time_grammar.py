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


@cache
def grammars() -> dict[str, re.Pattern[str]]:
    """The pattern of each kind of time expression."""
    t = load("times")
    weekday = rf"(?:{_either(t['weekdays'])})"
    short_day = r"(?:mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\.?"
    full = [m for m in t["months"] if m not in ("may", "march")]
    short = _either(t["month_abbreviations"])
    month = rf"(?:(?:{_either(t['months'])})|(?:{short})\b\.?)"
    # "may" and "march" are verbs too: as a bare month they need a capital and a preposition before them
    sure = rf"(?:{_either(full)})\b(?:[’']?s\b)?|(?-i:May|March)\b"
    year = r"(?:19[5-9]\d|20[0-3]\d)(?!\d|[.,]\d)"
    ordinal = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%]|[.,:]\d)"
    season = rf"(?:{_either(t['seasons'])})"
    unit = rf"(?:{_either(t['units'])})s?"
    part = rf"(?:{_either(t['parts_of_day'])})"
    number = (
        rf"(?:an?|the|several|a few|few|some|many|a couple of|couple of|half an?|\d+(?:\.\d+)?|{_either(small())})"
        rf"(?:[ -](?:{_either(small())}))?"
    )
    hedge = r"(?:(?:about|around|nearly|almost|more than|less than|over|at least|only|just|approximately|some|up to|well over) )?"
    phase = r"(?:(?:the )?(?:early|late|mid|middle|beginning|start|end|first half|second half)(?:-| (?:in|of|the|in the|of the) | on |-to-late |-to-mid | ))?"
    when = r"(?:(?:shortly |just |only |right |early |late |as early as |as late as )?(?:on|in|at|since|until|till|by|from|before|after|during|over|within|throughout|between|around|through|as of|back in|for) )?"
    must = r"(?:(?:early |late )?(?:in|since|until|till|during|throughout|by|before|after|from|back in|between|as of) )"
    shift = r"(?:(?:last|this|next|the|the following|the previous|the same|that|this past|this coming|early|late|earlier|later) )?"
    tail = rf"(?: (?:early |late )?(?:{part}|night)s?\b)?"
    day_date = (
        rf"(?:(?:{weekday}|{short_day}),? (?:the )?)?"
        rf"(?:(?:the )?{ordinal}(?: ?(?:[-–]|to|and) ?{ordinal})? ?(?:of )?{month},?(?: ?(?:of )?{year})?"
        rf"|{month} ?(?:\d\d{year}|{ordinal}(?: ?(?:[-–]|to|and) ?{ordinal})?(?:,? {year})?))"
    )
    clock = (
        r"(?:\d{1,4}(?:[:.]\d\d)? ?(?:am|pm|a\.m\.?|p\.m\.?)(?!\w)|\d{1,2}:\d\d(?:\:\d\d)?(?: ?(?:gmt|utc|local time))?|\d{4} (?:gmt|utc))"
    )
    kinds = {
        "date": rf"{when}(?:\d{{4}}-\d\d-\d\d(?!\d)|\d{{1,2}}(?P<mark>[/.-])\d{{1,2}}(?P=mark)(?:19|20)\d\d(?!\d)|{day_date}){tail}",
        "clock": rf"{when}(?:about |around |approximately |nearly )?{clock}",
        "daypart": rf"{when}{shift}(?:the )?(?:(?:very )?(?:early|late|small|wee)(?: (?:hours|part))? (?:of )?)(?:the )?(?:{part}|day)(?: hours)?(?: (?:of|on))?"
        rf"|(?:on|in|at|by|until|before|after|since|during|around|from|through) (?:about |around )?(?:the )?(?:{part}|night)(?: hours)?\b(?: (?:of|on)\b)?"
        r"|(?:in |during )?the (?:early|late|first|final|last) hours(?: of)?(?: the)?",
        "today": rf"(?:earlier |later |late |early |until |since |by |from |as of )?(?:the day before yesterday|the day after tomorrow|today|yesterday|tomorrow|tonight|last night|this (?:{part}))\b(?:[’']?s\b)?{tail}",
        "overnight": r"overnight\b",
        "weekday": rf"{when}{shift}{weekday}s?\b(?:[’']s\b)?{tail}",
        "month": rf"{when}{phase}(?:(?:last|this|next) )?(?:(?:{month}) (?:of )?{year}|{sure})"
        rf"|(?:in|since|until|by|during|last|late|early) (?:{short})\b\.?(?= ?\d{{4}}|[,.;]|$)(?: ?{year})?",
        "season": rf"{when}{phase}(?:the )?(?:(?:last|this|next) {season}|{season}(?: of)? {year}|(?<=in the ){season}|(?<=during the ){season}|(?<=since the ){season})",
        "year": rf"{must}(?:the )?(?:{phase}(?:the year )?)?{year}(?:(?: ?[-–] ?| and | to | or ){year}(?!-))?|(?:mid|early|late)[- ]{year}|(?:the )?(?:end|beginning|start|middle) of (?:the year )?{year}",
        "calendar": rf"{when}{phase}(?:earlier |later )?(?:last|this|next|the (?:previous|following|same|next|past|current|coming)|that|the) (?:very |same )?(?:day|week|weekend|month|year|decade)(?:[’']?s)?\b(?! (?:of|after|before)\b|-)",
        "ago": rf"{hedge}(?:{number}[ -]{unit}|(?:minute|hour|day|week|month|year)s) (?:ago|earlier|before|later|after|afterwards|beforehand|previously|prior)\b",
        "window": rf"{when}{hedge}(?:the |these )?(?:last|past|previous|next|coming|preceding|recent|latest|following|first) {hedge}(?:{number} )?(?:{unit})\b(?: and a half\b|[’']s\b)?"
        rf"|(?:in|within) (?:just |only |less than |under )?(?!the ){number}[ -](?:{unit})\b(?! (?:ago|old))",
        "duration": rf"(?:for|lasting) {hedge}(?:the (?:last|past) )?(?:{number} )?(?:more )?{unit}\b(?! old)",
        "vague": rf"(?:{_either(t['vague'])})(?! (?:of|than|\d+|few|several|couple|{unit}|{_either(small())}|{month})\b)",
    }
    return {k: re.compile(rf"(?<![\w.,/-])(?:{p})(?![\w-])", re.IGNORECASE) for k, p in kinds.items()}


@cache
def core() -> dict[str, tuple[Grammar, ...]]:
    """Core word -> the kinds it can be the core of, in the order of trial: the longer reading first."""
    t, out, patterns = load("times"), {}, grammars()

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
    said = (
        "on in at since until till by from before after during over within throughout between around through as of back for "
        "shortly just only right early late earlier later mid middle beginning start end first second half very small wee "
        "the last this next following previous same that past coming preceding recent latest these those an a several few "
        "some many couple about nearly almost more than less least approximately up to well lasting hours day days year "
        "and st nd rd th mon tue tues wed thu thurs fri sat sun so thus far now present then p round each every daily once "
        "multiple various numerous <figure> <year> near small under"
    )
    return frozenset(said.split()) | set(small()) | set(t["weekdays"]) | set(t["month_abbreviations"]) | set(t["months"])
