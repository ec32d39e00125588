"""Repairs of the parse: what the parser takes for a participle where reports mean a noun."""

from __future__ import annotations

from probata.extract.sentences import Sentence

_NOUNS = frozenset({"shelling", "bombing", "strafing"})
_CLAUSE = frozenset({"dobj", "aux", "auxpass", "nsubj", "nsubjpass"})


def gerunds(s: Sentence) -> None:
    """Make "shelling" the head of "regime shelling on the town" where the parser has "regime" that shells, in place."""
    if _NOUNS.isdisjoint(s.low):
        return
    for i, low in enumerate(s.low):
        if i == 0 or low not in _NOUNS or s.tags[i] != "VBG" or any(s.deps[k] in _CLAUSE for k in s.kids[i]):
            continue
        noun, dep = i - 1, s.deps[i]
        joined = s.tags[noun][:2] == "NN" and (s.heads[i] == noun or dep in ("advcl", "acl", "oprd"))
        if joined and s.deps[noun] not in ("compound", "nmod") and not _under(s, s.heads[noun], i):
            s.tags[i] = "NN"
            _hang(s, i, s.heads[noun] if s.heads[noun] != noun else i, s.deps[noun])
            _hang(s, noun, i, "compound")
            for k in [k for k in s.kids[noun] if k > i or s.deps[k] == "det"]:
                _hang(s, k, i, s.deps[k])
        elif dep in ("conj", "pobj", "pcomp", "amod"):
            s.tags[i] = "NN"


def _under(s: Sentence, i: int, top: int) -> bool:
    """Whether word i hangs under word `top`."""
    while s.heads[i] != i:
        if i == top:
            return True
        i = s.heads[i]
    return i == top


def _hang(s: Sentence, i: int, head: int, dep: str) -> None:
    """Hang word i under another; a root hangs under itself."""
    if s.heads[i] != i:
        s.kids[s.heads[i]].remove(i)
    s.heads[i], s.deps[i] = head, dep
    if head != i:
        s.kids[head].append(i)
        s.kids[head].sort()
