"""What is looked at around a phrase beside a trigger: named features for the ranker of roles."""

from __future__ import annotations

from collections.abc import Sequence

from probata.extract.acts.features import kind_of, path, voice
from probata.extract.acts.triggers import Trigger, lexicon
from probata.extract.phrases import Phrase
from probata.extract.sentences import Sentence

_SORT = {
    "person": "people",
    "armed": "actor",
    "power": "actor",
    "demonym": "actor",
    "body": "actor",
    "country": "actor",
    "means": "means",
    "object": "thing",
    "area": "thing",
}


def describe(s: Sentence, found: Sequence[Phrase]) -> None:
    """Give each phrase the features it has by itself, once for all acts of the sentence, in place."""
    for p in found:
        if not p.features:
            p.kind = kind_of(s, p.real) + ("M" if p.modifier else "")
            p.sort = "actor" if p.modifier else _SORT.get(p.kind, "nnp" if p.named else "other")
            p.features = _itself(s, p)


def _itself(s: Sentence, p: Phrase) -> list[str]:
    """Features of a phrase by itself: its word, the words beside it, what governs it."""
    k, m = p.kind, "M" if p.modifier else ""
    before = s.low[p.first - 1] if p.first else "^"
    after = s.low[p.last + 1] if p.last + 1 < len(s.low) else "$"
    dep, g, _ = _governor(s, p)
    low = s.low[g]
    out = [
        f"w={s.low[p.real]}{m}",
        f"<{before}{m}",
        f"<{before}.{k}",
        f">{after}.{k}",
        f"g.{dep}.{low}{m}",
        f"g.{dep}.{low}.{k}",
        f"g.{dep}.{kind_of(s, g)}.{k}",
    ]
    verb = s.tags[g][:1] == "V"
    for e in (lexicon().as_verb if verb else lexicon().as_noun).get(low, ()):
        c = f"{e.type}:{e.group}{voice(s, g)}" if verb else f"{e.type}:{e.group}"
        out += [f"G.{dep}.{c}.{k}", f"G.{dep}.{c}"]
    return out


def _governor(s: Sentence, p: Phrase) -> tuple[str, int, int]:
    """What a phrase depends on: how (a label or the preposition), on which word, and the first word it is joined to."""
    j = p.owner if p.modifier else p.head
    while s.deps[j] == "conj" and s.heads[j] != j and s.tags[j][:1] != "V":
        j = s.heads[j]
    dep, g = s.deps[j], s.heads[j]
    if dep == "pobj" or dep == "pcomp":
        dep = s.low[g]
        g = s.heads[g]
    return dep, g, j


def role_features(s: Sentence, t: Trigger, p: Phrase, place: bool, speaker: bool) -> list[str]:
    """Features of a phrase beside a trigger, for the model that gives it its parts: agent, target, method."""
    i, h = t.at, p.head
    v = (t.part if t.part != "p" else "n") + (passive := voice(s, i))
    T, k = t.type, p.kind
    m = "M" if p.modifier else ""
    way = m + path(s, i, p.owner if m else h)
    coarse = v + "c" + _coarse(way)
    near = "before" if h < i else "after"
    gap = abs(h - i)
    dist = "0" if gap < 3 else "1" if gap < 7 else "2" if gap < 15 else "3"
    pl = "P" if place else ""
    out = [
        f"{v}{way}",
        f"{T}.{v}{way}",
        f"{T}.{k}",
        f"{T}.{k}.{near}",
        f"{v}{way}.{k}{pl}",
        f"{T}.{v}{way}.{k}",
        f"{k}.{near}{dist}{pl}",
        f"{T}.w={s.low[p.real]}{m}",
        f"{T}{pl}{m}",
        f"{t.lemma}.{way}",
        f"{coarse}.{k}{pl}",
        f"{T}.{coarse}",
        f"{t.group}.{T}.{coarse}",
    ]
    if m:
        own = "=" if p.owner == i else kind_of(s, p.owner)
        out += [f"M.{own}", f"M.{own}.{k}", f"M.{own}.{near}", f"{T}.M.{own}.{near}", f"M.{own}.{coarse}"]
    for x in p.kinds:
        out += (f"K{x}{m}.{passive}{near}", f"{T}.K{x}{m}", f"K{x}{m}{coarse}")
    out += p.features
    if p.number >= 0:
        out.append(f"{T}.#")
    if speaker:
        out.append("speaker")
    if s.deps[h] == "pobj":
        prep = s.low[s.heads[h]]
        out.append(f"{T}.prep={prep}.{k}{pl}")
        out.append(f"prep={prep}{pl}")
    if p.named:
        out.append(f"{T}.named.{near}{pl}")
    if s.tags[h] == "PRP":
        out.append(f"{T}.prp={s.low[h]}")
    return out


def _coarse(way: str) -> str:
    """A path without its coordinations, clauses only: what it comes down to."""
    if "conj" in way:
        way = way.replace("^conj", "").replace(">conj", "")
    return way.replace("^xcomp", "").replace("^advcl", "").replace("^acl", "")


def beside(s: Sentence, t: Trigger, p: Phrase, inside: bool, others: Sequence[tuple[int, str]]) -> list[str]:
    """Features of where a phrase stands: inside the evidence of the act or out of it, between or under other acts."""
    T, k, lo, hi = t.type, p.kind, p.head, t.at
    near = "b" if lo < hi else "a"
    if lo > hi:
        lo, hi = hi, lo
    i = "in" if inside else "out"
    between = {o for n, o in others if lo < n < hi}
    out = [i, f"{T}.{i}", f"{i}.{k}", f"{i}.{k}.{near}", f"{T}.{i}.{k}", f"bt.{k}.{near}.{len(between) > 0}"]
    out += [f"bt.{T}.{o}.{near}" for o in between]
    if others:
        dep, g, j = _governor(s, p)
        for n, o in others:
            if n == g:
                out += [f"un.{dep}.{o}.{T}", f"un.{dep}.{k}", f"un.{dep}.{T}"]
            elif n == j:
                out += [f"un=.{o}.{T}", f"un={k}"]
    return out


def ranks(s: Sentence, t: Trigger, found: Sequence[Phrase]) -> list[list[str]]:
    """For each phrase how it stands among those of its kind, and how many verbs stand between.

    That is the how manyth it is before or after the trigger, and whether it is the only one.
    """
    at, T = t.at, t.type
    verbs, n = [0], 0
    for i, tag in enumerate(s.tags):
        if tag[0] == "V" and i != at and s.deps[i][:3] != "aux":
            n += 1
        verbs.append(n)
    total: dict[str, int] = {}
    before: dict[str, int] = {}
    for p in found:
        x = p.sort
        total[x] = total.get(x, 0) + 1
        if p.head < at:
            before[x] = before.get(x, 0) + 1
    out: list[list[str]] = []
    done: dict[str, int] = {}
    for p in found:
        x, h = p.sort, p.head
        n = done[x] = done.get(x, 0) + 1
        b = before.get(x, 0)
        if h < at:
            side, r, between = "b", b - n, verbs[at] - verbs[h + 1]
        else:
            side, r, between = "a", n - b - 1, max(0, verbs[h] - verbs[at + 1])
        only = "1" if total[x] == 1 else "b" if b == 0 or b == total[x] else ""
        rank, alone, apart = f"rk.{x}.{side}{min(r, 3)}", f"only.{x}.{side}{only}", f"vb.{x}.{side}{min(3, between)}"
        out.append([rank, alone, apart, f"{T}.{rank}", f"{T}.{alone}", f"{T}.{apart}"])
    return out
