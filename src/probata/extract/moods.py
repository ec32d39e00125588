"""Moods: what the words right beside a verb or noun make of it, and what a governing word makes of what it governs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from probata.extract.forms import noun_forms, verb_forms
from probata.extract.sentences import Sentence
from probata.model.claim import HARM, ClaimType, Stance
from probata.vocab import load

AFFIRMED, DENIED, UNVERIFIED, POSSIBLE, CONDITIONAL, FUTURE, NORMATIVE = Stance
Found = tuple[Stance, str] | None

OPEN_ENDED = frozenset({"attack", "territory", "agreement", "displacement", "deprivation", "bodies_found"})
_DENIABLE = HARM - {ClaimType.DEPRIVATION}
BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "am", "'s", "’s", "'re", "’re"})
_NONE: frozenset[str] = frozenset()
_BESIDE = frozenset({"aux", "auxpass", "neg", "advmod", "mark", "det", "preconj", "npadvmod", "cc", "intj", "dep"})
_NOT_BESIDE = frozenset({"nsubj", "dobj", "conj", "ccomp"})
_CAN = frozenset({"can", "could", "cant", "cannot", "couldnt", "ca"})
_ASKED = frozenset({"clear", "unclear", "known", "unknown", "know", "sure", "certain", "ask", "asked", "determine"})
_PERCEIVED = frozenset({"see", "seen", "hear", "heard", "confirm", "say"})  # "could be seen": it was


@dataclass(frozen=True, slots=True)
class Cues:
    """The vocabulary stances.yml by written form."""

    verbs: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]
    adjectives: dict[str, frozenset[str]]
    beside: dict[str, tuple[str, str]]  # beside a verb: modal, not, neg, hedge, mark or nearly; and its kind
    before: dict[str, Stance]  # before a noun
    nobody: frozenset[str]
    lifts: frozenset[str]  # after a negation they undo it: "not only"
    indefinite: frozenset[str]
    doubted: frozenset[str]
    light: frozenset[str]
    happen: frozenset[str]


@cache
def cues() -> Cues:
    """The vocabulary, read once."""
    table = load("stances")

    def verb(word: str) -> set[str]:
        return verb_forms(word) | set(table["irregular"].get(word, ())) | (BE if word == "be" else set())

    def governors(part: str) -> dict[str, frozenset[str]]:
        out: dict[str, set[str]] = {}
        for kind, words in table[part].items():
            for word in words:
                forms = verb(word) if part == "verbs" else noun_forms(word) if part == "nouns" else {word}
                for form in forms:
                    out.setdefault(form, set()).add(kind)
        return {k: frozenset(v) for k, v in out.items()}

    beside: dict[str, tuple[str, str]] = {}
    parts = {"denied": "neg", "nearly": "nearly", "possible": "hedge"}
    for kind, words in table["adverbs"].items():
        beside |= dict.fromkeys(words, (parts[kind], kind))
    for kind, words in table["marks"].items():
        beside |= dict.fromkeys(words, ("mark", kind))
    modal = {w: kind for kind, words in table["modals"].items() for w in words}
    beside |= {w: ("modal", kind) for w, kind in modal.items()}
    beside |= dict.fromkeys(table["negations"], ("neg", "denied"))
    beside |= {w: ("not", modal.get(aux, "")) for w, aux in table["negated"].items()}
    return Cues(
        governors("verbs"),
        governors("nouns"),
        governors("adjectives"),
        beside,
        {w: Stance(kind) for kind, words in table["modifiers"].items() for w in words},
        frozenset(table["nobody"]),
        frozenset(table["not_negation"]),
        frozenset(table["indefinite"]),
        frozenset(table["doubted"]),
        frozenset(f for w in table["light"] for f in verb(w)),
        frozenset(f for w in table["happen"] for f in verb(w)),
    )


def beside_noun(s: Sentence, i: int) -> Found:
    """What the words before noun i make of it: "no casualties", "an alleged attack"."""
    c = cues()
    for k in s.kids[i]:
        if k > i:
            break
        word = s.low[k]
        if word in c.before:
            return c.before[word], f"{c.before[word]}:{word}"
        if (word in c.nobody or word == "not") and not lifted(s, k):
            return DENIED, "denied:" + word
    return None


def lifted(s: Sentence, k: int) -> bool:
    """Whether the word after negation k undoes it: "not only", "no less than"."""
    after = s.low[k + 1] if k + 1 < len(s.low) else "only"
    if after in ("more", "less", "fewer"):
        return k + 2 < len(s.low) and s.low[k + 2] == "than"
    return after in cues().lifts


def beside_verb(s: Sentence, i: int, of: int = -1) -> Found:
    """What the auxiliaries, adverbs, subject and object of verb i make of it, or of its part `of`."""
    c, low, deps = cues(), s.low, s.deps
    modal = negative = hedge = mark = ""
    have = to = False
    if i and c.beside.get(low[i - 1], ("",))[0] == "not":  # "wont", often misread as a noun
        negative, modal = low[i - 1], low[i - 1] if c.beside[low[i - 1]][1] else ""
    for k in s.kids[i]:
        dep, word = deps[k], low[k]
        if k == of:
            continue
        if dep in _BESIDE or (word in c.beside and dep not in _NOT_BESIDE):
            kind, what = c.beside.get(word, ("", ""))
            if kind == "modal" and (s.tags[k] == "MD" or dep == "aux"):
                modal = modal or word
            elif kind == "not":
                negative, modal = word, modal or (word if what else "")
            elif kind == "neg":
                if not lifted(s, k) and not (k and low[k - 1] == "or"):
                    negative = word
            elif kind == "mark" and k < i:
                mark = word
            elif kind == "nearly" and k == i - 1:
                negative = "nearly:" + word
            elif kind == "hedge":
                hedge = word
            elif word in ("have", "'ve", "’ve"):
                have = True
            elif word == "to" and s.tags[k] == "TO":
                to = True
        elif dep in ("nsubj", "nsubjpass") or (of < 0 and (dep == "dobj" or (dep == "attr" and low[i] in BE))):
            negative = _none(s, k, c) or negative
        elif dep == "advcl" and (modal or to) and any(low[m] in ("if", "unless") for m in s.kids[k]):
            mark = "if"
    if mark:
        doubt = mark == "whether" or (mark == "if" and _asked(s, i))
        return (UNVERIFIED if doubt else CONDITIONAL), f"{UNVERIFIED if doubt else CONDITIONAL}:{mark}"
    if modal:
        return _modal(s, i, modal, bool(negative), have)
    if negative:
        return DENIED, "denied:" + negative
    if hedge:
        return POSSIBLE, "possible:" + hedge
    if s.heads[i] == i and s.tags[i] == "VB":
        if to:
            return FUTURE, "future:to"
        if i == 0:
            return NORMATIVE, "normative:imperative"
    return None


def _asked(s: Sentence, i: int) -> bool:
    """Whether the "if" of verb i asks, as in "it was unclear if", and sets no condition."""
    h = s.heads[i]
    clear = s.low[h] in _ASKED or any(s.deps[k] == "acomp" and s.low[k] in _ASKED for k in s.kids[h])
    return s.deps[i] == "ccomp" or (i > h and clear)


def _none(s: Sentence, k: int, c: Cues) -> str:
    """The word that empties a subject or object: "nobody", "no one", "not a single civilian"."""
    if s.low[k] in c.nobody or c.beside.get(s.low[k], ("",))[0] == "not":
        return s.low[k]
    for d in s.kids[k]:
        none = s.low[d] in c.nobody or s.low[d] == "not" or c.beside.get(s.low[d], ("", ""))[1] == "denied"
        if d < k and none and not lifted(s, d):
            return s.low[d]
    if k > 1 and s.low[k - 2 : k] == ["no", "more"]:
        return "no-more"
    return "no-one" if k and s.low[k] == "one" and s.low[k - 1] == "no" else ""


def _modal(s: Sentence, i: int, modal: str, negative: bool, have: bool) -> tuple[Stance, str]:
    what = cues().beside[modal][1]
    if what == "normative":
        if modal == "must" and have and not negative:
            return POSSIBLE, "possible:must-have"
        return NORMATIVE, "normative:" + modal
    if what == "possible":
        if modal in _CAN and negative:
            return DENIED, "denied:" + modal
        if modal in _CAN and s.low[i] in _PERCEIVED:
            return AFFIRMED, "affirmed:" + modal
        return POSSIBLE, "possible:" + modal
    if negative:
        return DENIED, "denied:" + modal
    if have and modal in ("would", "'d", "’d"):
        return CONDITIONAL, "conditional:would-have"
    return FUTURE, "future:" + modal


def of_noun(s: Sentence, i: int, act: str, near: bool = False) -> Found:
    """What content noun i makes of its content: "reports of". `near`: as in "death threats", right before the noun."""
    kinds = cues().nouns.get(s.low[i], _NONE)
    word = s.low[i]
    if kinds & {"stops", "blame"}:
        return None
    if own := beside_noun(s, i):
        return (UNVERIFIED, own[1]) if own[0] is DENIED and "unsaid" in kinds else own
    if "passes" in kinds or (near and not kinds & {"future", "denial", "attempt", "probe"}):
        return None
    if "report" in kinds and word == "report":
        return None
    if "attempt" in kinds and act in OPEN_ENDED:
        return None
    for kind, stance in _NOUNS:
        if kind in kinds:
            return stance, f"{stance}:{word}"
    return None


_NOUNS = (
    ("denial", DENIED),
    ("averted", DENIED),
    ("attempt", POSSIBLE),
    ("future", FUTURE),
    ("normative", NORMATIVE),
    ("possible", POSSIBLE),
    ("probe", UNVERIFIED),
)


@dataclass(frozen=True, slots=True)
class Governed:
    """How an act hangs on its governor: its claim type, as a noun or clause, and the form of that clause."""

    act: str
    noun: bool = False
    passive: bool = False
    infinitive: bool = False
    dep: str = ""


def of_verb(s: Sentence, i: int, kinds: frozenset[str], g: Governed) -> Found:
    """What governing verb or adjective i makes of the act, from its kinds, voice and negation; None: nothing."""
    if not kinds:
        return None
    word = s.low[i]
    own = beside_verb(s, i)
    negative = own is not None and own[0] is DENIED and "nearly" not in own[1]  # "narrowly escaped" is escaped
    if "outs" in kinds:
        return (DENIED, "denied:denial:rule-out") if any(s.low[k] == "out" for k in s.kids[i]) else None
    if "denial" in kinds and not (g.noun and g.act == "deprivation"):
        return (POSSIBLE, "possible:not-" + word) if negative else (DENIED, "denied:denial:" + word)
    if negative and "admits" in kinds and not g.noun:
        return DENIED, "denied:not-" + word
    if "verify" in kinds and (negative or _unable(s, i)) and not (g.infinitive and "carries" in kinds):
        return own if g.noun and "checks" not in kinds else (UNVERIFIED, "unverified:not-" + word)
    if "unverified" in kinds:
        return UNVERIFIED, "unverified:" + word
    if "averted" in kinds and g.act not in ("agreement", "deprivation") and not word.startswith("surviv"):
        return None if negative else (DENIED, "denied:averted:" + word)
    if "calls" in kinds and any(s.low[k] == "off" for k in s.kids[i]):
        return DENIED, "denied:averted:call-off"
    if "calls" in kinds and not any(s.low[k] in ("on", "upon", "for") for k in s.kids[i]):
        return None
    if "normative" in kinds and _wanted(kinds, g):
        return NORMATIVE, "normative:" + word
    if "agrees" in kinds and g.act == "agreement":
        return own
    if "attempt" in kinds and (g.infinitive or g.noun):
        return own if own or g.act in OPEN_ENDED else (POSSIBLE, "possible:attempt:" + word)
    if any(s.deps[k] == "prt" for k in s.kids[i]):  # "set off", "went off"
        return own if "stop" in kinds and own and own[0] is NORMATIVE else None
    if "future" in kinds and (
        g.infinitive or (g.noun and word in cues().light) or (g.dep == "ccomp" and "foresees" in kinds)
    ):
        return (DENIED, "denied:not-" + word) if negative and not g.passive else (FUTURE, "future:" + word)
    if "possible" in kinds and not g.noun:
        if "says" in kinds and g.passive and any(s.low[k] == "it" and s.deps[k] != "dobj" for k in s.kids[i]):
            return own or (POSSIBLE, "possible:it-is-" + word)
        if "says" in kinds and not (g.passive and (g.infinitive or g.dep in ("oprd", "xcomp", "acomp", "advcl"))):
            return own if negative else None
        if negative and "judges" in kinds:
            return DENIED, "denied:not-" + word
        return POSSIBLE, "possible:" + word
    if g.noun and "guesses" in kinds:
        return POSSIBLE, "possible:" + word
    if "probe" in kinds and not g.noun:
        return UNVERIFIED, "unverified:" + word
    return own if "stop" in kinds and own and own[0] is NORMATIVE else None


def _wanted(kinds: frozenset[str], g: Governed) -> bool:
    """Whether a verb of asking or ordering asks for the act, and does not only tell of it."""
    if "forces" in kinds:
        return False
    if g.noun:
        return "wants" in kinds or ("orders" in kinds and g.act == "killing")
    return g.infinitive or "bans" in kinds or (g.dep == "ccomp" and "tells" not in kinds)


def of_itself(s: Sentence, i: int, act: str) -> Found:
    """What the act word says by itself: "the government's denial", "is obliged", "unconfirmed"."""
    c, word = cues(), s.low[i]
    kinds = (c.nouns if s.tags[i][0] == "N" else c.verbs).get(word, _NONE)
    if act == "legal":
        return (NORMATIVE, "normative:" + word) if kinds & {"duty", "bans"} else None
    if act == "verification":
        return (UNVERIFIED, "unverified:" + word) if "unverified" in c.adjectives.get(word, _NONE) else None
    if "denial" in kinds and act in _DENIABLE:
        own = beside_verb(s, i)
        return (POSSIBLE, "possible:not-" + word) if own and own[0] is DENIED else (DENIED, "denied:denial:" + word)
    return None


def _unable(s: Sentence, i: int) -> bool:
    """Whether verb i hangs on "unable to", "impossible to" or the like."""
    return s.low[s.heads[i]] in ("unable", "impossible", "difficult", "failed", "hard", "yet", "challenging")
