"""Stance: whether a sentence affirms the act that one of its words states, or denies, doubts, foresees or wishes it."""

from __future__ import annotations

from probata.extract.moods import (
    AFFIRMED,
    BE,
    CONDITIONAL,
    DENIED,
    FUTURE,
    NORMATIVE,
    OPEN_ENDED,
    POSSIBLE,
    UNVERIFIED,
    Found,
    Governed,
    beside_noun,
    beside_verb,
    cues,
    lifted,
    of_itself,
    of_noun,
    of_verb,
)
from probata.extract.sentences import Sentence
from probata.model.claim import Stance

_NEAR = 8  # words from an offer to its condition
_HIGHEST = 14  # governors looked at above an act; deeper sentences are misparsed lists
_NONE: frozenset[str] = frozenset()
_CLAUSE = frozenset(
    {
        "ccomp",
        "xcomp",
        "pcomp",
        "oprd",
        "acomp",
        "csubj",
        "csubjpass",
        "dep",
        "attr",
        "advcl",
        "acl",
        "relcl",
        "parataxis",
    }
)
_ROLE = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "oprd", "dative"})
_OWN = frozenset({"aux", "nsubj", "nsubjpass", "auxpass", "mark"})
_FIRSTS = frozenset({"first", "last", "only", "next", "latest", "second", "third"})
_INSIDE = frozenset({"compound", "amod", "nmod", "poss", "npadvmod"})
Step = tuple[Found, bool] | None  # what the governor makes of the act, and whether to go on from it as a noun


def stance_of(s: Sentence, trigger: int, act: str = "") -> tuple[Stance, str]:
    """How the sentence stands to the act that word `trigger` states, and the cue that decided: "denied:denial:rejects".

    Goes up from the trigger through the words that govern it. `act` is the claim type, if known: trying to storm a
    town is itself an attack, trying to kill is no killing. Plain attribution ("he said") leaves an act affirmed.
    """
    if act == "appeal":
        return NORMATIVE, "normative:appeal"
    if not s.tags:
        return _flat(s, trigger)
    if found := of_itself(s, trigger, act):
        return found
    found = _climb(s, trigger, act)
    if act == "threat":
        return (CONDITIONAL, found[1]) if found and found[0] is CONDITIONAL else (FUTURE, "future:threat")
    if act == "verification" and found and found[0] is DENIED:
        return UNVERIFIED, "unverified:" + found[1]
    c = cues()
    if not found and not c.doubted.isdisjoint(s.low):
        return UNVERIFIED, "unverified:report"
    if not found and s.low[-1] == "?":
        return UNVERIFIED, "unverified:question"
    return found or (AFFIRMED, "affirmed")


def _climb(s: Sentence, at: int, act: str) -> Found:
    noun = s.tags[at][0] == "N"
    found = beside_noun(s, at) if noun else beside_verb(s, at)
    if act == "condemnation":  # whoever is said to condemn does
        return found
    offered = act == "agreement" and s.tags[at] == "JJ"  # "willing to leave if ..."
    after = s.low[at : at + _NEAR] if offered else [s.low[k] for k in s.subtree(at)] if act == "threat" else ()
    if "if" in after or "unless" in after:
        return CONDITIONAL, "conditional:if"
    blame = False
    for _ in range(_HIGHEST):
        up = s.heads[at]
        if up == at:
            break
        step = _step(s, at, up, noun, act)
        if step is None:
            break
        blame = blame or "blame" in cues().nouns.get(s.low[at], _NONE)
        if blame and _owns(s, up):
            break  # that nobody has claimed an attack does not undo it
        found = _combine(found, step[0])
        at, noun = up, step[1]
    return found


def _owns(s: Sentence, up: int) -> bool:
    """Whether word `up` takes responsibility: "nobody has claimed responsibility"."""
    c = cues()
    return "owns" in c.verbs.get(s.low[up], _NONE) or "claiming" in c.nouns.get(s.low[up], _NONE)


