"""Trailing attributions by pattern: "... killed 12 people a monitoring group said." reads without its commas.

The parser takes the subject of the main clause for the speaker when the comma is missing, so word order decides here.
"""

from __future__ import annotations

from dataclasses import dataclass

from probata.extract.attribution.cues import Lexicon
from probata.extract.attribution.vocabulary import Speakers
from probata.extract.sentences import Sentence

_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i"})
_NOUNISH = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "CD", "HYPH", "POS", "PRP$", "FW", "NFP", "JJR", "JJS"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_INNER = frozenset({"of", "for", "in", "at", "on", "from", "to", "and", "&", "with", "near"})
_RELATIVE = frozenset({"who", "which", "that", "whose", "where", "when", "as", "while", "after", "before", "because", "citing",
                       "adding", "saying", "putting", "quoting", "referring", "noting", "stressing", "describing"})
AUXILIARY = frozenset({"has", "have", "had", "also", "later", "earlier", "subsequently", "separately", "then", "further",
                        "previously", "initially", "meanwhile", "however", "now"})
_INVERTS = frozenset("say add note explain warn state reply continue argue insist recall write".split())
_RESTART = frozenset({"It", "He", "She", "They", "There", "This"})  # a new sentence whose full stop is missing
_LINK = frozenset({"linked", "close", "loyal", "affiliated", "allied"})
_LONGEST = 22  # words of a source name with its office


@dataclass(slots=True)
class Trailing:
    """A cue word with its source (first and last word) and the first and last word of the content before them."""

    at: int
    source: tuple[int, int]
    content: tuple[int, int]
    rule: str


def of_sentence(s: Sentence, hits: list[int], lex: Lexicon, vocab: Speakers) -> list[Trailing]:
    """The trailing attributions with a cue among the words `hits` of a parsed sentence, whether the source stands before or after the cue."""
    out: list[Trailing] = []
    first = 0
    for i in hits:
        if i == 0:
            continue
        entry = lex.verbs.get(s.low[i])
        if entry is None or entry[0] not in lex.trailing or s.tags[i] not in ("VBD", "VBZ", "VBP", "VBN", "VB", "NN", "NNS"):
            continue
        made = _before(s, i, first, vocab) or _after(s, i, first, entry[0], vocab) or _leading(s, i, first, vocab)
        if made is not None:
            out.append(made)
            first = max(made.at, made.source[1]) + 1
    return out


def _before(s: Sentence, i: int, first: int, vocab: Speakers) -> Trailing | None:
    j = i - 1
    while j > first and s.low[j] in AUXILIARY:
        j -= 1
    if s.tags[i] == "VB" or j <= first:
        return None
    if not _tail(s, i):
        return None
    a = np_start(s, j, first, vocab)
    if a is None:
        return None
    if a > first and s.low[a - 1] == "what" and i + 2 < len(s.words):
        return Trailing(i, (a, j), (i + 1, len(s.words) - 1), "what")
    return Trailing(i, (a, j), (first, a - 1), "trailing") if _clause(s, first, a) else None


def _leading(s: Sentence, i: int, first: int, vocab: Speakers) -> Trailing | None:
    """ "On Monday X said nine of them were ...", where the parser finds no clause after the cue."""
    n = len(s.words)
    if s.low[i] not in _LEADS or i + 3 >= n or any(s.deps[k] in ("ccomp", "dobj") for k in s.kids[i] if k > i):
        return None
    if not any(s.tags[k] in _FINITE for k in range(i + 1, n)):
        return None
    j = i - 1
    while j > first and s.low[j] in AUXILIARY:
        j -= 1
    a = np_start(s, j, first, vocab) if j >= first else None
    return None if a is None else Trailing(i, (a, j), (i + 1, n - 1), "leading")


_LEADS = frozenset({"said", "says", "added", "stated", "confirmed", "reported", "announced", "warned", "stressed"})


def _after(s: Sentence, i: int, first: int, lemma: str, vocab: Speakers) -> Trailing | None:
    """ "... said the Observatory." """
    n = len(s.words)
    if i + 1 >= n or s.tags[i] not in ("VBD", "VBZ", "VBN") or lemma not in _INVERTS:
        return None
    k = i + 1
    opens = s.tags[k] in ("DT", "PRP$") or s.words[k][0].isupper() or s.low[k] in vocab.people or s.low[k] in _PRONOUNS
    if not (opens or s.low[k] in vocab.roles or s.low[k] in vocab.media or _modifies(s.low[k]) or s.low[k] in ("al", "el")):
        return None
    if s.tags[i - 1] in ("MD", "TO") or s.low[i - 1] in _PRONOUNS or s.low[i - 1] in AUXILIARY:
        return None
    b = k
    while b < n and (s.tags[b] in _NOUNISH or s.tags[b] in ("DT", "VBG", "VBN", "PRP", ",") or s.low[b] in _INNER):
        if s.tags[b] == "," and b - k > 8 or b > k and s.words[b] in _RESTART:
            break
        b += 1
    if b < n and s.words[b] not in _RESTART and s.words[b] not in ".,;:)" and s.low[b] not in _RELATIVE:
        return None
    if b < n and s.words[b] not in _RESTART and _finite(s, b, n) or not _clause(s, first, i):
        return None
    end = k
    for m in range(k, b):
        if s.tags[m] == ",":
            break
        end = m
    while end > k and (s.low[end] in _INNER or s.tags[end] == "DT"):
        end -= 1
    if not _speaks(s, k, end, vocab):
        return None
    last = i - 1
    return Trailing(i, (k, end), (first, last), "inverted")


