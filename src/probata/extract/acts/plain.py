"""Plain statements of an act, which need no weighing: a core word of the type with the arguments it asks for.

The coded reports hold few arrests, rapes or conscriptions: a ranker trained on them would doubt the plainest sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from probata.extract.acts.features import kind_of, stem, voice
from probata.extract.acts.plainroles import ADDRESSED, DUTIES
from probata.extract.acts.triggers import ADJECTIVE, NOUN, PHRASE, VERB, Trigger, lexicon
from probata.extract.kinds import table
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
# Hardly coded, so hardly learned.
_SELDOM = frozenset({"detention", "ill_treatment", "forced_recruitment", "verification", "condemnation", "threat"})
_ABOUT = frozenset({"by", "at", "over", "about"})
_STATE = frozenset({"dead", "wounded", "injured"})
_RANKS = frozenset({"soldiers", "fighters", "combatants", "soldier", "guards", "porters"})
_TERMS = frozenset(
    stem(w)
    for w in ("exit", "leave", "withdraw", "negotiate", "surrender", "disarm", "release", "sign", "cease", "talk")
)
_BLAME = frozenset({stem(w) for w in ("accuse", "blame", "claim")})
_TAKE = frozenset({"take", "hold", "lose", "enter", "control", "clear", "secure", "recover"})
_LINES = frozenset({stem(w) for w in ("defense", "defence", "line", "front", "resistance", "position")})
_PROBE = frozenset({"investigate", "probe"})
_VERIFY = frozenset({"verify", "confirm", "corroborate", "authenticate", "determine", "ascertain", "substantiate"})
_NOT = frozenset({"not", "n't", "n’t", "never", "unable", "impossible", "couldnt", "cannot"})
_JUDGED = frozenset({"unacceptable", "deplorable", "heinous", "barbaric", "appalled", "outraged", "horrified"})
_DECRY = frozenset({"criticise", "criticize", "lament", "castigate", "slam"})
_WILL = frozenset({"will", "would", "’ll", "'ll"})
_SAME = frozenset({"it", "they", "he", "she", "we", "i"})
_BROUGHT = frozenset({stem(w) for w in ("cause", "report", "inflict", "leave", "suffer", "confirm", "record")})
_SELVES = frozenset({"himself", "herself", "themselves"})
_RUBBLE = frozenset({"rubble", "ruins", "debris", "wreckage"})
_BODIES = frozenset({"bodies", "body", "corpses", "corpse", "remains"})
_SAID = frozenset({"appeal"})
_STATES = frozenset({"ROOT", "ccomp", "conj", "advcl", "relcl", "acl", "xcomp", "parataxis", "pcomp"})


def least_score(s: Sentence, t: Trigger, score: float) -> float:
    """The ranker's log-odds for a trigger: lifted where the words state the act by themselves, lowered for flight that
    only tells people apart ("those fleeing the city").
    """
    gerund = t.type == "territory" and s.deps[t.at] == "csubj"  # "recapturing the town would be a victory"
    if t.type == "displacement" and s.deps[t.at] in ("acl", "amod") or gerund:
        return score - PRESUPPOSED
    if score < DOUBTED and t.type not in _SELDOM:
        return score
    if t.type == "casualties" and t.part == PHRASE or t.type == "forced_recruitment" and _is_forced(s, t):
        return max(score, SURE)
    if t.type in _CHECKED:
        return max(score, PLAIN) if _CHECKED[t.type](s, t) else score
    if t.part == VERB:
        sure = t.type == "killing" and t.lemma in _DEADLY
        return max(score, SURE if sure else PLAIN) if _is_plain_verb(s, t) or _is_blown(s, t) else score
    if t.type in ("killing", "injury") and t.lemma in _STATE and s.deps[t.at] in ("oprd", "acomp", "xcomp"):
        return max(score, PLAIN) if _subject(s, t.at) else score
    if t.type == "agreement" and t.lemma == "willing":
        return max(score, SURE) if _is_willing(s, t.at) else DOUBTED
    if t.type == "legal" and t.lemma in DUTIES:
        return max(score, SURE) if _is_bound(s, t.at) else score
    if t.part == NOUN:
        return max(score, PLAIN) if is_plain_noun(s, t) else score
    return max(score, PLAIN) if _is_plain_word(s, t) else score


def _is_checked(s: Sentence, t: Trigger) -> bool:
    """ "is investigating the strike", "could not be verified", "it was not possible to confirm the report"."""
    i = t.at
    if t.part != VERB or s.tags[i][:1] != "V" or s.deps[i] in ("amod", "acl"):
        return False
    below = {s.deps[k] for k in s.kids[i]}
    if t.lemma in _PROBE:
        return "dobj" in below or "nsubjpass" in below
    if t.lemma not in _VERIFY or not below & {"dobj", "nsubjpass", "ccomp"} and s.deps[i] != "relcl":
        return False
    up = s.heads[i] if s.deps[i] in ("xcomp", "ccomp", "advcl") else i
    return any(s.low[k] in _NOT for j in (i, up) for k in s.kids[j])


def _is_condemned(s: Sentence, t: Trigger) -> bool:
    """ "condemned the raid", "criticised the use of", "it is unacceptable that"."""
    i = t.at
    if t.part == ADJECTIVE:
        return _is_plain_word(s, t) or t.lemma in _JUDGED and s.deps[i] in ("acomp", "oprd")
    below = {s.deps[k] for k in s.kids[i]}
    if t.part != VERB or s.tags[i][:1] != "V" or s.deps[i] not in _STATES:
        return False
    if t.lemma in _FELT and voice(s, i) == "p":
        return "nsubjpass" in below
    return (t.group == "core" or t.lemma in _DECRY) and "nsubj" in below and bool(below & {"dobj", "ccomp", "prep"})


def _is_threatened(s: Sentence, t: Trigger) -> bool:
    """ "vowed to strike", "warned that it would launch", "threatened an attack": not who is threatened."""
    i = t.at
    below = {s.deps[k]: k for k in s.kids[i]}
    if t.part != VERB or s.tags[i][:1] != "V" or s.deps[i] not in _STATES or "nsubj" not in below:
        return False
    if t.lemma == "warn":
        said = below.get("ccomp", i)
        will = any(s.low[k] in _WILL for k in s.kids[said])
        who = next((k for k in s.kids[said] if s.deps[k] == "nsubj"), i)
        return (
            said != i
            and will
            and s.low[who] in _SAME
            and any(e.type == "attack" for e in lexicon().as_verb.get(s.low[said], ()))
        )
    return t.group == "core" and ("xcomp" in below or "dobj" in below or "ccomp" in below)


def _is_counted(s: Sentence, t: Trigger) -> bool:
    """ "reports of casualties", "caused casualties", "no casualties were reported"."""
    i = t.at
    if t.part != NOUN or t.lemma != "casualty" or s.deps[i] in ("compound", "nmod"):
        return False
    up = s.heads[i]
    if s.deps[i] == "pobj":
        up = s.heads[up]
        return stem(s.low[up]) == "report" or s.low[s.heads[i]] == "in" and stem(s.low[up]) == "result"
    return stem(s.low[up]) in _BROUGHT


def _is_blown(s: Sentence, t: Trigger) -> bool:
    """ "blew himself up at a checkpoint"."""
    return t.type == "attack" and t.lemma == "blow" and any(s.low[k] in _SELVES for k in s.kids[t.at])


def _is_buried(s: Sentence, t: Trigger) -> bool:
    """ "trapped under the rubble", "pulled bodies from the ruins"."""
    i = t.at
    if t.part != VERB or s.tags[i][:1] != "V":
        return False
    if t.lemma in ("trap", "bury"):
        return any(
            s.low[k] in ("under", "beneath", "in") and any(s.low[q] in _RUBBLE for q in s.kids[k]) for k in s.kids[i]
        )
    return any(s.deps[k] in ("dobj", "nsubjpass") and s.low[k] in _BODIES for k in s.kids[i])


_CHECKED: dict[str, Callable[[Sentence, Trigger], bool]] = {
    "verification": _is_checked,
    "condemnation": _is_condemned,
    "threat": _is_threatened,
    "casualties": _is_counted,
    "bodies_found": _is_buried,
}


def is_plain_noun(s: Sentence, t: Trigger) -> bool:
    """A core noun with those it befell ("the killing of 12 farmers", "an army advance") or laid at somebody's door."""
    i = t.at
    if t.part != NOUN or t.group != "core" or s.tags[i][:1] != "N" or s.deps[i] in ("compound", "nmod", "amod"):
        return False
    wanted = _OF.get(t.type)
    if wanted is None:
        return t.type == "attack" and _is_blamed(s, i)
    for k in s.kids[i]:
        if s.low[k] == "of" and any(kind_of(s, q) in wanted for q in s.kids[k]):
            return True
        if t.type == "territory" and s.deps[k] in ("compound", "amod") and kind_of(s, k) in ("armed", "power"):
            return True
    up = s.heads[i]
    return t.type == "killing" and s.deps[i] == "pobj" and s.low[up] == "of" and stem(s.low[s.heads[up]]) == "report"


