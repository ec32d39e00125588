"""Frames: verbs that state an act of a type only with the right object. "Shot down a drone" kills nobody."""

from __future__ import annotations

from collections.abc import Callable

from probata.extract.acts.triggers import VERB, Trigger, lexicon
from probata.extract.kinds import table
from probata.extract.sentences import Sentence

_FLIES = frozenset(
    "helicopter helicopters plane planes jet jets aircraft warplane warplanes drone drones missile missiles rocket "
    "rockets uav chopper gunship projectile projectiles".split()
)
_ORDERS = frozenset({"mission", "plan", "plans", "order", "orders"})
_STRIKES = frozenset({"core", "campaign", "battle"})
_CREDIT = frozenset({"responsibility", "credit"})
_LIVES = frozenset({"life", "lives", "people", "members"})
_ALIVE = frozenset({"person", "armed"})
_HURT = frozenset("wounded injured hurt injuries injury unconscious burned maimed disabled paralysed".split())
_WANT = frozenset(
    "malnutrition hunger starvation shortage shortages lack loss losses casualties defeat defeats setback".split()
)
_OBJECTS = frozenset({"dobj", "nsubjpass", "oprd", "ccomp", "acomp"})
_NONE: frozenset[str] = frozenset()


def is_unfit(s: Sentence, t: Trigger) -> bool:
    """Whether the object of a verb shows that it does not state an act of this type."""
    rule = _FRAMES.get((t.type, t.lemma)) if t.part == VERB else None
    return rule is not None and rule(s, t.at)


def _objects(s: Sentence, at: int) -> list[int]:
    found = [k for k in s.kids[at] if s.deps[k] in _OBJECTS]
    if s.deps[at] in ("acl", "relcl") and not any(s.deps[k] == "dobj" for k in s.kids[at]):
        found.append(s.heads[at])
    return found


def _flies(s: Sentence, at: int) -> bool:
    return any(s.low[k] in _FLIES for k in _objects(s, at))


def _carries_out(s: Sentence, at: int) -> bool:
    nouns = lexicon().as_noun
    return any(
        s.low[k] in _ORDERS or any(e.type == "attack" and e.group in _STRIKES for e in nouns.get(s.low[k], ()))
        for k in _objects(s, at)
    )


def _takes_credit(s: Sentence, at: int) -> bool:
    return any(s.low[k] in _CREDIT for k in _objects(s, at))


def _loses_things(s: Sentence, at: int) -> bool:
    found = _objects(s, at)
    return bool(found) and not any(
        k in s.numbers or s.low[k] in _LIVES or table().get(s.low[k], _NONE) & _ALIVE for k in found
    )


def _leaves_nobody_hurt(s: Sentence, at: int) -> bool:
    return _HURT.isdisjoint(s.low[at + 1 : s.edges(at)[1] + 1])


def _wants(s: Sentence, at: int) -> bool:
    return any(s.low[k] in _WANT for k in _objects(s, at))


_FRAMES: dict[tuple[str, str], Callable[[Sentence, int], bool]] = {
    ("killing", "shoot"): _flies,
    ("killing", "execute"): _carries_out,
    ("killing", "claim"): _takes_credit,
    ("killing", "lose"): _loses_things,
    ("injury", "leave"): _leaves_nobody_hurt,
    ("injury", "suffer"): _wants,
    ("injury", "sustain"): _wants,
}
