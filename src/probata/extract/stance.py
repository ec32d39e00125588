"""Stance: whether a sentence affirms the act that one of its words states, or denies, doubts, foresees or wishes it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from probata.extract.forms import noun_forms, verb_forms
from probata.extract.sentences import Sentence
from probata.model.claim import Stance
from probata.vocab import load

AFFIRMED, DENIED, UNVERIFIED, POSSIBLE, CONDITIONAL, FUTURE, NORMATIVE = Stance
Found = tuple[Stance, str] | None

_HIGHEST = 14  # governors looked at above an act; deeper sentences are misparsed lists
_OPEN_ENDED = frozenset(
    {"attack", "territory", "agreement", "displacement", "deprivation"}
)  # an attempt at these is one
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
_AUXILIARY = frozenset(
    {"aux", "auxpass", "neg", "advmod", "mark", "det", "preconj", "npadvmod", "cc", "intj", "punct", "dep"}
)
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_INSIDE = frozenset({"compound", "amod", "nmod", "poss", "npadvmod"})


@dataclass(frozen=True, slots=True)
class _Cues:
    """The vocabulary by written form."""

    verbs: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]
    adjectives: dict[str, frozenset[str]]
    beside: dict[str, tuple[str, str]]  # word beside a verb -> (modal, neg, hedge, mark or nearly; what it is)
    before: dict[str, Stance]  # word before a noun
    nobody: frozenset[str]
    lifts: frozenset[str]
    indefinite: frozenset[str]
    light: frozenset[str]
    happen: frozenset[str]


@cache
def _cues() -> _Cues:
    table = load("stances")

    def governors(part: str) -> dict[str, frozenset[str]]:
        out: dict[str, set[str]] = {}
        for kind, words in table[part].items():
            for word in words:
                forms = {word} if part == "adjectives" else verb_forms(word) if part == "verbs" else noun_forms(word)
                for form in forms | _BE if word == "be" else forms:
                    out.setdefault(form, set()).add(kind)
        return {k: frozenset(v) for k, v in out.items()}

    def forms_of(part: str) -> frozenset[str]:
        return frozenset(f for w in table[part] for f in verb_forms(w)) | (_BE if "be" in table[part] else frozenset())

    beside: dict[str, tuple[str, str]] = {}
    for kind, words in table["adverbs"].items():
        beside |= dict.fromkeys(words, ("neg" if kind == "denied" else "nearly" if kind == "nearly" else "hedge", kind))
    for kind, words in table["marks"].items():
        beside |= dict.fromkeys(words, ("mark", kind))
    for kind, words in table["modals"].items():
        beside |= dict.fromkeys(words, ("modal", kind))
    beside |= dict.fromkeys(table["negations"], ("neg", "denied"))
    modal = {w: kind for kind, words in table["modals"].items() for w in words}
    beside |= {w: ("not", modal.get(aux, "")) for w, aux in table["negated"].items()}
    before = {w: Stance(kind) for kind, words in table["modifiers"].items() for w in words}
    return _Cues(
        governors("verbs"), governors("nouns"), governors("adjectives"), beside, before, frozenset(table["nobody"]),
        frozenset(table["not_negation"]), frozenset(table["indefinite"]), forms_of("light"), forms_of("happen"),
    )  # fmt: skip


_BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "am", "'s", "’s", "'re", "’re"})


def stance_of(s: Sentence, trigger: int, act: str = "") -> tuple[Stance, str]:
    """How the sentence stands to the act that word `trigger` states, and the cue that decided ("denied:denial:rejects").

    Goes up from the trigger through the words that govern it. `act` is the claim type, if known: trying to storm a town
    is itself an attack, trying to kill is no killing. Plain attribution ("he said") leaves an act affirmed.
    """
    if not s.tags:
        return _flat(s, trigger)
    c = _cues()
    found: Found = None
    at, noun = trigger, s.tags[trigger][0] == "N"
    found = _beside_noun(s, at, c) if noun else _beside_verb(s, at, c, act)
    for _ in range(_HIGHEST):
        up = s.heads[at]
        if up == at:
            break
        step = _step(s, at, up, noun, c, act)
        if step is None:
            break
        found = _combine(found, step[0])
        at, noun = up, step[1]
    return found or (AFFIRMED, "affirmed")


def _combine(inner: Found, outer: Found) -> Found:
    """What an outer cue makes of an inner one: "denied that it may have" is denied, "may not have" stays possible."""
    if outer is None or inner is None:
        return outer or inner
    if outer[0] is DENIED:
        twice = inner[0] is DENIED and outer[1].startswith(("denied:denial", "denied:averted"))
        return (POSSIBLE, outer[1]) if twice else outer
    if outer[0] in (NORMATIVE, CONDITIONAL):
        return outer
    if outer[0] is UNVERIFIED:
        return outer if inner[0] in (POSSIBLE, DENIED) else inner
    return inner


def _step(s: Sentence, at: int, up: int, noun: bool, c: _Cues, act: str) -> tuple[Found, bool] | None:
    """What word `up` makes of the act below it, and whether to go on from it as a noun; None ends the way up."""
    dep, tag = s.deps[at], s.tags[up]
    if dep == "prep" or dep == "agent":
        return _prep(s, at, up, noun, c)
    if dep in ("pobj", "pcomp"):
        word = s.low[up]
        if word == "without":
            return (DENIED, "denied:without"), noun
        if (word in ("of", "case") and up and s.low[up - 1] in ("event", "case")) or word == "if":
            return (CONDITIONAL, "conditional:" + word), noun
        if (dep == "pcomp" and word == "instead") or (word == "of" and up and s.low[up - 1] == "instead"):
            return (DENIED, "denied:instead"), noun
        return None, noun
    if dep == "conj":
        if noun:
            return _beside_noun(s, up, c), True
        own = any(s.deps[k] in ("aux", "nsubj", "nsubjpass", "auxpass", "mark") for k in s.kids[at])
        but = any(s.low[k] == "but" for k in s.kids[up] if up < k < at)
        return (None if own or but else _beside_verb(s, up, c, act, of=at)), False
    if noun and dep in _INSIDE:
        return _kind_noun(s, up, c, near=True), True
    if noun and dep in ("nsubj", "nsubjpass", "dobj", "attr", "oprd", "dative"):
        return _noun_role(s, at, up, dep, c, act)
    if dep in _CLAUSE or (not noun and dep in ("dobj", "amod", "nsubj", "nsubjpass")):
        if (
            tag[0] == "N"
            or (tag[0] == "C" and dep in ("acl", "relcl"))
            or (dep in ("acl", "relcl") and tag[0] in "PDW")
        ):
            return _clause_noun(s, at, up, dep, c)
        return _clause(s, at, up, dep, c, act)
    if dep == "appos" and noun:
        return _beside_noun(s, up, c), True
    return None


def _prep(s: Sentence, at: int, up: int, noun: bool, c: _Cues) -> tuple[Found, bool] | None:
    tag, word, prep = s.tags[up], s.low[up], s.low[at]
    if tag[0] == "N" or word in c.nobody:
        kinds = c.nouns.get(word, ())
        if not kinds and word not in c.nobody:
            return (None, True) if prep == "of" and word in c.light else None
        return _kind_noun(s, up, c), True
    kinds = c.verbs.get(word, ()) if tag[0] == "V" else c.adjectives.get(word, ())
    if not kinds:
        return (
            (_beside_verb(s, up, c, ""), False)
            if prep in ("by", "in", "to") and word in c.light and noun and word in ("resulted", "result", "led", "lead")
            else None
        )
    if prep in ("of", "for", "from", "about", "against", "with", "to", "as", "on", "in"):
        if ("averted" in kinds and prep == "from") or word in ("short", "free"):
            return (DENIED, "denied:averted:" + word), False
        if "normative" in kinds and prep in ("for", "from", "against") and word not in ("tell", "told"):
            return (NORMATIVE, "normative:" + word), False
        if word.startswith("warn") or ("future" in kinds and prep in ("for", "to", "on", "of")):
            return (FUTURE, "future:" + word), False
        if "stop" in kinds and prep == "from":
            return (DENIED, "denied:averted:" + word), False
        if "possible" in kinds and word.startswith("suspect"):
            return (POSSIBLE, "possible:" + word), False
        if word in ("accused", "accuse", "accuses", "accusing", "blamed"):
            return None, False
    return None


def _kind_noun(s: Sentence, i: int, c: _Cues, near: bool = False) -> Found:
    """What a content noun ("reports of", "threat to", "death threats") makes of its content."""
    kinds = c.nouns.get(s.low[i], frozenset())
    own = _beside_noun(s, i, c)
    word = s.low[i]
    if own and own[0] is DENIED and kinds:
        unsaid = word in ("word", "confirmation", "information", "detail", "details", "news", "proof", "indication")
        return (UNVERIFIED if unsaid else DENIED, own[1])
    if own:
        return own
    if "passes" in kinds:
        return None
    for name, stance in _NOUN_KINDS:
        if name in kinds and not (near and name in ("normative", "possible", "averted")):
            if name == "possible" and word in ("report", "claim", "claims", "accusation", "accusations"):
                return (POSSIBLE, "possible:" + word) if word != "report" else None
            return stance, f"{stance}:{word}"
    return None


_NOUN_KINDS = (
    ("denial", DENIED), ("averted", DENIED), ("attempt", POSSIBLE), ("future", FUTURE), ("normative", NORMATIVE),
    ("possible", POSSIBLE), ("probe", UNVERIFIED),
)  # fmt: skip


def _clause_noun(s: Sentence, at: int, up: int, dep: str, c: _Cues) -> tuple[Found, bool] | None:
    """A clause that hangs on a noun: the content of "reports that", or a relative clause, which stands for itself."""
    if dep not in ("acl", "relcl", "ccomp", "xcomp"):
        return None
    word = s.low[up]
    kinds = c.nouns.get(word, frozenset())
    if s.heads[up] == up and not kinds and at > up and s.low[at - 1] == "to":  # a headline: "Rebels to attack"
        return (FUTURE, "future:headline-to"), True
    relative = any(s.tags[k] in ("WDT", "WP", "WP$", "WRB") and s.low[k] != "that" for k in s.subtree(at) if k <= at)
    if kinds and not relative and (dep != "acl" or s.tags[at] not in ("VBN", "VBG")):
        if "passes" in kinds and "possible" not in kinds and "normative" not in kinds:
            return None
        return _kind_noun(s, up, c), True
    if word in c.indefinite or any(s.low[k] in c.indefinite for k in s.kids[up] if k < up):
        return (CONDITIONAL, "conditional:" + word), True
    own = _beside_noun(s, up, c)
    if own and own[0] is DENIED:
        return own, True
    return None


def _noun_role(s: Sentence, at: int, up: int, dep: str, c: _Cues, act: str) -> tuple[Found, bool] | None:
    """An act noun as subject or object: it takes on the mood of its verb only when that verb states the act."""
    word, tag = s.low[up], s.tags[up]
    if tag[0] not in "VJM":
        return None
    kinds = c.verbs.get(word, frozenset())
    passive = dep == "nsubjpass"
    if dep == "nsubj" and word not in c.happen:
        return None
    if dep == "nsubj" and word in _BE and not any(s.deps[k] == "expl" or s.tags[k] == "EX" for k in s.kids[up]):
        attr = [k for k in s.kids[up] if k > up and s.deps[k] in ("acomp", "attr", "xcomp")]
        beside = _beside_verb(s, up, c, act)
        for k in attr:
            for kind in c.adjectives.get(s.low[k], ()):
                if kind in ("unverified", "possible", "future") and s.low[k] not in ("due", "set", "safe"):
                    return (Stance(kind), f"{kind}:{s.low[k]}"), False
        return (beside, False) if attr and s.tags[attr[0]] in ("IN", "RP") else None
    if dep in ("dobj", "nsubjpass", "oprd", "attr"):
        found = _kind_verb(s, up, kinds, c, passive, act, noun=True)
        if found:
            return found, False
        if word not in c.light and not (passive and kinds) and word not in _BE:
            return None
    return _beside_verb(s, up, c, act), False


def _clause(s: Sentence, at: int, up: int, dep: str, c: _Cues, act: str) -> tuple[Found, bool] | None:
    """An act clause below a verb or an adjective."""
    word, tag = s.low[up], s.tags[up]
    kids = s.kids[at]
    if dep == "advcl":
        if any(
            (s.deps[k] in ("mark", "advmod", "nsubj", "nsubjpass") and s.deps[k] != "advmod") or s.tags[k] == "WRB"
            for k in kids
        ):
            return None
        if s.tags[at] in ("VBG", "VBN", "VBD") and up < at:
            if up + 1 == at and _passive(s, up) and "possible" in c.verbs.get(word, ()):
                return (POSSIBLE, "possible:" + word), False
            return _beside_verb(s, up, c, act, of=at), False
        if any(s.low[k] == "to" for k in kids) and s.tags[at] == "VB":
            kinds = c.verbs.get(word, frozenset()) if tag[0] == "V" else c.adjectives.get(word, frozenset())
            found = _kind_verb(s, up, kinds, c, _passive(s, up), act)
            if found:
                return found, False
            if act in _OPEN_ENDED or "carries" in kinds:
                return _beside_verb(s, up, c, act, of=at), False
            return (POSSIBLE, "possible:purpose"), False
        return None
    if tag[0] == "V" or tag == "MD":
        kinds = c.verbs.get(word, frozenset())
    else:
        kinds = c.adjectives.get(word, frozenset())
    if word in _BE:
        for k in s.kids[up]:
            if s.deps[k] == "acomp" and k != at:
                kinds, word = c.adjectives.get(s.low[k], kinds), s.low[k]
    infinitive = any(s.low[k] == "to" and s.tags[k] == "TO" for k in kids)
    found = _kind_verb(s, up, kinds, c, _passive(s, up), act, infinitive=infinitive, dep=dep)
    if found:
        return found, False
    carries = "carries" in kinds or dep in ("oprd", "acomp", "attr") or (dep == "xcomp" and not infinitive)
    if carries and word in _BE and infinitive and s.tags[at] not in ("JJ",) and dep == "xcomp":
        return (FUTURE, "future:be-to"), False
    if carries:
        return _beside_verb(s, up, c, act, of=at), False
    if infinitive and dep == "xcomp" and act not in _OPEN_ENDED and tag[0] == "V":
        return (POSSIBLE, "possible:purpose"), False
    return None, False


def _passive(s: Sentence, i: int) -> bool:
    return s.tags[i] in ("VBN", "VBD", "JJ") and any(
        s.deps[k] in ("auxpass", "nsubjpass") or s.low[k] in _BE for k in s.kids[i]
    )


def _kind_verb(
    s: Sentence,
    i: int,
    kinds: frozenset[str],
    c: _Cues,
    passive: bool,
    act: str,
    noun: bool = False,
    infinitive: bool = False,
    dep: str = "",
) -> Found:
    """What a governing verb or adjective makes of the act below it, from its kinds, voice and negation."""
    if not kinds:
        return None
    word = s.low[i]
    own = _beside_verb(s, i, c, act)
    negative = bool(own) and own is not None and own[0] is DENIED
    if "denial" in kinds:
        return (POSSIBLE, "possible:not-" + word) if negative else (DENIED, "denied:denial:" + word)
    if negative and word in _ADMITS and not noun:
        return DENIED, "denied:not-" + word
    if "verify" in kinds and (negative or _unable(s, i)) and not (infinitive and "carries" in kinds):
        if noun and word not in (
            "verify",
            "confirm",
            "verified",
            "confirmed",
            "corroborated",
            "corroborate",
            "determined",
        ):
            return own
        return UNVERIFIED, "unverified:not-" + word
    if "unverified" in kinds:
        return UNVERIFIED, "unverified:" + word
    if (
        "averted" in kinds
        and word not in ("survived", "survive", "survives", "surviving")
        and (not noun or word in c.light)
    ):
        return None if negative else (DENIED, "denied:averted:" + word)
    if "normative" in kinds and (
        infinitive
        or (
            noun
            and word
            in (
                "demanded",
                "demand",
                "ordered",
                "ban",
                "banned",
                "require",
                "prohibit",
                "prohibited",
                "authorized",
                "authorised",
            )
        )
        or (dep == "ccomp" and word not in _TELLS)
    ):
        if not (word in ("forced", "compelled") and "carries" in kinds):
            return NORMATIVE, "normative:" + word
    if "attempt" in kinds and (infinitive or noun):
        return own if act in _OPEN_ENDED else own or (POSSIBLE, "possible:attempt:" + word)
    if "future" in kinds and (infinitive or (noun and word in c.light) or (dep == "ccomp" and word in _FUTURE_THAT)):
        return (DENIED, "denied:not-" + word) if negative and not passive else (FUTURE, "future:" + word)
    if "possible" in kinds and not noun:
        if word in _SAYS and not (passive and (infinitive or dep in ("oprd", "xcomp", "acomp"))):
            return own if negative else None
        return (
            (DENIED, "denied:not-" + word)
            if negative and word[:4] in ("beli", "thin", "seem", "appe")
            else (POSSIBLE, "possible:" + word)
        )
    if noun and word in ("feared", "fear", "fears", "suspected", "alleged", "risk", "risks"):
        return POSSIBLE, "possible:" + word
    if "probe" in kinds and not noun:
        return UNVERIFIED, "unverified:" + word
    if "stop" in kinds and own and own[0] is NORMATIVE:
        return own
    return None


_ADMITS = verb_forms("acknowledge") | verb_forms("admit") | verb_forms("recognise") | verb_forms("recognize")
_SAYS = frozenset(
    [
        "say",
        "says",
        "said",
        "saying",
        "report",
        "reports",
        "reported",
        "reporting",
        "claim",
        "claims",
        "claimed",
        "claiming",
        "suggest",
        "suggests",
        "suggested",
        "point",
        "points",
        "alleges",
        "alleged",
        "allege",
        "alleging",
    ]
)
_TELLS = frozenset(
    [
        "tell",
        "tells",
        "told",
        "warn",
        "warns",
        "warned",
        "warning",
        "insist",
        "insists",
        "insisted",
        "direct",
        "allow",
        "allowed",
        "ask",
        "asked",
        "asks",
        "call",
        "called",
        "calls",
    ]
)
_FUTURE_THAT = frozenset(
    [
        "expect",
        "expects",
        "expected",
        "hope",
        "hopes",
        "hoped",
        "wish",
        "wishes",
        "promise",
        "promised",
        "vow",
        "vowed",
        "vows",
        "pledge",
        "pledged",
        "threaten",
        "threatened",
        "threatens",
    ]
)


def _unable(s: Sentence, i: int) -> bool:
    """Whether word i hangs on "unable to" or "impossible to"."""
    return s.low[s.heads[i]] in ("unable", "impossible", "difficult", "failed", "hard", "yet", "challenging")


def _beside_noun(s: Sentence, i: int, c: _Cues) -> Found:
    """What the words before a noun make of it: "no casualties", "an alleged attack"."""
    for k in s.kids[i]:
        if k > i:
            break
        word = s.low[k]
        if word in c.before:
            return c.before[word], f"{c.before[word]}:{word}"
        if ((word in c.nobody or word == "not") and s.low[k + 1] not in c.lifts) or word == "without":
            return DENIED, "denied:" + word
    return None


def _beside_verb(s: Sentence, i: int, c: _Cues, act: str, of: int = -1) -> Found:
    """What the auxiliaries, adverbs, subject and object of a verb make of it."""
    low, deps = s.low, s.deps
    modal, negative, hedge, mark, to = "", "", "", "", False
    kids = s.kids[i]
    have = False
    if i and c.beside.get(low[i - 1], ("", ""))[0] == "not":  # "wont", misread as a noun
        negative, modal = low[i - 1], low[i - 1] if c.beside[low[i - 1]][1] else ""
    for k in kids:
        dep, word = deps[k], low[k]
        if dep in _AUXILIARY or (word in c.beside and dep not in ("nsubj", "dobj", "conj", "ccomp")):
            cue = c.beside.get(word)
            if cue is None:
                if word in ("have", "'ve", "’ve"):
                    have = True
                elif word == "to" and s.tags[k] == "TO":
                    to = True
                continue
            kind, what = cue
            if kind == "modal" and (s.tags[k] == "MD" or dep == "aux"):
                modal = modal or word
            elif kind == "not":
                negative, modal = word, modal or (word if what else "")
            elif kind == "neg":
                if k + 1 < len(low) and low[k + 1] not in c.lifts and not (low[k - 1] == "or" and k > 0):
                    negative = word
            elif kind == "mark" and k < i:
                mark = word
            elif kind == "hedge":
                hedge = word
        elif dep in _SUBJECT or (dep in ("dobj", "attr", "expl") and k != of):
            if dep == "attr" and low[i] not in _BE:
                continue
            if low[k] in c.nobody and dep != "expl":
                negative = low[k]
            elif low[k] == "one" and k and low[k - 1] == "no":
                negative = "no one"
            else:
                for d in s.kids[k]:
                    if d < k and low[d] in ("no", "not", "neither", "zero") and low[d + 1] not in c.lifts:
                        negative = low[d]
        elif dep == "advcl" and (modal or to) and any(low[m] in ("if", "unless") for m in s.kids[k]):
            mark = "if"
    if mark:
        return (
            UNVERIFIED if mark == "whether" else CONDITIONAL
        ), f"{'unverified' if mark == 'whether' else 'conditional'}:{mark}"
    if modal:
        return _modal(s, i, modal, negative, have, c)
    if negative:
        return DENIED, "denied:" + negative
    if hedge:
        return POSSIBLE, "possible:" + hedge
    if to and s.heads[i] == i and s.tags[i] == "VB":
        return FUTURE, "future:to"
    return None


def _modal(s: Sentence, i: int, modal: str, negative: str, have: bool, c: _Cues) -> Found:
    cue = c.beside[modal]
    what = cue[1]
    if what == "normative":
        return (
            (POSSIBLE, "possible:must-have")
            if modal == "must" and have and not negative
            else (NORMATIVE, "normative:" + modal)
        )
    if what == "possible":
        if modal in ("can", "could", "cant", "cannot", "couldnt"):
            if negative:
                return DENIED, "denied:" + modal
            if modal in ("can", "could") and s.low[i] in ("see", "seen", "hear", "heard", "confirm", "say", "be"):
                return None if s.low[i] != "be" else (POSSIBLE, "possible:" + modal)
        return POSSIBLE, "possible:" + modal
    if negative:
        return DENIED, "denied:" + modal
    if have and modal in ("would", "'d", "’d"):
        return CONDITIONAL, "conditional:would-have"
    return FUTURE, "future:" + modal


def _flat(s: Sentence, i: int) -> tuple[Stance, str]:
    """Without a parse: the nearest cue among the six words before the act."""
    c = _cues()
    for k in range(i - 1, max(-1, i - 7), -1):
        word = s.low[k]
        cue = c.beside.get(word)
        if cue and cue[0] in ("modal", "not", "neg", "hedge", "mark"):
            if cue[0] in ("neg", "not"):
                if s.low[k + 1] not in c.lifts:
                    return DENIED, "denied:" + word
                continue
            return Stance(cue[1]), f"{cue[1]}:{word}"
        kinds = c.verbs.get(word, frozenset())
        if "denial" in kinds:
            return DENIED, "denied:denial:" + word
    return AFFIRMED, "affirmed"
