"""Plain statements of an act, which need no weighing: a core word of the type with the arguments it asks for.

The coded reports hold few arrests, rapes or conscriptions, so a ranker trained on them would doubt the plainest sentence.
"""

from __future__ import annotations

from probata.extract.acts.features import kind_of, voice
from probata.extract.acts.triggers import ADJECTIVE, VERB, Trigger
from probata.extract.sentences import Sentence

# Log-odds. Of 381 plain statements in the training reports 91 per cent are coded; below DOUBTED few are (2026-11-24).
DOUBTED, PLAIN, SURE = -2.5, 0.0, 2.0
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
_SAID = frozenset({"condemnation", "appeal", "threat"})
_STATES = frozenset({"ROOT", "ccomp", "conj", "advcl", "relcl", "acl", "xcomp", "parataxis", "pcomp"})


def least_score(s: Sentence, t: Trigger, score: float) -> float:
    """The ranker's log-odds for a trigger, lifted where the words state the act by themselves."""
    if score < DOUBTED or not _is_plain(s, t):
        return score
    return max(score, SURE if t.lemma in _DEADLY else PLAIN)


def _is_plain(s: Sentence, t: Trigger) -> bool:
    """A core verb with a fitting object, or passive subject; alarm at something."""
    i = t.at
    if t.type == "condemnation" and t.part == ADJECTIVE:
        return s.deps[i] in ("acomp", "ROOT", "ccomp") and any(s.low[k] in ("by", "at", "over", "about") for k in s.kids[i])
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

