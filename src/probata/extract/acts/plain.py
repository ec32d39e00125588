"""Plain statements of an act, which need no weighing: a core word of the type with the arguments it asks for.

The coded reports hold few arrests, rapes or conscriptions, so a ranker trained on them would doubt the plainest sentence.
"""

from __future__ import annotations

from probata.extract.acts.features import kind_of, stem, voice
from probata.extract.acts.triggers import ADJECTIVE, NOUN, VERB, Trigger
from probata.extract.sentences import Sentence

# Log-odds. Of 381 plain statements in the training reports 91 per cent are coded; below DOUBTED few are (2026-11-24).
DOUBTED, PLAIN, SURE = -2.5, 0.0, 2.0
PRESUPPOSED = 1.5
_PEOPLE = frozenset({"person", "armed", "power", "num", "nnp", "prp", "quantity", "body"})
_THINGS = frozenset({"object", "area", "means", "armed", "nnp"})
_WHOM: dict[str, frozenset[str]] = {
    "killing": _PEOPLE,
    "injury": _PEOPLE,
    "detention": _PEOPLE,
    "ill_treatment": _PEOPLE,
    "displacement": _PEOPLE,
    "forced_recruitment": _PEOPLE,
    "attack": _PEOPLE | _THINGS,
    "damage": _THINGS,
    "territory": frozenset({"object", "area", "nnp"}),
    "deprivation": _PEOPLE | _THINGS,
}
_ALONE = frozenset({"die", "perish", "flee"})  # these ask for nobody else
_DEADLY = frozenset({"burn", "hang", "stone", "strangle", "crucify", "immolate", "drown"})  # done to people, these kill
_FELT = frozenset({"alarm", "outrage", "shock", "horrify", "sadden", "concern", "worry"})
_SERVE = frozenset({stem(w) for w in ("fight", "join", "serve", "enlist")})
_OF = {
    "killing": frozenset({"person", "armed", "num", "quantity", "nnp"}),
    "injury": frozenset({"person", "armed", "num", "quantity"}),
    "detention": frozenset({"person", "num", "quantity", "nnp"}),
    "displacement": frozenset({"person", "num", "quantity"}),
    "territory": frozenset({"armed", "power", "area", "object", "nnp"}),
}
_SAID = frozenset({"condemnation", "appeal", "threat"})
_STATES = frozenset({"ROOT", "ccomp", "conj", "advcl", "relcl", "acl", "xcomp", "parataxis", "pcomp"})


def least_score(s: Sentence, t: Trigger, score: float) -> float:
    """The ranker's log-odds for a trigger: lifted where the words state the act by themselves, lowered for flight that
    only tells people apart ("those fleeing the city").
    """
    if t.type == "displacement" and s.deps[t.at] in ("acl", "amod"):
        return score - PRESUPPOSED
    if score < DOUBTED or not _is_plain(s, t):
        return score
    return max(score, SURE if t.lemma in _DEADLY or t.type == "forced_recruitment" else PLAIN)


def _is_plain(s: Sentence, t: Trigger) -> bool:
    """A core verb with a fitting object, or passive subject; alarm at something."""
    i = t.at
    if t.type == "condemnation" and t.part == ADJECTIVE:
        return s.deps[i] in ("acomp", "ROOT", "ccomp") and any(s.low[k] in ("by", "at", "over", "about") for k in s.kids[i])
    if t.type == "condemnation" and t.lemma in _FELT and voice(s, i) == "p":
        return "nsubjpass" in [s.deps[k] for k in s.kids[i]]
    if t.type == "forced_recruitment" and t.lemma == "force":
        return any(s.deps[k] in ("xcomp", "ccomp") and stem(s.low[k]) in _SERVE for k in s.kids[i])
    if t.part == NOUN:
        return _is_plain_noun(s, t)
    if t.part != VERB or s.tags[i][:1] != "V" or s.deps[i] not in _STATES:
        return False
    below = {s.deps[k]: k for k in s.kids[i]}
    if t.group != "core":
        deadly = t.type == "killing" and t.lemma in _DEADLY and "dobj" in below
        return deadly and kind_of(s, below["dobj"]) in ("person", "num")
    if t.type in _SAID:
        return "nsubj" in below and ("dobj" in below or "prep" in below or "xcomp" in below or "ccomp" in below)
    wanted = _WHOM.get(t.type)
    if wanted is None:
        return False
    if t.lemma in _ALONE:
        whom = below.get("nsubj")
    elif voice(s, i) == "p":
        whom = below.get("nsubjpass", s.heads[i] if s.deps[i] in ("acl", "relcl") else None)
    else:
        whom = below.get("dobj")
    return whom is not None and kind_of(s, whom) in wanted



def _is_plain_noun(s: Sentence, t: Trigger) -> bool:
    """A core noun with those it befell: "the killing of 12 farmers", "a retreat of rebel fighters", "an army advance"."""
    i, wanted = t.at, _OF.get(t.type)
    if wanted is None or t.group != "core" or s.tags[i][:1] != "N" or s.deps[i] in ("compound", "nmod", "amod"):
        return False
    for k in s.kids[i]:
        if s.low[k] == "of" and any(kind_of(s, q) in wanted for q in s.kids[k]):
            return True
        if t.type == "territory" and s.deps[k] in ("compound", "amod") and kind_of(s, k) in ("armed", "power"):
            return True
    return False
