"""Error pages that claim success: notices of a site that a crawler is given in place of the article."""

from __future__ import annotations

import re
from functools import cache

from probata.acquire.datelines import folded
from probata.vocab import load

LONGEST = 2_000  # characters of text; an article about a "page not found" is longer
_PARTS = re.compile(r"\s+[|–—·•:-]+\s+|\s*[|–—·•]\s*")


def is_error(title: str | None, text: str) -> bool:
    """Whether a page is such a notice: its whole title, or a part beside the site's name, is one, and it is short.

    A single word counts only as the whole title: "Blocked - aid convoys to Tarqa" is a headline.
    """
    if not title or len(text) > LONGEST:
        return False
    parts = (part for part in _PARTS.split(title) if len(part.split()) > 1 or part.strip().isdecimal())
    return any(folded(part) in _titles() for part in (title, *parts))


@cache
def _titles() -> frozenset[str]:
    return frozenset(folded(str(words)) for words in load("errorpages")["titles"])
