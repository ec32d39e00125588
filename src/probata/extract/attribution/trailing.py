"""Trailing attributions by pattern: "... killed 12 people a monitoring group said." reads without its commas.

The parser takes the subject of the main clause for the speaker when the comma is missing, so word order decides here.
"""

from __future__ import annotations

from dataclasses import dataclass

from probata.extract.attribution.backwards import INNER, NOUNISH, PRONOUNS, phrase_before, speaks
from probata.extract.attribution.cues import Lexicon
from probata.extract.attribution.vocabulary import Speakers
from probata.extract.sentences import Sentence

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVE = frozenset(
    {
        "who",
        "which",
        "that",
        "whose",
        "where",
        "when",
        "as",
        "while",
        "after",
        "before",
        "because",
        "citing",
        "adding",
        "saying",
        "putting",
        "quoting",
        "referring",
        "noting",
        "stressing",
        "describing",
    }
)
AUXILIARY = frozenset(
    {
        "has",
        "have",
        "had",
        "also",
        "later",
        "earlier",
        "subsequently",
        "separately",
        "then",
        "further",
        "previously",
        "initially",
        "meanwhile",
        "however",
        "now",
    }
)
_INVERTS = frozenset("say add note explain warn state reply continue argue insist recall write".split())
_RESTART = frozenset({"It", "He", "She", "They", "There", "This", "The"})  # a new sentence whose full stop is missing


@dataclass(slots=True)
class Trailing:
    """A cue word with its source (first and last word) and the first and last word of the content before them."""

    at: int
    source: tuple[int, int]
    content: tuple[int, int]
    rule: str
    more: tuple[int, int] | None = None  # what goes on after an interruption


def of_sentence(s: Sentence, hits: list[int], lex: Lexicon, vocab: Speakers) -> list[Trailing]:
    """The attributions that word order shows, with a cue among the words `hits` of a parsed sentence."""
    out: list[Trailing] = []
    first = 0
    for i in hits:
        if i == 0:
            continue
        entry = lex.verbs.get(s.low[i])
        if entry is None or entry[0] not in lex.trailing or s.tags[i] not in ("VBD", "VBZ", "VBP", "VBN", "VB"):
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
    more = _resumed(s, i)
    if more is None and not _tail(s, i):
        return None
    a = phrase_before(s, j, first, vocab)
    if a is None:
        return None
    if a > first and s.low[a - 1] == "what" and i + 2 < len(s.words):
        return Trailing(i, (a, j), (i + 1, len(s.words) - 1), "what")
    if _clause(s, first, a) or (more is not None and a > first and s.words[a - 1] == ","):
        return Trailing(i, (a, j), (first, a - 1), "trailing", more)
    return None


def _leading(s: Sentence, i: int, first: int, vocab: Speakers) -> Trailing | None:
    """ "On Monday X said nine of them were ...", where the parser finds no clause after the cue."""
    n = len(s.words)
    if (
        s.low[i] not in _LEADS
        or i + 3 >= n
        or s.words[i + 1] == ","
        or any(s.deps[k] in ("ccomp", "dobj") for k in s.kids[i] if k > i)
    ):
        return None
    if not any(s.tags[k] in _FINITE for k in range(i + 1, n)):
        return None
    j = i - 1
    while j > first and s.low[j] in AUXILIARY:
        j -= 1
    a = phrase_before(s, j, first, vocab) if j >= first else None
    return None if a is None else Trailing(i, (a, j), (i + 1, n - 1), "leading")


_LEADS = frozenset({"said", "says", "added", "stated", "confirmed", "reported", "announced", "warned", "stressed"})


def _after(s: Sentence, i: int, first: int, lemma: str, vocab: Speakers) -> Trailing | None:
    """ "... said the Observatory." """
    n = len(s.words)
    if i + 1 >= n or s.tags[i] not in ("VBD", "VBZ", "VBN") or lemma not in _INVERTS:
        return None
    k = i + 1
    opens = s.tags[k] in ("DT", "PRP$") or s.words[k][0].isupper() or s.low[k] in vocab.people or s.low[k] in PRONOUNS
    if not (
        opens
        or s.low[k] in vocab.roles
        or s.low[k] in vocab.media
        or s.low[k] in vocab.modifiers
        or s.low[k] in ("al", "el")
    ):
        return None
    if s.tags[i - 1] in ("MD", "TO") or s.low[i - 1] in PRONOUNS or s.low[i - 1] in AUXILIARY:
        return None
    b = k
    while b < n and (s.tags[b] in NOUNISH or s.tags[b] in ("DT", "VBG", "VBN", "PRP", ",") or s.low[b] in INNER):
        if (s.tags[b] == "," and b - k > 8) or (b > k and (s.words[b] in _RESTART or _dated(s, b))):
            break
        b += 1
    quoted = b < n and s.words[b - 1] == "," and any(s.ends[b - 1] <= q < s.starts[b] for q in s.quotes)
    more = (b, n - 1) if quoted else None
    if quoted:
        b = n
    if (
        b < n
        and s.words[b] not in _RESTART
        and not _dated(s, b)
        and s.words[b] not in ".,;:)"
        and s.low[b] not in _RELATIVE
    ):
        return None
    if (
        b < n and s.words[b] not in _RESTART and s.words[b] != "." and not _dated(s, b) and _finite(s, b, n)
    ) or not _clause(s, first, i):
        return None
    end = k
    for m in range(k, b):
        if s.tags[m] == ",":
            break
        end = m
    while end > k and (s.low[end] in INNER or s.tags[end] == "DT"):
        end -= 1
    if not speaks(s, k, end, vocab):
        return None
    last = i - 1
    return Trailing(i, (k, end), (first, last), "inverted", more or _resumed(s, end))


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
    if told and (k >= n or not (s.words[k][0].isupper() or s.tags[k][:2] in ("NN", "DT", "PR"))):
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


def _resumed(s: Sentence, i: int) -> tuple[int, int] | None:
    """The words after "..., X said, " that go on with what X says, first and last."""
    n = len(s.words)
    k = i + 1
    if k >= n or s.words[k] != "," or k + 2 >= n:
        return None
    quoted = any(s.ends[k] <= q < s.starts[k + 1] for q in s.quotes)
    if not quoted and (s.tags[k + 1] in ("VBG", "IN", "WDT", "WP", "RB", "CC") or not _finite(s, k + 1, n)):
        return None
    return k + 1, n - 1


def _dated(s: Sentence, b: int) -> bool:
    """Whether a time expression stands before word b."""
    return any(s.ends[b - 1] <= t.start < s.starts[b] for t in s.times)


def _own_clause(s: Sentence, i: int) -> bool:
    return any(k > i and s.deps[k] in ("ccomp", "dobj") for k in s.kids[i])