def _is_willing(s: Sentence, i: int) -> bool:
    """ "willing to withdraw if there were guarantees"."""
    return any(s.deps[k] in ("xcomp", "ccomp", "acl") and stem(s.low[k]) in _TERMS for k in s.kids[i])


def _is_bound(s: Sentence, i: int) -> bool:
    """ "the obligation of all parties to protect", "this is the duty of the army": laid on somebody."""
    owed = any(s.low[k] in ("of", "on") and any(kind_of(s, q) in ADDRESSED for q in s.kids[k]) for k in s.kids[i])
    return owed and (s.deps[i] == "attr" or any(s.deps[k] in ("acl", "relcl") for k in s.kids[i]))


def _is_blamed(s: Sentence, i: int) -> bool:
    for _ in range(4):
        i = s.heads[i]
        if stem(s.low[i]) in _BLAME and s.tags[i][:1] == "V":
            return True
    return False


def _is_forced(s: Sentence, t: Trigger) -> bool:
    """ "forced 30 men to fight", "recruited children as soldiers"."""
    i = t.at
    below = {s.deps[k]: k for k in s.kids[i]}
    if "dobj" not in below and "nsubjpass" not in below and "nsubj" not in below:
        return False
    after = s.low[i + 1 : i + 14]
    if t.lemma == "force":
        return any(a == "to" and stem(b) in _SERVE for a, b in pairwise(after))
    return t.lemma in ("recruit", "enlist", "mobilise", "mobilize") and any(
        a == "as" and b in _RANKS for a, b in pairwise(after)
    )


