"""The fullest name a report gives a speaker: for pronouns, short names, acronyms and roles."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from probata.extract.attribution.names import CAPITALS, bare, body_in, initials, is_capital, is_person, person_in
from probata.extract.attribution.readings import core_of
from probata.extract.attribution.vocabulary import Speakers, speakers
from probata.extract.attribution.vouching import vouches
from probata.extract.sentences import Sentence
from probata.model.attribution import Attribution
from probata.model.span import Span

_HE = frozenset({"he", "she", "i"})
_IT = frozenset({"it", "they", "we", "who", "which", "that"})
MOST_NAMES = 2000  # different names that are kept; a longer text is no single report
FARTHEST = 40  # sources that a pronoun looks back over
DEEPEST = 4  # steps from pronoun to role to name


@dataclass(slots=True)
class Roster:
    """The speakers of one report. `name` gives the fullest name for the words of a source or relay."""

    names: list[str] = field(default_factory=list)  # capitalised runs of the text, in order
    sources: list[Span] = field(default_factory=list)  # in order
    known: dict[tuple[int, int], str] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)  # by last and by first part of the name
    named_bodies: list[str] = field(default_factory=list)
    affiliations: dict[str, str] = field(default_factory=dict)  # from a person's name to a body's

    def name(self, span: Span) -> str:
        """The fullest name in the report for the speaker named by `span`, else its own words without article."""
        key = (span.start, span.end)
        if key not in self.known:
            self.known[key] = self._find(span, 0)
        return self.known[key]

    def voice(self, span: Span) -> str:
        """The name of the body a named person speaks for ("Observatory director ..."), else the speaker's own name."""
        name = self.name(span)
        return self.affiliations.get(name, name)

    def _find(self, span: Span, depth: int) -> str:
        vocab = speakers()
        span = core_of(span)
        low = span.text.lower()
        if (low in _HE or low in _IT) and span.text != "WHO":
            other = self._before(span, low, vocab) if depth < DEEPEST else None
            return self._find(other, depth + 1) if other is not None else span.text
        words = bare(span.text)
        person = person_in(span.text, vocab)
        if person is not None:
            return self._person(person) or person
        if " " not in words and is_capital(words):
            return self._acronym(words, vocab) or self._person(words) or self._body(words, vocab) or words
        tokens = words.lower().split()
        if tokens[-1] in vocab.watching or (tokens[-1] == "group" and tokens[0] in vocab.watching | vocab.monitors):
            named = self._nearest_body(span, vocab) or next((b for b in self.named_bodies if _watches(b, vocab)), None)
            if named:
                return named
        short = body_in(words, vocab)
        if short is not None:
            return self._acronym(short, vocab) or self._body(short, vocab) or short
        if "-based" in span.text and tokens[-1] in vocab.vague_bodies | vocab.bodies and len(tokens) == 1:
            named = self._nearest_body(span, vocab) or next((b for b in self.named_bodies if _watches(b, vocab)), None)
            if named:
                return named
        if (span.text[:2].lower() != "a " and words != span.text and len(tokens) <= 3) or len(tokens) == 1:
            again = self._again(span, tokens, depth, vocab)
            if again is not None:
                return again
        if all(t[0].isupper() or t in ("of", "for", "and", "the") for t in words.split()):
            return self._body(words, vocab) or words
        return self._titled(tokens, vocab) or words

    def _again(self, span: Span, tokens: list[str], depth: int, vocab: Speakers) -> str | None:
        """For "the spokesman", "the source", "the group": the earlier source with that noun, or the body named last."""
        noun = tokens[-1]
        for name in self.named_bodies:
            if noun in name.lower().split() and noun not in vocab.watching:
                return name
        at = bisect_right(self.sources, span.start, key=lambda s: s.start)
        for other in reversed(self.sources[max(0, at - FARTHEST) : at]):
            theirs = other.text.lower().split()
            if other.end <= span.start and noun in theirs and len(theirs) > len(tokens) + 1 and depth < DEEPEST:
                return self._find(other, depth + 1)
        return self._nearest_body(span, vocab) if noun in vocab.vague_bodies else None

    def _nearest_body(self, span: Span, vocab: Speakers) -> str | None:
        at = bisect_right(self.sources, span.start, key=lambda s: s.start)
        for other in reversed(self.sources[max(0, at - FARTHEST) : at]):
            words = bare(core_of(other).text)
            if other.end <= span.start and words[0].isupper() and not is_person(words, vocab):
                acronym = self._acronym(words, vocab)
                named = acronym or self._body(words, vocab) or body_in(words, vocab)
                if named:
                    return named
        return None

    def _acronym(self, words: str, vocab: Speakers) -> str | None:
        letters = words.replace(".", "")
        if not (2 <= len(letters) <= 6 and letters.isupper()):
            return None
        found = next((n for n in self.named_bodies if initials(n) == letters), None)
        return found or vocab.acronyms.get(letters)

    def _person(self, name: str) -> str | None:
        return self.persons.get(_last(name)) if " " not in name else self._longer(name)

    def _longer(self, name: str) -> str:
        known = self.persons.get(_last(name.split()[-1]))
        return known if known and known.endswith(" " + name) else name

    def _body(self, words: str, vocab: Speakers) -> str | None:
        low = words.lower()
        found = [n for n in self.named_bodies if low == n.lower() or n.lower().startswith(low + " ")]
        if not found and " " not in words and low in vocab.bodies:
            found = [n for n in self.named_bodies if low in n.lower().split()]
        return max(found, key=len) if found else None

    def _titled(self, tokens: list[str], vocab: Speakers) -> str | None:
        """For a title ("Harbour governor"): the person whom the report gives it before the name."""
        if tokens[-1] not in vocab.roles:
            return None
        title = " ".join(tokens) + " "
        for run in self.names:
            if title in run.lower() + " " and (person := person_in(run, vocab)):
                return person
        return None

    def _before(self, span: Span, pronoun: str, vocab: Speakers) -> Span | None:
        """The nearest earlier source that the pronoun can stand for."""
        at = bisect_right(self.sources, span.start, key=lambda s: s.start)
        for other in reversed(self.sources[max(0, at - FARTHEST) : at]):
            low = other.text.lower()
            if other.end > span.start or (low in _HE | _IT and other.text != "WHO"):
                continue
            if (pronoun in _HE) == is_person(bare(core_of(other).text), vocab):
                return other
        return None


