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
from probata.extract.voices import Voices
from probata.model.attribution import Attribution
from probata.model.claim import SPEECH
from probata.model.report import BlockKind

_AHEAD = frozenset({BlockKind.TITLE, BlockKind.DECK, BlockKind.CAPTION, BlockKind.SUBHEADING})
_LEAD = 3  # sentences that tell the news
_MANY = 2000  # dead, displaced: a figure of the whole war
_THAT = frozenset({"the", "this", "that", "these", "those"})
DAYLESS = frozenset({"duration", "vague"})
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
    spoken: dict[int, str] = field(default_factory=dict)  # how each time, by offset, stands to who says something
    at: dict[int, PlacePhrase] = field(default_factory=dict)  # by offset
    counts: Counter[str] = field(default_factory=Counter)  # how often each place is named
    lead: set[str] = field(default_factory=set)  # places named in the headline, deck and first sentences


def setting(text: str, sentences: Sequence[Sentence], places: Sequence[PlaceWords], voices: Voices) -> Setting:
    """The setting of a report from its parsed sentences, the place names found in it and who says what."""
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
        for when in s.times:
            out.spoken[when.start] = _spoken(s, when, voices.by_sentence.get(s.index, ()))
        if out.first_time is None and s.times:
            out.first_time = s.times[0]
    counts = Counter(p.name for p in out.named)
    if counts:
        best = max(counts.values())
        out.main = next(p for p in out.named if counts[p.name] == best)
    out.counts = counts
    return out


def _spoken(s: Sentence, t: TimeWords, attributions: Sequence[Attribution]) -> str:
    """How a time stands to the attributions of its sentence: "cue" beside the words of saying ("said on Friday"),
    "frame" outside all that is said, "said" within it, "plain" where nobody says anything. A caption's is "caption".
    """
    if s.block.kind is BlockKind.CAPTION:
        return "caption"
    i = s.at(t.start)
    last = s.starts[i - 1] if i else -1
    after = s.starts[i] if i < len(s.starts) else -1
    out = "plain"
    for a in attributions:
        if a.cue.start <= last < a.cue.end or a.cue.start <= after < a.cue.end:
            return "cue"
        if a.source and (after == a.source.start < a.cue.start or a.cue.end <= a.source.start <= last < a.source.end):
            return "cue"
        if any(c.start <= t.start < c.end for c in a.content):
            out = "said"
        elif out == "plain" and a.content:
            out = "frame"
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
    about = about_of(d)
    near = sorted(found, key=lambda p: abs(p.head - at))[:_NEAREST]
    kinds = {_kind(p) for p in found}
    a, b = d.candidate.span
    own = "named" if "N" in kinds else "country" if "C" in kinds else "generic" if kinds else "none"
    own_in = any(a <= p.start < b and p.named for p in found)
    taken: set[int] = set()
    for rank, p in enumerate(near):
        taken.add(p.start)
        spot = where(d, p.start)
        side = "after" if p.head > at else "before"
        k = _kind(p)
        loc = p.before if is_locative(p.before) else "x"
        way = path(s, at, p.head)
        better = sum(1 for q in near[:rank] if _kind(q) <= k)
        out.append(
            Choice(
                Fill(p.start, p.end, f"place:{k}.{spot}"),
                [
                    f"o.{k}",
                    f"o.{k}.{spot}",
                    f"o.{k}.{spot}.{side}",
                    f"o.{k}.{loc}.{side}",
                    f"o.{k}.{loc}.{spot}",
                    f"o.{T}.{k}.{loc}",
                    f"o.{T}.{spot}.{side}",
                    f"o.{k}.r{rank}",
                    f"o.{k}.b{better}.{spot}",
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


def about_of(d: Draft) -> str:
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


def where(d: Draft, offset: int) -> str:
    """The closest of an act's stretches of text that an offset lies in."""
    a, b = d.candidate.span
    n0, n1 = d.candidate.spans["narrow"]
    w0, w1 = d.candidate.spans["wide"]
    return "narrow" if n0 <= offset < n1 else "span" if a <= offset < b else "wide" if w0 <= offset < w1 else "out"


def _kind(p: PlacePhrase) -> str:
    return "C" if p.country else "N" if p.named else "G"


def _stanced(d: Draft) -> str:
    return str(d.stance)[:4]


def fill_place(d: Draft, before: Sequence[Draft], w: Setting, model: Model) -> None:
    """The likeliest place, or none where that is likelier or the place is too unsure."""
    c = likeliest(d, place_choices(d, before, w), model, SLOT_LEAST)
    if isinstance(c.value, Fill):
        d.place = c.value
        if c.inferred:
            d.carried.add("place")


def likeliest(d: Draft, choices: list[Choice], model: Model, least: float, dated: bool = False) -> Choice:
    """The choice with the highest score; the last one, which is none, where act and choice together are too unsure.

    `dated` passes over words that name no day ("for a week") where there are others.
    """
    if d.type in SPEECH:  # what is asked, condemned or examined is somewhere only if its own sentence says so
        choices = [c for c in choices if not c.inferred]
    scores = [model.scores(c.features)[0] for c in choices]
    top = max(scores)
    total = sum(math.exp(x - top) for x in scores)
    best = scores.index(top)
    sure = probability(d.candidate.score)
    if dated and isinstance(v := choices[best].value, TimeWords) and v.kind in DAYLESS:
        others = [n for n, c in enumerate(choices) if isinstance(c.value, TimeWords) and c.value.kind not in DAYLESS]
        again = max(others, key=lambda n: scores[n], default=best)
        if math.exp(scores[again] - top) / total * sure >= least:
            best = again
    return choices[best] if math.exp(scores[best] - top) / total * sure >= least else choices[-1]
