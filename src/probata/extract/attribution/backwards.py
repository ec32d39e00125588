"""The noun phrase before a word, read from right to left: the source that ends where its cue begins."""

from __future__ import annotations

from probata.extract.attribution.vocabulary import Speakers
from probata.extract.sentences import Sentence

PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i"})
NOUNISH = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "CD", "HYPH", "POS", "PRP$", "FW", "NFP", "JJR", "JJS"})
INNER = frozenset({"of", "for", "in", "at", "on", "from", "to", "and", "&", "with", "near"})
_LINK = frozenset({"linked", "close", "loyal", "affiliated", "allied"})
_PARTICIPLES = frozenset({"based", "monitoring", "linked", "backed", "affiliated"})
_LONGEST = 22  # words of a source name with its office


def speaks(s: Sentence, a: int, b: int, vocab: Speakers) -> bool:
    for m in range(a, b + 1):
        low = s.low[m]
        if len(low) > 1 and s.words[m].isupper():
            return True
        if (
            low in PRONOUNS
            or low in vocab.vague_bodies
            or low in vocab.people
            or low in vocab.bodies
            or low in vocab.media
            or low in vocab.roles
        ):
            return True
        if s.tags[m] in ("NNP", "NNPS"):
            return True
    return False


def phrase_before(s: Sentence, j: int, first: int, vocab: Speakers) -> int | None:
    """The first word of the source that ends with word j, or None when the words before the cue name no speaker."""
    low = s.low
    if s.words[j] == ")" and "(" in s.words[max(first, j - 4) : j]:
        while s.words[j] != "(":
            j -= 1
        j -= 1
        if j < first:
            return None
    if low[j] in PRONOUNS:
        return j
    if s.tags[j] not in NOUNISH and not s.words[j][0].isupper():
        return None
    a = j
    capital = s.words[j][0].isupper()
    named = capital
    while a > first and j - a < _LONGEST:
        p = a - 1
        if s.starts[a] - s.ends[p] > 1 and _interrupted(s, s.ends[p], s.starts[a]):
            break
        word, tag = s.words[p], s.tags[p]
        if tag in ("DT", "PRP$") or low[p] in ("the", "a", "an", "its", "his", "their"):
            if p - 1 >= first and low[p - 1] in INNER and p - 2 >= first:
                if _heads(s, p - 2, vocab):
                    a = p - 2
                    continue
                head = _far_head(s, p - 2, first, vocab)
                if head is not None:
                    a = head
                    capital = s.words[a][0].isupper()
                    continue
            if p - 3 >= first and low[p - 1] == "to" and p - 3 >= first and low[p - 2] in _LINK:
                a = p - 3
                while a > first and s.tags[a - 1] in ("JJ", "DT", "PRP$"):
                    a -= 1
                return a if speaks(s, a, j, vocab) else None
            return _before_relative(s, p, j, first, vocab)
        if (word[0].isupper() and word.isalpha()) or tag in ("NNP", "NNPS") or word[0].isupper():
            if word.lower() in INNER:
                break
            if not capital and named and not word[0].isupper():
                break
            capital = named = True
            a = p
            continue
        if low[p] == "and" and p - 1 >= first and s.tags[p - 1] == "JJ" and not capital:
            a = p - 1
            continue
        if low[p] in INNER and low[p] != "to":
            if p - 1 >= first and low[p] != "and" and _heads(s, p - 1, vocab):
                a = p - 1
                capital = s.words[a][0].isupper()
                continue
            head = _far_head(s, p - 1, first, vocab)
            if head is not None and low[p] != "and":
                a = head
                capital = s.words[a][0].isupper()
                continue
            if (
                low[p] in ("of", "for", "and")
                and p - 1 >= first
                and s.words[p - 1][0].isupper()
                and s.words[a][0].isupper()
            ):
                a = p - 1
                continue
            break
        if word in ("-", "–", "/") or tag in ("HYPH", "POS"):
            a = p
            continue
        if low[p] in _PARTICIPLES or (tag in NOUNISH and _belongs(s, p, capital, first, vocab)):
            a = p
            capital = False
            continue
        break
    if not speaks(s, a, j, vocab):
        return None
    return a


def _belongs(s: Sentence, p: int, capital: bool, first: int, vocab: Speakers) -> bool:
    """Whether a lower-case word left of the phrase is part of it: a title before a name, a modifier of the noun."""
    word, tag = s.low[p], s.tags[p]
    if tag == "CD":
        return False
    known = word in vocab.bodies or word in vocab.media
    if not capital:
        return tag[:2] != "NN" or known or word in vocab.people or word in vocab.modifiers
    if word in vocab.roles or (word in vocab.people and tag == "NN"):
        return True
    return (known or tag == "JJ") and _determined(s, p, first)


def _interrupted(s: Sentence, start: int, end: int) -> bool:
    """Whether a quotation mark or a time expression stands between two words."""
    return any(start <= q < end for q in s.quotes) or any(start <= t.start < end for t in s.times)


def _far_head(s: Sentence, p: int, first: int, vocab: Speakers) -> int | None:
    """The speaking noun of "the centre for reconciliation of the parties in ..." some words left of a preposition."""
    for q in range(p, max(first, p - 8) - 1, -1):
        if _heads(s, q, vocab) and q + 1 < len(s.low) and s.low[q + 1] in ("of", "for", "at", "in"):
            return q
        if s.tags[q] not in NOUNISH and s.tags[q] not in ("DT", "VBG", "VBN") and s.low[q] not in ("of", "for", "and"):
            return None
    return None


def _determined(s: Sentence, p: int, first: int) -> bool:
    """Whether an article stands a few modifiers before word p ("the pro-government Harbour FM")."""
    for q in range(p, max(first, p - 5) - 1, -1):
        if s.tags[q] == "DT":
            return True
        if s.tags[q] not in ("NN", "JJ", "HYPH", "VBN", "AFX"):
            return False
    return False


def _before_relative(s: Sentence, p: int, j: int, first: int, vocab: Speakers) -> int | None:
    """The start of "the group which has a network" when the walk back came to "a network"."""
    for q in range(p - 1, max(first, p - 4), -1):
        if s.low[q] in ("which", "who") and s.tags[q] in ("WDT", "WP") and q - 1 > first:
            return phrase_before(s, q - 1, first, vocab)
    return p if speaks(s, p, j, vocab) else None


def _heads(s: Sentence, k: int, vocab: Speakers) -> bool:
    low = s.low[k]
    return low in vocab.people or low in vocab.bodies or low in vocab.roles
