"""Where and when: the place and time of an act, from its sentence or carried over from elsewhere in the report."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from probata.extract.acts.features import path
from probata.extract.claims import SLOT_LEAST, Draft, Fill
from probata.extract.mentions.places import PlaceWords
from probata.extract.mentions.times import TimeWords
from probata.extract.placephrases import PlacePhrase, is_locative, place_phrases
from probata.extract.ranker import Model, probability
from probata.extract.sentences import Sentence
from probata.model.report import BlockKind

_AHEAD = frozenset({BlockKind.TITLE, BlockKind.DECK, BlockKind.CAPTION, BlockKind.SUBHEADING})
_LEAD = 3  # sentences that tell the news
_MANY = 2000  # dead, displaced: a figure of the whole war
_THAT = frozenset({"the", "this", "that", "these", "those"})
TIME_LEAST = 0.25  # coders leave dates out unevenly, so choices of time look less sure than they are
BACK = 8  # acts before one that its place and time are carried from
_NEAREST = 5  # place phrases of a sentence that are looked at


@dataclass(slots=True)
class Setting:
    """The places and times that a report names, in order."""

    phrases: dict[int, list[PlacePhrase]] = field(default_factory=dict)
    named: list[PlacePhrase] = field(default_factory=list)  # but not those of countries only
    lands: list[PlacePhrase] = field(default_factory=list)  # those
    main: PlacePhrase | None = None  # the place named most often, where first named
    first_time: TimeWords | None = None
    at: dict[int, PlacePhrase] = field(default_factory=dict)  # by offset
    counts: Counter[str] = field(default_factory=Counter)  # how often each place is named
    lead: set[str] = field(default_factory=set)  # places named in the headline, deck and first sentences


def setting(text: str, sentences: Sequence[Sentence], places: Sequence[PlaceWords]) -> Setting:
    """The setting of a report from its parsed sentences and the place names found in it."""
    out = Setting()
    at = 0
    for s in sentences:
        while at < len(places) and places[at].start < s.start:
            at += 1
        stop = at
        while stop < len(places) and places[stop].start < s.end:
            stop += 1
        if s.parsed:
            out.phrases[s.index] = place_phrases(s, text, places[at:stop])
            for p in out.phrases[s.index]:
                out.at[p.start] = p
                if p.named:
                    (out.lands if p.country else out.named).append(p)
                    if s.index < _LEAD or s.block.kind in _AHEAD:
                        out.lead.add(p.name)
        at = stop
        if out.first_time is None and s.times:
            out.first_time = s.times[0]
    counts = Counter(p.name for p in out.named)
    if counts:
        best = max(counts.values())
        out.main = next(p for p in out.named if counts[p.name] == best)
    out.counts = counts
    return out


def _nearest(found: Sequence[PlacePhrase], s: Sentence) -> tuple[PlacePhrase | None, PlacePhrase | None]:
    """The last phrase before and the first after a sentence, of phrases in order."""
    at = bisect_left(found, s.start, key=lambda p: p.start)
    after = bisect_left(found, s.end, key=lambda p: p.start)
    return (found[at - 1] if at else None), (found[after] if after < len(found) else None)


@dataclass(slots=True)
class Choice:
    """A place or time that an act could have, or none, with features."""

    value: Fill | TimeWords | None
    features: list[str]
    inferred: bool


def place_choices(d: Draft, before: Sequence[Draft], w: Setting) -> list[Choice]:
    """The place phrases of the sentence, then places of earlier acts, then others of the report."""
    out: list[Choice] = []
    s, T, at = d.sentence, d.type, d.candidate.trigger.at
    group = f"{T}.{d.candidate.trigger.group}"
    found = w.phrases.get(s.index, [])
    about = _about(d)
    near = sorted(found, key=lambda p: abs(p.head - at))[:_NEAREST]
    kinds = {_kind(p) for p in found}
    a, b = d.candidate.span
    own = "named" if "N" in kinds else "country" if "C" in kinds else "generic" if kinds else "none"
    own_in = any(a <= p.start < b and p.named for p in found)
    taken: set[int] = set()
    for rank, p in enumerate(near):
        taken.add(p.start)
        where = _where(d, p.start)
        side = "after" if p.head > at else "before"
        k = _kind(p)
        loc = p.before if is_locative(p.before) else "x"
        way = path(s, at, p.head)
        better = sum(1 for q in near[:rank] if _kind(q) <= k)
        out.append(
            Choice(
                Fill(p.start, p.end, f"place:{k}.{where}"),
                [
                    f"o.{k}",
                    f"o.{k}.{where}",
                    f"o.{k}.{where}.{side}",
                    f"o.{k}.{loc}.{side}",
                    f"o.{k}.{loc}.{where}",
                    f"o.{T}.{k}.{loc}",
                    f"o.{T}.{where}.{side}",
                    f"o.{k}.r{rank}",
                    f"o.{k}.b{better}.{where}",
                    f"o.{way}",
                    f"o.{T}.{way}",
                    f"o.{k}.{own}.{loc}",
                    f"o.len{min(4, (p.end - p.start) // 15)}.{k}",
                    f"o.{group}.{loc}",
                    f"o.{loc}={s.low[p.head]}" if k == "G" else f"o.{loc}.name",
                    f"o.{k}.{s.deps[p.head]}.{loc}",
                    f"o.{k}.says{_says(d, p.start)}",
                    f"o.{k}.{about}",
                    f"o.{k}.lead{p.name in w.lead}",
                    f"o.{k}.n{min(3, w.counts[p.name])}",
                ],
                False,
            )
        )
    state = f"{own}{'I' if own_in else ''}"
    rank = 0
    empty = bool(before) and before[-1].place is None
    for e in reversed(before[-BACK:]):
        f = e.place
        if f is None or f.start in taken:
            continue
        taken.add(f.start)
        same = "s" if e.sentence is s else "t"
        far = min(3, s.index - e.sentence.index)
        x = f"p{rank}.{state}"
        how = "i" if "place" in e.carried else "o"
        out.append(
            Choice(
                Fill(f.start, f.end, f.rule, True),
                [
                    x,
                    f"{x}.{T}",
                    f"{x}.{same}{far}",
                    f"p{rank}.{T}.{e.type}.{own}",
                    f"p.{far}.{state}.{how}",
                    f"{x}.{how}",
                    f"p{rank}.{group}.{own}",
                    f"p{rank}.{T}.{far}.{own}",
                    f"p{rank}.t{bool(s.times)}.{state}",
                    f"p{rank}.{_stanced(d)}.{own}",
                    f"p{rank}.empty{empty}",
                    f"p{rank}.{'country' if f.rule.startswith('place:C') else 'local'}.{T}",
                    *_known(f.start, d, before, w, own, about, "p"),
                ],
                True,
            )
        )
        rank += 1
        if rank > 1:
            break
    last, following = _nearest(w.named, s)
    land, land_after = _nearest(w.lands, s)
    ahead = s.block.kind in _AHEAD  # a headline may be about a place named below; what follows a sentence may not
    main = w.main if w.main and (ahead or w.main.start < s.start) else None
    others = [("last", last), ("next", following if ahead else None), ("main", main)]
    others.append(("land", land or (land_after if ahead else None)))
    for tag, q in others:
        if q is None or q.start in taken:
            continue
        taken.add(q.start)
        x = f"{tag}.{state}"
        out.append(
            Choice(
                Fill(q.start, q.end, f"place:{tag}", True),
                [
                    x,
                    f"{x}.{T}",
                    f"{tag}.{group}",
                    f"{x}.{min(3, abs(s.index - q.sentence))}",
                    f"{x}.r{rank}",
                    f"{x}.i{min(3, s.index)}",
                    f"{tag}.{_stanced(d)}.{own}",
                    f"{x}.t{bool(s.times)}",
                    f"{x}.empty{empty}",
                    *_known(q.start, d, before, w, own, about, tag[0]),
                ],
                True,
            )
        )
    x = f"none.{state}"
    out.append(
        Choice(
            None,
            [
                x,
                f"{x}.{T}",
                f"none.{group}",
                f"{x}.empty{empty}",
                f"none.{_stanced(d)}.{own}",
                f"{x}.r{rank}",
                f"none.i{min(3, s.index)}",
                f"{x}.t{bool(s.times)}",
                f"none.first{not before}",
                f"none.{about}",
                f"none.{about}.{own}",
            ],
            False,
        )
    )
    return out


def _about(d: Draft) -> str:
    """How the act is spoken of: "the" attack spoken of before, an act of many years or thousands, or a plain one."""
    s, t = d.sentence, d.candidate.trigger
    if any((n.low or n.high or 0) >= _MANY for n in d.numbers) or any(x.bound == "since" for x in s.times):
        return "all"
    if t.part == "n" and any(s.low[k] in _THAT for k in s.kids[t.at]):
        return "that"
    return t.part


def _says(d: Draft, offset: int) -> bool:
    """Whether an offset lies in the words for who only speaks."""
    source = d.speaker.source if d.speaker else None
    return bool(source and source.start <= offset < source.end) or any(a <= offset < b for a, b in d.voices)


def _known(start: int, d: Draft, before: Sequence[Draft], w: Setting, own: str, about: str, tag: str) -> list[str]:
    """Features of a place carried over: how it is named in the report and which acts were there."""
    p = w.at.get(start)
    if p is None:
        return []
    loc = p.before if is_locative(p.before) else "x"
    k = _kind(p)
    main = w.main is not None and p.name == w.main.name
    lead = p.name in w.lead
    acts = [e for e in before if e.place is not None and e.place.start == start]
    kin = any(e.type == d.type for e in acts)
    return [
        f"{tag}.loc={loc}.{k}",
        f"{tag}.main{main}.lead{lead}",
        f"{tag}.main{main}.{own}",
        f"{tag}.lead{lead}.{about}",
        f"{tag}.n{min(4, w.counts[p.name])}.{k}",
        f"{tag}.acts{min(3, len(acts))}.kin{kin}",
        f"{tag}.kin{kin}.{own}",
        f"{tag}.{about}.{k}.{own}",
        f"known.loc={loc}",
        f"known.main{main}",
        f"known.lead{lead}",
        f"known.acts{min(3, len(acts))}",
        f"known.{about}.{k}",
    ]


def _where(d: Draft, offset: int) -> str:
    """The closest of an act's stretches of text that an offset lies in."""
    a, b = d.candidate.span
    n0, n1 = d.candidate.spans["narrow"]
    w0, w1 = d.candidate.spans["wide"]
    return "narrow" if n0 <= offset < n1 else "span" if a <= offset < b else "wide" if w0 <= offset < w1 else "out"


