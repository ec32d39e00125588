"""What grouping knows about words, compiled once from vocab/link.yml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from probata.vocab import load
from probata.vocab.partynames import either
from probata.vocab.placewords import words as place_words


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Families by type, means by word, words of sums, agencies, words that tell nothing."""

    family: dict[str, str]
    means: dict[str, str]
    any_means: re.Pattern[str]
    toll: re.Pattern[str]
    credits: re.Pattern[str]
    common: frozenset[str]
    place_words: frozenset[str]


@cache
def words() -> Words:
    """The vocabulary of grouping."""
    table = load("link")
    means = {w: kind for kind, listed in table["means"].items() for w in listed}
    return Words(
        family={t: family for family, types in table["families"].items() for t in types},
        means=means,
        any_means=re.compile(rf"\b({either(means)})"),
        toll=re.compile(rf"\b(?:{either(table['toll'])})\b", re.IGNORECASE),
        credits=re.compile(rf"\b({either(table['credits'])})\b", re.IGNORECASE),
        common=frozenset(table["common"]),
        place_words=frozenset(_kinds()),
    )


def _kinds() -> set[str]:
    v = place_words()
    return {*v.directions, *v.prefixes, *"the al el in of near town city village province".split()}
