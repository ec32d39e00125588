"""Candidates: every cue of a parsed sentence with its source and its content, before anything is judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from probata.extract.attribution.cues import Lexicon, lexicon
from probata.extract.attribution.sources import doubled, of_verb, phrase, with_pronoun
from probata.extract.attribution.tree import SUBJECTS, below, kid
from probata.extract.sentences import Sentence

_NOT_CUE = frozenset({"aux", "auxpass", "compound", "amod", "nmod"})
_FUNCTION = frozenset({"aux", "auxpass", "neg", "punct", "prt", "cc", "expl"})
_UP = frozenset({"parataxis", "advcl", "relcl", "acl", "ccomp", "dep", "conj"})


@dataclass(slots=True)
class Candidate:
    """A cue word of a sentence with the words of its source and its content; `features` are for the judge."""

    sentence: Sentence
    at: int
    lemma: str
    kind: str
    rule: str
    source: list[int]
    content: list[int]
    features: list[str] = field(default_factory=list)
    head: int = -1  # head word of the source in the parse
    clause: bool = True  # the content is a clause or a quotation, not a thing or a deed


def kid_features(s: Sentence, i: int, k: int, lemma: str, kind: str, frame: str) -> list[str]:
    """What is known of dependent k of cue i: label, side, tag, preposition, the cue, and the cue's other dependents."""
    dep = s.deps[k]
    side = "<" if k < i else ">"
    d = dep + side
    out = ["", "d=" + d, "dl=" + d + lemma, "dk=" + d + kind, "dt=" + d + s.tags[k], "df=" + d + frame]
    if dep == "prep":
        out.append("p=" + s.low[k] + side)
        out.append("pl=" + s.low[k] + lemma)
        out.append("pf=" + s.low[k] + frame)
    elif dep == "advcl":
        marks = [s.low[m] for m in s.kids[k] if s.deps[m] in ("mark", "advmod", "aux")]
        out.append("m=" + side + (marks[0] if marks else "-"))
        out.append("ml=" + lemma + (marks[0] if marks else "-"))
    return out


def can_be_cue(s: Sentence, i: int) -> bool:
    """Whether word i is used as a verb of its own."""
    return s.deps[i] not in _NOT_CUE and (s.tags[i][0] == "V" or kid(s, i, SUBJECTS) is not None)


def is_function(s: Sentence, k: int) -> bool:
    """Whether word k only helps a verb: auxiliary, negation, particle, punctuation."""
    return s.deps[k] in _FUNCTION


def frame_of(s: Sentence, i: int) -> str:
    """The cue's complements in short: c clause, x open clause, o object, p passive, s subject."""
    out = ""
    for k in s.kids[i]:
        d = s.deps[k]
        if d == "ccomp":
            out += "c" if k > i else "C"
        elif d == "xcomp":
            out += "x"
        elif d in ("dobj", "attr", "oprd", "acomp"):
            out += "o"
        elif d == "nsubjpass":
            out += "p"
        elif d == "nsubj":
            out += "s"
        elif d == "prep":
            out += "" if out[-1:] == "r" else "r"
    return out


Judge = Callable[[list[str]], float]


def of_sentence(s: Sentence, hits: list[int], lex: Lexicon, is_content: Judge) -> list[Candidate]:
    """The verb candidates among the words `hits`; `is_content` gives the log odds that a dependent is content."""
    out = []
    verbs = lex.verbs
    for i in hits:
        entry = verbs.get(s.low[i])
        if entry is None or not can_be_cue(s, i):
            continue
        made = _of_verb(s, i, entry, is_content)
        if made is not None:
            out.append(made)
    return out