def _speaks(s: Sentence, a: int, b: int, vocab: Speakers) -> bool:
    for m in range(a, b + 1):
        low = s.low[m]
        if m > 0 and len(low) > 1 and s.words[m].isupper():
            return True
        if low in _PRONOUNS or low in vocab.people or low in vocab.bodies or low in vocab.media or low in vocab.roles:
            return True
        if s.tags[m] in ("NNP", "NNPS"):
            return True
    return False


def _clause(s: Sentence, a: int, b: int) -> bool:
    """Whether the words a..b-1 hold a statement: a verb, or a quotation closes before b."""
    for k in range(a, b):
        if s.tags[k] in _FINITE or s.tags[k] in ("VBN", "VB", "VBG"):
            return b - a >= 2
    return any(s.starts[a] - 2 <= q < s.starts[b] for q in s.quotes) and b > a


def _finite(s: Sentence, a: int, b: int) -> bool:
    for k in range(a, b):
        if s.low[k] in _RELATIVE:
            return False
        if s.tags[k] in _FINITE:
            return True
    return False


def _tail(s: Sentence, i: int) -> bool:
    """Whether what follows the cue is no content: nothing, adverbs, where and to whom it was said."""
    n = len(s.words)
    k = i + 1
    told = s.low[i] in ("told", "tells")
    if told:
        if k >= n or not (s.words[k][0].isupper() or s.tags[k][:2] in ("NN", "DT", "PR")):
            return False
    while k < n and s.tags[k] in ("RB", "NFP"):
        k += 1
    if k >= n or s.words[k] in ".!?":
        return True
    low = s.low[k]
    if low == "that":
        return False
    if s.words[k] in ",;)" or low in _RELATIVE:
        return low in _RELATIVE or not _own_clause(s, i)
    if told or s.tags[k] in ("IN", "TO"):
        for m in range(k, n):
            if s.low[m] == "that" and s.tags[m] == "IN":
                return False
        return not _finite(s, k, n)
    return False


def _own_clause(s: Sentence, i: int) -> bool:
    return any(k > i and s.deps[k] in ("ccomp", "dobj") for k in s.kids[i])


def np_start(s: Sentence, j: int, first: int, vocab: Speakers) -> int | None:
    """The first word of the source that ends with word j, or None when the words before the cue name no speaker."""
    low = s.low
    if low[j] in _PRONOUNS:
        return j
    if s.tags[j] not in _NOUNISH and not s.words[j][0].isupper():
        return None
    a = j
    capital = s.words[j][0].isupper()
    named = capital
    marks = s.quotes
    while a > first and j - a < _LONGEST:
        p = a - 1
        if marks and any(s.ends[p] <= q < s.starts[a] for q in marks):
            break
        word, tag = s.words[p], s.tags[p]
        if tag in ("DT", "PRP$") or low[p] in ("the", "a", "an", "its", "his", "their"):
            if p - 1 >= first and low[p - 1] in _INNER and p - 2 >= first:
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
                return a if _speaks(s, a, j, vocab) else None
            return _before_relative(s, p, j, first, vocab)
        if word[0].isupper() and word.isalpha() or tag in ("NNP", "NNPS") or word[0].isupper():
            if word.lower() in _INNER:
                break
            if not capital and named and not word[0].isupper():
                break
            capital = named = True
            a = p
            continue
        if low[p] == "and" and p - 1 >= first and s.tags[p - 1] == "JJ" and not capital:
            a = p - 1
            continue
        if low[p] in _INNER and low[p] != "to":
            if p - 1 >= first and low[p] != "and" and _heads(s, p - 1, vocab):
                a = p - 1
                capital = s.words[a][0].isupper()
                continue
            head = _far_head(s, p - 1, first, vocab)
            if head is not None and low[p] != "and":
                a = head
                capital = s.words[a][0].isupper()
                continue
            if low[p] in ("of", "for", "and") and p - 1 >= first and s.words[p - 1][0].isupper() and s.words[a][0].isupper():
                a = p - 1
                continue
            break
        if word in ("-", "–", "/") or tag in ("HYPH", "POS"):
            a = p
            continue
        if tag in _NOUNISH or tag in ("VBN", "VBG") and low[p] in ("based", "monitoring", "linked", "backed", "affiliated"):
            office = low[p] in vocab.roles or low[p] in vocab.people and tag != "JJ"
            if capital and not office and not ((tag == "JJ" or low[p] in vocab.bodies or low[p] in vocab.media) and _determined(s, p, first)):
                break
            if not capital and tag[:2] == "NN" and low[p] not in vocab.bodies and low[p] not in vocab.people and not _modifies(low[p]):
                break
            if tag == "CD":
                break
            a = p
            capital = False
            continue
        break
    if not _speaks(s, a, j, vocab):
        return None
    return a


def _far_head(s: Sentence, p: int, first: int, vocab: Speakers) -> int | None:
    """The speaking noun of "the centre for reconciliation of the parties in ..." some words left of a preposition."""
    for q in range(p, max(first, p - 8) - 1, -1):
        if _heads(s, q, vocab) and q + 1 < len(s.low) and s.low[q + 1] in ("of", "for", "at", "in"):
            return q
        if s.tags[q] not in _NOUNISH and s.tags[q] not in ("DT", "VBG", "VBN") and s.low[q] not in ("of", "for", "and"):
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
            return np_start(s, q - 1, first, vocab)
    return p if _speaks(s, p, j, vocab) else None


_MODIFIERS = frozenset(
    "security hospital rebel opposition state military government army police defence defense media news medical aid rights "
    "health intelligence company family tribal emergency rescue civil border city town village regime monitoring".split()
)


def _modifies(word: str) -> bool:
    return word in _MODIFIERS


def _heads(s: Sentence, k: int, vocab: Speakers) -> bool:
    low = s.low[k]
    return low in vocab.people or low in vocab.bodies or low in vocab.roles
