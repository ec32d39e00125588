"""Relations: which claims of an incident tell of the event, of a part of it, or give a figure that another replaces."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from probata.link.facts import Fact
from probata.link.near import days, places
from probata.link.scenes import Scene
from probata.model.claim import Claim, ClaimType, Stance
from probata.model.incident import Beside, Member, Relation
from probata.vocab import load

FIGURED = frozenset({ClaimType.KILLING, ClaimType.INJURY, ClaimType.CASUALTIES})


def members(group: Sequence[Scene], claims: Mapping[str, Claim], published: Mapping[str, date]) -> tuple[Member, ...]:
    """The claims of a group of scenes with their relations; `published` are the reports' days."""
    revised = _revised(group, published)
    out: list[Member] = []
    for scene in sorted(group, key=lambda s: (s.report, s.key)):
        for f in scene.facts:
            relation, reason = _relation(f, scene, claims[f.claim].evidence.text)
            if relation is Relation.EVENT and f.claim in revised:
                relation, reason = Relation.REVISED, revised[f.claim]
            out.append(Member(f.claim, relation, reason))
    return tuple(out)


def _relation(f: Fact, scene: Scene, said: str) -> tuple[Relation, str]:
    if f.stance is Stance.DENIED:
        return Relation.DENIAL, "denied"
    if f.family == "bodies":
        return Relation.STOCK, "what was found, whenever it came about"
    if scene.sums:
        return Relation.CUMULATIVE, "a sum over a longer time"
    if (whole := _whole(f, scene)) is not None:
        if cue := _cue().search(said):
            return Relation.PART, f"“{cue.group()}”: whether it is within the {whole} is not settled; never added"
        if f.means and (other := _other_means(f, scene)):
            return (
                Relation.PART,
                f"{', '.join(sorted(f.means))}, beside {', '.join(sorted(other))} of {whole}; never added",
            )
        if f.figure is not None and f is not scene.facts[0] and _speaks_of_both(f, scene):
            return Relation.PART, f"a smaller figure of the one who gives {whole}; never added"
    return Relation.EVENT, "tells of the event"


def _whole(f: Fact, scene: Scene) -> int | None:
    """The figure this claim may be a part of: the largest of its kind in its report, if not its own."""
    figures = [g.figure for g in scene.facts if g.type is f.type and g.figure is not None and not g.sums]
    if f.type not in FIGURED or not figures:
        return None
    whole = max(figures)
    return whole if f.figure is None or f.figure < whole else None


def _other_means(f: Fact, scene: Scene) -> frozenset[str]:
    """The means of the largest figure, when this claim has none of them."""
    largest = max(
        (g for g in scene.facts if g.type is f.type and g.figure is not None), key=lambda g: (g.figure or 0, -g.order)
    )
    return largest.means if largest.means and not largest.means & f.means else frozenset()


def _speaks_of_both(f: Fact, scene: Scene) -> bool:
    return any(
        g.type is f.type
        and g.speaker == f.speaker
        and g.figure is not None
        and f.figure is not None
        and g.figure > f.figure
        for g in scene.facts
    )


@cache
def _cue() -> re.Pattern[str]:
    cues = load("link")["part"]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(cues, key=len, reverse=True)))})\b", re.IGNORECASE)


def _revised(group: Sequence[Scene], published: Mapping[str, date]) -> dict[str, str]:
    """Earlier figures that the same named speaker replaced on a later day, by claim id, with the reason."""
    by_speaker: defaultdict[tuple[str, ClaimType], list[Fact]] = defaultdict(list)
    for scene in group:
        for f in scene.facts:
            if (
                f.speaker
                and f.figure is not None
                and f.report in published
                and f.stance is not Stance.DENIED
                and not scene.sums
            ):
                by_speaker[f.speaker.casefold(), f.type].append(f)
    out: dict[str, str] = {}
    for told in by_speaker.values():
        last = max(published[f.report] for f in told)
        newest = max((f for f in told if published[f.report] == last), key=lambda f: (f.figure or 0, f.claim))
        for f in told:
            if published[f.report] < last and (f.low, f.high) != (newest.low, newest.high):
                out[f.claim] = f"{f.speaker} gave {newest.figure} on {last.isoformat()}"
    return out


def beside(groups: Sequence[Sequence[Scene]], ids: Sequence[str]) -> dict[str, tuple[Beside, ...]]:
    """For each stock or sum, the events it may overlap with: of one report, with a place and days that fit."""
    at: defaultdict[str, list[tuple[str, Scene]]] = defaultdict(list)
    for name, group in zip(ids, groups, strict=True):
        for scene in group:
            at[scene.report].append((name, scene))
    out: defaultdict[str, dict[str, Beside]] = defaultdict(dict)
    for name, group in zip(ids, groups, strict=True):
        for scene in group:
            if scene.family != "bodies" and not scene.sums:
                continue
            relation = Relation.STOCK if scene.family == "bodies" else Relation.CUMULATIVE
            for other, event in at[scene.report]:
                if other != name and event.family == "violence" and not event.sums and _overlap(scene, event):
                    reason = f"{scene.report} tells of both; its dead may be the same, and are never added"
                    out[name].setdefault(other, Beside(other, relation, reason))
    return {name: tuple(found[o] for o in sorted(found)) for name, found in out.items()}


def _overlap(scene: Scene, event: Scene) -> bool:
    if days(scene.when, event.when) not in ("same", "overlap", "within", "next", "unknown"):
        return False
    return not scene.where or not event.where or any(places(x, y) != "far" for x in scene.where for y in event.where)
