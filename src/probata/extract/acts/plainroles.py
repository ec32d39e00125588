"""Roles that the words of an act of speech, or of force, give by themselves: who is asked, what is verified.

The coded reports hold few of these acts, so the ranker of roles has hardly seen them.
"""

from __future__ import annotations

from probata.extract.acts.features import kind_of
from probata.extract.acts.triggers import ADJECTIVE, NOUN, PHRASE, VERB, Trigger
from probata.extract.sentences import Sentence

ADDRESSED = frozenset({"person", "armed", "power", "body", "country", "nnp", "demonym"})
_TO = frozenset({"on", "upon", "to"})
DUTIES = frozenset({"obligation", "duty", "responsibility"})
_DONE_TO = frozenset({"killing", "injury", "detention", "ill_treatment"})
_SOMEBODY = frozenset({"person", "armed", "nnp"})
_RECRUITS = frozenset({"force", "recruit", "conscript", "enlist", "draft", "mobilise", "mobilize"})
_OBJECTS = frozenset({"dobj", "nsubjpass"})
_MOVES = frozenset({"retreat", "withdrawal", "pullout", "pull-out", "advance"})
_THEY = frozenset({"they", "we", "it"})
Given = dict[int, str]  # the role, by head word


def given(s: Sentence, t: Trigger) -> Given:
    """The roles that the grammar around a trigger gives, by the head word of the phrase."""
    if t.type == "appeal":
        return _asked(s, t)
    if t.type == "verification" and t.part == VERB:
        return {k: "targets" for k in s.kids[t.at] if s.deps[k] in _OBJECTS}
    if t.type == "forced_recruitment" and t.lemma in _RECRUITS:
        return dict.fromkeys((*_below(s, t.at, _OBJECTS), *_made_to(s, t.at)), "targets")
    if t.type == "legal" and t.part == NOUN and t.lemma in DUTIES:
        return _bound(s, t.at)
    if t.type in _DONE_TO and t.part == VERB and t.group == "core":
        return {k: "targets" for k in _below(s, t.at, _OBJECTS) if kind_of(s, k) in _SOMEBODY}
    if t.type == "condemnation":
        return _wronged(s, t)
    if t.type == "agreement" and t.part == ADJECTIVE:
        return dict.fromkeys(_below(s, s.heads[t.at], frozenset({"nsubj"})), "agents")
    if t.type == "territory":
        return _moved(s, t)
    if t.type == "threat" and t.part == VERB:
        return dict.fromkeys(_below(s, t.at, frozenset({"nsubj"})), "agents")
    return {}


def is_move(t: Trigger) -> bool:
    """Whether a noun says that somebody moves, which befalls nobody: "their retreat to the river"."""
    return t.type == "territory" and t.part == NOUN and t.lemma in _MOVES


def _asked(s: Sentence, t: Trigger) -> Given:
    """ "the parties must ...", "urged the army to ...", "called on both sides", "the duty of all states"."""
    at = t.at
    if t.part == PHRASE:
        found = _below(s, s.heads[at], frozenset({"nsubj"}))
    elif t.part == NOUN:
        found = _under(s, at, frozenset({"of"})) if t.lemma in DUTIES else []
    else:
        found = [*_below(s, at, frozenset({"dobj"})), *_under(s, at, _TO), *_made_to(s, at)]
    return {k: "targets" for k in found if kind_of(s, k) in ADDRESSED}


def _bound(s: Sentence, at: int) -> Given:
    """ "the obligation of all parties to protect civilians": who is bound, and to whom."""
    out = dict.fromkeys(_under(s, at, frozenset({"of"})), "agents")
    for k in s.kids[at]:
        if s.deps[k] in ("acl", "relcl"):
            out |= dict.fromkeys(_below(s, k, frozenset({"dobj"})), "targets")
    return out


def _wronged(s: Sentence, t: Trigger) -> Given:
    """ "alarmed by reports of atrocities against civilians, including children": those the condemned act befell."""
    last = s.edges(t.at)[1]
    found = [q for k in range(t.at, last + 1) if s.low[k] == "against" for q in _below(s, k, frozenset({"pobj"}))]
    for k in tuple(found):
        found += _under(s, k, frozenset({"including"}))
    return {k: "targets" for k in found if kind_of(s, k) in ADDRESSED}


def _moved(s: Sentence, t: Trigger) -> Given:
    """ "the retreat of the guards", "they still hold the town", "the defences collapsed"."""
    if t.part == NOUN:
        return dict.fromkeys(_under(s, t.at, frozenset({"of"})), "agents") if is_move(t) else {}
    if t.part != VERB:
        return {}
    who = _below(s, t.at, frozenset({"nsubj"}))
    if t.lemma == "collapse":
        return dict.fromkeys(who, "targets")
    return {k: "agents" for k in who if s.low[k] in _THEY}


def _below(s: Sentence, at: int, deps: frozenset[str]) -> list[int]:
    """The words that stand under a word in one of these ways, with those joined to them by "and"."""
    found = [k for k in s.kids[at] if s.deps[k] in deps]
    for k in found:
        found.extend(q for q in s.kids[k] if s.deps[q] == "conj")
    return found


def _under(s: Sentence, at: int, preps: frozenset[str]) -> list[int]:
    """The objects of these prepositions under a word."""
    return [
        q for k in s.kids[at] if s.deps[k] == "prep" and s.low[k] in preps for q in _below(s, k, frozenset({"pobj"}))
    ]


def _made_to(s: Sentence, at: int) -> list[int]:
    """The subjects of infinitives under a word: "asked [the guards] to leave"."""
    return [
        q
        for k in s.kids[at]
        if s.deps[k] in ("ccomp", "xcomp") and any(s.low[x] == "to" for x in s.kids[k])
        for q in _below(s, k, frozenset({"nsubj"}))
    ]
