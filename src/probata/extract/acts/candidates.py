"""Candidates: every trigger of a report with the stretches of text that could be its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from probata.extract.acts import clause
from probata.extract.acts.features import trigger_features
from probata.extract.acts.plain import is_plain_noun
from probata.extract.acts.triggers import PHRASE, Trigger, triggers
from probata.extract.kinds import table
from probata.extract.sentences import Sentence
from probata.model.claim import SPEECH, Stance

SPANS = ("narrow", "wide", "whole", "between", "start", "rest")
MOST = 24  # acts a sentence; more is a list that no reader would code, and cost must not grow with its square
SURE = 0.5  # log-odds from which a gain of ground beside deaths or a strike is a claim of its own
_PHYSICAL = frozenset("killing injury attack damage displacement territory bodies_found detention".split())
CARRIES = frozenset({"killing", "injury", "casualties"})
_WHO = frozenset({"armed", "power", "demonym"})
_NO_KINDS: frozenset[str] = frozenset()


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
    who: Sequence[int] = ()  # words of the sentence that name who can act
    means: Sequence[int] = ()  # and those that name with what
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
        if (span := self._spans.get("narrow")) is None:
            span = self._spans["narrow"] = self._within(*clause.narrow(self.sentence, self.trigger.at))
        return span

    @property
    def wide(self) -> tuple[int, int]:
        """The whole clause around the trigger."""
        if (span := self._spans.get("wide")) is None:
            span = self._spans["wide"] = self._within(*clause.wide(self.sentence, self.trigger.at))
        return span

    @property
    def spans(self) -> dict[str, tuple[int, int]]:
        """The evidence that the candidate could have, by name; worked out when asked for, as most state no act."""
        if len(self._spans) < len(SPANS):
            s, at = self.sentence, self.trigger.at
            b0, b1 = clause.between(s, at, self.others)
            w0, w1 = clause.wide(s, at)
            first, last = max(b0, w0), min(b1, w1)
            narrow, wide = self.narrow, self.wide
            between = wide if (first, last) == (w0, w1) else self._within(first, last)
            self._spans = {
                "narrow": narrow,
                "wide": wide,
                "whole": self._within(0, len(s.words) - 1),
                "between": between,
                "start": wide if last == w1 else between if first == w0 else self._within(w0, last),
                "rest": wide if first == w0 else between if last == w1 else self._within(first, w1),
            }
        return self._spans

    def _within(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of words first..last within the limits, unless that would lose the trigger."""
        span = clause.offsets(self.sentence, first, last)
        if self.limits:
            a, b = max(span[0], self.limits[0]), min(span[1], self.limits[1])
            span = (a, b) if a <= self.start and self.end <= b else span
        return span


def of_sentence(s: Sentence, text: str) -> Iterator[Candidate]:
    """The candidates of one parsed sentence."""
    found = triggers(s, text)
    strong = sorted({t.at for t in found if t.group in ("core", "happen") and t.type in _PHYSICAL})
    kinds = [table().get(low, _NO_KINDS) for low in s.low] if found else []
    who = [i for i, k in enumerate(kinds) if not _WHO.isdisjoint(k)]
    means = [i for i, k in enumerate(kinds) if "means" in k]
    for t in found:
        others = [k for k in strong if k != t.at]
        features = trigger_features(s, t, found, s.index < 2)
        yield Candidate(s, t, features, others=others, who=who, means=means)


