"""What changed between two records of an incident: sentences for people, and the same as data. A pure comparison."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]
_RANGES = ("killed", "injured", "casualties", "bodies")
_FEW = 5  # names told in a sentence; the data have all
_WHOLE = 10**9  # stands for an open end


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: `kind` for programs, a sentence for people, the values before and after, what moved."""

    kind: str
    sentence: str
    before: Any = None
    after: Any = None
    items: tuple[str, ...] = ()


def changes(
    old: Record | None,
    new: Record,
    *,
    came: Mapping[str, str] | None = None,
    went: Mapping[str, str] | None = None,
) -> tuple[Change, ...]:
    """What changed from one record of an incident to the next, as export.incidentlines.record gives them.

    `came` names for claims that other incidents held before which of them, `went` for claims that this one held which
    incident holds them now: with these it tells joined and split incidents from new and withdrawn claims.
    """
    if old is None:
        return (Change("first", "first version"), *_split_off(new, came or {}))
    return (
        *_members(old, new, came or {}, went or {}),
        *(c for name in _RANGES for c in _range(name, old.get(name), new.get(name))),
        *_sources(old, new),
        *_accused(old, new),
        *_grade(old, new),
        *_plain(old, new),
        *_relations(old, new),
        *_beside(old, new),
        *_versions(old, new),
    )


def sentences(found: Sequence[Change]) -> list[str]:
    """The sentences of changes; one that says so where nothing changed."""
    return [c.sentence for c in found] or ["nothing that is shown has changed"]


def _members(old: Record, new: Record, came: Mapping[str, str], went: Mapping[str, str]) -> Iterator[Change]:
    """Reports and claims that came or went, and the incidents they came from or went to."""
    before, after = (sorted({r for f in x.get("families", ()) for r in f}) for x in (old, new))
    yield from _set("reports", "report", before, after)
    claims = set(old.get("claims", ())), set(new.get("claims", ()))
    added, gone = sorted(claims[1] - claims[0]), sorted(claims[0] - claims[1])
    for kind, moved, where, verb in (("joined", added, came, "joined with"), ("split", gone, went, "split:")):
        by: defaultdict[str, list[str]] = defaultdict(list)
        for claim in moved:
            if claim in where:
                by[where[claim]].append(claim)
        for other, some in sorted(by.items()):
            told = f"{verb} {other}, {'which' if kind == 'joined' else 'which now'}"
            had = "held" if kind == "joined" else "holds"
            yield Change(kind, f"{told} {had} {_counted(some, 'claim')}", items=tuple(some), before=other)
    fresh = [c for c in added if c not in came]
    lost = [c for c in gone if c not in went]
    if fresh:
        yield Change("claims added", f"{_counted(fresh, 'claim')} added: {_named(fresh)}", items=tuple(fresh))
    if lost:
        yield Change("claims removed", f"{_counted(lost, 'claim')} removed: {_named(lost)}", items=tuple(lost))


def _split_off(new: Record, came: Mapping[str, str]) -> Iterator[Change]:
    """The incidents that held claims of a new one before."""
    by: defaultdict[str, list[str]] = defaultdict(list)
    for claim in new.get("claims", ()):
        if claim in came:
            by[came[claim]].append(claim)
    for other, some in sorted(by.items()):
        yield Change("split off", f"{_counted(some, 'claim')} of it {_were(some)} in {other}", other, None, tuple(some))


def _were(items: Sequence[str]) -> str:
    return "was" if len(items) == 1 else "were"


def _range(name: str, old: Record | None, new: Record | None) -> Iterator[Change]:
    """A range that widened, narrowed or moved."""
    before, after = _ends(old), _ends(new)
    if before == after:
        return
    a, b = spelt(before), spelt(after)
    if a == b:
        sentence = f"{name}: best {_or_none(before[1])} -> {_or_none(after[1])}, in {b}"
    elif before == (None, None, None):
        sentence = f"{name}: no figure -> {b}"
    elif after == (None, None, None):
        sentence = f"{name}: {a} -> no figure"
    else:
        sentence = f"{name} {_how(before, after)}: {a} -> {b}"
    yield Change(name, sentence, dict(old or {}), dict(new or {}))


def spelt(ends: tuple[int | None, int | None, int | None]) -> str:
    """The outer ends of a range in words: "82-199", "12 or more", "up to 30"."""
    low, best, high = ends
    if high is None:
        least = low if low is not None else best
        return f"{least:,} or more" if least is not None else "no figure"
    if low is None:
        return f"up to {high:,}"
    return f"{low:,}" if low == high else f"{low:,}-{high:,}"


def _ends(r: Record | None) -> tuple[int | None, int | None, int | None]:
    return (r.get("low"), r.get("best"), r.get("high")) if r else (None, None, None)


