"""Lines: what a single line of a report looks like, by its own words alone."""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache

from probata.acquire import datelines
from probata.vocab import load

_LONG = 180  # characters; a line this long without a full stop is still prose
_SENTENCE = re.compile(r"(?:[.!?:;][\"”’'»)\]]*|[\"”»])$")
_CUT = re.compile(r"(?:…|\.\.\.)$")
_ADDRESS = re.compile(r"(?:(?:https?://|www\.|pic\.twitter|@|#)\S*\s*)+$", re.IGNORECASE)
_BULLET = re.compile(r"(?:[-–—•*●▪·]|\(?\d{1,3}[.)])\s")
_INITIALS = re.compile(r"[A-Z]{1,5}\s?/\s?[\w.]{1,20}$|[A-Z]{2,8},\s?[A-Z][a-z]+$")
_STAMP = re.compile(
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?\s\d{1,2},\s)?\d{1,2}:\d\d\s?(?:[ap]m)?(?:\s(?:utc|gmt))?$"
    r"|\d+\s(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\sago$|.{0,200}\d{1,2}:\d\d\s(?:am|pm)\s(?:utc|gmt)\b.{0,20}$",
    re.IGNORECASE,
)  # fmt: skip
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LETTER = re.compile(r"[^\W\d_]")
_CONTRIBUTED = re.compile(r"contributed to this (?:report|story|article)\.?$", re.IGNORECASE)
_LABEL = re.compile(r"(?:read more|read also|also read|see also|watch|related|more)\s?:\s", re.IGNORECASE)


class Look(Enum):
    """What a line looks like, before its neighbours are asked."""

    SENTENCE = auto()  # prose
    HEADLINE = auto()  # words without a full stop: a heading, a headline of another article, a name
    BULLET = auto()
    CAPTION = auto()
    BY_LINE = auto()
    DATE_LINE = auto()
    MENU = auto()
    RELATED = auto()  # opens a list of other articles
    RESIDUE = auto()


def look(line: str) -> Look:
    """What a line without surrounding white space looks like. Cost is linear in its length, and small for long ones."""
    if len(line) > 1000:
        return Look.SENTENCE
    folded = line.casefold().rstrip(" :")
    v = _vocabulary()
    if folded in v.related or _LABEL.match(line):
        return Look.RELATED
    if folded in v.menu or _ADDRESS.match(line) or _STAMP.match(line) or not _LETTER.search(line):
        return Look.MENU if folded in v.menu else Look.RESIDUE
    if _is_boilerplate(folded, v.boilerplate) or _foreign(line):
        return Look.RESIDUE
    if v.picture.search(line):
        return Look.CAPTION
    if v.by.match(line) or line in v.agencies or _INITIALS.match(line) or _CONTRIBUTED.search(line):
        return Look.BY_LINE
    if _is_date(line):
        return Look.DATE_LINE
    if _BULLET.match(line):
        return Look.BULLET
    words = line.count(" ") + 1
    if _CUT.search(line):
        return Look.HEADLINE if len(line) <= _LONG else Look.SENTENCE
    if (words >= (6 if line[-1] in ":;" else 4) and _SENTENCE.search(line)) or len(line) > _LONG:
        return Look.SENTENCE
    return Look.HEADLINE


def _is_boilerplate(folded: str, phrases: tuple[str, ...]) -> bool:
    """One phrase decides a short line; in a long one, which may be a report's only line, it takes three."""
    found = sum(phrase in folded for phrase in phrases)
    return found >= (1 if len(folded) <= _LONG + 60 else 3)


def _is_date(line: str) -> bool:
    if len(line) > 120:
        return False
    if datelines.empty_label(line) == len(line):
        return True
    found = datelines.at_head(line)
    return found is not None and not line[found.end :].strip(" .|-–—")


def _foreign(line: str) -> bool:
    """Whether most letters are of another script than the report's, which is Latin wherever claims are read."""
    if line.isascii():
        return False
    letters = len(_LETTER.findall(line))
    return letters >= 4 and len(_LATIN.findall(line)) * 2 < letters


class _Vocabulary:
    """The page vocabulary in the form that lines are compared with."""

    def __init__(self) -> None:
        page = load("page")
        self.menu = frozenset(str(w).casefold() for w in page["menu"])
        self.related = frozenset(str(w).casefold() for w in page["related"])
        self.agencies = frozenset(page["agencies"])
        self.boilerplate = tuple(str(w).casefold() for w in page["boilerplate"])
        by = "|".join(re.escape(w) for w in sorted(page["by"], key=len, reverse=True))
        # a by-line is short and has no verb of a sentence: names, commas, "in", "and"
        self.by = re.compile(
            rf"\(?(?i:{by})\s(?:[A-Z][\w.’'-]*|and|in|of|the|de|al|el|for|[,;/&])(?:[^.!?]|(?<=\b[A-Z])\.){{0,160}}\)?\.?$"
        )
        words = "|".join(re.escape(w) for w in sorted(page["picture"], key=len, reverse=True))
        self.picture = re.compile(
            rf"[(\[](?:[^()\[\]]{{0,60}}\b)?(?i:{words})\b[^()\[\]]{{0,60}}[)\]]\.?$"  # (Photo: name)
            rf"|^(?i:file photo|photo|image|picture|caption)\s?[:|]"
            rf"|[/–—-]\s?(?i:image source|photo|file photo|archive)\b[^.]{{0,60}}$"
            rf"|[–—/-]\s?[A-Z][\w ]{{2,30}}/(?i:archive|file)$"
            rf"|\b[Cc]redit: [A-Z][^.]{{1,40}}$"
            rf"|[/–—]\s?(?:AFP|Reuters|REUTERS|AP|Getty Images)$"
        )


@cache
def _vocabulary() -> _Vocabulary:
    return _Vocabulary()
