"""Every stage in order: from a report to its claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from probata.extract import attribution, carry, claims
from probata.extract.mentions.places import PlaceWords, find_places
from probata.extract.paragraphs import blocks
from probata.extract.parse import cut_sentences, parse
from probata.extract.ranker import model
from probata.extract.sentences import Sentence
from probata.extract.voices import Voices
from probata.extract.weighing import weighed
from probata.model.attribution import Attribution
from probata.model.claim import Claim
from probata.model.report import Report
from probata.resolve import claims as resolved
from probata.resolve.placecontext import Context, read_context
from probata.vocab.gazetteer import Gazetteer

_TOGETHER = 8  # reports parsed in one go


@dataclass(frozen=True, slots=True)
class Words:
    """A report with its parsed sentences and who says what in it."""

    report: Report
    sentences: list[Sentence]
    attributions: list[Attribution]
    roster: attribution.Roster
    places: list[PlaceWords]
    context: Context


@cache
def models() -> claims.Models:
    """The trained rankers."""
    return claims.Models(*(model(n) for n in ("act", "span", "role", "extent", "number", "place", "time")))


def words(reports: Iterable[Report], gazetteer: Gazetteer | None = None) -> Iterator[Words]:
    """Parse reports, several at a time, and find their attributions and places."""
    source = iter(reports)
    while batch := list(islice(source, _TOGETHER)):
        cut = [cut_sentences(r.text, blocks(r)) for r in batch]
        parse([s for sentences in cut for s in sentences])
        for report, sentences in zip(batch, cut, strict=True):
            found = attribution.find(report.text, sentences)
            roster = attribution.resolve(report.text, sentences, found)
            places = find_places(report.text, 0, len(report.text), gazetteer)
            yield Words(report, sentences, found, roster, places, read_context(report.text, places, gazetteer))


def drafts(w: Words, m: claims.Models, explain: bool = False) -> list[claims.Draft]:
    """The acts of a report with the words of their slots, and what the rankers weighed if it is to be explained."""
    voices = Voices(w.attributions, w.sentences)
    chosen = claims.judged(w.report.text, claims.candidates(w.report.text, w.sentences, voices), m.act, m.span)
    setting = carry.setting(w.report.text, w.sentences, w.places)
    spots = [(p.start, p.end) for p in w.places]
    out: list[claims.Draft] = []
    for d in claims.drafts(chosen, w.sentences, w.attributions, w.roster, spots):
        claims.fill_roles(d, m.role, m.extent)
        claims.fill_count(d, m.number)
        carry.fill_place(d, out, setting, m.place)
        carry.fill_time(d, out, setting, m.time)
        if explain:
            d.why = weighed(d, out, setting, m)
        out.append(d)
    return out


def read_many(
    reports: Iterable[Report], gazetteer: Gazetteer | None = None, explain: bool = False
) -> Iterator[tuple[Report, list[Claim]]]:
    """Each report with its claims, in order; `explain` keeps what the rankers weighed (Claim.why)."""
    m = models()
    for w in words(reports, gazetteer):
        yield w.report, resolved.claims(w.report, drafts(w, m, explain), w.roster, w.context)


def read(report: Report, gazetteer: Gazetteer | None = None, explain: bool = False) -> list[Claim]:
    """The claims of one report; `gazetteer` adds a user's places to the packaged ones."""
    return next(read_many([report], gazetteer, explain))[1]


def attributions(report: Report) -> list[Attribution]:
    """Who says what in one report, whatever is said."""
    return next(words([report])).attributions
