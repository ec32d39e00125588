"""From words to claims: what the words of each slot mean, beside the words themselves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from probata.extract.attribution import Roster
from probata.extract.claims import Draft, Fill
from probata.extract.mentions.numbers import NumberWords
from probata.extract.mentions.times import TimeWords
from probata.model.claim import Basis, Claim, ClaimType, Count, Named, Place, Time
from probata.model.report import BlockKind, Report
from probata.model.span import Span
from probata.resolve import dates, numbers
from probata.resolve.groups import groups_of
from probata.resolve.placecontext import Context
from probata.resolve.places import resolve as resolve_place

_ONE = frozenset(("a", "an", "another", "his", "her", "their", "its"))
_SINGLE = frozenset({"person", "armed"})


def claims(report: Report, drafts: Sequence[Draft], roster: Roster, places: Context) -> list[Claim]:
    """The claims of a report, in order of their evidence."""
    anchor = report.anchor.day if report.anchor else None
    out: list[Claim] = []
    day: date | None = None
    spots = {(d.place.start, d.place.end) for d in drafts if d.place}
    known = {spot: resolve_place(Span.of(report.text, *spot), places) for spot in spots}
    for n, d in enumerate(drafts):
        time = _time(report.text, d, anchor, day)
        if time and time.start and time.start == time.end:
            day = time.start
        place = known[d.place.start, d.place.end] if d.place else None
        out.append(_claim(report, d, roster, place, time, n))
    return out


def _claim(report: Report, d: Draft, roster: Roster, place: Place | None, time: Time | None, ordinal: int) -> Claim:
    text = report.text
    evidence = Span.of(text, *d.candidate.span)
    rules = [("evidence", f"{d.type}:{d.candidate.trigger.lemma}"), ("stance", d.stance_rule)]
    inferred = set(d.carried)
    speaker: Named | None = None
    relay: tuple[Named, ...] = ()
    basis: Basis | None = None
    if d.speaker:
        source = d.speaker.source
        speaker = Named(source, roster.name(source))
        relay = tuple(Named(r, roster.name(r)) for r in d.speaker.relay)
        basis = d.speaker.basis
        rules.append(("speaker", d.speaker.rule))
        if d.speaker.inferred or not evidence.start - 400 < source.start < evidence.end + 400:
            inferred.add("speaker")
    agents = tuple(_named(text, f) for f in d.agents)
    targets = tuple(_named(text, f) for f in d.targets)
    rules += [(k, f[0].rule) for k, f in (("agents", d.agents), ("targets", d.targets)) if f]
    count = _count(text, d, rules)
    if d.place:
        rules.append(("place", d.place.rule))
    if d.time:
        rules.append(("time", d.time.rule or d.time.kind))
    if d.method:
        rules.append(("method", d.method.rule))
    return Claim(
        id=_id(report.id, evidence, d.type, speaker, ordinal),
        report=report.id,
        evidence=evidence,
        type=ClaimType(d.type),
        stance=d.stance,
        speaker=speaker,
        relay=relay,
        basis=basis,
        agents=agents,
        targets=targets,
        groups=groups_of([t.span.text for t in targets], d.type),
        method=_named(text, d.method) if d.method else None,
        count=count,
        place=place,
        time=time,
        in_title=d.sentence.block.kind is BlockKind.TITLE,
        inferred=tuple(sorted(inferred)),
        rules=tuple(rules),
        why=tuple(d.why.items()),
    )


def _named(text: str, f: Fill) -> Named:
    span = Span.of(text, f.start, f.end)
    return Named(span, span.text)


def _count(text: str, d: Draft, rules: list[tuple[str, str]]) -> Count | None:
    if not d.numbers:
        return None
    n = d.numbers[0]
    if n.high == 0 or n.low == 0:  # "no deaths" is a stance, and a digit of nothing is no count
        return None
    joined = _joined(d, n)
    if joined:
        figures, ones, start, end = joined
        low, high = numbers.total(figures, ones)
        rules.append(("count", "sum"))
        return Count(Span.of(text, start, end), low, high, "sum")
    run = _run(text, d, n)
    if run:
        low, high = numbers.total(run)
        last = run[-1]
        end = next((f.end for f in d.targets if f.start >= last.end and f.start - last.end < 40), last.end)
        rules.append(("count", "sum"))
        return Count(Span.of(text, run[0].start, end), low, high, "sum")
    rules.append(("count", n.rule))
    return Count(Span.of(text, n.start, n.end), n.low, n.high, n.rule)


def _joined(d: Draft, n: NumberWords) -> tuple[list[NumberWords], int, int, int] | None:
    """The figures, the single persons and the offsets of a list such as "two officials and their driver" that n is in.

    None where the list has no single person or a member that cannot be counted ("two officials and guards").
    """
    s = d.sentence
    phrases = {o.phrase.head: o.phrase for o in d.options if not o.phrase.modifier}
    own = next((p for p in phrases.values() if p.number >= 0 and s.numbers.get(p.number) is n), None)
    if own is None:
        return None
    top = own.head
    while s.deps[top] == "conj" and s.heads[top] in phrases:
        top = s.heads[top]
    members, figures, ones = [top], [], 0
    for m in members:
        members.extend(k for k in s.kids[m] if s.deps[k] == "conj")
        p = phrases.get(m)
        if p is None:
            return None
        if p.number >= 0:
            figures.append(s.numbers[p.number])
        elif p.kinds & _SINGLE and s.tags[m] == "NN" and any(s.low[k] in _ONE for k in s.kids[m]):
            ones += 1
        else:
            return None
    spans = [phrases[m] for m in members]
    first = min([s.starts[p.first] for p in spans] + [f.start for f in figures])
    return (figures, ones, first, max(s.ends[p.last] for p in spans)) if ones else None


def _run(text: str, d: Draft, n: NumberWords) -> list[NumberWords]:
    """The list of figures that n is one of, if targets of this act follow each of them."""
    found = [d.sentence.numbers[i] for i in sorted(d.sentence.numbers)]
    for run in numbers.lists(text, found):
        members = [found[i] for i in run]
        if n in members and all(any(0 <= f.start - m.end < 40 for f in d.targets) for m in members):
            return members
    return []


def days(words: TimeWords, d: Draft, anchor: date | None, day: date | None = None) -> dates.Days:
    """The days that time words mean for an act; `day` is the last day the report spoke of before."""
    since = words.clause >= 0 and d.candidate.start < words.clause
    return dates.resolve(words, anchor, dates.Context(day=day, since=since))


def _time(text: str, d: Draft, anchor: date | None, day: date | None) -> Time | None:
    if d.time is None:
        return None
    found = days(d.time, d, anchor, day)
    known = found.start is not None or found.end is not None
    span = Span.of(text, d.time.start, d.time.end)
    return Time(span, found.start, found.end, found.precision, anchor if found.needs_anchor and known else None)


def _id(report: str, evidence: Span, kind: str, speaker: Named | None, ordinal: int) -> str:
    """SHA-256 over length-delimited canonical JSON (gold/claims.md), so that no two sources ever share an id."""
    voice = [speaker.span.start, speaker.span.end] if speaker else None
    parts = [report, [evidence.start, evidence.end], kind, voice, ordinal]
    h = hashlib.sha256()
    for part in parts:
        data = json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        h.update(f"{len(data)}:".encode() + data)
    return "sha256:" + h.hexdigest()