def _how(before: tuple[int | None, ...], after: tuple[int | None, ...]) -> str:
    (a, b), (c, d) = ((x[0] or 0, _WHOLE if x[2] is None else x[2]) for x in (before, after))
    if c <= a and d >= b:
        return "widened"
    return "narrowed" if c >= a and d <= b else "changed"


def _sources(old: Record, new: Record) -> Iterator[Change]:
    a, b = old.get("independent_sources"), new.get("independent_sources")
    names = [[o["name"] for o in x.get("originators", ())] for x in (old, new)]
    added, gone = ([n for n in names[i] if n not in names[1 - i]] for i in (1, 0))
    more = "".join(f"; {word} {_named(some)}" for word, some in (("added", added), ("no longer", gone)) if some)
    if a != b:
        yield Change("independent sources", f"independent sources {a} -> {b}{more}", a, b, tuple(added))
    elif more:
        yield Change("originators", f"independent sources still {b}{more}", names[0], names[1], tuple(added))


def _accused(old: Record, new: Record) -> Iterator[Change]:
    yield from _set("accused", "accused", old.get("accused", ()), new.get("accused", ()), plural="accused")
    before, after = ({x["accused"]: x["answer"] for x in r.get("answers", ())} for r in (old, new))
    for name in sorted(before.keys() & after.keys()):
        if before[name] != after[name]:
            told = f"{name} answers: {before[name]} -> {after[name]}"
            yield Change("answer", told, before[name], after[name], (name,))


def _grade(old: Record, new: Record) -> Iterator[Change]:
    a, b = old.get("grade"), new.get("grade")
    if a != b:
        reason = new.get("grade_reason")
        yield Change("grade", f"suggested grade {a} -> {b}{f': {reason}' if reason else ''}", a, b)


def _plain(old: Record, new: Record) -> Iterator[Change]:
    """Single values: type, place, days, what is said of verification."""
    for name in ("type", "place", "verification"):
        a, b = old.get(name), new.get(name)
        if a != b:
            yield Change(name, f"{name}: {_or_none(a)} -> {_or_none(b)}", a, b)
    a, b = ([x.get("from"), x.get("to")] for x in (old, new))
    if a != b:
        yield Change("days", f"days: {_days(*a)} -> {_days(*b)}", a, b)


def _relations(old: Record, new: Record) -> Iterator[Change]:
    """Claims of both that stand otherwise to the event now: revised, a part, a denial."""
    before, after = ({x["claim"]: x["relation"] for x in r.get("relations", ())} for r in (old, new))
    both = set(old.get("claims", ())) & set(new.get("claims", ()))
    for claim in sorted(both):
        a, b = before.get(claim, "event"), after.get(claim, "event")
        if a != b:
            yield Change("relation", f"{claim}: {a} -> {b}", a, b, (claim,))


def _beside(old: Record, new: Record) -> Iterator[Change]:
    """Incidents whose figures must not be added to this one's, and those that it stands beside no more."""
    before, after = ({(b["incident"], b["relation"]) for b in r.get("beside", ())} for r in (old, new))
    for other, relation in sorted(after - before):
        yield Change("beside", f"stands beside {other} ({relation}): never added", None, other, (other,))
    for other, relation in sorted(before - after):
        yield Change("beside", f"stands beside {other} ({relation}) no more", other, None, (other,))


def _versions(old: Record, new: Record) -> Iterator[Change]:
    a, b = old.get("versions") or {}, new.get("versions") or {}
    for name in sorted(a.keys() & b.keys()):
        if a[name] != b[name]:
            yield Change("rules", f"rules of {name}: version {a[name]} -> {b[name]}", a[name], b[name], (name,))


def _set(kind: str, noun: str, old: Sequence[str], new: Sequence[str], plural: str | None = None) -> Iterator[Change]:
    added = [x for x in new if x not in set(old)]
    gone = [x for x in old if x not in set(new)]
    if added:
        told = f"{_counted(added, noun, plural)} added: {_named(added)}"
        yield Change(f"{kind} added", told, items=tuple(added))
    if gone:
        told = f"{_counted(gone, noun, plural)} no longer: {_named(gone)}"
        yield Change(f"{kind} removed", told, items=tuple(gone))


def _counted(items: Sequence[str], noun: str, plural: str | None = None) -> str:
    n = len(items)
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def _named(items: Sequence[str]) -> str:
    more = f" and {len(items) - _FEW:,} more" if len(items) > _FEW else ""
    return ", ".join(items[:_FEW]) + more


def _days(first: str | None, last: str | None) -> str:
    if first is None and last is None:
        return "not known"
    return str(first) if first == last else f"{first or '…'} to {last or '…'}"


def _or_none(value: object) -> str:
    return "not known" if value is None else str(value)
