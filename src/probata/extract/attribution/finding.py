"""Finding attributions: all candidates of a report, judged, with their spans."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from probata.extract.attribution import candidates, phrases, trailing
from probata.extract.attribution.backwards import phrase_before
from probata.extract.attribution.candidates import Candidate
from probata.extract.attribution.chains import cited, hearers, with_relays
from probata.extract.attribution.cues import lexicon
from probata.extract.attribution.quotes import carried, grow, quotations
from probata.extract.attribution.sources import speaks
from probata.extract.attribution.tree import offsets
from probata.extract.attribution.vocabulary import Speakers, speakers
from probata.extract.attribution.weights import Weights, log_odds, weights
from probata.extract.sentences import Sentence
from probata.model.attribution import Attribution
from probata.model.span import Span

# Log odds above which a candidate is kept: swept on 200 texts of PolNeAR's train part that the weights had not seen
# (November 2026): -1.1 to -0.2 differ by 0.01 F1, sources are best at the upper end.
KEEP = -0.4
KEEP_CORE = -1.5  # cues that reports of violence use more than political news does
KEEP_CORE_BARE = -2.5  # the same in a report without commas, where parses are poorer
KEEP_ORDER = -9.0  # in a report without commas word order is the better witness


@dataclass(slots=True)
class Found:
    """A candidate with its offsets."""

    candidate: Candidate
    cue: tuple[int, int]
    source: tuple[int, int] | None
    content: list[tuple[int, int]]


def candidates_of(
    text: str, sentences: Sequence[Sentence], w: Weights, quotes: Sequence[tuple[int, int]]
) -> list[Found]:
    """Every candidate of a report with its offsets, not yet judged."""
    lex = lexicon()
    vocab = speakers()
    forms = lex.forms

    def is_content(features: list[str]) -> float:
        return log_odds(w.content, features)

    out: list[Found] = []
    for n, s in enumerate(sentences):
        if not s.parsed:
            continue
        hits = [i for i, w in enumerate(s.low) if w in forms]
        found = candidates.of_sentence(s, hits, lex, is_content) + phrases.of_sentence(s, hits, lex)
        _by_word_order(s, found, trailing.of_sentence(s, hits, lex, vocab))
        _sourceless(s, found, vocab)
        _participles(s, found)
        for c in found:
            made = _placed(text, sentences, n, c, quotes)
            if made is not None:
                if made.source is None and c.rule == "none" and c.at <= 1 and s.low[0] == "and" and out:
                    made.source = out[-1].source  # "... . And notes that": a sentence cut in two
                out.append(made)
    return out


def _by_word_order(s: Sentence, found: list[Candidate], read: list[trailing.Trailing]) -> None:
    """Put what word order says of a trailing cue in place of what the parse says."""
    for t in read:
        source = list(range(t.source[0], t.source[1] + 1))
        for c in found:
            if c.at == t.at:
                c.source, c.content, c.rule = source, list(range(t.content[0], t.content[1] + 1)), t.rule
                if t.more is not None:
                    c.content += range(t.more[0], t.more[1] + 1)
                c.features.append("order=" + t.rule)
                c.clause = True
            elif c.rule == "shared-subject" and c.at > t.at and s.tags[c.at] == "VBG":
                c.source = source


def _sourceless(s: Sentence, found: list[Candidate], vocab: Speakers) -> None:
    """Give a finite cue without a subject in the parse the name or role that stands right before it."""
    for c in found:
        finite = s.tags[c.at] in ("VBD", "VBZ", "VBP", "VBN")
        if c.source or c.rule not in ("none", "passive") or c.at == 0 or not finite:
            continue
        j = c.at - 1
        while j > 0 and s.low[j] in trailing.AUXILIARY:
            j -= 1
        if s.deps[j] == "auxpass" and not (s.words[j].isupper() and len(s.words[j]) > 1):
            continue
        if not s.words[j][0].isupper() and s.low[j] not in vocab.people and s.low[j] not in vocab.bodies:
            continue
        a = phrase_before(s, j, 0, vocab)
        if a is not None and not set(range(a, j + 1)) & set(c.content):
            c.source, c.rule = list(range(a, j + 1)), "name-before"


def _participles(s: Sentence, found: list[Candidate]) -> None:
    """Give "..., adding that" the speaker of the saying before it, where the parse gives a thing or nobody."""
    for c in found:
        if s.tags[c.at] != "VBG" or c.kind not in ("say", "report", "deny") or c.rule not in ("shared-subject", "none"):
            continue
        if c.source and speaks(s, c.head) and c.source[0] not in s.numbers:
            continue
        for other in reversed(found):
            if other.at < c.at and other.source and other.kind in ("say", "report") and s.tags[other.at] in _FINITE:
                c.source = other.source
                break


_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})


def _placed(
    text: str, sentences: Sequence[Sentence], n: int, c: Candidate, quotes: Sequence[tuple[int, int]]
) -> Found | None:
    s = c.sentence
    cue = (s.starts[c.at], s.ends[c.at])
    taken = set(c.source)
    taken.add(c.at)
    content = offsets(s, text, [k for k in c.content if k not in taken], taken)
    source = None
    if c.source:
        source = (s.starts[c.source[0]], s.ends[c.source[-1]])
    if not content:
        content = _next_quote(text, sentences, n, c, quotes)
        if not content:
            return None
    elif quotes:
        content = grow(content, s, quotes, 0, len(text))
    return Found(c, cue, source, content)


def _next_quote(
    text: str, sentences: Sequence[Sentence], n: int, c: Candidate, quotes: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The quotation or the sentence after a cue that ends its sentence with a colon or says nothing itself."""
    s = c.sentence
    if c.kind != "say" or n + 1 >= len(sentences):
        return []
    after = sentences[n + 1]
    colon = s.words[-1] == ":"
    q = bisect_left(quotes, s.end, key=lambda q: q[0])
    if q < len(quotes) and quotes[q][0] <= after.start:
        return [quotes[q]] if colon or c.at >= len(s.words) - 3 else []
    return [(after.start, after.end)] if colon else []


