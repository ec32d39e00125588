"""Capitalised runs: the stretches of a text that can hold a place name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŹŻŽḀ-ỿ"
_JOINED = r"(?:[aAeE]l|[aAeE][drstnz]|[aAeE]sh)-"  # the Arabic article before a hyphen
_APART = r"(?:[aAeE]l|a[drz]|e[drsz]|[ae]sh|bin|ibn|bint|abu|umm|de|del|la|du)[ ]"  # not "at", "an", "as"
_TOKEN = re.compile(
    rf"""(?:[A-Z]\.){{2,}}
    | (?<![\w@#/.])(?:St\.\ |{_APART})?(?:{_APART}|{_JOINED}|[‘’'ʿ])?[{_UPPER}]\w*(?:[-‘’'ʿ`]\w+)*[’']?""",
    re.VERBOSE,
)
_MARKS = "’'‘`"
_POSSESSIVE = re.compile(r"(?:[’'‘`]s|(?<=s)[’'])$")
LONGEST_RUN = 40  # tokens; headlines in capitals are cut into runs of this length


@dataclass(slots=True)
class Token:
    """One capitalised word with the articles before it; `end` leaves the possessive ending out."""

    start: int
    end: int
    after: int
    text: str
    low: str

    @property
    def possessive(self) -> bool:
        """Whether an "'s" follows."""
        return self.after > self.end


def runs(text: str, start: int, end: int) -> Iterator[list[Token]]:
    """Runs of capitalised words with one space between them, in order."""
    run: list[Token] = []
    for m in _TOKEN.finditer(text, start, end):
        a, b = m.span()
        word = m.group()
        if len(word) > 3 and (word[-2] in _MARKS or word[-1] in _MARKS) and (tail := _POSSESSIVE.search(word)):
            word = word[: tail.start()]
        if run and (a - run[-1].after != 1 or text[a - 1] not in " \u00a0" or len(run) == LONGEST_RUN):
            yield run
            run = []
        run.append(Token(a, a + len(word), b, word, word.lower()))
    if run:
        yield run


def title_case(text: str, at: int) -> bool:
    """Whether the line around an offset is set as a headline: most of its longer words start with a capital."""
    start = text.rfind("\n", max(0, at - 300), at) + 1 or max(0, at - 300)
    end = text.find("\n", at, at + 300)
    words = [w for w in text[start : end if end > 0 else at + 300].split() if len(w) > 3 and w[0].isalpha()]
    return len(words) > 3 and sum(w[0].isupper() for w in words) >= 0.7 * len(words)
