"""Noun phrases of a parsed sentence: the words that can fill a role."""

from __future__ import annotations

from dataclasses import dataclass, field

from probata.extract.kinds import table
from probata.extract.sentences import Sentence

_NONE: frozenset[str] = frozenset()
_INSIDE = frozenset(
    {"compound", "amod", "nmod", "poss", "nummod", "det", "quantmod", "case", "predet", "advmod", "npadvmod", "punct"}
)
_PREMODIFIER = frozenset({"compound", "amod", "nmod", "poss", "nummod"})
_STRIP_TAGS = frozenset(
    "DT PDT CD PRP$ RB RBR JJR JJS , CC IN : HYPH -LRB- -RRB- POS WDT . WRB WP NFP EX TO UH RP".split()
)
_STRIP_WORDS = frozenset(
    "other many several such same own few numerous more various additional first latest new recent".split()
)
_HEADS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD"})
_ARGUMENT = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr"})
_AS_NOUN = frozenset({"JJ", "VBN", "DT", "VBD", "JJR", "JJS", "WP"})
_AGENTIVE = frozenset({"demonym", "armed", "power"})
_ACTORS = frozenset({"armed", "power", "person", "body"})
_MEANS = frozenset({"means"})
_LED = ("-led", "-backed", "-linked", "-aligned", "-allied", "-affiliated", "-sponsored")
_LINKS = frozenset(
    "in of near , the a an at outside inside around on from to north south east west northern southern eastern western "
    "northeast northwest southeast southwest and its s 's ’s close - called ( )".split()
)
_MUST = frozenset("in of near , at outside inside around on north south east west and close (".split())


@dataclass(slots=True)
class Phrase:
    """A noun phrase: its head word, the words first..last of its core, and with what follows by "of" up to `reach`.

    `pair` is the last of the means joined to it by "and" ("shelling and air strikes").
    `chain` is the last word of the places strung behind it ("village in the north of Harran province"), `long` the
    last with all that the parser hangs on it. `number` is the index of its number word, -1 if none. `real` is the head
    that a quantity word counts ("dozens of civilians": civilians). `modifier` marks words before a noun that can stand
    for an actor ("Russian" in "Russian air strikes"); `owner` is that noun.
    """

    head: int
    first: int
    last: int
    reach: int
    chain: int
    long: int
    real: int
    number: int
    kinds: frozenset[str]
    named: bool
    modifier: bool = False
    owner: int = -1
    pair: int = -1
    kind: str = ""  # for features, as is `sort`
    sort: str = ""
    features: list[str] = field(default_factory=list)


def phrases(s: Sentence) -> list[Phrase]:
    """The noun phrases of a parsed sentence in order, with the actor words before nouns as phrases of their own."""
    out: list[Phrase] = []
    kinds = table()
    for i, tag in enumerate(s.tags):
        dep = s.deps[i]
        if tag in _HEADS:
            inside = dep in _PREMODIFIER and s.heads[i] > i
            if inside and not (dep == "nummod" and s.tags[s.heads[i]] not in _HEADS):
                continue
            if tag == "CD" and i not in s.numbers and dep not in _ARGUMENT and dep != "conj":
                continue
        elif not (dep in _ARGUMENT and tag in _AS_NOUN):
            continue
        phrase = _phrase(s, i, kinds)
        out.extend(_modifiers(s, phrase, kinds))
        if "bare" in kinds.get(s.low[i], _NONE):
            means = any("means" in kinds.get(w, _NONE) for w in s.low[phrase.first : i])
            phrase.kinds -= {"bare"} if means else {"means"}
        out.append(phrase)
    out = _named(s, out)
    _chain(s, out)
    _pair(s, out)
    return out


def _pair(s: Sentence, found: list[Phrase]) -> None:
    """Join means to means: "barrel bombs and air strikes"."""
    after: Phrase | None = None
    for p in reversed(found):
        p.pair = p.last
        if after is not None and "means" in p.kinds and "means" in after.kinds and after.first - p.last <= 3:
            between = s.low[p.last + 1 : after.first]
            if between and all(w in ("and", "or", ",", "heavy", "the") for w in between):
                p.pair = after.pair
        after = p


def _named(s: Sentence, found: list[Phrase]) -> list[Phrase]:
    """A noun and the name directly behind it are one: "rebel backer Qatar", "militant group Islamic State"."""
    out: list[Phrase] = []
    for p in found:
        before = out[-1] if out else None
        if (
            before
            and not before.modifier
            and p.named
            and p.first == before.last + 1
            and s.deps[p.head] == "appos"
            and s.heads[p.head] == before.head
        ):
            before.last = p.last
            before.reach, before.chain, before.long = (
                max(before.reach, p.reach),
                max(before.chain, p.chain),
                max(before.long, p.long),
            )
            continue
        out.append(p)
    return out


