"""Attributions that are no verb of saying: according to, noun cues, adverbs, adjectives, a name before a colon."""

from __future__ import annotations

from probata.extract.attribution.candidates import Candidate
from probata.extract.attribution.cues import Lexicon
from probata.extract.attribution.sources import agent, of_verb, phrase
from probata.extract.attribution.tree import below, kid, trim
from probata.extract.attribution.vocabulary import speakers
from probata.extract.sentences import Sentence

_COMPLEMENT = frozenset({"acl", "relcl", "ccomp", "prep", "appos"})
_ABOUT = frozenset({"of", "about", "on", "for", "against", "to", "in", "over", "from"})
_FROM = frozenset({"by", "from", "among"})
_LIGHT = frozenset({"dobj", "attr", "pobj", "nsubj"})
_END = frozenset({".", "!", ",", ")", ";"})


def of_sentence(s: Sentence, hits: list[int], lex: Lexicon) -> list[Candidate]:
    """The candidates among the words `hits` of a parsed sentence whose cue is no verb, and the source of a headline."""
    out: list[Candidate] = []
    for i in hits:
        w = s.low[i]
        if w == "according":
            made = _according(s, i)
        elif (noun := lex.nouns.get(w)) is not None and s.tags[i][0] == "N":
            made = _noun(s, i, noun, lex)
        elif (kind := lex.adverbs.get(w)) is not None:
            made = _adverb(s, i, w, kind)
        elif (kind := lex.adjectives.get(w)) is not None and s.tags[i][0] in "JV":
            made = _adjective(s, i, w, kind)
        else:
            continue
        if made is not None:
            out.append(made)
    tail = after_colon(s)
    if tail is not None:
        source = list(range(tail[0], tail[1] + 1))
        c = Candidate(s, tail[0] - 1, ":", "say", "headline", source, list(range(tail[0] - 1)))
        c.features = ["", "headline"]
        out.append(c)
    return out


def _according(s: Sentence, i: int) -> Candidate | None:
    to = i + 1
    if to >= len(s.low) or s.low[to] != "to":
        return None
    noun = next((k for k in s.kids[to] if s.deps[k] in ("pobj", "dobj")), None)
    if noun is None:
        return None
    source = phrase(s, noun)
    source = source[: next((n for n, k in enumerate(source) if k > noun and k in s.numbers), len(source))]
    last = max([to, *source])
    if i > 3 and all(w in _END for w in s.words[last + 1 :]):
        c = Candidate(s, i, "according", "say", "according", source, list(range(i)))
        c.features = ["", "l=according", "r=according", "ld=according" + s.deps[i]]
        return c
    top = s.heads[i]
    while s.deps[top] == "conj" and s.tags[s.heads[top]][0] == "V":
        top = s.heads[top]
    content = [k for k in below(s, top, {i}) if k != to and k not in source] if top != i else []
    if s.deps[top] in ("nsubj", "dobj", "pobj", "npadvmod", "compound") or not content:
        content = [k for k in range(len(s.words)) if k not in source and k != i and k != to]
    c = Candidate(s, i, "according", "say", "according", source, content)
    c.features = ["", "l=according", "r=according", "ld=according" + s.deps[i]]
    return c


def _noun(s: Sentence, i: int, entry: tuple[str, str], lex: Lexicon) -> Candidate | None:
    lemma, kind = entry
    content: list[int] = []
    frame = ""
    source: list[int] = []
    rule = "-"
    for k in s.kids[i]:
        d = s.deps[k]
        if d == "poss":
            source, rule = [x for x in phrase(s, k) if s.low[x] not in ("'s", "’s", "'", "’")], "owner"
        elif k > i and d in _COMPLEMENT:
            low = s.low[k]
            if d == "prep" and low in _FROM and not source:
                noun = next((o for o in s.kids[k] if s.deps[o] == "pobj"), None)
                if noun is not None:
                    source, rule = phrase(s, noun), "from"
                frame += "F"
            elif d == "prep" and low in _ABOUT:
                content.extend(x for x in below(s, k) if x != k)
                frame += low
            elif d != "prep":
                content.extend(below(s, k))
                frame += d[:2] + s.tags[k]
    up = s.heads[i]
    governor = ""
    if not source and up != i:
        if s.deps[i] in ("dobj", "attr", "pobj"):
            verb = s.heads[up] if s.deps[i] == "pobj" and s.heads[up] != up else up
            if s.tags[verb][0] == "V":
                head, rule = of_verb(s, verb)
                source = phrase(s, head) if head is not None and head != i else []
                governor = lex.verbs.get(s.low[verb], ("-", ""))[0]
        elif s.deps[i] in ("nsubj", "nsubjpass") and s.tags[up][0] == "V":
            governor = lex.verbs.get(s.low[up], ("-", ""))[0]
            if not source and (by := agent(s, up)) is not None:
                source = phrase(s, by)
    if not content:
        return None
    content = sorted(set(content) - set(source))
    c = Candidate(s, i, lemma, kind, "noun-" + rule, source, content)
    c.features = [
        "",
        "N",
        "Nl=" + lemma,
        "Nk=" + kind,
        "Nf=" + frame,
        "Nr=" + rule,
        "Nlf=" + lemma + frame,
        "Nkf=" + kind + frame,
        "Nlr=" + lemma + rule,
        "Nd=" + s.deps[i],
        "Ng=" + governor,
        "Nfr=" + frame + rule,
    ]
    return c


def _adverb(s: Sentence, i: int, word: str, kind: str) -> Candidate | None:
    top = s.heads[i]
    if top == i:
        return None
    content = [k for k in below(s, top) if k != i]
    c = Candidate(s, i, word, kind, "adverb", [], content)
    c.features = ["", "A", "Al=" + word, "Ad=" + s.deps[i] + s.tags[top], "Aw=" + word + s.tags[top][0]]
    return c


def _adjective(s: Sentence, i: int, word: str, kind: str) -> Candidate | None:
    chosen = [k for k in s.kids[i] if k > i and s.deps[k] in ("ccomp", "xcomp", "prep", "advcl")]
    if not chosen or s.deps[i] not in ("acomp", "conj", "ccomp", "oprd"):
        return None
    verb = s.heads[i]
    subject = kid(s, verb, frozenset({"nsubj"}))
    source = phrase(s, subject) if subject is not None else []
    content = [x for k in chosen for x in below(s, k) if not (x == k and s.deps[k] == "prep")]
    c = Candidate(s, i, word, kind, "adjective", source, trim(s, sorted(set(content))))
    c.features = ["", "J", "Jl=" + word, "Jk=" + kind, "Jd=" + s.deps[chosen[0]], "Jp=" + s.low[chosen[0]]]
    return c


def after_colon(s: Sentence) -> tuple[int, int] | None:
    """The first and last word of a speaker after the colon or dash of a headline ("Raid kills nine: monitor")."""
    n = len(s.words)
    if n and s.words[-1] in ".!":
        n -= 1
    vocab = speakers()
    for k in range(n - 2, max(2, n - 7), -1):
        if s.words[k] in (":", "-", "–", "—"):
            if any(w in vocab.people or w in vocab.bodies or w in vocab.media for w in s.low[k + 1 : n]):
                return (k + 1, n - 1) if s.starts[k] > s.ends[k - 1] or s.words[k] == ":" else None
            return None
    return None
