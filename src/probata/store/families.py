"""Families of a casebook: which reports copy one another, found when they come and kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from probata.audit.chain import Act, Step
from probata.export.jsonl import Record
from probata.link.copies import Wording, families_of, wordings
from probata.link.pieces import Placed, Said, placed
from probata.store import digests, log, models, stored
from probata.store.bulk import MANY, chunks
from probata.store.opening import Casebook
from probata.store.standing import held

Families = list[tuple[str, ...]]


def of(book: Casebook, reports: Collection[str]) -> Families:
    """The families of these reports, cut to them."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for report, family in _kept(book, reports):
        found[family].append(report)
    return [tuple(sorted(members)) for _, members in sorted(found.items())]


def add(book: Casebook, reports: Iterable[str]) -> None:
    """Find which of these reports copy one another, by all their claims, and keep that.

    Families that meet are one.
    """
    told: dict[str, Wording] = {}
    for some in chunks(sorted(reports)):  # of claims, only so many are held at once
        told |= wordings(_said(book, some))
    alike = [members for members in families_of(told) if len(members) > 1]
    known = dict(_kept(book, {report for members in alike for report in members}))
    numbers = stored.numbers_of_reports(book, {report for members in alike for report in members})
    now: dict[str, str] = {}  # the name that a family goes on with
    made: list[models.Family] = []
    for members in alike:
        met = {_last(now, known[r]) for r in members if r in known}
        name = min(met, default=members[0])
        now |= {was: name for was in met if was != name}
        for report in members:
            if report not in known:
                known[report] = name
                made.append(models.Family(report_id=numbers[report], name=name))
    kept = models.Family.objects.using(book.alias)
    kept.bulk_create(made, batch_size=500)
    changed = {m.report_id for m in made}
    for was in sorted(now):
        changed |= set(kept.filter(name=was).values_list("report", flat=True))
        kept.filter(name=was).update(name=_last(now, was))
    log.write(book, _logged(book, changed))


def _said(book: Casebook, reports: Sequence[str]) -> Iterator[Said]:
    """The words of the claims of reports, from their records: claims made of them would take three times as long."""
    found = held(models.Claim.objects.using(book.alias)).filter(report__name__in=reports)
    columns = ("report__name", "record", "standing__record", "start", "standing__start")
    for report, record, standing, start, other in found.values_list(*columns).iterator(chunk_size=MANY):
        day = other if standing else start
        told: Record = standing or record
        named = (*told["relay"], *told["agents"], *told["targets"])
        slots = (*named, *(told.get(name) for name in ("speaker", "method", "count", "place", "time", "basis")))
        words = tuple(_placed(slot) for slot in slots if slot)
        yield Said(report, _placed(told["evidence"]), words, day.toordinal() if day else None)


def _placed(slot: Record) -> Placed:
    return placed(slot["start"], slot["text"])


def digest_of(name: str) -> str:
    """What the log says of a report's family: no word of its name."""
    return digests.of_list([name])


def _logged(book: Casebook, changed: Collection[int]) -> Iterator[Act]:
    rows = models.Family.objects.using(book.alias)
    for some in chunks(sorted(changed)):
        for digest, name in rows.filter(report__in=some).order_by("report").values_list("report__digest", "name"):
            yield log.act(Step.MERGE, "family", digest, after=digest_of(name))


def clear(book: Casebook) -> None:
    """Forget all families."""
    log.write(book, [log.act(Step.SPLIT, "family", "all")])
    models.Family.objects.using(book.alias).all().delete()


def _last(now: dict[str, str], name: str) -> str:
    while name in now:
        name = now[name]
    return name


def _kept(book: Casebook, reports: Collection[str] | Sequence[str]) -> Iterator[tuple[str, str]]:
    rows = models.Family.objects.using(book.alias)
    for some in chunks(sorted(reports)):
        yield from rows.filter(report__name__in=some).values_list("report__name", "name")