def _of_verb(s: Sentence, i: int, entry: tuple[str, str], is_content: Judge) -> Candidate | None:
    lemma, kind = entry
    if _is_no_cue(s, i, lemma):
        return None
    frame = frame_of(s, i)
    head, rule = of_verb(s, i)
    chosen: list[int] = []
    best, best_odds = -1, -2.5
    for k in s.kids[i]:
        if is_function(s, k) or k == head:
            continue
        odds = is_content(kid_features(s, i, k, lemma, kind, frame))
        if odds > 0:
            chosen.append(k)
        elif odds > best_odds:
            best, best_odds = k, odds
    mode = "kids"
    content: list[int] = []
    if not chosen and s.deps[i] in _UP and s.heads[i] != i and s.heads[i] != head:
        mode = "up"
        top = s.heads[i]
        if s.deps[i] in ("parataxis", "advcl", "ccomp", "dep"):
            while s.deps[top] in ("conj",) and s.heads[top] != top:
                top = s.heads[top]
        content = below(s, top, {i})
    elif not chosen and best >= 0:
        chosen, mode = [best], "weak"
    if rule == "with-participle":
        mode = "kids"
        chosen = chosen or [k for k in s.kids[i] if k > i and not is_function(s, k)]
        content = []
    source = with_pronoun(s, head, i, phrase(s, head)) if head is not None else []
    if rule == "shared-subject" and head is not None and s.low[head] == "it" and s.tags[i] == "VB":
        source, rule = [], "none"  # "it was not possible to verify"
    if rule == "subject" and head is not None:
        source = doubled(s, i, head, source)
    if rule == "by-agent":
        deeds = (k for k in source if s.low[k] in ("of", "for") and any(s.tags[m] == "VBG" for m in s.kids[k]))
        cut = source.index(next(deeds, source[0])) if source else 0
        if cut:
            chosen.append(source[cut])
            source = source[:cut]
    if rule == "noun-of-clause":
        source = [k for k in source if k < i]
    taken = set(source)
    for k in chosen:
        content.extend(below(s, k))
    if i + 1 in chosen and s.deps[i + 1] == "prep":
        taken.add(i + 1)  # "called for": the preposition goes with the cue
    content = sorted(set(content) - taken)
    if mode != "up" and not content:
        mode = "bare"
    c = Candidate(s, i, lemma, kind, rule, source, content)
    c.head = -1 if head is None else head
    c.clause = "c" in frame or "C" in frame or mode == "up"
    c.features = _features(s, i, c, frame, mode, head)
    return c


def _features(s: Sentence, i: int, c: Candidate, frame: str, mode: str, head: int | None) -> list[str]:
    lemma, kind, dep, tag = c.lemma, c.kind, s.deps[i], s.tags[i]
    who = _who(s, head)
    up = s.heads[i]
    out = [
        "",
        "l=" + lemma,
        "k=" + kind,
        "t=" + tag,
        "d=" + dep,
        "f=" + frame,
        "w=" + who,
        "m=" + mode,
        "lf=" + lemma + frame,
        "lm=" + lemma + mode,
        "kf=" + kind + frame,
        "kw=" + kind + who,
        "lw=" + lemma + who,
        "td=" + tag + dep,
        "lt=" + lemma + tag,
        "r=" + c.rule,
        "kt=" + kind + tag + dep,
        "fm=" + frame + mode,
    ]
    if up != i:
        out.append("u=" + s.tags[up] + dep)
        out.append("uw=" + _cue_word(s.low[up]) + dep)
    for k in s.kids[i]:
        d = s.deps[k]
        if d in ("aux", "neg", "mark", "auxpass"):
            out.append("a=" + s.low[k])
            out.append("ak=" + kind + s.low[k])
        elif d in ("prt", "prep"):
            out.append("p=" + lemma + s.low[k])
        elif d in ("dobj", "ccomp", "xcomp", "attr", "acomp"):
            out.append("o=" + d + s.tags[k])
            out.append("lo=" + lemma + s.tags[k])
    if c.content:
        n = len(c.content)
        out.append("n=" + ("1" if n == 1 else "2" if n < 4 else "4" if n < 9 else "9"))
    if s.quotes:
        out.append("q")
        out.append("qk=" + kind)
    return out


def _is_no_cue(s: Sentence, i: int, lemma: str) -> bool:
    """Set phrases: a bomb "claimed the lives", a law "says nothing", to "tell apart", "worth noting"."""
    after = s.low[i + 1 : i + 4]
    if lemma == "claim":
        return "lives" in after or "life" in after
    if i > 0 and s.low[i - 1] == "worth":
        return True
    return (lemma == "say" and after[:1] == ["nothing"]) or (lemma == "tell" and "apart" in after)


def _cue_word(word: str) -> str:
    """The lemma of a word that can be a cue itself, else "-": no other word of a text becomes a feature."""
    entry = lexicon().verbs.get(word)
    return entry[0] if entry else "-"


def _who(s: Sentence, head: int | None) -> str:
    if head is None:
        return "-"
    tag = s.tags[head]
    if tag in ("PRP", "WP", "WDT", "DT", "EX"):
        return s.low[head]
    return tag
