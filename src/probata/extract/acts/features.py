"""What is looked at around a trigger and around a phrase: named features for the rankers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from probata.extract.acts.triggers import Trigger, lexicon
from probata.extract.kinds import table
from probata.extract.sentences import Sentence
from probata.model.claim import SPEECH

_NONE: frozenset[str] = frozenset()
_MODAL = frozenset(
    "will would may might could can should must shall if unless not n't no never to wo ca wont didnt cannot".split()
)
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_LIGHT_DEPS = frozenset({"det", "punct", "cc", "case", "preconj", "prt", "intj", "dep", "aux", "auxpass"})


_KINDS = ("person", "armed", "power", "means", "object", "area", "quantity", "body", "demonym", "country")


@cache
def _first_kinds() -> dict[str, str]:
    return {low: kind for low, kinds in table().items() if (kind := next((k for k in _KINDS if k in kinds), ""))}


def kind_of(s: Sentence, i: int) -> str:
    """One letter code of what a word can be, for features."""
    if i in s.numbers:
        return "num"
    if kind := _first_kinds().get(s.low[i]):
        return kind
    tag = s.tags[i]
    return "prp" if tag == "PRP" else "nnp" if tag[:3] == "NNP" else tag[:2]


def tag_class(tag: str) -> str:
    """Tag with number and tense reduced: VBD VBN VBG VB N JJ other."""
    return "N" if tag[:2] == "NN" else tag if tag[:1] == "V" else tag[:2]


FAMILY = {"territory": "S", "agreement": "S"} | dict.fromkeys(map(str, SPEECH), "P")  # all others are harm, "H"
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
    """Give "p" for a passive verb or participle, else ""."""
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
