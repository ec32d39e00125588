"""Figures: the low, best and high that a counting rule reads from the count of one claim."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from probata.assess.parties import pattern
from probata.extract.mentions.figures import scales
from probata.extract.mentions.numbers import find_numbers
from probata.model.assessment import Figure, Measure
from probata.model.claim import Claim, ClaimType, Count
from probata.vocab import load

MEASURES = {
    ClaimType.KILLING: Measure.KILLED,
    ClaimType.INJURY: Measure.INJURED,
    ClaimType.CASUALTIES: Measure.CASUALTIES,
    ClaimType.BODIES_FOUND: Measure.BODIES,
}
_BETWEEN = 2  # the middle of two bounds, the lower if there are two


def figure(claim: Claim) -> Figure | None:
    """The figure of a claim about dead or wounded people; None for claims of any other type.

    A claim without a number gives an open figure: at least one person, since it speaks of people harmed. The killing
    whose words only imply death (burned, shot) starts at 0.
    """
    measure = MEASURES.get(claim.type)
    if measure is None:
        return None
    table = _table()
    words = claim.count.span.text if claim.count else ""
    rule, n, low_said, high_said = _read(claim.count)
    spec = table["rules"][rule if rule in table["rules"] else "vague"]
    low, best, high = (_bound(spec[end], n, low_said, high_said) for end in ("low", "best", "high"))
    if claim.count and claim.count.best is not None:
        best = claim.count.best
    implied = measure is Measure.KILLED and death_is_implied(claim)
    return Figure(
        claim=claim.id,
        measure=measure,
        words=words,
        low=0 if implied else low,
        best=best,
        high=high,
        rule=rule,
        stated=n if n is not None else (low_said if low_said is not None else high_said),
        imputed=bool(spec.get("imputed")),
        implied=implied,
    )


def rules_of(fig: Figure) -> tuple[str, ...]:
    """The ids of the rules that made a figure."""
    return (fig.rule, str(_table()["implied_death_rule"])) if fig.implied else (fig.rule,)


def death_is_implied(claim: Claim) -> bool:
    """Whether a killing's own words name what was done to people ("burned") and never say that they died."""
    said, implied = _death_words()
    words = f"{claim.evidence.text} {claim.method.span.text if claim.method else ''}".lower()
    return bool(implied.search(words)) and not said.search(words)


def _read(count: Count | None) -> tuple[str, int | None, int | None, int | None]:
    """Rule, figure n, and the bounds as said."""
    if count is None:
        return "no-number", None, None, None
    low, high, words = count.low, count.high, count.span.text
    rule = count.rule if count.rule in _table()["rules"] else _rule_of_words(words, low, high)
    if low is None and high is None:
        n = _vague(words)
        return ("unbounded-words" if n is None else f"vague-{_vague_word(words)}"), n, None, None
    if low is not None and high is not None and low > high:
        low, high = high, low
    if rule in ("n", "sum", "about-n") and low != high:
        rule = "range" if low is not None and high is not None else "at-least-n" if low is not None else "up-to-n"
    if rule in ("at-least-n", "more-than-n") and low is None or rule in ("nearly-n", "up-to-n") and high is None:
        rule = "up-to-n" if low is None else "at-least-n"
    n = high if rule in ("nearly-n", "up-to-n", "fewer-than-n") else low
    if rule == "range" and (low is None or high is None):
        rule, n = ("at-least-n", low) if low is not None else ("up-to-n", high)
    return rule, n, low, high


def _rule_of_words(words: str, low: int | None, high: int | None) -> str:
    """The rule for a count that names none, as a record coded by hand: from its words, else from its bounds."""
    for number in find_numbers(words, 0, len(words)):
        if number.rule in _table()["rules"] and number.rule != "range" and (number.low, number.high) == (low, high):
            return number.rule
    if low is not None and high is not None:
        return "n" if low == high else "given-bounds"
    return "at-least-n" if low is not None else "up-to-n"


def _bound(spec: str | int, n: int | None, low: int | None, high: int | None) -> int | None:
    """What one entry of a rule (n, 0.95n, n-1, low, middle, high, open, or a figure) comes to."""
    if isinstance(spec, int):
        return spec if n is None else min(spec, n)
    if spec == "open" or n is None:
        return None
    if spec in ("n", "vague"):
        return n
    if spec == "n-1":
        return max(n - 1, 0)
    if spec == "low":
        return low
    if spec == "high":
        return high
    if spec == "middle":
        return (low + high) // _BETWEEN if low is not None and high is not None else low
    share = float(spec.removesuffix("n"))
    return min(int(n * share), n - 1 if n else 0) if share < 1 else -int(-n * share // 1)


def _vague(words: str) -> int | None:
    """The least that "dozens" or "tens of thousands" can mean by the codebooks; None for words with no floor."""
    low = words.lower()
    vague: dict[str, int] = _table()["vague"]
    found = [vague[w] for w in _vague_words().findall(low)]
    found += [scales()[w] for w in re.findall(r"[a-z]+", low) if w in scales() and w != "score"]
    if not found:
        return None
    product = 1
    for value in found:
        product *= value
    return min(product, 10_000_000)


def _vague_word(words: str) -> str:
    found = _vague_words().findall(words.lower())
    return "-of-".join(w.replace("a ", "") for w in found) or "scale"


@cache
def _table() -> dict[str, Any]:
    return load("counting")


@cache
def _vague_words() -> re.Pattern[str]:
    return pattern(_table()["vague"])


@cache
def _death_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = _table()
    return tuple(  # type: ignore[return-value]
        re.compile(rf"\b(?:{'|'.join(map(re.escape, table[name]))})") for name in ("says_death", "implies_death")
    )