def _is_plain_word(s: Sentence, t: Trigger) -> bool:
    """Alarm at something; a state that somebody is in ("feared dead"); a crime or a use that a phrase names."""
    i = t.at
    if t.type == "condemnation":
        return s.deps[i] in ("acomp", "ROOT", "ccomp") and any(s.low[k] in _ABOUT for k in s.kids[i])
    head = i
    while s.deps[head] in ("compound", "amod") and s.heads[head] > head:
        head = s.heads[head]
    if t.type == "legal":
        return s.deps[head] == "attr"
    return t.type == "ill_treatment" and t.part == PHRASE and s.low[s.heads[head]] == "as"


def _subject(s: Sentence, i: int) -> bool:
    up = s.heads[i]
    return any(s.deps[k] in ("nsubj", "nsubjpass", "dobj") and kind_of(s, k) in _PEOPLE for k in s.kids[up])


def _is_plain_verb(s: Sentence, t: Trigger) -> bool:
    """A core verb with a fitting object, or passive subject."""
    i = t.at
    if s.tags[i][:1] != "V" or s.deps[i] not in _STATES:
        return False
    below = {s.deps[k]: k for k in s.kids[i]}
    if t.type == "territory" and t.lemma == "collapse":
        return "nsubj" in below and stem(s.low[below["nsubj"]]) in _LINES
    if t.type == "territory" and t.lemma in _TAKE and "dobj" in below:
        return "area" in table().get(s.low[below["dobj"]], frozenset())
    if t.group != "core":
        deadly = t.type == "killing" and t.lemma in _DEADLY and "dobj" in below
        return deadly and kind_of(s, below["dobj"]) in ("person", "num")
    if t.type in _SAID:
        return "nsubj" in below and ("dobj" in below or "prep" in below or "xcomp" in below or "ccomp" in below)
    wanted = _WHOM.get(t.type)
    if wanted is None:
        return False
    if "nsubj" not in below and "nsubjpass" not in below and s.deps[i] == "xcomp":
        for k in s.kids[s.heads[i]]:  # "are reported to have died", "are set to be evacuated"
            if s.deps[k] in ("nsubj", "nsubjpass"):
                below["nsubj" if t.lemma in _ALONE else "nsubjpass"] = k
    if t.lemma in _ALONE:
        whom = below.get("nsubj")
    elif voice(s, i) == "p":
        whom = below.get("nsubjpass", s.heads[i] if s.deps[i] in ("acl", "relcl") else None)
    else:
        whom = below.get("dobj")
    return whom is not None and kind_of(s, whom) in wanted
