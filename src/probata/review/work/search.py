"""Full-text search: reports with the piece that shows the words, claims, incidents; only what a person may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from probata.export.hits import _merged
from probata.model.found import Hit, Snippet
from probata.review import finding
from probata.review.sight import Sight
from probata.review.work import incidents
from probata.review.work.map import slim
from probata.review.work.matching import has
from probata.store import models
from probata.vocab import query
from probata.vocab.query import Term

PAGE = 20  # reports of a page
DEEP = 100  # the latest reports found, in which claims are looked for
SHOWN = 40  # claims or incidents shown
KINDS = ("reports", "claims", "incidents")
Record = dict[str, Any]


def reports(sight: Sight, words: str, page: int) -> Record:
    """A page of the reports that have all the words. Raises InputError when there is nothing to search for."""
    found = finding.search(sight, words, PAGE, (page - 1) * PAGE)
    return {
        "total": found.total,
        "reports": [_hit(hit) for hit in found.hits],
        "page": page,
        "pages": max(1, -(-found.total // PAGE)),
    }


def claims(sight: Sight, words: str) -> Record:
    """Claims whose own words, speaker or place have all of it, in the latest reports that have it."""
    wanted = query.terms(words)
    total, reports = finding.names(sight, words, DEEP)
    told = []
    for row, record, text in _telling(sight, wanted, reports):
        told.append(
            {
                "name": row.name,
                "report": row.report.name,
                "outlet": sight.shield.text(row.report.outlet or ""),
                "published": row.report.published,
                "type": record["type"],
                "stance": record["stance"],
                "speaker": (record["speaker"] or {}).get("name"),
                "pieces": _pieces(text.partition("\n")[0], 0, _spans(text.partition("\n")[0], wanted)),
            }
        )
    return {"total": len(told), "claims": told[:SHOWN], "deep": DEEP, "beyond": total > DEEP}


def of_incidents(sight: Sight, words: str) -> Record:
    """Incidents whose place has all of it, then those that the claims found tell of."""
    rows = sight.incidents().filter(ended=None, number__gt=0)
    at = list(rows.filter(place__in=incidents._places(sight, words)).order_by("-start", "-id")[: SHOWN + 1])
    telling = _telling(sight, query.terms(words), finding.names(sight, words, DEEP)[1])
    names = [row.name for row, _, _ in islice(telling, SHOWN)]
    members = models.Member.objects.using(sight.book.alias).filter(claim__name__in=names)
    held_in = rows.filter(pk__in=list(members.values_list("scene__incident", flat=True))).order_by("-start", "-id")
    told = {row.pk: row for row in [*at, *held_in[: SHOWN + 1]]}
    return {"total": len(told), "incidents": [slim(sight, row) for row in list(told.values())[:SHOWN]]}


def _telling(
    sight: Sight, wanted: Sequence[Term], reports: Sequence[str]
) -> Iterator[tuple[models.Claim, Record, str]]:
    """The claims of these reports that have all the terms as they stand now, each masked when it is come to."""
    rows = _rows(sight, reports)
    plain = not sight.shield and sight.names  # nothing is hidden: what has not the words as it is kept has them nowhere
    if not plain:
        sight.masking.ready(row.report.name for row, _ in rows)
    for row, record in rows:
        if plain and not has(_said(record), wanted):
            continue
        shown = sight.shown(record)
        text = _said(shown)
        if has(text, wanted):
            yield row, shown, text


def _rows(sight: Sight, reports: Sequence[str]) -> list[tuple[models.Claim, Record]]:
    """The claims of these reports with what people's last readings say of them, in order; none that is rejected."""
    rows = sight.claims().filter(report__name__in=reports).select_related("report")
    read = models.Reading.objects.using(sight.book.alias).filter(claim__report__name__in=reports).order_by("number")
    last = {reading.claim_id: reading for reading in read}
    order = {name: n for n, name in enumerate(reports)}
    found = sorted(rows.defer("report__text", "report__data"), key=lambda r: (order[r.report.name], r.number))
    stand = [(row, last[row.pk].record if row.pk in last else row.record) for row in found]
    return [(row, record) for row, record in stand if record and not (row.pk in last and last[row.pk].rejected)]


def _said(record: Record) -> str:
    """The words of a claim first, then the names in it."""
    parts = [(record.get("evidence") or {}).get("text") or ""]
    parts = [parts[0].replace("\n", " ")]
    for slot in ("speaker", "place"):
        value = record.get(slot) or {}
        parts += [value.get("text") or "", value.get("name") or ""]
    return "\n".join(parts)


def _spans(text: str, wanted: Sequence[Term]) -> list[tuple[int, int]]:
    return [(m.start, m.end) for m in query.marks(text, wanted)]


def _hit(hit: Hit) -> Record:
    return {
        "name": hit.report,
        "title": hit.title or hit.report,
        "outlet": hit.outlet,
        "published": hit.published,
        "fields": [f for f in hit.fields if f != "text"],
        "pieces": _snippet(hit.snippet) if hit.snippet else [],
    }


def _snippet(found: Snippet) -> list[Record]:
    pieces = _pieces(found.text, found.start, [(m.start, m.end) for m in found.marks])
    before = [{"text": "…", "found": False}] if found.start else []
    return [*before, *pieces, *([] if found.last else [{"text": "…", "found": False}])]


def _pieces(text: str, start: int, spans: Sequence[tuple[int, int]]) -> list[Record]:
    return list(_cut(text, start, spans))


def _cut(text: str, start: int, spans: Sequence[tuple[int, int]]) -> Iterator[Record]:
    at = start
    for first, last in _merged(spans):
        if first > at:
            yield {"text": text[at - start : first - start], "found": False}
        yield {"text": text[first - start : last - start], "found": True}
        at = last
    if rest := text[at - start :]:
        yield {"text": rest, "found": False}
