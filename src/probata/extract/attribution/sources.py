"""Who a cue belongs to: the words of the subject, the agent or the owner."""

from __future__ import annotations

from probata.extract.attribution.tree import below, kid, trim
from probata.extract.attribution.vocabulary import speakers
from probata.extract.sentences import Sentence

_SUBJECT = frozenset({"nsubj", "csubj"})
_PASSIVE = frozenset({"nsubjpass"})
_CUT = frozenset({"relcl", "advcl", "parataxis"})
_UP = frozenset({"conj", "xcomp", "advcl", "dep", "pcomp", "ccomp", "parataxis", "acomp"})
_QUOTED = frozenset({"quoted", "quotes", "cited", "cites", "quoting", "citing"})
_RELATIVE = frozenset({"who", "which", "that"})


def phrase(s: Sentence, i: int) -> list[int]:
    """The words of the noun phrase headed by word i, contiguous around it, without clauses hung on it."""
    loose = {k for k in s.kids[i] if s.deps[k] in _CUT and k > i}
    words = below(s, i, loose - {i})
    at = words.index(i)
    a = b = at
    while a > 0 and words[a - 1] == words[a] - 1:
        a -= 1
    while b + 1 < len(words) and words[b + 1] == words[b] + 1:
        b += 1
    return _undated(s, trim(s, words[a : b + 1]))


def _undated(s: Sentence, words: list[int]) -> list[int]:
    """Without a date line that runs into the first words of a report ("Coast News 5 Apr 2017 Harbour master says")."""
    if words and words[0] < 2:
        for time in reversed(s.times):
            if s.starts[words[0]] < time.end <= s.starts[words[-1]]:
                return [k for k in words if s.starts[k] >= time.end]
        for n in range(min(len(words) - 2, 8), -1, -1):
            if s.words[words[n]].isdigit() and len(s.words[words[n]]) == 4:
                return words[n + 1 :]
    return words


def speaks(s: Sentence, i: int) -> bool:
    """Whether a noun can be a speaker: a name, a word for people, a body or a medium."""
    vocab = speakers()
    low = s.low[i]
    return (
        low in vocab.vague_bodies
        or low in vocab.people
        or low in vocab.bodies
        or low in vocab.media
        or s.tags[i] in ("NNP", "NNPS", "PRP")
    )


def doubled(s: Sentence, i: int, head: int, words: list[int]) -> list[int]:
    """The source grown to a second subject that stands next to it ("the opposition / Harbour Council accused")."""
    for k in s.kids[i]:
        if head < k < i and s.deps[k] in ("nsubj", "appos") and s.words[k][0].isupper() and s.tags[k][0] == "N":
            more = phrase(s, k)
            if more and words and more[0] == words[-1] + 1:
                return words + more
    return words


def with_pronoun(s: Sentence, head: int, cue: int, words: list[int]) -> list[int]:
    """The words of a source grown to the relative pronoun that stands for it before the cue ("medics, who said")."""
    if not words or words[-1] >= cue:
        return words
    for k in range(words[-1] + 1, min(words[-1] + 3, cue)):
        if s.low[k] in _RELATIVE and s.tags[k] in ("WP", "WDT"):
            return words + list(range(words[-1] + 1, k + 1))
        if s.words[k] != ",":
            break
    return words


def of_verb(s: Sentence, i: int) -> tuple[int | None, str]:
    """The head word of the source of a verb cue and the rule that found it. None where the report names nobody."""
    passive = kid(s, i, _PASSIVE) is not None or (kid(s, i, frozenset({"auxpass"})) is not None)
    if passive or (s.deps[i] == "acl" and s.tags[i] == "VBN"):
        by = agent(s, i)
        return (by, "by-agent") if by is not None else (None, "passive")
    at, steps = i, 0
    if s.tags[i] == "VBG" and i > 1 and s.deps[i] != "ROOT" and speaks(s, i - 1) and _with(s, i - 1):
        return i - 1, "with-participle"
    while True:
        subject = kid(s, at, _SUBJECT)
        if subject is not None:
            return relative(s, at, subject), "subject" if at == i else "shared-subject"
        dep, head = s.deps[at], s.heads[at]
        if at != i and kid(s, at, _PASSIVE) is not None:
            subject = kid(s, at, _PASSIVE)
            return (subject, "shared-subject") if subject is not None else (None, "none")
        if steps > 6 or head == at:
            return None, "none"
        if dep == "relcl" or (dep == "acl" and not (s.tags[at] == "VBG" and not speaks(s, head))):
            if s.deps[head] == "attr" and (subject := kid(s, s.heads[head], _SUBJECT)) is not None:
                return subject, "shared-subject"
            return head, "noun-of-clause"
        if dep == "acl":
            at = head
            while s.tags[at][0] != "V" and s.heads[at] != at:
                at = s.heads[at]
            steps += 1
            continue
        if dep == "pcomp" and s.low[head] == "as" and s.low[s.heads[head]] in _QUOTED:
            patient = kid(s, s.heads[head], frozenset({"dobj"}))
            if patient is not None:
                return patient, "quoted"
        if dep == "prep" or dep in _UP:
            if dep == "xcomp":
                patient = kid(s, head, frozenset({"dobj"}))
                if patient is not None and s.tags[head][0] == "V":
                    return patient, "object-control"
            at = head
            steps += 1
            continue
        return None, "none"


def _with(s: Sentence, noun: int) -> bool:
    """Whether the noun hangs on "with" ("with a reporter describing ...")."""
    up = s.heads[noun]
    return s.low[up] == "with" and up < noun


def agent(s: Sentence, i: int) -> int | None:
    """The noun after "by" that hangs on word i."""
    for k in s.kids[i]:
        if s.deps[k] in ("agent", "prep") and s.low[k] == "by":
            for o in s.kids[k]:
                if s.deps[o] == "pobj":
                    return o
    return None


def relative(s: Sentence, verb: int, subject: int) -> int:
    """The noun that a relative pronoun subject stands for, else the subject itself."""
    if s.low[subject] in _RELATIVE:
        at = verb
        for _ in range(4):
            if s.deps[at] == "relcl":
                return s.heads[at]
            if s.deps[at] != "conj":
                break
            at = s.heads[at]
    return subject
