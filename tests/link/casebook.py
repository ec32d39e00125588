"""A casebook in memory: what a store does with rows, counts and carried ids, in as few lines as it takes."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator

from probata.link import block
from probata.link.carry import Carried, carry
from probata.link.copies import families_of_claims
from probata.link.counts import Counts
from probata.link.incidents import link
from probata.link.rows import SceneRow, besides, counts, pulls, scene_rows
from probata.model.claim import Claim
from probata.model.incident import Decision, Incident


class Casebook:
    """Reports, rows, counts, incidents and every id there ever was."""

    def __init__(self) -> None:
        self.claims: dict[str, Claim] = {}
        self.rows: dict[str, SceneRow] = {}
        self.blocks: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        self.counted = Counts()
        self.families: list[tuple[str, ...]] = []  # the reports that copy one another
        self.decisions: list[Decision] = []
        self.incidents: dict[str, Incident] = {}  # the oldest first
        self.incident_of: dict[str, str] = {}
        self.used: set[str] = set()
        self.history: list[Carried] = []

    def add(self, claims: Iterable[Claim]) -> None:
        """Add whole reports."""
        new = list(claims)
        self.counted += counts(new, self.decisions)
        rows = scene_rows(new, self.counted, self.decisions)
        self.claims |= {c.id: c for c in new}
        self.families = families_of_claims(self.claims.values())
        for row in rows:
            self.rows[row.key] = row
            for key in row.blocks:
                insort(self.blocks[key], (row.order, row.key))
        pairs = {(row.key, other) for row in rows for other in self.near(row)}
        ours = {claim for two in pairs for key in two for claim in self.rows[key].claims}
        found = pulls(pairs, self._of(ours), lambda _: self.counted, self.families, self.decisions)
        self._renew([i for _, other in found if (i := self.incident_of.get(other))], [c.id for c in new])

    def decide(self, row: Decision) -> None:
        """Write down a person's row on two claims of two reports."""
        self.decisions.append(row)
        self._renew([self.incident_of[claim] for claim in (row.a, row.b)], [])

    def near(self, row: SceneRow) -> Iterator[str]:
        """The scenes that a scene is compared with."""
        for key in row.blocks:
            members = self.blocks[key]
            at = bisect_left(members, (row.order, row.key))
            width = block.neighbours(key) if len(members) > block.FULL else len(members)
            for _, other in members[max(0, at - width) : at] + members[at + 1 : at + 1 + width]:
                if block.compared(key, row.fine, self.rows[other].fine):
                    yield other

    def groups(self) -> set[frozenset[str]]:
        """The claims of each incident."""
        return {frozenset(i.claims) for i in self.incidents.values()}

    def _of(self, ids: Iterable[str]) -> list[Claim]:
        wanted = set(ids)
        return [c for name, c in self.claims.items() if name in wanted]

    def _renew(self, touched: Iterable[str], new: Iterable[str]) -> None:
        names = set(touched)
        old = {name: i.claims for name, i in self.incidents.items() if name in names}
        claims = self._of([*new, *(c for of in old.values() for c in of)])
        carried = carry(
            old,
            link(claims, decisions=self.decisions, families=self.families, counted=lambda _: self.counted),
            self.used,
        )
        for name in carried.ended:
            del self.incidents[name]
        self.incidents |= {i.id: i for i in carried.incidents}
        self.incident_of |= {claim: i.id for i in carried.incidents for claim in i.claims}
        self.used |= self.incidents.keys()
        self.history.append(carried)

    def besides(self) -> dict[str, set[str]]:
        """What each stock or sum stands beside."""
        found = besides({i.id: i.claims for i in self.incidents.values()}, self.claims.values(), self.decisions)
        return {name: {b.incident for b in beside} for name, beside in found.items()}
