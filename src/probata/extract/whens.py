"""When: the time of an act, from its sentence or carried over from elsewhere in the report."""

from __future__ import annotations

from collections.abc import Sequence

from probata.extract.carry import BACK, Choice, Setting, about_of, likeliest, where
from probata.extract.claims import Draft
from probata.extract.mentions.times import TimeWords
from probata.extract.ranker import Model

TIME_LEAST = 0.25  # coders leave dates out unevenly, so choices of time look less sure than they are


def time_choices(d: Draft, before: Sequence[Draft], w: Setting) -> list[Choice]:
    """Times of the sentence, then those of earlier acts, nearest first, then the first time of the report."""
    out = []
    T, s = d.type, d.sentence
    group = f"{T}.{d.candidate.trigger.group}"
    own = f"own{min(2, len(s.times))}"
    about = about_of(d)
    cue = d.speaker.attribution.cue.end if d.speaker and d.speaker.attribution else -9
    nearest = min(s.times, key=lambda t: abs(t.start - d.candidate.start), default=None)
    others = d.candidate.others
    for t in s.times:
        spot = where(d, t.start)
        x = f"own.{spot}"
        sp = f"own.{w.spoken.get(t.start, '')}"
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
                    f"{sp}.{side}",
                    f"{sp}.{T}",
                    f"{sp}.{spot}",
                    f"{sp}.{near}.{own}",
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
        sp = f"prev.{w.spoken.get(t2.start, '')}"
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
                    f"{sp}",
                    f"{sp}.{T}",
                    f"{sp}.{x}",
                    f"prev.{about}.{t2.kind}",
                    f"prev.{about}.{T}",
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
        sp = f"first.{w.spoken.get(first.start, '')}"
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
                    f"{sp}",
                    f"{sp}.{T}",
                    f"{sp}.{s.block.kind}",
                    f"first.{about}",
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
                f"none.{about}.{own}",
                f"none.{about}.{T}",
                f"none.{s.block.kind}",
                f"none.{'c' if 'place' in d.carried else 'n'}.q{quiet}",
            ],
            False,
        )
    )
    return out


def fill_time(d: Draft, before: Sequence[Draft], w: Setting, model: Model) -> None:
    """The likeliest time, or none where that is likelier or the time is too unsure."""
    c = likeliest(d, time_choices(d, before, w), model, TIME_LEAST, dated=True)
    if isinstance(c.value, TimeWords):
        d.time = c.value
        if c.inferred:
            d.carried.add("time")
