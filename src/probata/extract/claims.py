"""Claims as words: from the parsed sentences and attributions of a report to acts with their slots, spans only."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from probata.extract.acts import roles
from probata.extract.acts.candidates import Candidate, choose, of_sentence
from probata.extract.acts.evidence import evidence
from probata.extract.acts.features import shared_features, stance_features, stem
from probata.extract.acts.frames import is_unfit
from probata.extract.acts.owners import HURTS, is_others, owned
from probata.extract.acts.plain import least_score
from probata.extract.acts.plainroles import given, is_move
from probata.extract.attribution import Roster, SpeakerReading, speaker_of
from probata.extract.kinds import table
from probata.extract.mentions.numbers import NumberWords
from probata.extract.mentions.places import PlaceWords
from probata.extract.mentions.times import TimeWords
from probata.extract.phrases import Phrase, phrases
from probata.extract.ranker import Model, probability
from probata.extract.sentences import Sentence
from probata.extract.stance import stance_of
from probata.extract.voices import Voices
from probata.model.attribution import Attribution
from probata.model.claim import SPEECH, Stance

# Log-odds from which a reading is taken; swept by cross-validation on the training reports (tools/train.py).
ACT_LEAST = -0.3
COUNT_LEAST = 0.0
GIVEN = 2.0  # of a role that the grammar gives by itself
SLOT_LEAST = 0.33  # the least probability that the act is stated and its slot filled so; below it the slot stays empty
ROLE_LEAST = 0.3  # the same for agents, targets and method


# These verbs say how; they are the method where no means is named.
_MANNER = frozenset(
    "burn behead decapitate hang stone strangle crucify stab drown gas poison immolate suffocate torture starve".split()
)
_ACCUSE = frozenset(stem(w) for w in ("accuse", "blame", "condemn", "denounce", "criticize", "criticise", "decry"))
_CLAIM = frozenset({stem("claim")})
_OWNS = _CLAIM | {stem(w) for w in ("admit", "acknowledge", "confess", "boast", "announce", "vow", "deny")}
_LOYAL = frozenset({"loyal", "allied", "affiliated", "linked", "close", "friendly", "aligned", "opposed"})
_SUBJECTS = frozenset({"subject", "trailing"})
_CLAIMED = frozenset({"attack", "killing", "injury"})


@dataclass(slots=True)
class Fill:
    """The words that fill a slot, how they were found, and whether they stand elsewhere in the report."""

    start: int
    end: int
    rule: str
    inferred: bool = False
    score: float = 0.0


@dataclass(slots=True)
class Draft:
    """An act with the words of its slots, not yet interpreted."""

    candidate: Candidate
    stance: Stance
    stance_rule: str
    speaker: SpeakerReading | None = None
    agents: list[Fill] = field(default_factory=list)
    targets: list[Fill] = field(default_factory=list)
    method: Fill | None = None
    numbers: list[NumberWords] = field(default_factory=list)
    place: Fill | None = None
    time: TimeWords | None = None
    carried: set[str] = field(default_factory=set)
    options: list[roles.Option] = field(default_factory=list)
    voices: list[tuple[int, int]] = field(default_factory=list)  # others who only say something in the sentence
    owners: dict[int, int] = field(default_factory=dict)  # of phrases beside a verb of killing or hurting, that verb
    why: dict[str, str] = field(default_factory=dict)  # what the rankers weighed, if asked for

    @property
    def type(self) -> str:
        """The claim type."""
        return self.candidate.trigger.type

    @property
    def sentence(self) -> Sentence:
        """The sentence the act stands in."""
        return self.candidate.sentence


@dataclass(frozen=True, slots=True)
class Models:
    """The rankers: which triggers state an act and with how much evidence, who has which role, which number counts."""

    act: Model
    span: Model
    role: Model
    extent: Model
    number: Model
    place: Model
    time: Model


def candidates(text: str, sentences: Sequence[Sentence], voices: Voices) -> list[Candidate]:
    """Every trigger of the parsed sentences, with features and possible evidence."""
    out = [c for s in sentences if s.parsed for c in of_sentence(s, text)]
    for c in out:
        c.limits = voices.limits(c.sentence, c.start, c.end)
        c.features += voices.features(c.trigger.type, c.sentence, c.start, c.end)
    for c in out:
        c.features += shared_features(c.sentence, c.trigger, *c.narrow)
    for c in out:
        c.stance = stance_of(c.sentence, c.trigger.at, c.trigger.type)
        c.features += stance_features(c.trigger, c.stance[0])
    return out


def passed(cands: Iterable[Candidate], act: Model) -> list[Candidate]:
    """The candidates that can state an act, scored."""
    out = []
    for c in cands:
        c.score = least_score(c.sentence, c.trigger, act.scores(c.features)[0])
        if c.score >= ACT_LEAST and not is_unfit(c.sentence, c.trigger):
            out.append(c)
    return out


def judged(cands: Sequence[Candidate], span: Model) -> list[Candidate]:
    """Of the candidates that can state an act those that do, with the evidence chosen."""
    kept = choose(cands)
    for c in kept:
        c.span = evidence(c, span)
    return sorted(kept, key=lambda c: (c.sentence.index, c.span[0], c.start))


def drafts(
    chosen: Sequence[Candidate],
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    voices: Voices,
    roster: Roster,
    places: Sequence[PlaceWords],
) -> list[Draft]:
    """A draft for each act, with stance, speaker and the options for its other slots.

    `voices` are the attributions by sentence, `places` the place names of the report in order.
    """
    out = []
    found: dict[int, list[Phrase]] = {}
    spots: dict[int, list[tuple[int, int]]] = {}
    owners: dict[int, dict[int, int]] = {}
    acts: dict[int, list[Candidate]] = {}
    for c in chosen:
        acts.setdefault(c.sentence.index, []).append(c)
    saying: dict[int, list[tuple[int, int]]] = {}
    for c in chosen:
        s, t = c.sentence, c.trigger
        if s.index not in found:
            found[s.index] = phrases(s)
            owners[s.index] = owned(s, [o.trigger for o in acts[s.index]], found[s.index])
            saying[s.index] = [
                (a.source.start, a.source.end)
                for a in voices.by_sentence.get(s.index, ())
                if a.source
                and a.rule in _SUBJECTS
                and a.kind in ("say", "report", "accuse", "condemn")
                and not _cued(a, _OWNS)
            ]
            first, stop = (bisect_left(places, offset, key=lambda p: p.start) for offset in (s.start, s.end))
            spots[s.index] = [(p.start, p.end) for p in places[first:stop]]
        d = Draft(c, *c.stance, voices=saying[s.index], owners=owners[s.index])
        d.speaker = speaker_of(attributions, sentences, *c.span, roster.voice, t.type in SPEECH)
        voice = (d.speaker.source.start, d.speaker.source.end) if d.speaker else None
        others = [(o.trigger.at, o.trigger.type) for o in acts[s.index] if o is not c]
        d.options = list(roles.options(s, t, found[s.index], spots[s.index], voice, c.span, others))
        out.append(d)
        if d.speaker:  # one act reported by two named sources is two claims
            for other in d.speaker.also:
                out.append(replace(d, speaker=replace(d.speaker, source=other, also=()), carried=set()))
    return out


def least_odds(d: Draft, least: float = ROLE_LEAST) -> float:
    """The log-odds from which a slot of an act is filled: the less sure the act, the surer its slot has to be."""
    p = least / probability(d.candidate.score)
    return math.log(p / (1 - p)) if p < 1 else math.inf


def fill_roles(d: Draft, role: Model, extent: Model) -> None:
    """Agents, targets and method, from the words of the sentence."""
    s, t = d.sentence, d.candidate.trigger
    least = least_odds(d)
    best_method = least
    found: dict[str, list[Fill]] = {"agents": [], "targets": []}
    agents = {}
    plain = given(s, t)
    for o in d.options:
        scores = role.scores(o.features)
        if o.phrase.head in plain and not o.phrase.modifier:
            scores = [
                max(x, GIVEN) if n == plain[o.phrase.head] else -GIVEN for n, x in zip(roles.ROLES, scores, strict=True)
            ]
        for k, name in enumerate(roles.ROLES):
            if scores[k] < least:
                continue
            if name == "agents" and scores[1] > scores[0] or name == "targets" and scores[0] > scores[1]:
                continue
            if _cannot(d, name, o.phrase, plain):
                continue
            how = extent.scores(roles.extent_features(s, t, o.phrase, name))
            e = roles.EXTENTS[max(range(len(how)), key=lambda i: how[i])]
            start, end = roles.extent(s, o.phrase, "long" if s.low[o.phrase.head] == "those" else e)
            if name == "agents":
                start, end = _loyal(s, o.phrase, start, end)
                agents[o.phrase.head] = start
                if not o.phrase.modifier:  # "Russian" and "jets": "Russian jets"
                    start = min([start, *(agents[m.head] for m in _modifiers(d, o.phrase) if m.head in agents)])
            fill = Fill(start, end, f"{name}:{o.features[0]}", score=scores[k])
            if name != "method":
                found[name].append(fill)
            elif scores[k] > best_method:
                best_method, d.method = scores[k], fill
    if d.method and d.type == "killing" and d.method.start <= s.starts[t.at] < d.method.end:
        d.method = None  # "nearly 200 executions": the act itself is not how
    if d.method is None and d.type == "killing" and t.lemma in _MANNER:
        d.method = Fill(s.starts[t.at], s.ends[t.at], "method:manner")
    d.agents, d.targets = _apart(s, found["agents"]), _apart(s, found["targets"])
    if (
        not d.agents
        and d.speaker
        and d.type in _CLAIMED
        and "responsibility" in s.low
        and _cued(d.speaker.attribution, _CLAIM)
    ):
        d.agents = [Fill(d.speaker.source.start, d.speaker.source.end, "agents:claimed responsibility")]


def _cannot(d: Draft, name: str, p: Phrase, plain: Mapping[int, str]) -> bool:
    """Whether a phrase cannot have a role, whatever the ranker says. `plain` are the roles that the grammar gives."""
    t = d.candidate.trigger
    if name == "agents":
        bound = d.type == "legal" and bool(plain) and p.head not in plain
        return d.type == "appeal" or bound or _accuses(d, p)
    if name == "targets":
        others = d.type in HURTS and is_others(d.owners, t.at, p.head)
        return is_move(t) or others or _only_says(d, p)
    return "bare" in p.kinds


def _loyal(s: Sentence, p: Phrase, start: int, end: int) -> tuple[int, int]:
    """ "Militias loyal to the regime" did it, not the regime: the words from the noun that is loyal to the end."""
    to = s.heads[p.head]
    if s.low[to] not in ("to", "with") or to == p.head or to == 0 or s.low[to - 1] not in _LOYAL:
        return start, end
    first = to - 1
    while first and (s.tags[first - 1][:2] in ("NN", "JJ", "RB") or s.low[first - 1] in table()):
        first -= 1
    return s.starts[first], end


def _accuses(d: Draft, p: Phrase) -> bool:
    """Whether a phrase names who accuses, condemns or reports: never the one who did it, whatever the ranker says.

    Those who deny an act, claim it, admit it or threaten it can be the ones.
    """
    s, i = d.sentence, p.head
    if s.deps[i] in ("nsubj", "conj") and stem(s.low[s.heads[i]]) in _ACCUSE:
        return True
    start, end = s.starts[p.first], s.ends[p.last]
    if d.speaker is None or not (d.speaker.source.start < end and start < d.speaker.source.end):
        return any(a < end and start < b for a, b in d.voices)
    if d.stance is Stance.DENIED:  # "the general denied that soldiers ...": the soldiers
        return any(s.deps[k] == "nsubj" for k in s.kids[d.candidate.trigger.at])
    return d.type != "threat" and not _cued(d.speaker.attribution, _OWNS)


def _only_says(d: Draft, p: Phrase) -> bool:
    """Whether a phrase outside the evidence names who says it: nobody the act befell."""
    start, end = d.sentence.starts[p.first], d.sentence.ends[p.last]
    if d.speaker is None or d.type in SPEECH or d.candidate.span[0] <= start and end <= d.candidate.span[1]:
        return False
    return d.speaker.source.start < end and start < d.speaker.source.end


def _cued(a: Attribution | None, stems: frozenset[str]) -> bool:
    """Whether the cue of an attribution has a word with one of these stems."""
    return a is not None and any(stem(w) in stems for w in a.cue.text.lower().split())


def _modifiers(d: Draft, p: Phrase) -> list[Phrase]:
    """The actor words directly in front of a phrase."""
    return [o.phrase for o in d.options if o.phrase.modifier and o.phrase.owner == p.head][-1:]


def _apart(s: Sentence, fills: list[Fill]) -> list[Fill]:
    """The likeliest of those that share words or say the same, the longer of two that overlap, in order of the text."""
    kept: list[Fill] = []
    said: set[str] = set()
    for f in sorted(fills, key=lambda f: -f.score):
        words = " ".join(s.low[s.at(f.start) : s.at(f.end - 1) + 1]).rstrip("s")
        if words in said:
            continue
        for n, k in enumerate(kept):
            if f.start < k.end and k.start < f.end:
                if f.start <= k.start and k.end <= f.end:
                    kept[n] = f
                break
        else:
            kept.append(f)
        said.add(words)
    return sorted(kept, key=lambda f: f.start)


_RISES = frozenset("rose rises risen climbed climbs grew grown reached reaches stood stands was is".split())


def fill_count(d: Draft, number: Model) -> None:
    """The number that counts the people of the act."""
    s, t = d.sentence, d.candidate.trigger
    found = [o.phrase for o in d.options]
    best = COUNT_LEAST
    if t.lemma in ("toll", "death") and "toll" in s.low[t.at : t.at + 2]:
        after = next((n for i, n in sorted(s.numbers.items()) if i > t.at and n.kind == "count"), None)
        d.numbers = [after] if after else []  # "the death toll rose to 61"
        return
    if s.low[max(0, t.at - 2) : t.at] == ["number", "of"]:  # "the number of dead in Orvel rose to 61"
        after = next((n for i, n in sorted(s.numbers.items()) if i > t.at and n.kind == "count"), None)
        if after and _RISES.intersection(s.low[t.at + 1 : s.at(after.start)]):
            d.numbers = [after]
            return
    if t.part == "n" and "most" in s.low[max(0, t.at - 4) : t.at] and not d.numbers:
        k = s.low.index("most", max(0, t.at - 4))
        if s.low[k + 1 : k + 2] == ["of"]:  # "most of the executions": a share of a figure that is not here
            d.numbers = [NumberWords(s.starts[k], s.ends[k], None, None, "share-most", "share")]
            return
    for i, n in s.numbers.items():
        score = number.scores(roles.number_features(s, t, i, found))[0]
        if score > best:
            best, d.numbers = score, [n]