def _kind(p: PlacePhrase) -> str:
    return "C" if p.country else "N" if p.named else "G"


def _stanced(d: Draft) -> str:
    return str(d.stance)[:4]


def time_choices(d: Draft, before: Sequence[Draft], w: Setting) -> list[Choice]:
    """Times of the sentence, then those of earlier acts, nearest first, then the first time of the report."""
    out = []
    T, s = d.type, d.sentence
    group = f"{T}.{d.candidate.trigger.group}"
    own = f"own{min(2, len(s.times))}"
    cue = d.speaker.attribution.cue.end if d.speaker and d.speaker.attribution else -9
    nearest = min(s.times, key=lambda t: abs(t.start - d.candidate.start), default=None)
    others = d.candidate.others
    for t in s.times:
        where = _where(d, t.start)
        x = f"own.{where}"
        near = "near" if t is nearest else "far"
        voice = "cue" if abs(t.start - cue) < 4 else ""
        lo, hi = sorted((t.start, d.candidate.start))
        across = min(2, sum(1 for o in others if lo < s.starts[o] < hi))
        side = "before" if t.start < d.candidate.start else "after"
        out.append(
            Choice(
                t,
                [
                    x,
                    f"{x}.{T}",
                    f"{x}.{t.kind}",
                    f"{x}.{near}.{own}",
                    f"{x}{voice}",
                    f"{t.kind}.{T}",
                    f"{x}.{t.bound}",
                    f"{t.kind}.{t.bound}.{d.stance}",
                    f"{x}.{voice}.{t.kind}",
                    f"a{across}.{side}.{near}",
                    f"a{across}.{voice}",
                    f"{x}.{group}",
                ],
                False,
            )
        )
    seen: set[int] = {t.start for t in s.times}
    rank = 0
    quiet = bool(before) and before[-1].time is None
    for e in reversed(before[-BACK:]):
        t2 = e.time
        if t2 is None or t2.start in seen:
            continue
        seen.add(t2.start)
        same = "s" if e.sentence is s else "t"
        far = min(4, s.index - e.sentence.index)
        x = f"prev{rank}.{own}"
        there = "same" if d.place and e.place and d.place.start == e.place.start else "other" if d.place else "none"
        out.append(
            Choice(
                t2,
                [
                    x,
                    f"{x}.{T}",
                    f"{x}.{same}{far}",
                    f"{x}.{t2.kind}",
                    f"{T}.{e.type}.{own}.{rank}",
                    f"prev.{far}.{own}.q{quiet}",
                    f"{x}.{'i' if 'time' in e.carried else 'o'}.q{quiet}",
                    f"prev.{t2.kind}.{t2.bound}",
                    f"{x}.{d.stance}",
                    f"{group}.{own}.{rank}",
                    f"{x}.{there}",
                    f"{x}.{there}.q{quiet}.{far}",
                    f"prev{rank}.{T}.{there}",
                    f"prev{rank}.{'c' if 'place' in d.carried else 'n'}.{own}.q{quiet}",
                    f"num{bool(d.numbers)}.{x}.{T}",
                ],
                True,
            )
        )
        rank += 1
        if rank > 2:
            break
    first = w.first_time
    if first is not None and first.start not in seen:
        later = "later" if first.start > d.candidate.start else "before"
        x = f"first.{own}.{later}"
        out.append(
            Choice(
                first,
                [
                    x,
                    f"{x}.{T}",
                    f"{x}.{first.kind}",
                    f"{x}.{min(4, s.index)}",
                    f"{x}.{d.stance}",
                    f"{x}.q{quiet}.r{rank}",
                ],
                True,
            )
        )
    x = f"none.{own}"
    out.append(
        Choice(
            None,
            [
                x,
                f"{x}.{T}",
                f"none.{group}",
                f"{x}.q{quiet}",
                f"{x}.{d.stance}",
                f"{x}.r{rank}",
                f"none.i{min(4, s.index)}",
                f"none.{T}.q{quiet}",
                f"none.num{bool(d.numbers)}.{T}",
                f"none.{'c' if 'place' in d.carried else 'n'}.q{quiet}",
            ],
            False,
        )
    )
    return out


def fill_place(d: Draft, before: Sequence[Draft], w: Setting, model: Model) -> None:
    """The likeliest place, or none where that is likelier or the place is too unsure."""
    c = _likeliest(d, place_choices(d, before, w), model, SLOT_LEAST)
    if isinstance(c.value, Fill):
        d.place = c.value
        if c.inferred:
            d.carried.add("place")


def fill_time(d: Draft, before: Sequence[Draft], w: Setting, model: Model) -> None:
    """The likeliest time, or none where that is likelier or the time is too unsure."""
    c = _likeliest(d, time_choices(d, before, w), model, TIME_LEAST)
    if isinstance(c.value, TimeWords):
        d.time = c.value
        if c.inferred:
            d.carried.add("time")


def _likeliest(d: Draft, choices: list[Choice], model: Model, least: float) -> Choice:
    """The choice with the highest score; the last one, which is none, where act and choice together are too unsure."""
    scores = [model.scores(c.features)[0] for c in choices]
    top = max(scores)
    share = 1 / sum(math.exp(x - top) for x in scores)
    best = choices[scores.index(top)]
    return best if share * probability(d.candidate.score) >= least else choices[-1]
