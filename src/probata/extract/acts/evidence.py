"""Evidence: which stretch of the sentence an act rests on, when it is unsure how far its words go.

One reader takes "a bomb killed six people", another the whole sentence. The ranker weighs the stretches that clauses
give; the one taken is that which shares enough with the likely ones, and may be one of them cut short at a link word.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from probata.extract.acts.candidates import SPANS, Candidate, span_features
from probata.extract.ranker import Model

Span = tuple[int, int]

# Two stretches are the same evidence from a quarter of their union; the gain rises over this margin around it.
SAME, MARGIN = 0.25, 0.07
_PLAIN = 0.999  # of the likelihood: no cut can be better
_LINKS = frozenset({"IN", "CC", ",", ":", "WDT", "WP", "WRB", "TO", "-LRB-", "-RRB-", "``", "''"})
_BEFORE = frozenset({",", ":", "CC"})  # what may be cut off in front ends with one of these
_OPEN = _LINKS | {"DT", "RB"}  # no cut leaves one of these at the end


def evidence(c: Candidate, ranker: Model) -> Span:
    """The evidence of an act: offsets."""
    scores: dict[Span, float] = {}
    for name, span in c.spans.items():
        score = ranker.scores(span_features(c, name))[0]
        if score > scores.get(span, -math.inf):
            scores[span] = score
    top = max(scores.values())
    weights = {span: math.exp(score - top) for span, score in scores.items()}
    total = sum(weights.values())
    best = max(weights, key=lambda span: weights[span])
    if weights[best] >= _PLAIN * total:
        return best
    likely = list(weights.items())
    return max((*weights, *_cuts(c)), key=lambda span: _gain(span, likely))


def _gain(span: Span, likely: list[tuple[Span, float]]) -> float:
    """How much a span can be expected to share with the evidence, given how likely each stretch is to be it."""
    out = 0.0
    a, b = span
    for (x, y), weight in likely:
        if (shared := min(b, y) - max(a, x)) > 0:
            part = shared / (max(b, y) - min(a, x))
            out += weight * (min(1.0, max(0.0, (part - SAME + MARGIN) / (2 * MARGIN))) + part / 1000)
    return out


def _cuts(c: Candidate) -> Iterator[Span]:
    """The stretches cut short: behind the act before a link word, or in front of it after a comma or an "and"."""
    s, at, end = c.sentence, c.trigger.at, len(c.sentence.tags) - 1
    tags = s.tags
    for a, b in dict.fromkeys(c.spans[name] for name in SPANS):
        first, last = s.at(a), min(s.at(b - 1), end)
        for k in range(at, last):
            if tags[k + 1] in _LINKS and tags[k] not in _OPEN and s.low[k + 1] != "of":
                yield a, s.ends[k]
        for k in range(first + 1, at + 1):
            if tags[k - 1] in _BEFORE and tags[k] not in _LINKS:
                yield s.starts[k], b
