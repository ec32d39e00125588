"""Victim groups: what the words of the victims say they are (child, civilian, combatant ...), never more."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from probata.extract.forms import noun_forms
from probata.vocab import load

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_CUT = re.compile(
    r"\s(?:of|from|in|at|on|near|who|which|that|with|to|under|for|by|aged|fighting|backing|loyal|including|belonging|backed|"
    r"holding|living|trying|fleeing|taking|south|north|east|west|around|outside|inside|among|as)\s|[“\",;]"
)
_JOIN = re.compile(r"\s(?:and|or|as well as)\s|,\s|/")
_HARM = frozenset({"", "killing", "injury", "casualties", "detention", "ill_treatment", "forced_recruitment"})
_TRADES = frozenset({"medical", "aid_worker", "journalist", "rescuer"})
_LEFT_HOME = re.compile(r"\b(?:displaced|evacuated|uprooted)\b")
_BRACKETS = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class _Words:
    heads: dict[str, tuple[str, ...]]
    before: dict[str, str]
    names: dict[str, str]
    people: frozenset[str]
    workers: frozenset[str]
    member: frozenset[str]
    forces: frozenset[str]
    unless_before: frozenset[str]
    not_of: frozenset[str]
    quantities: re.Pattern[str]


@cache
def _words() -> _Words:
    table = load("groups")
    heads: dict[str, list[str]] = {}
    before: dict[str, str] = {}
    names: dict[str, str] = {}
    for group, entry in table["groups"].items():
        for word in entry["heads"]:
            for form in noun_forms(word):
                heads.setdefault(form, []).append(group)
        before |= dict.fromkeys(entry["before"], group)
        names |= dict.fromkeys(entry.get("names", ()), group)

    def forms(words: Iterable[str]) -> frozenset[str]:
        return frozenset(f for w in words for f in noun_forms(w))

    armed = table["groups"]["combatant"]
    return _Words(
        {k: tuple(v) for k, v in heads.items()},
        before,
        names,
        forms(table["people"]),
        forms(table["workers"]),
        forms(table["member"]),
        forms(armed["forces"]),
        frozenset(armed["unless_before"]),
        frozenset(armed["not_of"]),
        re.compile(rf"\b(?:{'|'.join(sorted(forms(table['quantities'])))}|\d[\d,]*)\W{{0,2}}of\s|\bat least\s"),
    )


def groups_of(phrases: Iterable[str], act: str = "") -> tuple[str, ...]:
    """The groups that target phrases ("nine children", "rebel fighters") put their people in, in the order met.

    `act` is the claim type, if known: an armed force is a victim group where people are harmed, not where it loses
    ground. General words ("people", "residents", "a family") give no group, and a place or thing never does.
    """
    out: dict[str, None] = {}
    for phrase in phrases:
        out |= dict.fromkeys(_groups(phrase[:300], act))
    return tuple(out)


@lru_cache(maxsize=4096)
def _groups(phrase: str, act: str) -> tuple[str, ...]:
    out: dict[str, None] = {}
    for part in _JOIN.split(_BRACKETS.sub("", phrase)):
        out |= dict.fromkeys(_part(part, act))
    return tuple(out)


def _part(part: str, act: str) -> list[str]:
    w = _words()
    low = part.lower().strip(" .")
    for name, group in w.names.items():
        if name in low:
            return [group]
    if m := w.quantities.search(low):  # "dozens of civilians" are civilians
        low = low[m.end() :]
    core = _CUT.split(low, maxsplit=1)[0]
    words = _WORD.findall(core)
    rest = low[len(core) :]
    if not words:
        return []
    head, before = words[-1], words[:-1]
    found = w.heads.get(head) or w.heads.get(head.rpartition("-")[2], ())
    out: list[str] = []
    if found or head in w.people or head in w.workers:
        out = _before(before, head in w.workers)
    if not w.unless_before.isdisjoint(before):
        return out
    out += [g for g in found if g not in out and not (g == "man" and "combatant" in out)]  # "armed men"
    if head in w.forces and act in _HARM:
        out.append("combatant")
    if not out and head in w.member and act in _HARM and _armed_body(rest):
        out.append("combatant")
    if not out and head in w.people and _LEFT_HOME.search(rest):
        out.append("displaced")
    return out


def _before(words: list[str], worker: bool) -> list[str]:
    """The groups that the words before a head give: "male civilians", "medical staff". Trades only before a worker."""
    out: list[str] = []
    table = _words().before
    for i, word in enumerate(words):
        group = table.get(word)
        if group is None or group in out or (group in _TRADES and not worker):
            continue
        if word == "old" and i and words[i - 1].startswith("year"):
            continue
        out.append(group)
    return out


def _armed_body(rest: str) -> bool:
    """Whether "of ..." after "members" names a body that is not known to be a civil one."""
    words = _WORD.findall(rest)
    return len(words) > 1 and words[0] == "of" and words[1] != "one" and _words().not_of.isdisjoint(words)
