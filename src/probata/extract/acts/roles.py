"""Roles: which phrases of the sentence are agent, target, method and place of an act, and which number counts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from probata.extract.acts.features import kind_of, path, voice
from probata.extract.acts.rolefeatures import beside, describe, ranks, role_features
from probata.extract.acts.triggers import Trigger
from probata.extract.phrases import Phrase
from probata.extract.sentences import Sentence

ROLES = ("agents", "targets", "method")
EXTENTS = ("core", "reach", "chain", "long", "pair")


@dataclass(slots=True)
class Option:
    """A phrase beside a trigger with its features."""

    phrase: Phrase
    features: list[str]


def options(
    s: Sentence,
    t: Trigger,
    found: Sequence[Phrase],
    places: Sequence[tuple[int, int]],
    speaker: tuple[int, int] | None,
    evidence: tuple[int, int] = (0, 0),
    others: Sequence[tuple[int, str]] = (),
) -> Iterator[Option]:
    """Every phrase that could have a part in the act. `places`, `speaker` and `evidence` are offsets.

    `others` are the words that state other acts of the sentence, with the type.
    """
    describe(s, found)
    for p, rank in zip(found, ranks(s, t, found), strict=True):
        a, b = s.starts[p.first], s.ends[p.last]
        is_place = any(x < b and a < y for x, y in places)
        speaks = speaker is not None and speaker[0] < b and a < speaker[1]
        features = role_features(s, t, p, is_place, speaks)
        features += rank
        features += beside(s, t, p, evidence[0] <= a and b <= evidence[1], others)
        yield Option(p, features)


def extent(s: Sentence, p: Phrase, how: str) -> tuple[int, int]:
    """Offsets of a phrase: its core, with what follows by "of", or with all that is attached behind."""
    last = {"core": p.last, "reach": p.reach, "chain": p.chain, "long": p.long, "pair": p.pair}[how]
    while last > p.head and s.tags[last] in (",", ".", ":", "CC", "IN", "-LRB-", "HYPH"):
        last -= 1
    first = p.first
    if how != "core" and last > p.last:
        first = min(first, p.head)
    return s.starts[first], s.ends[last]


def extent_features(s: Sentence, t: Trigger, p: Phrase, role: str) -> list[str]:
    """Features for how much of a phrase fills the role."""
    k = kind_of(s, p.head)
    after = s.low[p.last + 1] if p.last + 1 < len(s.low) else ""
    out = [
        role,
        f"{role}.{k}",
        f"{role}.w={s.low[p.head]}",
        f"{role}>{after}",
        f"{role}.{k}>{after}",
        f"{role}.{t.type}",
    ]
    if p.reach > p.last:
        out.append(f"{role}.of.{kind_of(s, p.reach)}")
        out.append(f"{role}.of.{k}")
        if p.real != p.head:
            out.append(f"{role}.quantity")
    if p.chain > p.reach:
        out.append(f"{role}.chain.{min(3, (p.chain - p.reach) // 3)}")
        out.append(f"{role}.chain.{k}")
    if p.pair > p.last:
        out += [f"{role}.pair", f"{role}.pair.{k}", f"{role}.pair.{kind_of(s, p.pair)}.{k}"]
    if p.long > p.reach:
        next_ = s.deps[p.reach + 1] if p.reach + 1 < len(s.deps) else ""
        out.append(f"{role}.long.{min(3, (p.long - p.reach) // 3)}")
        out.append(f"{role}.long.{k}.{next_}.{after}")
        out.append(f"{role}.long.{next_}")
        if p.chain == p.long:
            out.append(f"{role}.long=chain")
    return out


def number_features(s: Sentence, t: Trigger, i: int, found: Sequence[Phrase]) -> list[str]:
    """Features of the number at word i as the count of an act."""
    n = s.numbers[i]
    T = t.type
    part = t.part + voice(s, t.at)
    way = path(s, t.at, i)
    owner = next((p for p in found if p.number == i and not p.modifier), None)
    k = kind_of(s, owner.real) if owner and owner.real != i else "alone"
    after = s.low[i + 1] if i + 1 < len(s.low) else ""
    before = s.low[i - 1] if i else ""
    near = "before" if i < t.at else "after"
    gap = min(4, abs(i - t.at) // 2)
    rank = sum(1 for j in s.numbers if min(i, t.at) < j < max(i, t.at))
    return [
        f"{part}{way}",
        f"{T}.{part}{way}",
        f"{T}.{k}.{near}",
        f"{k}.{near}{gap}",
        f"{n.kind}",
        f"{T}.{n.kind}",
        f"{T}>{after}",
        f"{T}<{before}",
        f"r{rank}{near}",
        f"{T}.r{rank}{near}",
        f"{T}.{t.group}.{near}{gap}",
        f"{k}.{n.kind}",
        f"rule={n.rule}",
        f"{k}.<{before}",
    ]
