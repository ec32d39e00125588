"""Candidates: every trigger of a report with the stretches of text that could be its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from probata.extract.acts import clause
from probata.extract.acts.features import trigger_features
from probata.extract.acts.plain import is_plain_noun
from probata.extract.acts.triggers import PHRASE, Trigger, triggers
from probata.extract.sentences import Sentence
from probata.model.claim import SPEECH, Stance

SPANS = ("narrow", "wide", "whole", "between", "start", "rest")
MOST = 24  # acts a sentence; more is a list that no reader would code, and cost must not grow with its square
_PHYSICAL = frozenset("killing injury attack damage displacement territory bodies_found detention".split())
_CARRIES = frozenset({"killing", "injury", "casualties"})


@dataclass(slots=True)
class Candidate:
    """A trigger in its sentence; `score` is the log-odds that it states an act, `span` the evidence chosen."""

    sentence: Sentence
    trigger: Trigger
    features: list[str]
    score: float = 0.0
    span: tuple[int, int] = (0, 0)
    others: list[int] = field(default_factory=list)  # words of the sentence that state other acts by themselves
    stance: tuple[Stance, str] = (Stance.AFFIRMED, "")  # how the sentence stands to the act, and the rule that says so
    limits: tuple[int, int] | None = None  # the words its speaker is responsible for
    _spans: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """Offset of the trigger word."""
        return self.sentence.starts[self.trigger.at]

    @property
    def end(self) -> int:
        """End offset of the trigger word."""
        return self.sentence.ends[self.trigger.at]

    @property
    def narrow(self) -> tuple[int, int]:
        """The least evidence that the candidate could have."""
        if not self._spans:
            self._put("narrow", *clause.narrow(self.sentence, self.trigger.at))
        return self._spans["narrow"]

    @property
    def spans(self) -> dict[str, tuple[int, int]]:
        """The evidence that the candidate could have, by name; worked out when asked for, as most state no act."""
        if len(self._spans) < len(SPANS):
            s, at = self.sentence, self.trigger.at
            b0, b1 = clause.between(s, at, self.others)
            w0, w1 = clause.wide(s, at)
            self._put("narrow", *clause.narrow(s, at))
            self._put("wide", w0, w1)
            self._put("whole", 0, len(s.words) - 1)
            self._put("between", max(b0, w0), min(b1, w1))
            self._put("start", w0, min(b1, w1))
            self._put("rest", max(b0, w0), w1)
        return self._spans

    def _put(self, name: str, first: int, last: int) -> None:
        """Words first..last within the limits, unless that would lose the trigger."""
        span = clause.offsets(self.sentence, first, last)
        if self.limits:
            a, b = max(span[0], self.limits[0]), min(span[1], self.limits[1])
            span = (a, b) if a <= self.start and self.end <= b else span
        self._spans[name] = span


def of_sentence(s: Sentence, text: str) -> Iterator[Candidate]:
    """The candidates of one parsed sentence."""
    found = triggers(s, text)
    strong = sorted({t.at for t in found if t.group in ("core", "happen") and t.type in _PHYSICAL})
    for t in found:
        others = [k for k in strong if k != t.at]
        yield Candidate(s, t, trigger_features(s, t, found, s.index < 2), others=others)


def span_features(c: Candidate, name: str) -> list[str]:
    """Features of one possible evidence, for the model that chooses between them."""
    s, t = c.sentence, c.trigger
    a, b = c.spans[name]
    length = b - a
    n = name
    same = "".join(k[0] if k != "whole" else "W" for k in SPANS if k != name and c.spans[k] == (a, b))
    inside = sum(1 for o in c.others if a <= s.starts[o] < b)
    end = len(s.words) - 1
    i, j = min(s.at(a), end), min(s.at(b - 1), end)
    before = s.low[i - 1] if i else "^"
    after = s.low[j + 1] if j + 1 < len(s.low) else "$"
    longest = max(y - x for x, y in c.spans.values())
    share = min(4, 5 * length // max(1, longest))
    tag = s.tags[t.at][:1]
    out = [
        n,
        f"{n}={same}",
        f"{n}.{t.type}",
        f"{n}.{tag}.{s.deps[t.at]}",
        f"{n}.{t.type}.{tag}.{s.deps[t.at]}",
        f"len{min(8, length // 25)}",
        f"{t.type}.len{min(8, length // 25)}",
        f"share{share}.{len(c.others) > 0}",
        f"in{min(3, inside)}",
        f"{n}.in{min(3, inside)}",
        f"<{before}",
        f">{after}",
        f"{n}>{after}",
        f"first={s.low[i]}",
        f"last={s.low[j]}",
        f"{t.type}.{t.group}.{n}",
        f"num{any(i <= k <= j for k in s.numbers)}.{bool(s.numbers)}.{t.type}",
        f"{s.tags[i]}.first",
        f"pos{t.at - i < 1}.{tag}",
        f"{n}.{t.lemma}",
        f"times{sum(1 for x in s.times if a <= x.start < b)}.{len(s.times)}",
    ]
    if j + 1 < len(s.low) and s.low[j + 1] == "and":
        out.append(f"and.{s.tags[min(j + 2, len(s.tags) - 1)]}")
    return out


def choose(cands: Sequence[Candidate]) -> list[Candidate]:
    """Of candidates that can state an act those that do: the best for each act of a type in a clause, one type a word.

    An attack is no claim of its own where a killing or injury of the same clause carries it (gold/claims.md), nor is
    what is only spoken of: in a call, a condemnation, a deal, or as the place of something else.
    """
    by_sentence: dict[int, list[Candidate]] = {}
    for c in cands:
        by_sentence.setdefault(c.sentence.index, []).append(c)
    out: list[Candidate] = []
    for n in sorted(by_sentence):
        out += _in_sentence(sorted(by_sentence[n], key=lambda c: -c.score))
    return out


def _in_sentence(cands: list[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for c in cands:
        if not any(_same_act(c, k) for k in kept):
            kept.append(c)
            if len(kept) >= MOST:
                break
    carriers = [k for k in kept if k.trigger.type in _CARRIES]
    kept = [k for k in kept if k.trigger.type != "attack" or not any(_meet(k, c, "wide") for c in carriers)]
    return [k for k in kept if not any(_spoken_of(k, c) for c in kept)]


def _same_act(a: Candidate, b: Candidate) -> bool:
    gap = a.trigger.at - b.trigger.at
    if gap == 0 or 0 < gap < 3 and _is_casualties(b) or -3 < gap < 0 and _is_casualties(a):
        return True
    if a.trigger.type != b.trigger.type:
        return False
    return (_meet(a, b, "narrow") or _meet(a, b, "wide")) and not (_apart(a, b) or _apart(b, a))


def _apart(a: Candidate, b: Candidate) -> bool:
    """Whether a plain noun stands beside another act, not under it: "the line fell, leading to a rebel retreat"."""
    s, i = a.sentence, a.trigger.at
    if not is_plain_noun(s, a.trigger):
        return False
    if is_plain_noun(s, b.trigger):
        return True
    for _ in range(6):
        if s.deps[i] in ("advcl", "conj") and i != b.trigger.at:
            return True
        i = s.heads[i]
        if i == b.trigger.at:
            return False
    return False


def _is_casualties(c: Candidate) -> bool:
    return c.trigger.type == "casualties" and c.trigger.part == PHRASE


def _meet(a: Candidate, b: Candidate, span: str) -> bool:
    """Whether one trigger stands inside the other's clause."""
    (a0, a1), (b0, b1) = a.spans[span], b.spans[span]
    return a0 <= b.start < a1 or b0 <= a.start < b1


def _spoken_of(k: Candidate, c: Candidate) -> bool:
    """Whether act k only stands inside what act c says."""
    if k is c or not c.spans["narrow"][0] <= k.start < c.spans["narrow"][1]:
        return False
    kind, by = k.trigger.type, c.trigger.type
    if by in SPEECH:
        if c.trigger.lemma in ("accuse", "blame") or kind in _CARRIES and _counted(k):
            return False
        return kind not in SPEECH and k.score < c.score + 1
    if by == "forced_recruitment":
        return True
    if kind == "attack":
        return by in ("territory", "agreement", "damage") and k.score < c.score
    return kind == "territory" and by in ("attack", *_CARRIES) and k.score < c.score


def _counted(k: Candidate) -> bool:
    """Whether the act tells how many."""
    a, b = k.spans["narrow"]
    return any(a <= n.start < b for n in k.sentence.numbers.values())
