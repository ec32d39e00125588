"""The fullest name a report gives a speaker: for pronouns, short names, acronyms and roles."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from probata.extract.attribution.vocabulary import Speakers, speakers
from probata.extract.sentences import Sentence
from probata.model.attribution import Attribution
from probata.model.span import Span

_CAPITALS = re.compile(
    r"(?:[A-Z][\w’'*-]*|[A-Z]\.)(?:[ ](?:(?:of|for|and|the|in|on|al|el|bin|ibn|de|van|von)[ ]){0,2}(?:[A-Z][\w’'*-]*\.?|al-[A-Z]\w*))*"
)
_ARTICLE = re.compile(r"^(?:the|a|an|one|some|its|his|her|their)\s+(?:[A-Z]\w+-based\s+)?|^[A-Z]\w+-based\s+", re.IGNORECASE)
_HE = frozenset({"he", "she", "i", "who"})
_IT = frozenset({"it", "they", "we", "who", "which", "that"})
MOST_NAMES = 2000  # different names that are kept; a longer text is no single report
FARTHEST = 40  # sources that a pronoun looks back over
_SMALL = frozenset({"of", "for", "and", "the", "in", "on"})


@dataclass(slots=True)
class Roster:
    """The speakers of one report. `name` gives the fullest name for the words of a source or relay."""

    text: str
    names: list[tuple[int, str]] = field(default_factory=list)  # offsets and capitalised names, in order
    sources: list[Span] = field(default_factory=list)  # in order
    known: dict[tuple[int, int], str] = field(default_factory=dict)

    def name(self, span: Span) -> str:
        """The fullest name in the report for the speaker named by `span`; the words without article if there is none."""
        key = (span.start, span.end)
        if key not in self.known:
            self.known[key] = self._find(span, 0)
        return self.known[key]

    def _find(self, span: Span, depth: int) -> str:
        vocab = speakers()
        words = span.text.split()
        low = span.text.lower()
        if (low in _HE or low in _IT) and span.text != "WHO":
            before = self._before(span, low in _HE, vocab)
            return self._find(before, depth + 1) if before is not None and depth < 4 else span.text
        person = person_in(span.text, vocab)
        if person is not None:
            return self._longest(person)
        bare = _ARTICLE.sub("", span.text, count=1).strip() or span.text
        if len(words) <= 4 and words[0].lower() in ("the", "this") and words[-1].lower() in vocab.vague_bodies:
            named = self._body(words[-1].lower(), span.start)
            if named is not None:
                return named
            before = self._before(span, False, vocab)
            if before is not None and depth < 4 and before.text.lower() != low:
                return self._find(before, depth + 1)
            return bare
        run = _CAPITALS.fullmatch(bare)
        if run is not None:
            return self._longest(bare)
        return bare

    def _longest(self, name: str) -> str:
        """The longest name of the report that ends or begins with these words, or that they are the initials of."""
        best = name
        if len(name) > 2 and name.replace(".", "").isupper() and " " not in name:
            letters = name.replace(".", "")
            for _, other in self.names:
                if len(other.split()) > 1 and initials(other) == letters:
                    return _ARTICLE.sub("", other, count=1)
        vocab = speakers()
        if name.lower() in vocab.bodies or " " in name and name.split()[-1].lower() in vocab.bodies:
            return self._body(name.split()[-1].lower(), 0) or name
        for _, other in self.names:
            if len(other) > len(best) and other.endswith(" " + name):
                person = person_in(other, vocab) or other
                if person.endswith(" " + name) and len(person) > len(best) and len(person.split()) <= 5:
                    best = person
        return best

    def _body(self, noun: str, at: int) -> str | None:
        """The named body of the report whose name holds this noun: the longest one."""
        found = [n for _, n in self.names if noun in n.lower().split() and len(n.split()) > 1]
        return _ARTICLE.sub("", max(found, key=len), count=1) if found else None

    def _before(self, span: Span, person: bool, vocab: Speakers) -> Span | None:
        """The nearest earlier source that the pronoun or role can stand for."""
        at = bisect_right(self.sources, span.start, key=lambda s: s.start)
        for other in reversed(self.sources[max(0, at - FARTHEST) : at]):
            if other.end > span.start:
                continue
            low = other.text.lower()
            if low in _HE:
                if person:
                    return other
                continue
            if low in _IT:
                if not person:
                    return other
                continue
            human = is_person(other.text, vocab)
            if human == person:
                return other
        return None


def initials(name: str) -> str:
    """The capital letters that an acronym of the name would have."""
    return "".join(w[0] for w in re.split(r"[ -]", name) if w and w.lower() not in _SMALL).upper()


def person_in(words: str, vocab: Speakers) -> str | None:
    """The person's name in a phrase with a role ("Harbour governor Ana Silva", "Ana Silva, head of ..."), or None."""
    tokens = words.replace(",", " , ").split()
    last = -1
    for n, t in enumerate(tokens):
        if t.lower() in vocab.roles:
            last = n
    if last >= 0:
        tail = _leading_name(tokens[last + 1 :])
        if tail and not any(t.lower() in vocab.bodies for t in tail):
            return " ".join(tail)
    lead = []
    for t in tokens:
        if t == "," or t.lower() in vocab.roles or not _capital(t):
            break
        lead.append(t)
    if 2 <= len(lead) <= 5 and len(lead) < len(tokens) and not any(t.lower() in vocab.bodies for t in lead):
        rest = tokens[len(lead) :]
        if rest[0] == "," or rest[0].lower() in vocab.roles:
            return " ".join(lead)
    return None


def _leading_name(tokens: list[str]) -> list[str]:
    out: list[str] = []
    for t in tokens:
        if not _capital(t):
            break
        out.append(t)
    return out


def _capital(token: str) -> bool:
    return token[:1].isupper() or token.lower() in ("al", "el", "bin", "ibn", "de", "van", "von") or token[:3] in ("al-", "el-")


def is_person(words: str, vocab: Speakers) -> bool:
    """Whether a source names a person rather than a body: by its role words, else by its capitals."""
    tokens = [t.strip(",.").lower() for t in words.split()]
    for t in tokens:
        if t in ("of", "for", "at", "from", "in"):
            break
        if t in vocab.people or t in vocab.roles:
            return True
        if t in vocab.bodies or t in vocab.media:
            return person_in(words, vocab) is not None
    if any(t in vocab.bodies for t in tokens):
        return False
    raw = words.split()
    return 2 <= len(raw) <= 4 and all(_capital(t) for t in raw) and raw[0].lower() != "the"


def resolve(text: str, sentences: Sequence[Sentence], attributions: Sequence[Attribution]) -> Roster:
    """The roster of a report: its capitalised names and its sources, from which any source can be named."""
    names: dict[str, int] = {}
    for s in sentences:
        if len(names) > MOST_NAMES:
            break
        for m in _CAPITALS.finditer(text, s.start, s.end):
            if " " in m.group():
                names.setdefault(m.group(), m.start())
    sources = sorted({a.source for a in attributions if a.source is not None})
    return Roster(text, [(at, name) for name, at in names.items()], sources)