def _combine(inner: Found, outer: Found) -> Found:
    """What an outer cue makes of an inner one: "denied that it may have" is denied, "may not have" stays possible."""
    if outer is None or inner is None:
        return outer or inner
    if outer[0] is DENIED and inner[0] is not UNVERIFIED:
        twice = inner[0] is DENIED and outer[1].startswith(("denied:denial", "denied:averted"))
        return (POSSIBLE, outer[1]) if twice else outer
    if outer[0] in (NORMATIVE, CONDITIONAL) or inner[0] is AFFIRMED or inner[1] == "denied:without":
        return outer
    if outer[0] is UNVERIFIED:
        return outer if inner[0] in (POSSIBLE, DENIED) else inner
    return inner


def _step(s: Sentence, at: int, up: int, noun: bool, act: str) -> Step:
    """What word `up` makes of the act below it; None ends the way up."""
    dep, tag = s.deps[at], s.tags[up]
    if dep in ("prep", "agent"):
        return _above_preposition(s, at, up, noun, act)
    if dep in ("pobj", "pcomp"):
        return _preposition(s, up, dep, noun)
    if dep == "conj":
        return _conjunct(s, at, up, noun)
    if dep == "appos" and noun:
        return beside_noun(s, up), True
    if noun and dep in _INSIDE:
        return of_noun(s, up, act, near=True), True
    if noun and dep in _ROLE:
        return _role(s, at, up, dep, act)
    if dep == "amod" and s.tags[at] == "VBG" and at < up:  # "killing civilians is forbidden", misread
        return None, True
    if dep in _CLAUSE or (not noun and dep in ("dobj", "amod", "nsubj", "nsubjpass")):
        misread = tag == "VBZ" and s.deps[up] in _ROLE  # "dismissed reports that"
        if tag[0] == "N" or misread or (dep in ("acl", "relcl") and tag[0] in "PDWC"):
            return _on_noun(s, at, up, dep, act)
        return _adjunct(s, at, up, act) if dep == "advcl" else _complement(s, at, up, dep, act)
    return None


def _preposition(s: Sentence, up: int, dep: str, noun: bool) -> Step:
    word, before = s.low[up], s.low[up - 1] if up else ""
    if word == "without":
        return (DENIED, "denied:without"), noun
    if before == "instead" or (dep == "pcomp" and word == "instead"):
        return (DENIED, "denied:instead"), noun
    if word == "if" or (word == "of" and before in ("event", "case")):
        return (CONDITIONAL, "conditional:" + word), noun
    return None, noun


def _conjunct(s: Sentence, at: int, up: int, noun: bool) -> Step:
    """A coordinated act shares the mood of the first, unless it has a subject or auxiliary of its own, or "but"."""
    if noun:
        return beside_noun(s, up), True
    own = any(s.deps[k] in _OWN for k in s.kids[at])
    but = any(s.low[k] == "but" for k in s.kids[up] if up < k < at)
    return (None if own or but else beside_verb(s, up, of=at)), False


def _above_preposition(s: Sentence, at: int, up: int, noun: bool, act: str) -> Step:
    """An act below a preposition: "reports of killings", "accused of", "called for", "responsible for"."""
    c = cues()
    tag, word, prep = s.tags[up], s.low[up], s.low[at]
    if tag[0] == "N" or word in c.nobody:
        if word not in c.nouns and word not in c.nobody:
            return None
        return of_noun(s, up, act), True
    if word in BE and prep == "behind":
        return beside_verb(s, up, of=at), False
    kinds = (c.verbs if tag[0] == "V" else c.adjectives).get(word, _NONE)
    if "blamed" in kinds or (tag[0] == "V" and "links" in kinds):
        return beside_verb(s, up, of=at), False
    if act == "legal" and tag[0] == "V":
        return beside_verb(s, up, of=at), False
    if prep == "without":
        return beside_verb(s, up, of=at), False
    if "clears" in kinds and prep in ("of", "from"):
        return (DENIED, "denied:" + word), False
    if word == "do" and up > 1 and s.low[up - 2] == "nothing":
        return (DENIED, "denied:nothing"), False
    if prep == "to" and s.low[at + 1 : at + 2] == ["death"]:
        return beside_verb(s, up, of=at), False
    if prep == "off" and word.startswith("call"):
        return (DENIED, "denied:averted:call-off"), False
    if word in ("resulted", "result", "led", "lead", "leads", "results") and noun:
        return beside_verb(s, up, of=at), False
    if "averted" in kinds and act != "deprivation" and (prep == "from" or word == "short"):
        if noun and act in OPEN_ENDED and word.startswith("escap"):
            return None
        return (DENIED, "denied:averted:" + word), False
    if "stop" in kinds and prep == "from":
        return (DENIED, "denied:averted:" + word), False
    if "normative" in kinds and prep in ("for", "from", "against") and not word.startswith("tell"):
        return (NORMATIVE, "normative:" + word), False
    if "agrees" in kinds and act == "agreement":
        return beside_verb(s, up, of=at), False
    if act != "deprivation" and (word.startswith("warn") or ("future" in kinds and prep in ("for", "to", "on", "of"))):
        return (FUTURE, "future:" + word), False
    if word.startswith("suspect"):
        return (POSSIBLE, "possible:" + word), False
    return (None, False) if word.startswith("accus") else None