def find(text: str, sentences: Sequence[Sentence]) -> list[Attribution]:
    """Every attribution of a report in the order of its cues: source, cue, content, kind, relay and rule."""
    w = weights()
    quotes = quotations(text, sentences)
    core = lexicon().core
    commas = text.count(",") > 0.25 * len(sentences)
    at_core = KEEP_CORE if commas else KEEP_CORE_BARE
    out = []
    for f in candidates_of(text, sentences, w, quotes):
        c = f.candidate
        if c.rule == "headline" or (c.rule in _ORDER and not commas):
            least = KEEP_ORDER
        elif c.rule in ("noun-owner", "noun-from") and c.kind in _DEEDS:
            least = KEEP_CORE_BARE
        elif (c.source and (c.lemma in core or _toll(c))) or (c.lemma in core and c.kind in ("verify", "report")):
            least = at_core
        else:
            least = KEEP
        if log_odds(w.keep, f.candidate.features) > least:
            out.append(_attribution(text, f))
    out.sort(key=lambda a: (a.cue.start, a.cue.end))
    out = carried(text, out, sentences, quotes)
    told = hearers(text, out, sentences)
    out += cited(out)
    out.sort(key=lambda a: (a.cue.start, a.cue.end))
    return with_relays(out, told)


def _attribution(text: str, f: Found) -> Attribution:
    c = f.candidate
    return Attribution(
        source=Span.of(text, *f.source) if f.source else None,
        cue=Span.of(text, *f.cue),
        content=tuple(Span.of(text, a, b) for a, b in f.content),
        kind=_kind(text, f),
        rule=c.rule,
    )


_DEEDS = frozenset({"appeal", "threaten", "deny", "accuse"})  # a noun for one with its owner is a speech act
_ORDER = frozenset({"trailing", "inverted", "leading"})


def _kind(text: str, f: Found) -> str:
    """The kind of an attribution: that of its cue, or `act` where a weak cue takes no statement ("shows damage")."""
    c = f.candidate
    s = c.sentence
    after = s.low[c.at + 1] if c.at + 1 < len(s.low) else ""
    if (c.lemma, after) in _APPEALS:
        return "appeal"
    if _toll(c) or (c.lemma == "show" and s.tags[c.at] == "VBG"):
        return "report"
    if c.clause or c.lemma not in lexicon().weak or f.content[0][1] > s.end:
        return c.kind
    a, b = f.content[0]
    return c.kind if text[a] in _QUOTES or text[b - 1] in _QUOTES else "act"


def _toll(c: Candidate) -> bool:
    """Whether the cue gives a toll ("put the death toll at 20")."""
    return c.lemma in ("put", "raise") and "toll" in c.sentence.low[c.at : c.at + 5]


_APPEALS = frozenset({("call", "for"), ("call", "on"), ("call", "upon"), ("appeal", "for"), ("appeal", "to")})
_QUOTES = frozenset('"“”«»')