def _phrase(s: Sentence, i: int, kinds: dict[str, frozenset[str]]) -> Phrase:
    tags, deps, kids, low = s.tags, s.deps, s.kids, s.low
    first = i
    number = i if i in s.numbers else -1
    for k in kids[i]:
        if k < i and deps[k] in _INSIDE:
            first = min(first, _left_edge(s, k))
            if k in s.numbers and number < 0:
                number = k
    inside = [k for k in s.numbers if first <= k < i]
    if inside:  # what stands before a figure is no part of what it counts
        number = max(inside)
        first = number + 1
    while first < i and (tags[first] in _STRIP_TAGS or low[first] in _STRIP_WORDS):
        if first in s.numbers and number < 0:
            number = first
        first += 1
    real, reach = i, i
    of = next((k for k in kids[i] if i < k <= i + 2 and low[k] == "of"), -1)
    if of > 0:
        inner = next((k for k in kids[of] if k > of), -1)
        if inner > 0:
            reach = inner
            if i in s.numbers or "quantity" in kinds.get(low[i], _NONE):
                real = inner
            after = next((k for k in kids[inner] if inner < k <= inner + 1 and low[k] == "of"), -1)
            if after > 0 and kids[after]:
                reach = max(reach, max(kids[after]))
    long = reach
    for k in kids[i]:
        if k > i and deps[k] in ("prep", "acl", "amod", "npadvmod") and k <= long + 2:
            long = max(long, s.subtree(k)[-1])
    named = tags[real].startswith("NNP")
    return Phrase(i, first, i, reach, reach, long, real, number, kinds.get(low[real], _NONE), named)


def _chain(s: Sentence, found: list[Phrase]) -> None:
    """String together places that follow each other: "the village of A in the north of B province"."""
    whole = [p for p in found if not p.modifier]
    after: Phrase | None = None
    for p in reversed(whole):
        if after is not None and after.first - p.last <= 6 and _placelike(p) and _placelike(after):
            between = s.low[p.last + 1 : after.first]
            if between and all(w in _LINKS for w in between) and any(w in _MUST for w in between):
                p.chain = max(p.reach, after.chain)
        after = p


def _placelike(p: Phrase) -> bool:
    return "area" in p.kinds or p.named and not p.kinds & _ACTORS


def _modifiers(s: Sentence, p: Phrase, kinds: dict[str, frozenset[str]]) -> list[Phrase]:
    """The actor words in front of the head, which leave a means: "Syrian army" of "Syrian army air strikes".

    Coordinated ones are several ("Russian" and "government" of "Russian and government air strikes"); an actor keeps
    the last of them ("Russian" and "government forces").
    """
    if p.first == p.last:
        return []
    means, actor = bool(p.kinds & _MEANS), bool(p.kinds & _ACTORS)
    out: list[Phrase] = []
    first, last = p.first, -1
    for i in range(p.first, p.last + 1):
        if s.tags[i] == "CC" or s.low[i] == "," or i == p.last:
            if last >= first and not (i == p.last and actor and not means):
                if s.tags[last] == "POS":
                    last -= 1
                found = kinds.get(s.low[last], _NONE)
                named = s.tags[last].startswith("NNP")
                out.append(Phrase(last, first, last, last, last, last, last, -1, found, named, True, p.head))
            elif i < p.last and last < 0:
                break  # what is joined is no actor
            if i < p.last:
                first, last = i + 1, -1
        elif s.tags[i] == "POS" or _acts(s.low[i], kinds):
            last = i
    if actor and not means:
        if out:
            p.first = _after(s, out[-1].last, p.head)
    elif means and out and not actor:
        p.first = _after(s, max(out[-1].last, first - 1), p.head)
    return [m for m in out if m.first <= m.last]


def _acts(low: str, kinds: dict[str, frozenset[str]]) -> bool:
    """Whether a word before a noun names an actor; the "drone" of "drone strikes" belongs to the means."""
    kind = kinds.get(low, _NONE)
    return bool(kind & _AGENTIVE) and not kind & _MEANS or low.endswith(_LED)


def _after(s: Sentence, last: int, head: int) -> int:
    """The first word that counts behind word `last`, at most the head."""
    first = last + 1
    while first < head and (s.tags[first] in _STRIP_TAGS or s.low[first] in _STRIP_WORDS):
        first += 1
    return first


def _left_edge(s: Sentence, i: int) -> int:
    edge, todo = i, [i]
    while todo:
        for k in s.kids[todo.pop()]:
            if k < edge:
                edge = k
            todo.append(k)
    return edge
