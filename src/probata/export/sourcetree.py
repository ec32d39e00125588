"""The tree of sources of an incident: from originators through relays and outlets to reports, copies folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from probata.assess.evidence import About
from probata.assess.incidents import Assessed
from probata.assess.voices import publisher, voice_of
from probata.model.assessment import Figure, Originator
from probata.model.claim import Claim, Stance
from probata.model.incident import Relation

KINDS = {
    "named": "named",
    "party": "a party to the conflict",
    "anonymous": "not named",
    "outlet": "the outlet's own staff",
    "unstated": "",  # its name says so
}
_TOLD = 6  # originators in a sentence
PASSES_ON = "passes it on, vouches for nothing"


@dataclass(frozen=True, slots=True)
class Said:
    """What one claim says: its act, the words of its figure and their bounds (None: open or none), how it stands."""

    claim: str
    act: str
    words: str
    low: int | None
    best: int | None
    high: int | None
    relation: str
    why: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A report that copies another: its id, its outlet and its day, "" where not known."""

    report: str
    outlet: str
    published: str


@dataclass(frozen=True, slots=True)
class Node:
    """A source, relay, outlet or report (`kind`) with what stands below it.

    `counts` is true for an originator that the independent count holds; `why` says why it counts, or why it adds none.
    `said` and `copies` are of reports only.
    """

    kind: str
    name: str
    counts: bool = False
    note: str = ""
    why: str = ""
    below: tuple[Node, ...] = ()
    said: tuple[Said, ...] = ()
    copies: tuple[Copy, ...] = ()
    published: str = ""