def _on_noun(s: Sentence, at: int, up: int, dep: str, act: str) -> Step:
    """A clause that hangs on a noun: the content of "reports that", or a relative clause, which stands for itself."""
    if dep not in ("acl", "relcl", "ccomp", "xcomp"):
        return None
    c = cues()
    word = s.low[up]
    kinds = c.nouns.get(word, _NONE)
    if s.heads[up] == up and not kinds and at > up and s.low[at - 1] == "to":  # a headline: "Rebels to attack"
        return (FUTURE, "future:headline-to"), True
    if dep in ("acl", "relcl") and not kinds and _to(s, at):
        firsts = any(s.low[k] in _FIRSTS or s.tags[k] in ("JJS", "RBS") for k in s.kids[up])
        return None if firsts else ((FUTURE, "future:to"), True)
    relative = any(s.tags[k] in ("WDT", "WP", "WP$", "WRB") and s.low[k] != "that" for k in range(up + 1, at))
    reduced = dep == "acl" and s.tags[at] in ("VBN", "VBG") and not any(s.deps[k] in _OWN for k in s.kids[at])
    if kinds and not relative and not reduced:
        if "passes" in kinds and not kinds & {"possible", "normative"}:
            return None
        return of_noun(s, up, act), True
    if word == "those" and dep == "relcl" and s.tags[at] in ("VBP", "VBZ"):  # "those who kill will be tried"
        return (CONDITIONAL, "conditional:those-who"), True
    if word in c.indefinite or any(s.low[k] in c.indefinite for k in s.kids[up] if k < up):
        return (CONDITIONAL, "conditional:" + word), True
    own = beside_noun(s, up)
    return (own, True) if own and own[0] is DENIED else None


def _role(s: Sentence, at: int, up: int, dep: str, act: str) -> Step:
    """An act noun as subject or object: it takes on the mood of its verb only when that verb states the act."""
    c = cues()
    word, tag = s.low[up], s.tags[up]
    if tag[0] not in "VJM":
        return None
    kinds = c.verbs.get(word, _NONE)
    passive = dep == "nsubjpass"
    if dep == "nsubj":
        if word not in c.happen and act != "verification":
            return None
        if word in BE and not any(s.tags[k] == "EX" for k in s.kids[up]):
            if any(s.tags[k] == "VBG" and s.deps[k] == "amod" for k in s.kids[at]):  # "killing prisoners is", misread
                return beside_verb(s, up) or _general(s, up), False
            return _predicate(s, up)
    elif found := of_verb(s, up, kinds, Governed(act, noun=True, passive=passive)):
        return found, False
    elif word not in c.light and act != "legal" and not (passive and kinds) and word not in BE:
        return None
    return beside_verb(s, up), False


def _general(s: Sentence, up: int) -> Found:
    """As in: killing prisoners is a crime; it speaks of no event."""
    return (NORMATIVE, "normative:general") if s.low[up] in ("is", "are", "remains") else None


def _predicate(s: Sentence, up: int) -> Step:
    """As in: the attack is unconfirmed, fighting is under way."""
    c = cues()
    said = [k for k in s.kids[up] if k > up and s.deps[k] in ("acomp", "attr", "xcomp")]
    for k in said:
        for kind in c.adjectives.get(s.low[k], _NONE) & {"unverified", "possible", "future"}:
            if kind == "future" and s.low[k] != "imminent" and not any(s.deps[m] == "xcomp" for m in s.kids[k]):
                continue  # "was due to an error"
            return (Stance(kind), f"{kind}:{s.low[k]}"), False
    return (beside_verb(s, up), False) if said and s.tags[said[0]] in ("IN", "RP") else None


