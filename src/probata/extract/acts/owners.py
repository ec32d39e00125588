"""Whose victims: in "two were killed and nine others wounded" each phrase belongs to the verb it stands beside.

The parser often hangs the second phrase on the first verb where the commas are missing; their order errs less.
"""

from __future__ import annotations

from collections.abc import Sequence

from probata.extract.acts.features import voice
from probata.extract.acts.triggers import VERB, Trigger
from probata.extract.phrases import Phrase
from probata.extract.sentences import Sentence

HURTS = frozenset({"killing", "injury"})
_BESIDE = frozenset("was were is are been be being got get gets have has had also both all reportedly then".split())
_WITHIN = frozenset({"DT", "CD", "JJ", "JJR", "JJS", "RB", "RBR", "PRP$", "NN", "NNS", "NNP", "HYPH", "VBN"})
_REACH = 5  # words from an active verb to its object


def owned(s: Sentence, acts: Sequence[Trigger], found: Sequence[Phrase]) -> dict[int, int]:
    """By head word the phrases directly beside a verb of killing or hurting, with the index of that verb.

    `acts` are the acts of the sentence. Empty unless two or more of them kill or hurt.
    """
    verbs = sorted({t.at for t in acts if t.type in HURTS and t.part == VERB and s.tags[t.at][:1] == "V"})
    if len(verbs) < 2:
        return {}
    out: dict[int, int] = {}
    for i in verbs:
        passive = s.tags[i] in ("VBN", "VBD") and (voice(s, i) == "p" or i > 0 and s.low[i - 1] in _BESIDE)
        phrase = _before(s, i, found) if passive else _after(s, i, found)
        if phrase is not None:
            out[phrase.head] = i
    return out


def _before(s: Sentence, i: int, found: Sequence[Phrase]) -> Phrase | None:
    j = i - 1
    while j > 0 and s.low[j] in _BESIDE:
        j -= 1
    return next((p for p in found if not p.modifier and p.last == j), None)


def _after(s: Sentence, i: int, found: Sequence[Phrase]) -> Phrase | None:
    for p in found:
        if p.modifier or p.head <= i:
            continue
        between = s.tags[i + 1 : p.head]
        return p if len(between) <= _REACH and _WITHIN.issuperset(between) else None
    return None


def is_others(owners: dict[int, int], at: int, head: int) -> bool:
    """Whether a phrase is another act's victim: that verb stands between, or this one has a phrase of its own."""
    owner = owners.get(head)
    if owner is None or owner == at or abs(owner - at) <= 2:
        return False
    return min(at, head) < owner < max(at, head) or at in owners.values()
