"""Every stage in order: from a report to its claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from probata.extract import attribution, carry, claims
from probata.extract.paragraphs import blocks
from probata.extract.parse import cut_sentences, parse
from probata.extract.ranker import model
from probata.extract.sentences import Sentence
from probata.extract.voices import Voices
from probata.model.attribution import Attribution
from probata.model.claim import Claim
from probata.model.report import Report
from probata.resolve import claims as resolved

_TOGETHER = 8  # reports parsed in one go


@dataclass(frozen=True, slots=True)
class Words:
    """A report with its parsed sentences and who says what in it."""

    report: Report
    sentences: list[Sentence]
    attributions: list[Attribution]
    roster: attribution.Roster


@cache
def models() -> claims.Models:
    """The trained rankers."""
    return claims.Models(*(model(n) for n in ("act", "role", "extent", "number", "place", "time")))


def words(reports: Iterable[Report]) -> Iterator[Words]:
    """Parse reports, several at a time, and find their attributions."""
    source = iter(reports)
    while batch := list(islice(source, _TOGETHER)):
        cut = [cut_sentences(r.text, blocks(r)) for r in batch]
        parse([s for sentences in cut for s in sentences])
        for report, sentences in zip(batch, cut, strict=True):
            found = attribution.find(report.text, sentences)
            yield Words(report, sentences, found, attribution.resolve(report.text, sentences, found))


def drafts(w: Words, m: claims.Models) -> list[claims.Draft]:
    """The acts of a report with the words of their slots."""
    voices = Voices(w.attributions, w.sentences)
    chosen = claims.judged(claims.candidates(w.report.text, w.sentences, voices), m.act)
    out: list[claims.Draft] = []
    for d in claims.drafts(chosen, w.sentences, w.attributions, w.roster):
        claims.fill_roles(d, m.role, m.extent)
        claims.fill_count(d, m.number)
        carry.fill_place(d, out, m.place)
        carry.fill_time(d, out, w.sentences, m.time)
        out.append(d)
    return out


def read_many(reports: Iterable[Report]) -> Iterator[tuple[Report, list[Claim]]]:
    """Each report with its claims, in order."""
    m = models()
    for w in words(reports):
        yield w.report, resolved.claims(w.report, drafts(w, m), w.roster)


def read(report: Report) -> list[Claim]:
    """The claims of one report."""
    return next(read_many([report]))[1]


def attributions(report: Report) -> list[Attribution]:
    """Who says what in one report, whatever is said."""
    return next(words([report])).attributions
