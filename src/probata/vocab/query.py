"""What is searched for: words, phrases in quotation marks and beginnings of words; and where a text has them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from probata.model.errors import InputError
from probata.model.found import Mark
from probata.vocab import folding

LONGEST = 64  # tokens of a phrase
MOST = 32  # words and phrases of a query
_MARKS = '"“”„«»'
_PHRASE = re.compile(f"[{_MARKS}]([^{_MARKS}]*)[{_MARKS}]")


@dataclass(frozen=True, slots=True)
class Term:
    """Something that must be there: any of some runs of tokens.

    `exact` leaves out other forms of the words; `prefix` takes the last token as the beginning of a word.
    """

    runs: tuple[tuple[str, ...], ...]
    exact: bool = False
    prefix: bool = False


def terms(query: str) -> tuple[Term, ...]:
    """The terms of a query, each once. Raises InputError when there is nothing to search for, or too much."""
    found: list[Term] = []
    at = 0
    for phrase in _PHRASE.finditer(query):
        found += _words(query[at : phrase.start()])
        if run := tuple(t for w in folding.words(phrase[1]) for t in w.tokens):
            found.append(Term((run,), exact=True))
        at = phrase.end()
    found = list(dict.fromkeys([*found, *_words(query[at:])]))
    if not found:
        raise _refused(query, "has no word to search for.", 'Write words, "a phrase", or the beginning of a word*.')
    if len(found) > MOST or any(len(run) > LONGEST for term in found for run in term.runs):
        raise _refused(query, "is too long.", f"Search for at most {MOST} words, and phrases of at most {LONGEST}.")
    return tuple(found)


def marks(text: str, wanted: Sequence[Term]) -> Iterator[Mark]:
    """Where the terms stand in a text, by the end of each."""
    last: deque[tuple[str, int]] = deque(maxlen=LONGEST)  # tokens and where their words begin
    singles = [(n, t, run[0]) for n, t in enumerate(wanted) for run in t.runs if len(run) == 1]
    longer = [(n, t, run) for n, t in enumerate(wanted) for run in t.runs if len(run) > 1]
    for word in folding.words(text):
        for n, term, token in singles:
            if _among(token, word.tokens if term.exact else word.forms, term.prefix):
                yield Mark(word.start, word.end, n)
        for token in word.tokens if longer else ():
            last.append((token, word.start))
            for n, term, run in longer:
                if _ends(last, run, term.prefix):
                    yield Mark(last[-len(run)][1], word.end, n)


def _words(query: str) -> Iterator[Term]:
    for word in folding.words(query):
        yield Term(folding.alternatives(word), prefix=query[word.end : word.end + 1] == "*")


def _among(token: str, forms: Iterable[str], prefix: bool) -> bool:
    return any(form.startswith(token) for form in forms) if prefix else token in forms


def _ends(last: deque[tuple[str, int]], run: tuple[str, ...], prefix: bool) -> bool:
    """Whether the tokens so far end with a run."""
    if len(last) < len(run) or not _among(run[-1], (last[-1][0],), prefix):
        return False
    return all(last[i - len(run)][0] == run[i] for i in range(len(run) - 1))


def _refused(query: str, problem: str, advice: str) -> InputError:
    return InputError("search", repr(query[:80]), problem, advice)