def span_features(c: Candidate, name: str) -> list[str]:
    """Features of one possible evidence, for the model that chooses between them."""
    s, t, spans = c.sentence, c.trigger, c.spans
    span = a, b = spans[name]
    low, tags, starts = s.low, s.tags, s.starts
    n, T, tag = name, t.type, tags[t.at][:1]
    same = "".join([k[0] if k != "whole" else "W" for k in SPANS if k != name and spans[k] == span])
    inside = min(3, sum([a <= starts[o] < b for o in c.others])) if c.others else 0
    end = len(low) - 1
    i, j = min(s.at(a), end), min(s.at(b - 1), end)
    before = low[i - 1] if i else "^"
    after = low[j + 1] if j < end else "$"
    longest = max([y - x for x, y in spans.values()])
    share = min(4, 5 * (b - a) // max(1, longest))
    counted = any(i <= k <= j for k in s.numbers)
    dated = sum([a <= x.start < b for x in s.times]) if s.times else 0
    who = any(i <= k <= j for k in c.who)
    means = any(i <= k <= j for k in c.means)
    out = [
        *_shape(n, same, T, tag, s.deps[t.at]),
        *_extent(n, T, min(8, (b - a) // 25), share, len(c.others) > 0, inside),
        f"<{before}",
        f">{after}",
        f"{n}>{after}",
        f"first={low[i]}",
        f"last={low[j]}",
        f"{T}.{t.group}.{n}",
        f"num{counted}.{bool(s.numbers)}.{T}",
        f"{tags[i]}.first",
        f"pos{t.at - i < 1}.{tag}",
        f"{n}.{t.lemma}",
        f"times{dated}.{len(s.times)}",
        f"who{who}.{bool(c.who)}",
        f"who{who}.{bool(c.who)}.{T}",
        f"means{means}.{bool(c.means)}.{T}",
    ]
    if after == "and":
        out.append(f"and.{tags[min(j + 2, len(tags) - 1)]}")
    return out


# Names of features that many spans share are made once.
@lru_cache(maxsize=1 << 14)
def _shape(n: str, same: str, kind: str, tag: str, dep: str) -> tuple[str, ...]:
    return n, f"{n}={same}", f"{n}.{kind}", f"{n}.{tag}.{dep}", f"{n}.{kind}.{tag}.{dep}"


@lru_cache(maxsize=1 << 14)
def _extent(n: str, kind: str, length: int, share: int, others: bool, inside: int) -> tuple[str, ...]:
    return f"len{length}", f"{kind}.len{length}", f"share{share}.{others}", f"in{inside}", f"{n}.in{inside}"


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
    carriers = [k for k in kept if k.trigger.type in CARRIES]
    kept = [k for k in kept if k.trigger.type != "attack" or not any(meet(k, c, k.wide, c.wide) for c in carriers)]
    return [k for k in kept if not any(_spoken_of(k, c) for c in kept)]


def _same_act(a: Candidate, b: Candidate) -> bool:
    gap = a.trigger.at - b.trigger.at
    if gap == 0 or 0 < gap < 3 and _is_casualties(b) or -3 < gap < 0 and _is_casualties(a):
        return True
    if a.trigger.type != b.trigger.type:
        return False
    met = meet(a, b, a.narrow, b.narrow) or meet(a, b, a.wide, b.wide)
    return met and not (_apart(a, b) or _apart(b, a))


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


def meet(a: Candidate, b: Candidate, of_a: tuple[int, int], of_b: tuple[int, int]) -> bool:
    """Whether one trigger stands inside the other's clause."""
    return of_a[0] <= b.start < of_a[1] or of_b[0] <= a.start < of_b[1]


def _spoken_of(k: Candidate, c: Candidate) -> bool:
    """Whether act k only stands inside what act c says."""
    if k is c or not c.narrow[0] <= k.start < c.narrow[1]:
        return False
    kind, by = k.trigger.type, c.trigger.type
    if by in SPEECH:
        if c.trigger.lemma in ("accuse", "blame") or kind in CARRIES and _counted(k):
            return False
        return kind not in SPEECH and k.score < c.score + 1 and not _beside(k.sentence, k.trigger.at, c.trigger.at)
    if by == "forced_recruitment":
        return True
    if kind == "attack":
        return by in ("territory", "agreement", "damage") and k.score < c.score
    return kind == "territory" and by in ("attack", *CARRIES) and k.score < min(c.score, SURE)


def _beside(s: Sentence, at: int, of: int) -> bool:
    """Whether a word belongs to something else said beside a verb: "appealed, stressing that they would leave"."""
    clause = False
    for _ in range(8):
        if clause and s.deps[at] == "advcl":
            return True
        if s.heads[at] in (at, of):
            return False
        clause = clause or s.deps[at] == "ccomp"
        at = s.heads[at]
    return False


def _counted(k: Candidate) -> bool:
    """Whether the act tells how many."""
    a, b = k.narrow
    return any(a <= n.start < b for n in k.sentence.numbers.values())
