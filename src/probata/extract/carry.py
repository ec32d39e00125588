"""Carrying over: where and when an act took place, when its own sentence does not say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from probata.extract.claims import Draft, Fill
from probata.extract.mentions.times import TimeWords
from probata.extract.ranker import Model
from probata.extract.sentences import Sentence

PLACE_LEAST = -0.2
TIME_LEAST = -0.2


@dataclass(slots=True)
class Choice:
    """A place or time that an act could have, with features."""

    value: Fill | TimeWords
    features: list[str]
    inferred: bool


def place_choices(d: Draft, before: Sequence[Draft]) -> list[Choice]:
    """Places named in the sentence, then those of earlier acts, nearest first."""
    out = []
    T = d.type
    own = "own" if d.places else "no"
    strong = _bin(d.places[0].score) if d.places else "n"
    for k, f in enumerate(d.places[:2]):
        inside = "in" if d.candidate.span[0] <= f.start < d.candidate.span[1] else "out"
        x = f"own{k}.{inside}"
        out.append(Choice(f, [x, f"{x}.{_bin(f.score)}", f"{x}.{T}", f"own{k}.{_bin(f.score)}"], False))
    seen: set[tuple[int, int]] = {(f.start, f.end) for f in d.places[:2]}
    rank = 0
    for e in reversed(before):
        f2 = e.place
        if f2 is None or (f2.start, f2.end) in seen:
            if e is before[-1] and f2 is None:
                rank += 1
            continue
        seen.add((f2.start, f2.end))
        same = "s" if e.sentence is d.sentence else "t"
        far = min(4, d.sentence.index - e.sentence.index)
        x = f"prev{rank}.{own}"
        out.append(
            Choice(
                f2,
                [x, f"{x}.{T}", f"{x}.{same}{far}", f"{x}.{strong}", f"{T}.{e.type}.{own}.{rank}", f"prev.{far}.{own}",
                 f"prev.{'i' if e.carried & {'place'} else 'o'}.{own}", f"{d.candidate.trigger.group}.{T}.{own}.{rank}",
                 f"prev{rank}.{T}.{far}", f"time.{bool(d.sentence.times)}.{own}"],
                True,
            )
        )
        rank += 1
        if rank > 2:
            break
    if before:
        f3 = next((e.place for e in before if e.place), None)
        if f3 is not None and (f3.start, f3.end) not in seen:
            x = f"first.{own}"
            out.append(Choice(f3, [x, f"{x}.{T}", f"{x}.{strong}"], True))
    return out


def time_choices(d: Draft, before: Sequence[Draft], sentences: Sequence[Sentence]) -> list[Choice]:
    """Times of the sentence, then those of earlier acts, nearest first, then the first time of the report."""
    out = []
    T = d.type
    s = d.sentence
    own = f"own{min(2, len(s.times))}"
    a, b = d.candidate.span
    n0, n1 = d.candidate.spans["narrow"]
    w0, w1 = d.candidate.spans["wide"]
    nearest = min(s.times, key=lambda t: abs(t.start - d.candidate.start), default=None)
    for t in s.times:
        where = "narrow" if n0 <= t.start < n1 else "span" if a <= t.start < b else "wide" if w0 <= t.start < w1 else "out"
        x = f"own.{where}"
        near = "near" if t is nearest else "far"
        voice = "cue" if d.speaker and d.speaker.attribution and abs(t.start - d.speaker.attribution.cue.end) < 4 else ""
        out.append(
            Choice(t, [x, f"{x}.{T}", f"{x}.{t.kind}", f"{x}.{near}.{own}", f"{x}{voice}", f"{t.kind}.{T}", f"{x}.{t.bound}",
                       f"{t.kind}.{t.bound}.{d.stance}", f"{x}.{voice}.{t.kind}"], False)
        )
    seen: set[int] = {t.start for t in s.times}
    rank = 0
    for e in reversed(before):
        t2 = e.time
        if t2 is None:
            if e is before[-1]:
                rank = 1
            continue
        if t2.start in seen:
            continue
        seen.add(t2.start)
        same = "s" if e.sentence is s else "t"
        far = min(4, s.index - e.sentence.index)
        x = f"prev{rank}.{own}"
        out.append(
            Choice(t2, [x, f"{x}.{T}", f"{x}.{same}{far}", f"{x}.{t2.kind}", f"{T}.{e.type}.{own}.{rank}", f"prev.{far}.{own}",
                        f"{x}.{'i' if 'time' in e.carried else 'o'}", f"prev.{t2.kind}.{t2.bound}", f"{x}.{d.stance}",
                        f"{d.candidate.trigger.group}.{T}.{own}.{rank}", f"{x}.{'p' if d.places else 'n'}",
                        f"{x}.{'sameplace' if d.place and e.place and d.place.start == e.place.start else 'other'}",
                        ], True)
        )
        rank += 1
        if rank > 2:
            break
    first = next((t for q in sentences for t in q.times), None)
    if first is not None and first.start not in seen:
        later = "later" if first.start > d.candidate.start else "before"
        x = f"first.{own}.{later}"
        out.append(Choice(first, [x, f"{x}.{T}", f"{x}.{first.kind}", f"{x}.{min(4, s.index)}", f"{x}.{d.stance}"], True))
    return out


def fill_place(d: Draft, before: Sequence[Draft], model: Model) -> None:
    """The likeliest place, if any is likely enough."""
    best = PLACE_LEAST
    for c in place_choices(d, before):
        score = model.scores(c.features)[0]
        if score > best and isinstance(c.value, Fill):
            best = score
            d.place = Fill(c.value.start, c.value.end, "place:" + c.features[0], c.inferred, score)
    if d.place and d.place.inferred:
        d.carried.add("place")


def fill_time(d: Draft, before: Sequence[Draft], sentences: Sequence[Sentence], model: Model) -> None:
    """The likeliest time, if any is likely enough."""
    best = TIME_LEAST
    for c in time_choices(d, before, sentences):
        score = model.scores(c.features)[0]
        if score > best and isinstance(c.value, TimeWords):
            best, d.time = score, c.value
            d.carried.discard("time")
            if c.inferred:
                d.carried.add("time")


def _bin(x: float) -> str:
    return str(int(max(-2, min(4, round(x)))))
