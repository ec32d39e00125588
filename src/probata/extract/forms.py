"""Word forms: from the base forms of the vocabulary to the forms that text uses, and back."""

from __future__ import annotations

from functools import cache

from probata.vocab import load

_VOWELS = "aeiou"


def verb_forms(base: str) -> set[str]:
    """All written forms of a verb: base, -s, -ing, past and participle, with the irregular ones of verbs.yml."""
    given = set(_irregular().get(base, ()))
    forms = {base, *given}
    if base.endswith("e"):
        forms |= {base + "s"} | ({base[:-1] + "ing"} if not any(g.endswith("ing") for g in given) else set())
        past = base + "d"
    elif base.endswith("y") and base[-2] not in _VOWELS:
        forms |= {base[:-1] + "ies", base + "ing"}
        past = base[:-1] + "ied"
    else:
        s = "es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s"
        forms |= {base + s} | ({base + "ing"} if not any(g.endswith("ing") for g in given) else set())
        past = base + "ed"
    if not any(not g.endswith("ing") for g in given) or base in ("burn", "hang", "beat"):
        forms.add(past)
    return forms


def noun_forms(base: str) -> set[str]:
    """Singular and plural of a noun."""
    irregular = {"life": "lives", "body": "bodies", "child": "children", "woman": "women", "man": "men"}
    if base in irregular:
        return {base, irregular[base]}
    if base.endswith("man"):
        return {base, base[:-3] + "men"}
    if base.endswith("y") and base[-2] not in _VOWELS:
        return {base, base[:-1] + "ies"}
    if base.endswith(("s", "sh", "ch", "x")):
        return {base, base + "es"}
    return {base, base + "s"}


@cache
def _irregular() -> dict[str, list[str]]:
    table: dict[str, list[str]] = load("verbs")["irregular"]
    return table