@dataclass(frozen=True, slots=True)
class SourceTree:
    """The tree of one incident; `reason` says in words how its independent sources were counted."""

    incident: str
    type: str
    place: str | None
    start: str | None
    end: str | None
    killed: tuple[int | None, int | None, int | None]
    injured: tuple[int | None, int | None, int | None]
    independent_sources: int
    reports: int
    reason: str
    sources: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One report under one source: through whom, and what it says."""

    relays: tuple[str, ...]
    outlet: str
    report: str
    published: str
    said: tuple[Said, ...]

    @property
    def figures(self) -> tuple[tuple[str, int | None, int | None], ...]:
        return tuple(sorted({(s.act, s.low, s.high) for s in self.said}, key=str))


def source_tree(of: Assessed, about: Mapping[str, About]) -> SourceTree:
    """The tree of one incident: counted originators first, then whoever adds no source, each with the reason."""
    i, found = of.incident, of.found
    claims = {c.id: c for c in of.claims}
    figures = {f.claim: f for f in found.figures}
    told = {m.claim: (m.relation, m.reason) for m in i.members}
    said = {c.id: _said(c, figures.get(c.id), told.get(c.id)) for c in of.claims}
    family = {report: n for n, reports in enumerate(i.families) for report in reports}
    sources = []
    for o in found.originators:
        own = o.kind in ("outlet", "unstated")
        below = _below([claims[c] for c in o.claims], said, about, family, own_voice=own)
        sources.append(Node("originator", o.name, True, _note(o), o.why, below))
    left: dict[tuple[str, str, bool], list[Claim]] = defaultdict(list)
    for u in found.uncounted:
        claim = claims[u.claim]
        name = claim.speaker.name if claim.speaker else outlet_of(claim.report, about) or "the outlet itself"
        left[name, u.why, claim.speaker is None].append(claim)
    counted = {c for o in found.originators for c in o.claims} | {u.claim for u in found.uncounted}
    for claim in of.claims:
        if claim.id not in counted:
            name = claim.speaker.name if claim.speaker else outlet_of(claim.report, about) or "the outlet itself"
            left[name, "says nothing of what the incident is about", claim.speaker is None].append(claim)
    for (name, why, own), of_it in sorted(left.items()):
        note = "in its own voice" if own else KINDS.get(_kind(of_it[0]), "")
        sources.append(Node("originator", name, False, note, why, _below(of_it, said, about, family, own_voice=own)))
    return SourceTree(
        incident=i.id,
        type=i.type,
        place=i.place.name if i.place else None,
        start=i.start.isoformat() if i.start else None,
        end=i.end.isoformat() if i.end else None,
        killed=(found.killed.low, found.killed.best, found.killed.high),
        injured=(found.injured.low, found.injured.best, found.injured.high),
        independent_sources=found.independent_sources,
        reports=len({c.report for c in of.claims}),
        reason=count_reason(found.originators, sum(not s.counts for s in sources)),
        sources=tuple(sources),
    )


def record(tree: SourceTree) -> dict[str, Any]:
    """The tree for programs, keys in the order of docs/assessment.md."""
    return asdict(tree)


def count_reason(originators: Sequence[Originator], others: int) -> str:
    """The independent count with its reason, in one sentence."""
    n = len(originators)
    if not n:
        return "0 independent sources: nobody affirms it"
    rest = f"; and {n - _TOLD:,} more" if n > _TOLD else ""
    whom = "; ".join(o.why for o in originators[:_TOLD]) + rest
    more = f"; {others} other {'voice adds' if others == 1 else 'voices add'} none" if others else ""
    return f"{n} independent source{'' if n == 1 else 's'}: {whom}{more}"


def outlet_of(report: str, about: Mapping[str, About]) -> str:
    """The outlet of a report as named, "" if not known."""
    known = about.get(report)
    return (known.outlet or "") if known else ""


def day_of(report: str, about: Mapping[str, About]) -> str:
    """The day a report was published, as 2031-05-20, "" if not known."""
    known = about.get(report)
    return known.published.isoformat() if known and known.published else ""


def _note(o: Originator) -> str:
    kind = KINDS[o.kind]
    return f"{kind}: {o.party}" if o.kind == "party" else kind


def _kind(claim: Claim) -> str:
    who = voice_of(claim)
    return "party" if who.kind == "party" else "named" if who.is_named else "anonymous"


def _said(claim: Claim, figure: Figure | None, told: tuple[Relation, str] | None) -> Said:
    act = claim.type.value.replace("_", " ")
    if claim.stance is not Stance.AFFIRMED:
        act += f" ({claim.stance.value})"
    relation, why = ("event", "")
    if told is not None and told[0] is not Relation.EVENT:
        relation, why = told[0].value, told[1]
    if figure is None:
        words = claim.count.span.text if claim.count else ""
        return Said(claim.id, act, words, None, None, None, relation, why)
    relation, why = figure.relation, figure.why  # assessing knows what grouping found, and more
    return Said(claim.id, act, figure.words, figure.low, figure.best, figure.high, relation, why)


def _below(
    claims: Iterable[Claim],
    said: Mapping[str, Said],
    about: Mapping[str, About],
    family: Mapping[str, int],
    *,
    own_voice: bool,
) -> tuple[Node, ...]:
    """What stands below one source: relays, outlets, and reports with their copies folded into the first of them."""
    by: dict[tuple[tuple[str, ...], str], list[Said]] = defaultdict(list)
    for claim in claims:
        by[tuple(r.name for r in claim.relay), claim.report].append(said[claim.id])
    leaves = [
        _Leaf(relays, outlet_of(report, about), report, day_of(report, about), tuple(sorted(s, key=lambda x: x.claim)))
        for (relays, report), s in by.items()
    ]
    leaves.sort(key=lambda x: (x.published or "9999", x.report, x.relays))
    alike: dict[tuple[object, ...], list[_Leaf]] = defaultdict(list)
    for leaf in leaves:
        alike[family.get(leaf.report, leaf.report), leaf.figures].append(leaf)
    first: dict[object, str] = {}
    shown: list[tuple[tuple[str, ...], Node]] = []
    for (of, _), same in alike.items():
        old = first.setdefault(of, same[0].report)
        note = f"copies {old}, with other figures" if old != same[0].report else ""
        copies = tuple(dict.fromkeys(Copy(x.report, x.outlet, x.published) for x in same if x.report != same[0].report))
        for n, leaf in enumerate(x for x in same if x.report == same[0].report):  # one report may name two ways
            node = Node("report", leaf.report, note=note, said=leaf.said, published=leaf.published)
            path = (*leaf.relays, *(() if own_voice and not leaf.relays else (leaf.outlet or "outlet not stated",)))
            shown.append((path, replace(node, copies=copies) if n == 0 else node))
    return tuple(_nested(shown, 0))


def _nested(shown: Sequence[tuple[tuple[str, ...], Node]], depth: int) -> Iterator[Node]:
    """Reports under the names on their way, in the order first met."""
    inner: dict[str, list[tuple[tuple[str, ...], Node]]] = {}
    for path, node in shown:
        if len(path) == depth:
            yield node
        else:
            inner.setdefault(path[depth], []).append((path, node))
    for name, of_it in inner.items():
        is_outlet = any(len(path) == depth + 1 for path, _ in of_it)
        kind, note = ("outlet", "") if is_outlet else ("relay", PASSES_ON)
        after = {path[depth + 1] for path, _ in of_it if len(path) > depth + 1}
        if not is_outlet and any(publisher(name) == publisher(other) for other in after):
            note += "; of the same publisher as the outlet"
        yield Node(kind, name, note=note, below=tuple(_nested(of_it, depth + 1)))