def _last(name: str) -> str:
    return name.lower().removeprefix("al-").removeprefix("el-")


def _watches(name: str, vocab: Speakers) -> bool:
    return any(w in vocab.monitors for w in name.lower().split())


def resolve(text: str, sentences: Sequence[Sentence], attributions: Sequence[Attribution]) -> Roster:
    """The roster of a report: its capitalised names and its sources, from which any source can be named."""
    vocab = speakers()
    runs: dict[str, None] = {}
    for s in sentences:
        if len(runs) > MOST_NAMES:
            break
        for m in CAPITALS.finditer(text, s.start, s.end):
            if " " in m.group():
                runs.setdefault(m.group())
    sources = sorted({a.source for a in attributions if a.source is not None and vouches(a)})
    roster = Roster(list(runs), sources)
    spoken = [core_of(s).text for s in sources]
    for words in [*spoken, *runs]:
        person = person_in(words, vocab)
        if person is not None and " " in person:
            _add_person(roster, person)
    for words in runs:
        name, _, body = words.partition(" of the ")
        if (
            body
            and any(w in vocab.bodies or w in vocab.monitors for w in body.lower().split())
            and is_person(name, vocab)
        ):
            _add_person(roster, name)
            words = body
        elif person_in(words, vocab) is not None:
            continue
        if any(w in vocab.bodies or w in vocab.monitors for w in words.lower().split()):
            body = bare(words)
            if " " in body and body not in roster.named_bodies and body.split()[0].lower() not in vocab.watching:
                roster.named_bodies.append(body)
        elif len(words.split()) <= 3 and is_person(words, vocab):
            _add_person(roster, words)
    for words in spoken:
        person = person_in(words, vocab)
        nouns = {w.lower() for w in words.split() if w[0].isupper()} & (vocab.bodies | vocab.monitors)
        if person and nouns:
            bodies = [b for b in roster.named_bodies if nouns & set(b.lower().split())]
            if bodies:
                roster.affiliations.setdefault(roster._longer(person), bodies[0])
    return roster


def _add_person(roster: Roster, person: str) -> None:
    parts = person.split()
    for part in (parts[-1], parts[0], " ".join(parts[1:])):
        roster.persons.setdefault(_last(part), person)
