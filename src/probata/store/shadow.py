"""Shadows: what a report is found by, its words folded and in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from probata.audit.shield import MARK, Shield
from probata.store import models, shielding
from probata.store.opening import Casebook
from probata.vocab import folding, query

FOLDING = 1  # the version of folding.yml that shadows are made by; with another, a migration makes them anew
BOUNDARY = "|"  # between fields, so that no phrase runs from one into the next
_LARGEST = 500_000  # bytes of a part; PostgreSQL indexes no more than 1 MB of words at a time
Called = tuple[str | None, str | None]  # the names of a claim's speaker and of its place


def of_report(report: models.Report, names: Iterable[Called], shield: Shield | None = None) -> Iterator[models.Shadow]:
    """The shadow of a report, not saved yet: of its title, outlet and text, and the names its claims give.

    Protected words are left out of it.
    """
    given = dict.fromkeys(name for both in names for name in both if name)
    fields: Iterable[str] = (report.title or "", report.outlet or "", report.text, *given)
    if shield:
        fields = [part for field in fields for part in shield.text(field).split(MARK)]
    for number, (text, also) in enumerate(parts(fields)):
        yield models.Shadow(report_id=report.pk, part=number, text=text, also=also)


def called(claims: Iterable[models.Claim]) -> list[Called]:
    """The names that claims give as they were read first."""
    return [(claim.speaker, claim.place) for claim in claims]


def standing(claims: Iterable[models.Claim]) -> list[Called]:
    """The names that claims give now, by people's last readings, fetched with them; rejected ones give none."""
    return [_now(claim, max(claim.readings.all(), key=lambda r: r.number, default=None)) for claim in claims]


def of_claims(book: Casebook, **where: Any) -> QuerySet[models.Claim]:
    """The claims that `standing` asks for, in the order of reports, without their records."""
    rows = models.Claim.objects.using(book.alias).filter(**where).order_by("report", "number")
    return rows.only("report", "number", "speaker", "place").prefetch_related("readings")


def follow(book: Casebook, claim: models.Claim, before: models.Reading | None, now: models.Reading) -> None:
    """Make the shadow of a claim's report anew where a reading changes the names in it; in the reading's transaction.

    `before` is the reading that stood until then, None where there was none.
    """
    added = before is None and now.number == 0
    if _now(claim, now) == ((None, None) if added else _now(claim, before)):
        return
    report = claim.report
    models.Shadow.objects.using(book.alias).filter(report=report).delete()
    names = standing(of_claims(book, report=report))
    models.Shadow.objects.using(book.alias).bulk_create(of_report(report, names, shielding.of(book)))


def _now(claim: models.Claim, reading: models.Reading | None) -> Called:
    if reading is None:
        return claim.speaker, claim.place
    if reading.rejected:
        return None, None
    speaker, place = reading.record.get("speaker"), reading.record.get("place")
    return _name(speaker), _name(place) or (place["text"] if place else None)


def _name(value: Mapping[str, Any] | None) -> str | None:
    return (value.get("name") or None) if value else None


def parts(fields: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The folded words of some texts, and the other forms that find them, in parts of bounded size.

    Parts overlap by as much as a phrase is long, so that each phrase stands whole in one of them.
    """
    run: list[str] = []
    also: dict[str, None] = {}
    size = new = 0
    for field in fields:
        for word in folding.words(field):
            run += word.tokens
            also |= dict.fromkeys(word.forms[len(word.tokens) :])
            new += 1
            size += sum(len(form.encode()) + 1 for form in word.forms)
            if size > _LARGEST:
                yield " ".join(run), " ".join(also)
                run, also, new = run[1 - query.LONGEST :], {}, 0
                size = sum(len(token.encode()) + 1 for token in run)
        if run:
            run.append(BOUNDARY)
    if new:
        yield " ".join(run), " ".join(also)
