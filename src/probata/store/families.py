"""Families of a casebook: which reports copy one another, found when they come and kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from probata.audit.chain import Act, Step
from probata.export.jsonl import Record
from probata.link.copies import Wording, families_of, wordings
from probata.link.pieces import Placed, Said, placed
from probata.link.union import Union
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


def add(book: Casebook, reports: Iterable[str], new: Collection[str] = (), again: Collection[str] = ()) -> set[str]:
    """Find which of these reports copy one another, by all their claims, and keep that. Families that meet are one.

    The families of reports that people have read `again` are found anew: what made them may be rejected. Gives the
    incidents that two reports tell of, neither of them `new`, which copy one another now and did not, or did.
    """
    undone = {*again, *_members(book, again)}
    told: dict[str, Wording] = {}
    for some in chunks(sorted({*reports, *undone})):  # of claims, only so many are held at once
        told |= wordings(_said(book, some))
    alike = [members for members in families_of(told) if len(members) > 1]
    involved = {*undone, *chain.from_iterable(alike)}
    was = _members(book, involved)
    joined = Union()
    for members in (*_together(was, undone), *alike):
        for report in members:
            joined.join(members[0], report)
    now: dict[str, str] = {}
    for members in joined.sets({*was, *involved}):
        name = min((was[r] for r in members if r in was and r not in undone), default=members[0])
        now |= dict.fromkeys((r for r in members if len(members) > 1 or r in was), name)
    _write(book, {r: name for r, name in now.items() if was.get(r) != name})
    return _changed(book, {r: (was.get(r, r), name) for r, name in now.items() if r not in new})


def _changed(book: Casebook, family: Mapping[str, tuple[str, str]]) -> set[str]:
    """The incidents with two reports that are of one family now and were not before, or were; both by report."""
    moved = {r for of in (0, 1) for members in _apart(family, of) for r in members}
    rows = models.Scene.objects.using(book.alias).exclude(incident=None)
    told: defaultdict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for some in chunks(sorted(moved)):
        for incident, report in rows.filter(report__name__in=some).values_list("incident__name", "report__name"):
            told[incident][report] = family[report]
    return {incident for incident, of in told.items() if any(True for n in (0, 1) for _ in _apart(of, n))}


def _apart(family: Mapping[str, tuple[str, str]], of: int) -> Iterator[list[str]]:
    """The members of each family, as before (0) or now (1), that at the other time are of several."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for report, names in family.items():
        found[names[of]].append(report)
    for members in found.values():
        if len({family[r][1 - of] for r in members}) > 1:
            yield members


def _members(book: Casebook, reports: Collection[str]) -> dict[str, str]:
    """All members of the families of these reports, each with the name of its family."""
    names = {name for _, name in _kept(book, reports)}
    rows = models.Family.objects.using(book.alias)
    return {
        r: n
        for some in chunks(sorted(names))
        for r, n in rows.filter(name__in=some).values_list("report__name", "name")
    }


def _together(family: Mapping[str, str], without: Collection[str]) -> Families:
    """The members of each family, but for some reports."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for report, name in sorted(family.items()):
        if report not in without:
            found[name].append(report)
    return [tuple(members) for members in found.values()]


def _write(book: Casebook, names: Mapping[str, str]) -> None:
    """Keep the families of these reports by name, and write that to the log."""
    number = stored.numbers_of_reports(book, names)
    kept = models.Family.objects.using(book.alias)
    kept.bulk_create(
        [models.Family(report_id=number[report], name=name) for report, name in sorted(names.items())],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["report"],
        update_fields=["name"],
    )
    log.write(book, _logged(book, number.values()))


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


def _kept(book: Casebook, reports: Collection[str] | Sequence[str]) -> Iterator[tuple[str, str]]:
    rows = models.Family.objects.using(book.alias)
    for some in chunks(sorted(reports)):
        yield from rows.filter(report__name__in=some).values_list("report__name", "name")
