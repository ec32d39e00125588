"""Every stage in order: from a report to its claims."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice

from probata.extract import attribution, carry, claims, whens
from probata.extract.acts.candidates import Candidate
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

_TOGETHER = 8  # reports read in one go
_PART = 100  # sentences, then acts, that are looked at in one go


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


@contextmanager
def _unswept() -> Iterator[None]:
    """Without the search for reference cycles: reading makes many objects and hardly a cycle, and saves a tenth."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def words(reports: Iterable[Report], gazetteer: Gazetteer | None = None) -> Iterator[Words]:
    """Parse reports, several at a time, and find their attributions and places."""
    for batch in _batches(reports):
        with _unswept():
            found = _words(batch, gazetteer)
        yield from found


def _batches(reports: Iterable[Report]) -> Iterator[list[Report]]:
    source = iter(reports)
    while batch := list(islice(source, _TOGETHER)):
        yield batch


# Each step is done for all reports of a batch before the next begins: a step's own code and tables then stay in the
# processor's caches, which saves a tenth of the time.
def _words(batch: Sequence[Report], gazetteer: Gazetteer | None) -> list[Words]:
    cut = [cut_sentences(r.text, blocks(r), r.read_to) for r in batch]
    parse([s for sentences in cut for s in sentences])
    found = [attribution.find(r.text, c) for r, c in zip(batch, cut, strict=True)]
    rosters = [attribution.resolve(r.text, c, f) for r, c, f in zip(batch, cut, found, strict=True)]
    places = [find_places(r.text, 0, r.read_to, gazetteer) for r in batch]
    contexts = [read_context(r.text, p, gazetteer) for r, p in zip(batch, places, strict=True)]
    return [Words(*parts) for parts in zip(batch, cut, found, rosters, places, contexts, strict=True)]


def _acts(w: Words, voices: Voices, m: claims.Models, explain: bool) -> list[Candidate]:
    """The triggers of a report that state an act; a long report is gone through in parts, as all triggers take room."""
    out: list[Candidate] = []
    for at in range(0, len(w.sentences), _PART):
        part = claims.candidates(w.report.text, w.sentences[at : at + _PART], voices)
        judged = claims.judged(claims.passed(part, m.act), m.span)
        for c in judged if not explain else ():
            c.features = []
        out += judged
    return out


def _parts(chosen: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """The acts of a report in parts of whole sentences."""
    part: list[Candidate] = []
    for c in chosen:
        if len(part) >= _PART and c.sentence is not part[-1].sentence:
            yield part
            part = []
        part.append(c)
    if part:
        yield part


def _filled(
    w: Words, voices: Voices, chosen: Sequence[Candidate], m: claims.Models, explain: bool
) -> list[claims.Draft]:
    """The acts with speaker, roles and count; the features weighed are let go unless they are to be explained."""
    out: list[claims.Draft] = []
    for part in _parts(chosen):
        made = claims.drafts(part, w.sentences, w.attributions, voices, w.roster, w.places)
        for d in made:
            claims.fill_roles(d, m.role, m.extent)
        for d in made:
            claims.fill_count(d, m.number)
        for d in made if not explain else ():
            for o in d.options:
                o.features = o.phrase.features = []
            if not d.numbers:  # sums look at the phrases beside a figure
                d.options = []
        out += made
    return out


def drafts(batch: Sequence[Words], m: claims.Models, explain: bool = False) -> list[list[claims.Draft]]:
    """The acts of each report with the words of their slots, and what the rankers weighed if it is to be explained."""
    voices = [Voices(w.attributions, w.sentences) for w in batch]
    chosen = [_acts(w, v, m, explain) for w, v in zip(batch, voices, strict=True)]
    made = [_filled(w, v, c, m, explain) for w, v, c in zip(batch, voices, chosen, strict=True)]
    settings = [carry.setting(w.report.text, w.sentences, w.places, v) for w, v in zip(batch, voices, strict=True)]
    for found, setting in zip(made, settings, strict=True):
        for i, d in enumerate(found):
            before = found[max(0, i - carry.BACK) : i]
            carry.fill_place(d, before, setting, m.place)
            whens.fill_time(d, before, setting, m.time)
            if explain:
                d.why = weighed(d, before, setting, m)
    return made


def read_many(
    reports: Iterable[Report], gazetteer: Gazetteer | None = None, explain: bool = False
) -> Iterator[tuple[Report, list[Claim]]]:
    """Each report with its claims, in order; `explain` keeps what the rankers weighed (Claim.why)."""
    m = models()
    for batch in _batches(reports):
        with _unswept():
            found = _words(batch, gazetteer)
            made = drafts(found, m, explain)
            known = [(w.report, w.roster, w.context) for w in found]
            del found  # with the sentences that state no act
            out = [resolved.claims(r, d, roster, where) for (r, roster, where), d in zip(known, made, strict=True)]
            del known, made
        yield from zip(batch, out, strict=True)


def read(report: Report, gazetteer: Gazetteer | None = None, explain: bool = False) -> list[Claim]:
    """The claims of one report; `gazetteer` adds a user's places to the packaged ones."""
    return next(read_many([report], gazetteer, explain))[1]


def attributions(report: Report) -> list[Attribution]:
    """Who says what in one report, whatever is said."""
    return next(words([report])).attributions
