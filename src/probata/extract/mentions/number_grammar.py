"""The grammar of number phrases: figures and number words with their qualifiers, and quantities without a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from probata.extract.mentions.figures import scales, small
from probata.extract.mentions.scan import Grammar
from probata.vocab import load


def either(words: Iterable[str]) -> str:
    """A pattern that takes any of the words, the longest first."""
    return "|".join(re.escape(w).replace(r"\ ", " ") for w in sorted(words, key=len, reverse=True))


@cache
def pattern() -> re.Pattern[str]:
    """The pattern of one number phrase; groups: q qualifier, n figure, n2 upper end, more, share, ordinal, vague."""
    table = load("numbers")
    words = either([*small(), *scales(), "dozens", "hundreds"])
    scale = either(scales())
    spaced = "[1-9]\\d{0,2}(?:[ \u00a0\u202f]000)+(?![,\\d])"  # "200 000": only round thousands are surely one figure
    digits = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?![,\d])|{spaced}|\d+(?:\.\d+)?)(?:[ -](?:{scale})\b|(?:m|mn|bn|k)\b)*"
    more = rf"(?:(?:(?<=hundred) and|(?<=thousand) and|(?<=million) and)?[ -](?:{words})\b| and a half (?:{scale})\b)*"
    spelled = (
        rf"(?:(?:half|(?:an? |three )?quarters?(?: of)?) an? |an? couple of |an? |half )(?:{scale})\b{more}"
        rf"|an? (?:couple|pair)\b|(?:{either(small())}|hundred|thousand)\b{more}"
    )
    number = f"(?:{digits}|{spelled})"
    amount = either(table["amounts"])
    vague = (
        r"(?:many |several )?(?:tens|dozens|scores|hundreds|thousands) of (?:thousands|millions)"
        r"|(?:several|many|a few|some) (?:hundred|thousand|dozen|million)s?"
        rf"|an? (?:very )?(?:{amount}) number(?:[\u201d\u2019\x22]? of)?"
        rf"|a number of|(?:{amount}) numbers of|{either(table['vague'])}"
    )
    share = (
        r"(?<!and a )half(?= (?:of|the|its|their|his|our|that|this|those|all)\b|\W*$)"
        r"|(?<=than )half|(?<=nearly )half|(?<=almost )half"
        r"|(?:an? |one |two |three |four |one-|two-|three-|one of )(?:third|quarter|fifth)s?(?= of(?! an? [mb]illion))"
        rf"|(?:\d+|{either(small())}) (?:in|out of) (?:every )?(?:three|four|five|six|ten|\d+)(?= [a-z]+(?:s|n|ple)\b)"
    )
    qualifier = either(q for phrases in table["qualifiers"].values() for q in phrases)
    qualified = rf"(?:(?P<q>{qualifier}) (?:(?:about|around|some|an estimated|approximately|another) )?)?"
    second = rf"(?: ?[-–] ?| to | or |(?(between) and |(?!)))(?P<n2>{number})"
    figure = rf"(?P<between>between )?(?P<n>{number})(?:{second})?(?P<more>\+| or more\b|-plus\b| or so\b)?"
    return re.compile(
        r"(?<![\w./+#-])(?<!\d[,:])"
        rf"{qualified}(?:(?P<share>{share})(?!\w)"
        rf"|(?:(?P<ordinal>\d+(?:st|nd|rd|th)\b)|{figure})(?!(?!(?:mm|cm|km|kg|pm|am)\b)\w|[.,:/]\d)"
        rf"|(?P<vague>{vague})(?!\w))",
        re.IGNORECASE,
    )


@cache
def core() -> dict[str, tuple[Grammar, ...]]:
    """The words that a number phrase is built around."""
    grammar: tuple[Grammar, ...] = (("number", pattern()),)
    heads = {phrase.split()[phrase.startswith("a ")] for phrase in load("numbers")["vague"]}
    said = "half third thirds quarter quarters fifth fifths number numbers couple pair <figure> <year> <clock>"
    return dict.fromkeys({*small(), *scales(), *heads, *said.split()}, grammar)


@cache
def glue() -> frozenset[str]:
    """Words that can stand before the core word inside a number phrase."""
    table = load("numbers")
    said = {w.strip(".") for phrases in table["qualifiers"].values() for q in phrases for w in q.split()}
    return frozenset(said.union(table["amounts"], small(), "a an the between half some another very".split()))
