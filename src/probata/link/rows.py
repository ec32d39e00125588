"""Rows: what a store keeps of scenes, so that new reports regroup only what they touch.

What a store keeps
------------------
Of each scene its row, with a table of block and scene; the `Counts` of all scenes, one row a word and one a place; of
each incident its id, its claims and when it was made; all ids ever used. Adding reports is then:

1. `counts` of the new claims, added to those kept.
2. `scene_rows` of the new claims with the counts so far, kept.
3. For each block of each new row the other rows in it: all of them when it holds at most `block.FULL`, else
   `block.neighbours` before and after the new one by (`order`, `key`); without those that `block.compared` leaves out.
4. `pulls` of these pairs: which old scenes new ones may be one event with. Their incidents are touched, and so are
   those with a claim in a person's new row.
5. `link` of all claims of the touched incidents and the new ones, with the counts, the decisions and the families.
6. `carry`, so that incidents keep their ids.
7. `besides` of the incidents that share a report with one that changed, by the ids they have now.

Counts of words and places are needed for those of the claims at hand only (`counts` of them names both). Families are
those of the whole casebook, cut to the reports at hand: claims alone show fewer copies than the casebook holds.
A person's row that parts two claims of one report changes its scenes: its rows and counts are made anew.
Taking a report out is the same: its counts are subtracted, its rows dropped, its incidents linked without it. Rows of
another VERSION are made anew from all claims.

While a word is weighed by few scenes its weight changes with every report: a casebook of under SMALL scenes is linked
whole each time. After that groups differ little from those of linking all at once (pairwise F1 of 0.998 on 316
reports added five at a time, 2026-11-24).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from probata.link import block
from probata.link.counts import Counts, count, weights
from probata.link.facts import About
from probata.link.features import levels
from probata.link.incidents import latest, scenes_of
from probata.link.relations import beside
from probata.link.scenes import Scene
from probata.link.score import JOIN, never, score
from probata.model.claim import Claim
from probata.model.incident import Beside, Decision

VERSION = 2  # of what rows hold: rises with any change in scenes, blocks or their order
SMALL = 500  # scenes; half a second of work


@dataclass(frozen=True, slots=True)
class SceneRow:
    """A scene to be stored: its key, its claims, the blocks it is in, its place in a full one (`order`, then `key`)."""

    key: str
    report: str
    claims: tuple[str, ...]
    blocks: tuple[int, ...]
    order: int
    fine: bool


def counts(claims: Iterable[Claim], decisions: Iterable[Decision] = ()) -> Counts:
    """The counts of the scenes of these claims, all of each report."""
    return count(scenes_of(list(claims), latest(decisions)))


def scene_rows(
    claims: Iterable[Claim],
    counted: Counts,
    decisions: Iterable[Decision] = (),
    about: Mapping[str, About] | None = None,
) -> list[SceneRow]:
    """The rows of the scenes of these claims, all of each report. `counted` holds these scenes already."""
    w = weights(counted)
    return [
        SceneRow(
            s.key,
            s.report,
            tuple(f.claim for f in s.facts),
            tuple(sorted(set(block.keys(s, w)))),
            block.order(s),
            block.is_fine(s),
        )
        for s in scenes_of(list(claims), latest(decisions), about)
    ]


def pulls(
    pairs: Collection[tuple[str, str]],
    claims: Iterable[Claim],
    counted: Callable[[Counts], Counts],
    families: Iterable[Sequence[str]] = (),
    decisions: Iterable[Decision] = (),
    about: Mapping[str, About] | None = None,
) -> list[tuple[str, str]]:
    """Those of `pairs` of scenes, by key, that may be one event by themselves; `claims` are all claims of these scenes.

    `counted` gives for their counts those of the casebook. Two groups without such a pair between them are never
    joined.
    """
    by_key = {s.key: s for s in scenes_of(list(claims), latest(decisions), about)}
    w = weights(counted(count(by_key.values())), families)
    out = []
    for a, b in pairs:
        one, other = by_key[a], by_key[b]
        level = levels(one, other, w)
        if score(level) >= JOIN and not never(level, one.report == other.report):
            out.append((a, b))
    return out


def besides(
    incidents: Mapping[str, Collection[str]], claims: Iterable[Claim], decisions: Iterable[Decision] = ()
) -> dict[str, tuple[Beside, ...]]:
    """What each stock or sum among these incidents (ids with their claims) stands beside; others are left out."""
    at = {claim: name for name, of in incidents.items() for claim in of}
    groups: dict[str, list[Scene]] = {name: [] for name in incidents}
    for scene in scenes_of(list(claims), latest(decisions)):
        if scene.key in at:
            groups[at[scene.key]].append(scene)
    return beside(list(groups.values()), list(groups))
