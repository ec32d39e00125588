"""Who answers for what: whether an attribution makes its source responsible for a statement about the world."""

from __future__ import annotations

from probata.extract.attribution.vocabulary import Speakers, speakers
from probata.model.attribution import Attribution
from probata.model.span import Span

_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "we", "i", "you", "that", "which", "this"})
# To stand for something or to want it is no statement that something happened.
SPEAKING = frozenset(
    {"say", "report", "deny", "accuse", "believe", "doubt", "appeal", "condemn", "threaten", "verify", "ask"}
)


_SAW = frozenset({"saw", "sees", "witnessed", "seen", "heard"})
_THERE = frozenset({"own_staff", "eyewitness"})


def vouches(a: Attribution) -> bool:
    """Whether the source of an attribution answers for its content as a statement about the world."""
    if a.rule.startswith(("adjective", "noun-")) and a.rule != "noun-of-clause":
        return False
    if a.kind in SPEAKING:
        return a.source is None or not _is_thing(a.source)
    saw = a.source is not None and a.kind == "act" and a.cue.text in _SAW
    return saw and a.source is not None and basis_kind(a.source.text, speakers()) in _THERE


def is_pronoun(span: Span) -> bool:
    """Whether a source is a bare pronoun."""
    return span.text.lower() in _PRONOUNS and span.text != "WHO"


def _is_thing(source: Span) -> bool:
    """Whether a source is evidence rather than a speaker: "the footage", "evidence", "test results"."""
    vocab = speakers()
    for word in source.text.split():
        low = word.strip(",").lower()
        if low in ("of", "in", "from", "at", "for", "by", "on"):
            return False
        if low in vocab.things:
            return True
    return False


def basis_kind(words: str, vocab: Speakers) -> str | None:
    """How a speaker named by these words knows: eyewitness, medical, official, own_staff, relayed, or None."""
    for word in words.lower().replace(",", " ").split():
        if word in vocab.basis:
            return vocab.basis[word]
    return None
