"""Candidates: every trigger of a report with the stretches of text that could be its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from probata.extract.acts import clause
from probata.extract.acts.features import trigger_features
from probata.extract.acts.triggers import Trigger, triggers
from probata.extract.sentences import Sentence

SPANS = ("narrow", "wide", "whole")
_CARRIES = frozenset({"killing", "injury", "casualties"})


@dataclass(slots=True)
class Candidate:
    """A trigger in its sentence; `score` is the log-odds that it states an act, `span` the evidence chosen."""

    sentence: Sentence
    trigger: Trigger
    features: list[str]
    score: float = 0.0
    span: tuple[int, int] = (0, 0)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """Offset of the trigger word."""
        return self.sentence.starts[self.trigger.at]

    @property
    def end(self) -> int:
        """End offset of the trigger word."""
        return self.sentence.ends[self.trigger.at]


def of_sentence(s: Sentence, text: str) -> Iterator[Candidate]:
    """The candidates of one parsed sentence."""
    found = triggers(s, text)
    for t in found:
        yield Candidate(s, t, trigger_features(s, t, found, s.index < 2))


def set_spans(c: Candidate, limits: tuple[int, int] | None) -> None:
    """Fill in the evidence a candidate could have, within `limits` (the words its speaker is responsible for)."""
    s, at = c.sentence, c.trigger.at
    c.spans = {
        "narrow": clause.offsets(s, *clause.narrow(s, at)),
        "wide": clause.offsets(s, *clause.wide(s, at)),
        "whole": clause.offsets(s, 0, len(s.words) - 1),
    }
    if limits:
        for k, (a, b) in c.spans.items():
            x, y = max(a, limits[0]), min(b, limits[1])
            if x <= c.start and c.end <= y:
                c.spans[k] = (x, y)


def choose(cands: Sequence[Candidate], least: float) -> list[Candidate]:
    """The scored candidates that state an act: best first, one for each act of a type in a clause.

    An attack is no claim of its own where a killing or injury of the same clause carries it (gold/claims.md).
    """
    kept: list[Candidate] = []
    for c in sorted(cands, key=lambda c: -c.score):
        if c.score < least:
            break
        if not any(_same_act(c, k) for k in kept):
            kept.append(c)
    carriers = [k for k in kept if k.trigger.type in _CARRIES]
    kept = [k for k in kept if k.trigger.type != "attack" or not any(_meet(k, c, "wide") for c in carriers)]
    kept.sort(key=lambda c: (c.sentence.index, c.span[0], c.trigger.at))
    return kept


def _same_act(a: Candidate, b: Candidate) -> bool:
    return a.trigger.type == b.trigger.type and (_meet(a, b, "narrow") or _meet(a, b, "wide"))


def _meet(a: Candidate, b: Candidate, span: str) -> bool:
    """Whether one trigger stands inside the other's clause."""
    if a.sentence is not b.sentence:
        return False
    (a0, a1), (b0, b1) = a.spans[span], b.spans[span]
    return a0 <= b.start < a1 or b0 <= a.start < b1
