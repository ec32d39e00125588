"""Shadows: what a report is found by, its words folded and in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from probata.audit.shield import MARK, Shield
from probata.store import models
from probata.vocab import folding, query

FOLDING = 1  # the version of folding.yml that shadows are made by; with another, a migration makes them anew
BOUNDARY = "|"  # between fields, so that no phrase runs from one into the next
_LARGEST = 500_000  # bytes of a part; PostgreSQL indexes no more than 1 MB of words at a time


def of_report(
    report: models.Report, claims: Iterable[models.Claim], shield: Shield | None = None
) -> Iterator[models.Shadow]:
    """The shadow of a report, not saved yet: of its title, outlet and text, and the names its claims give.

    Protected words are left out of it.
    """
    read = (
        claim for claim in claims if claim.record["by"]["extractor"] != "person"
    )  # a person's words stand in the text
    names = dict.fromkeys(name for claim in read for name in (claim.speaker, claim.place) if name)
    fields: Iterable[str] = (report.title or "", report.outlet or "", report.text, *names)
    if shield:
        fields = [part for field in fields for part in shield.text(field).split(MARK)]
    for number, (text, also) in enumerate(parts(fields)):
        yield models.Shadow(report_id=report.pk, part=number, text=text, also=also)


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