def _adjunct(s: Sentence, at: int, up: int, act: str) -> Step:
    """An adverbial clause: participles share the mood of the main verb, purposes are not facts, others stand alone."""
    c = cues()
    word, kids = s.low[up], s.kids[at]
    if any(s.deps[k] in ("mark", "nsubj", "nsubjpass") or s.tags[k] == "WRB" for k in kids):
        return None
    kinds = (c.verbs if s.tags[up][0] == "V" else c.adjectives).get(word, _NONE)
    if s.tags[at] in ("VBG", "VBN", "VBD") and up < at:
        if up + 1 == at and _passive(s, up) and "possible" in kinds:
            return (POSSIBLE, "possible:" + word), False
        return beside_verb(s, up, of=at), False
    if _to(s, at):
        if found := of_verb(s, up, kinds, Governed(act, passive=_passive(s, up), infinitive=True)):
            return found, False
        if act == "verification":
            return beside_verb(s, up, of=at) or (FUTURE, "future:purpose"), False
        if act in OPEN_ENDED or "carries" in kinds:
            return beside_verb(s, up, of=at), False
        return (POSSIBLE, "possible:purpose"), False
    return None


def _complement(s: Sentence, at: int, up: int, dep: str, act: str) -> Step:
    """A clause that a verb or adjective governs: said, denied, feared, tried, begun."""
    c = cues()
    word, tag = s.low[up], s.tags[up]
    kinds = (c.verbs if tag[0] == "V" or tag == "MD" else c.adjectives).get(word, _NONE)
    if word in BE:
        for k in s.kids[up]:
            if s.deps[k] == "acomp" and k != at and s.low[k] in c.adjectives:
                kinds, word = c.adjectives[s.low[k]], s.low[k]
    if dep in ("csubj", "csubjpass", "nsubj", "nsubjpass") and not kinds & {"normative", "unverified"}:
        return beside_verb(s, up, of=at) or _general(s, up), False
    infinitive = _to(s, at)
    if word in ("have", "has", "had") and infinitive and any(s.low[k] == "yet" for k in s.kids[up]):
        return (DENIED, "denied:yet"), False
    if found := of_verb(s, up, kinds, Governed(act, passive=_passive(s, up), infinitive=infinitive, dep=dep)):
        return found, False
    if infinitive and dep == "xcomp" and word in BE and s.tags[at] != "JJ":
        return (FUTURE, "future:be-to"), False
    if "carries" in kinds or dep in ("oprd", "acomp", "attr") or (dep == "xcomp" and not infinitive):
        return beside_verb(s, up, of=at), False
    if infinitive and dep == "xcomp" and act not in OPEN_ENDED and tag[0] == "V":
        return (POSSIBLE, "possible:purpose"), False
    if "says" in kinds and tag == "VBG":  # "..., saying its planes hit": what comes above is no part of what is said
        return None
    return None, False


def _to(s: Sentence, i: int) -> bool:
    return any(s.low[k] == "to" and s.tags[k] == "TO" for k in s.kids[i])


def _passive(s: Sentence, i: int) -> bool:
    return s.tags[i] in ("VBN", "VBD", "JJ") and any(
        s.deps[k] in ("auxpass", "nsubjpass") or s.low[k] in BE for k in s.kids[i]
    )


def _flat(s: Sentence, i: int) -> tuple[Stance, str]:
    """Without a parse: the nearest cue among the six words before the act."""
    c = cues()
    for k in range(i - 1, max(-1, i - 7), -1):
        word = s.low[k]
        part, kind = c.beside.get(word, ("", ""))
        if part in ("neg", "not"):
            if not lifted(s, k):
                return DENIED, "denied:" + word
        elif part in ("modal", "hedge", "mark"):
            return Stance(kind), f"{kind}:{word}"
        elif "denial" in c.verbs.get(word, _NONE):
            return DENIED, "denied:denial:" + word
    return AFFIRMED, "affirmed"
