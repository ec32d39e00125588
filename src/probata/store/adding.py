"""Adding reports: what is there already adds nothing; of what is new the original is kept before anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet

from probata.audit.chain import Act, Step
from probata.model.claim import Claim
from probata.model.errors import CasebookError
from probata.model.report import Report
from probata.store import digests, known, log, models, originals, shadow, shielding
from probata.store.opening import Casebook
from probata.store.rows import claim_row, report_row

Words = TypeVar("Words", str, str | None)
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"WARC/")  # how WACZ, packed and plain WARC begin
TOGETHER = 64  # reports of one transaction
_LONGEST = 200  # characters of a report's name; databases index no more than some 2,700 bytes
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(slots=True)
class Added:
    """What an addition brought, in numbers of reports and claims."""

    reports: int = 0
    known: int = 0
    claims: int = 0
    unread: int = 0


class Adding:
    """One run of additions to a casebook by one person, who holds its turn.

    Interrupted at any point, the same run again completes it.
    """

    def __init__(self, book: Casebook, by: str = "") -> None:
        self.done = Added()
        self._book, self._by = book, by
        self._file: tuple[str, bytes] | None = None
        self._kept: list[Act] = []
        self._waiting: list[tuple[Report, Sequence[Claim]]] = []
        self._digests: set[str] = set()
        self._names: set[str] = set()
        originals.clear(book.originals)

    def received(self, digest: str, raw: bytes) -> None:
        """The bytes of the file that the next reports come from."""
        self._set_aside()
        self._file = digest, raw

    def new(self, reports: Iterable[Report]) -> Iterator[Report]:
        """The reports that the casebook has not, each under a name of its own, its original kept before it goes on."""
        for report in reports:
            origin = report.origin
            if origin is None:
                raise CasebookError("no-original", report.id, "has no original bytes.", "Add it from a file.")
            if origin.sha256 in self._digests or self._reports.filter(digest=origin.sha256).exists():
                self.done.known += 1
                continue
            self._digests.add(origin.sha256)
            if self._file and self._file[0] == origin.file:
                originals.keep(self._book.originals, *self._file)
                self._kept.append(self._received(*self._file))
                self._file = None
            yield self._storable(report, origin.sha256)
        self._set_aside()

    def keep(self, report: Report, claims: Sequence[Claim]) -> None:
        """Keep a report with its claims, at the latest when `finish` is called."""
        self._waiting.append((report, claims))
        if len(self._waiting) >= TOGETHER:
            self.finish()

    def finish(self) -> None:
        """Write what waits, all of it or nothing."""
        waiting, self._waiting = self._waiting, []
        if not (waiting or self._kept):
            return
        at = digests.now()
        alias = self._book.alias
        with transaction.atomic(using=alias):
            rows = self._reports.bulk_create([report_row(report, at, self._by) for report, _ in waiting])
            found = [
                [claim_row(claim, row, n) for n, claim in enumerate(claims, 1)]
                for row, (_, claims) in zip(rows, waiting, strict=True)
            ]
            models.Claim.objects.using(alias).bulk_create(chain.from_iterable(found), batch_size=500)
            shield = shielding.of(self._book)
            told = zip(rows, found, strict=True)
            shadows = (s for row, claims in told for s in shadow.of_report(row, shadow.called(claims), shield))
            models.Shadow.objects.using(alias).bulk_create(shadows, batch_size=100)
            shielding.hold(self._book, shield, rows)
            records = ([claim.record for claim in claims] for claims in found)
            known.hold(self._book, shield, zip(rows, records, strict=True))
            read = (self._read(row, claims) for row, claims in zip(rows, found, strict=True))
            log.write(self._book, (*self._kept, *chain.from_iterable(read)))
        self._kept = []
        self.done.reports += len(rows)
        self.done.claims += sum(map(len, found))
        self.done.unread += sum(not row.reader for row in rows)

    def _set_aside(self) -> None:
        """Keep an archive of which no report came: what it holds (a PDF, a picture) may be seen nowhere else again."""
        file, self._file = self._file, None
        if file is None or not file[1][:5].startswith(_ARCHIVES):
            return
        entries = models.Entry.objects.using(self._book.alias)
        if not entries.filter(line__contains=f'"item":"{file[0]}"').exists():  # neither kept before nor erased
            originals.keep(self._book.originals, *file)
            self._kept.append(self._received(*file))

    def _received(self, digest: str, raw: bytes) -> Act:
        return log.act(Step.INGEST, "original", digest, self._by, after=digest, detail={"size": len(raw)})

    def _read(self, row: models.Report, claims: Sequence[models.Claim]) -> Iterator[Act]:
        """What a report and its claims were when they came in; each claim by its id, so that a change is named."""
        yield log.act(Step.EXTRACT, "report", row.digest, self._by, before=row.original, after=digests.of_row(row))
        told = [[claim.name, digests.of_row(claim)] for claim in claims]
        after = digests.of_list(digest for _, digest in told)
        yield log.act(Step.CODE, "claims", row.digest, after=after, detail={"claims": told})

    @property
    def _reports(self) -> QuerySet[models.Report]:
        return models.Report.objects.using(self._book.alias)

    def _storable(self, report: Report, digest: str) -> Report:
        """The report under a name that no other has, and without what databases cannot hold; a gap tells of both."""
        gaps = list(report.gaps)
        text = report.text
        if "\x00" in text:
            text = text.replace("\x00", "\ufffd")  # one for one, so that offsets stay
            gaps.append("characters of code 0 were replaced, as no database keeps them")
        plain = _UNSAFE.sub(" ", report.id).strip() or "report"
        name = plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}-{digest[:8]}"
        for longer in (8, 16, 64):
            if not (name in self._names or self._reports.filter(name=name).exists()):
                break
            name = f"{plain[:_LONGEST]}-{digest[:longer]}"
        self._names.add(name)
        if name != report.id:
            gaps.append(f"its id {report.id[:80]!r} was taken or not fit to keep; it is called {name!r}")
        report = replace(report, id=name, text=text, gaps=tuple(_plain(g) for g in gaps))
        return replace(
            report,
            title=_plain(report.title),
            outlet=_plain(report.outlet),
            language=_plain(report.language),
            url=_plain(report.url),
            author=_plain(report.author),
        )


def _plain(text: Words) -> Words:
    """Words about a report without characters of code 0, which no database keeps."""
    return text.replace("\x00", "\ufffd") if text else text
