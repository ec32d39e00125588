"""What is looked at around a trigger and around a phrase: named features for the rankers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from probata.extract.acts.triggers import Trigger, lexicon
from probata.extract.kinds import table
from probata.extract.phrases import Phrase
from probata.extract.sentences import Sentence

_NONE: frozenset[str] = frozenset()
_MODAL = frozenset(
    "will would may might could can should must shall if unless not n't no never to wo ca wont didnt cannot".split()
)
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_LIGHT_DEPS = frozenset({"det", "punct", "cc", "case", "preconj", "prt", "intj", "dep", "aux", "auxpass"})


def kind_of(s: Sentence, i: int) -> str:
    """One letter code of what a word can be, for features."""
    low = s.low[i]
    kinds = table().get(low, _NONE)
    if i in s.numbers:
        return "num"
    for name in ("person", "armed", "power", "means", "object", "area", "quantity", "body", "demonym", "country"):
        if name in kinds:
            return name
    tag = s.tags[i]
    return "prp" if tag == "PRP" else "nnp" if tag[:3] == "NNP" else tag[:2]


def tag_class(tag: str) -> str:
    """Tag with number and tense reduced: VBD VBN VBG VB N JJ other."""
    return "N" if tag[:2] == "NN" else tag if tag[:1] == "V" else tag[:2]


FAMILY = {"territory": "S", "agreement": "S"} | dict.fromkeys(
    ("appeal", "condemnation", "legal", "verification", "threat"), "P"
)  # all others are harm, "H"
_SHARED = frozenset({"nsubj", "nsubjpass", "dobj", "agent", "compound", "amod", "poss", "nummod", "ccomp", "xcomp"})


def shared_features(s: Sentence, t: Trigger, start: int, end: int) -> list[str]:
    """Features that all types of a family share, and the shape of the narrow evidence at offsets start-end."""
    i, T = t.at, t.type
    family = FAMILY.get(T, "H")
    g = f"*{family}:{t.group}{t.part}"
    tag = tag_class(s.tags[i]) + voice(s, i)
    dep, head = s.deps[i], s.heads[i]
    out = [
        g,
        f"{g}.{tag}",
        f"{g}.{tag}.{dep}",
        f"*{family}.{tag}.{dep}",
        f"{g}^{dep}.{kind_of(s, head) if head != i else 'R'}",
    ]
    for k in s.kids[i]:
        d = s.deps[k]
        if d in _SHARED:
            out.append(f"{g}/{d}/{kind_of(s, k)}")
        elif d == "prep":
            out.append(f"{g}/p{s.low[k]}")
            out.extend(f"{g}/p{s.low[k]}/{kind_of(s, q)}" for q in s.kids[k])
        elif d == "det":
            out.append(f"{g}/det/{s.low[k]}")
    size = min(6, (end - start) // 20)
    a, b = s.at(start), s.at(end - 1)
    names = min(3, sum(1 for k in range(a, min(b + 1, len(s.tags))) if s.tags[k][:3] == "NNP"))
    out += [f"{T}.nl{size}", f"{g}.nl{size}", f"{g}.nn{names}", f"{T}.nn{names}"]
    out.append(f"{T}.tm{any(start <= q.start < end for q in s.times)}")
    out.append(f"{T}.num{any(a <= k <= b for k in s.numbers)}")
    return out


def stance_features(t: Trigger, stance: str) -> list[str]:
    """Features of how the sentence stands to the act."""
    return [f"{t.type}.st.{stance}", f"{t.type}:{t.group}.st.{stance}", f"st.{stance}.{FAMILY.get(t.type, 'H')}"]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its commonest endings, so that its forms count together."""
    for ending in ("ings", "ing", "edly", "ed", "ies", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + ("y" if ending == "ies" else "")
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.rstrip("e") if len(word) > 4 else word


@lru_cache(maxsize=50_000)
def entry_names(word: str) -> tuple[str, ...]:
    """The types and classes of the act terms that a word can be."""
    return tuple(sorted({f"{e.type}:{e.group}" for e in lexicon().as_verb.get(word, ())}))


def trigger_features(s: Sentence, t: Trigger, others: Sequence[Trigger], first: bool) -> list[str]:
    """Features of one trigger for the model that decides whether it states an act of its type."""
    i = t.at
    tags, deps, low, heads, kids = s.tags, s.deps, s.low, s.heads, s.kids
    T, L, tag, dep = t.type, t.lemma, tag_class(tags[i]) + voice(s, i), deps[i]
    head = heads[i]
    up = "ROOT" if head == i else stem(low[head])
    TL = f"{T}.{L}"
    TG = f"{T}:{t.group}"
    out = [
        T,
        TL,
        TG,
        f"{TL}.{tag}",
        f"{T}.{tag}.{dep}",
        f"{TL}.{dep}",
        f"{TG}.{tag}",
        f"{TG}.{dep}",
        f"{T}^{up}",
        f"{T}^{dep}^{up}",
        f"{T}.{s.block.kind}",
    ]
    if head != i:
        out.append(f"{T}^k{kind_of(s, head)}.{dep}")
        out.append(f"{TG}^k{kind_of(s, head)}.{dep}")
        above = heads[head]
        out.append(f"{T}^^{stem(low[above])}")
        for name in entry_names(low[head]):
            out.append(f"{T}^G{name}")
            out.append(f"{T}^G{dep}.{name}")
    if i:
        out.append(f"{T}<{low[i - 1]}")
    if i + 1 < len(low):
        out.append(f"{T}>{low[i + 1]}")
        out.append(f"{TL}>{low[i + 1]}")
    for k in kids[i]:
        d = deps[k]
        if d in _LIGHT_DEPS:
            if low[k] in _MODAL:
                out.append(f"{T}/m{low[k]}")
            elif d == "det":
                out.append(f"{TG}/det/{low[k]}")
            continue
        if d == "prep":
            out.append(f"{T}/p{low[k]}")
            out.append(f"{TL}/p{low[k]}")
            for q in kids[k]:
                kk = kind_of(s, q)
                out.append(f"{T}/p{low[k]}/{kk}")
                out.append(f"{TG}/p{low[k]}/{kk}")
                out.extend(f"{T}/p{low[k]}/G{name}" for name in entry_names(low[q]))
        elif d in _SUBJECT or d in ("dobj", "agent", "attr", "acomp", "xcomp", "compound", "amod", "poss", "nummod"):
            kk = kind_of(s, k)
            out.append(f"{T}/{d}/{kk}")
            out.append(f"{TL}/{d}/{kk}")
            out.append(f"{TG}/{d}/{kk}")
            out.append(f"{T}/{d}/{stem(low[k])}")
            out.extend(f"{T}/{d}/G{name}" for name in entry_names(low[k]))
            if any(x in s.numbers for x in kids[k]) or k in s.numbers:
                out.append(f"{T}/{d}/#")
        else:
            out.append(f"{T}/{d}")
            if low[k] in _MODAL:
                out.append(f"{T}/m{low[k]}")
    j, hops = i, 0
    while heads[j] != j and hops < 4:
        j, hops = heads[j], hops + 1
        if tags[j][:1] == "V":
            for k in kids[j]:
                if low[k] in _MODAL:
                    out.append(f"{T}/M{low[k]}")
            break
    near = {f"{o.type}:{o.group}" for o in others if o.at != i and abs(o.at - i) < 12}
    out.extend(f"{T}&{o}" for o in near)
    out.extend(f"{T}@{o.type}.{o.lemma}" for o in others if o.at == i and o.type != T)
    same = [o.at for o in others if o.type == T and o.at != i]
    if same:
        out.append(f"{T}&&{'before' if min(same) < i else 'after'}")
        out.append(f"{T}&&{'up' if head in same else 'down' if any(k in same for k in kids[i]) else 'apart'}")
    if not any(n for n in s.numbers):
        out.append(f"{T}.no#")
    if first:
        out.append(f"{T}.first")
    return out


def voice(s: Sentence, i: int) -> str:
    """"p" for a passive verb or participle, else ""."""
    if s.tags[i] not in ("VBN", "VBD"):
        return ""
    deps = [s.deps[k] for k in s.kids[i]]
    if "auxpass" in deps:
        return "p"
    if s.tags[i] == "VBD" or "aux" in deps or "dobj" in deps:
        return ""
    return "p" if s.deps[i] != "amod" else "a"


def path(s: Sentence, a: int, b: int) -> str:
    """The way from word a to word b in the dependency tree: ^ up, > down, with labels; "far" when long."""
    if a == b:
        return "="
    heads, deps = s.heads, s.deps
    ups: dict[int, str] = {a: ""}
    i, way = a, ""
    for _ in range(5):
        if heads[i] == i:
            break
        way += "^" + deps[i]
        i = heads[i]
        ups[i] = way
    j, down = b, ""
    for _ in range(5):
        if j in ups:
            return ups[j] + down
        if heads[j] == j:
            break
        down = ">" + (s.low[j] if deps[j] == "prep" else deps[j]) + down
        j = heads[j]
    return ups[j] + down if j in ups else "far"


def _coarse(way: str) -> str:
    """A path without its coordinations, clauses only: what it comes down to."""
    return way.replace("^conj", "").replace(">conj", "").replace("^xcomp", "").replace("^advcl", "").replace("^acl", "")


def role_features(
    s: Sentence, t: Trigger, p: Phrase, place: bool, speaker: bool, rank: tuple[str, ...] = (), static: Sequence[str] = ()
) -> list[str]:
    """Features of a phrase beside a trigger, for the model that gives it its parts: agent, target, method, place.

    `rank` says how it stands among the phrases of its kind; `static` are the features of the phrase by itself.
    """
    i, h = t.at, p.head
    part = t.part if t.part != "p" else "n"
    passive = voice(s, i)
    T, way = t.type, path(s, i, h)
    k = kind_of(s, p.real)
    m = "M" if p.modifier else ""
    own = ""
    if p.modifier:
        way = m + path(s, i, p.owner)
        own = "=" if p.owner == i else kind_of(s, p.owner)
    coarse = _coarse(way)
    near = "before" if h < i else "after"
    gap = abs(h - i)
    dist = "0" if gap < 3 else "1" if gap < 7 else "2" if gap < 15 else "3"
    pl = "P" if place else ""
    out = [
        f"{part}{passive}{way}",
        f"{T}.{part}{passive}{way}",
        f"{T}.{k}{m}",
        f"{T}.{k}{m}.{near}",
        f"{part}{passive}{way}.{k}{pl}",
        f"{T}.{part}{passive}{way}.{k}",
        f"{k}{m}.{near}{dist}{pl}",
        f"{T}.w={s.low[p.real]}{m}",
        f"{T}{pl}{m}",
        f"{t.lemma}.{way}",
        f"{part}{passive}c{coarse}.{k}{pl}",
        f"{T}.{part}{passive}c{coarse}",
        f"{t.group}.{T}.{part}{passive}c{coarse}",
    ]
    if own:
        out += [f"M.{own}", f"M.{own}.{k}", f"M.{own}.{near}", f"{T}.M.{own}.{near}", f"M.{own}.{part}{passive}c{coarse}"]
    out.extend(f"K{x}{m}.{passive}{near}" for x in p.kinds)
    out.extend(f"{T}.K{x}{m}" for x in p.kinds)
    out.extend(f"K{x}{m}{passive}c{coarse}" for x in p.kinds)
    out.extend(static)
    for r in rank:
        out += [r, f"{T}.{r}"]
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


def phrase_features(s: Sentence, p: Phrase) -> list[str]:
    """Features of a phrase by itself: its word, the words beside it, what governs it."""
    h = p.head
    m = "M" if p.modifier else ""
    k = kind_of(s, p.real) + m
    before = s.low[p.first - 1] if p.first else "^"
    after = s.low[p.last + 1] if p.last + 1 < len(s.low) else "$"
    j = p.owner if p.modifier else h
    while s.deps[j] == "conj":
        j = s.heads[j]
    dep, g = s.deps[j], s.heads[j]
    if dep == "pobj" or dep == "pcomp":
        dep = s.low[g]
        g = s.heads[g]
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


def beside(s: Sentence, t: Trigger, p: Phrase, inside: bool, others: Sequence[tuple[int, str]]) -> list[str]:
    """Features of where a phrase stands: inside the evidence of the act or out of it, nearer to another act or under one."""
    T, h, at = t.type, p.head, t.at
    k = kind_of(s, p.real) + ("M" if p.modifier else "")
    near = "b" if h < at else "a"
    i = "in" if inside else "out"
    out = [i, f"{T}.{i}", f"{i}.{k}", f"{i}.{k}.{near}", f"{T}.{i}.{k}"]
    lo, hi = min(h, at), max(h, at)
    between = {o for n, o in others if lo < n < hi}
    out.extend(f"bt.{T}.{o}.{near}" for o in between)
    out.append(f"bt.{k}.{near}.{len(between) > 0}")
    if others:
        j = p.owner if p.modifier else h
        while s.deps[j] == "conj" and s.tags[j][:1] != "V":
            j = s.heads[j]
        dep, g = s.deps[j], s.heads[j]
        if dep == "pobj":
            dep = s.low[g]
            g = s.heads[g]
        for n, o in others:
            if n == g:
                out += [f"un.{dep}.{o}.{T}", f"un.{dep}.{k}", f"un.{dep}.{T}"]
            elif n == j:
                out += [f"un=.{o}.{T}", f"un={k}"]
    return out


_SORT = {
    "person": "people", "armed": "actor", "power": "actor", "demonym": "actor", "body": "actor", "means": "means",
    "object": "thing", "area": "thing", "country": "actor",
}


def ranks(s: Sentence, t: Trigger, found: Sequence[Phrase]) -> list[tuple[str, ...]]:
    """For each phrase how it stands among those of its kind: the how manyth before or after the trigger, or the only one."""
    sorts = []
    for p in found:
        x = _SORT.get(kind_of(s, p.real), "nnp" if p.named else "other")
        if p.modifier:
            x = "actor"
        sorts.append(x)
    at = t.at
    verbs = [0]
    for i, tag in enumerate(s.tags):
        verbs.append(verbs[-1] + (tag[:1] == "V" and s.deps[i][:3] != "aux" and i != at))
    total: dict[str, int] = {}
    before: dict[str, int] = {}
    for p, x in zip(found, sorts, strict=True):
        total[x] = total.get(x, 0) + 1
        if p.head < at:
            before[x] = before.get(x, 0) + 1
    out: list[tuple[str, ...]] = []
    done: dict[str, int] = {}
    for p, x in zip(found, sorts, strict=True):
        n = done[x] = done.get(x, 0) + 1
        b = before.get(x, 0)
        side, r = ("b", b - n) if p.head < at else ("a", n - b - 1)
        between = verbs[max(p.head, at)] - verbs[min(p.head, at) + 1] if p.head != at else 0
        only = "1" if total[x] == 1 else "b" if b == 0 or b == total[x] else ""
        out.append((f"rk.{x}.{side}{min(r, 3)}", f"only.{x}.{side}{only}", f"vb.{x}.{side}{min(3, max(0, between))}"))
    return out
