"""Grouping in a casebook: new reports and decisions regroup what they touch; all can be grouped anew at any time."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from django.db import transaction

from probata.audit.chain import Act, Step
from probata.link import rows
from probata.link.carry import Carried, carry
from probata.link.incidents import link
from probata.link.rows import SceneRow
from probata.model.claim import Claim
from probata.model.errors import InputError
from probata.model.incident import Decision
from probata.store import bulk, digests, families, log, models, neighbours, standing, stored, tallies, versions
from probata.store.bulk import chunks, unswept
from probata.store.opening import Casebook
from probata.store.stored import Placed

TOGETHER = 2000  # reports grouped in one transaction


@dataclass(slots=True)
class Grouped:
    """How many incidents are new, changed, or ended (joined with others, split up)."""

    new: int = 0
    changed: int = 0
    ended: int = 0

    def __iadd__(self, other: Grouped) -> Grouped:
        self.new, self.changed, self.ended = (
            self.new + other.new,
            self.changed + other.changed,
            self.ended + other.ended,
        )
        return self


def update(book: Casebook) -> Grouped:
    """Group the reports that are not grouped yet. What they do not touch stays as it is."""
    done = Grouped()
    state = models.Identity.objects.using(book.alias).get()
    if state.grouping != rows.VERSION and state.grouped:
        done += anew(book)
    while True:
        with transaction.atomic(using=book.alias):
            state = models.Identity.objects.using(book.alias).get()
            waiting = models.Report.objects.using(book.alias).filter(id__gt=state.grouped).order_by("id")
            reports = list(waiting.values_list("id", flat=True)[:TOGETHER])
            if not reports:
                break
            done += _add(book, reports)
            state.grouped, state.grouping = reports[-1], rows.VERSION
            state.save(using=book.alias)
    while standing.waiting(book).exists():
        with transaction.atomic(using=book.alias):
            done += _reread(book)
    return done


def decide(book: Casebook, row: Decision) -> Grouped:
    """Write down a person's row on two claims, and regroup the incidents that they are in.

    Raises InputError when one of them is in no incident.
    """
    with transaction.atomic(using=book.alias):
        members = models.Member.objects.using(book.alias)
        found = {}
        for claim in (row.a, row.b):
            found[claim] = (
                members.filter(claim__name=claim).values_list("scene__report", "scene__incident__name").first()
            )
            if found[claim] is None:
                advice = (
                    "`probata claims` lists all claims; those of no harm, or only feared or due, are in no incident."
                )
                raise InputError("claim", claim, "is no claim of an incident of this casebook.", advice)
        if row.a == row.b:
            raise InputError("claim", row.a, "is one claim, given twice.", "Name two.")
        written = models.Decision(a=row.a, b=row.b, same=row.same, who=row.who, why=row.why, at=versions.now())
        written.salt = secrets.token_hex(16)
        written.save(using=book.alias)
        after = digests.of_row(written)
        log.write(book, [log.act(Step.DECIDE, "decision", str(written.id), row.who, after=after)])
        reports, names = zip(*(f for f in found.values() if f), strict=True)
        because = versions.Because(decisions=(row,))
        touched = {*names, *(_current(book) if _is_small(book) else ())}
        if len(set(reports)) == 1:  # its scenes may be other ones now
            return _again(book, reports[:1], touched, because)
        return _renew(book, touched, [], stored.decisions(book), because)


@unswept()
def anew(book: Casebook) -> Grouped:
    """Group all claims anew, as if all reports had come at once; incidents keep their ids as far as they can."""
    with transaction.atomic(using=book.alias):
        tallies.clear(book)
        old = stored.claims_of_incidents(book, _current(book))
        scenes = models.Scene.objects.using(book.alias)
        had = set(scenes.values_list("report__digest", flat=True))
        scenes.all().delete()
        reports = models.Report.objects.using(book.alias).order_by("id").values_list("id", flat=True)
        state = models.Identity.objects.using(book.alias).get()
        last = state.grouped
        read = standing.waiting(book).order_by("-id").values_list("id", flat=True).first() or state.reread
        standing.anew(book, read)
        claims = stored.claims_of_reports(book, reports.filter(id__lte=last))
        given = stored.decisions(book)
        _rows(book, claims, given)
        _none_left(book, had)
        families.clear(book)
        families.add(book, {c.report for c in claims})
        done = _link(book, old, claims, given, versions.Because(anew=True))
        models.Identity.objects.using(book.alias).update(grouping=rows.VERSION, reread=read)
        return done


@unswept()
def _add(book: Casebook, reports: Sequence[int]) -> Grouped:
    """Group new reports with what they touch."""
    claims = stored.claims_of_reports(book, reports)
    given = stored.decisions(book)
    pairs = neighbours.pairs(book, *_rows(book, claims, given))
    told = stored.claims_of_scenes(book, sorted(set(chain.from_iterable(pairs))))
    reports_met = {c.report for c in told}
    because = versions.Because(reports=tuple(dict.fromkeys(c.report for c in claims)))
    moved = families.add(book, reports_met, new=because.reports)
    if _is_small(book):
        return _renew(book, _current(book), claims, given, because)
    about = stored.about(book, reports_met)
    counted = partial(tallies.of, book)
    pulled = rows.pulls(sorted(pairs), told, counted, families.of(book, reports_met), given, about)
    touched = _incidents_of(book, set(chain.from_iterable(pulled))) | moved
    return _renew(book, touched, claims, given, because)


def _reread(book: Casebook) -> Grouped:
    """Take in what people have read since, and group the reports it touches as if they were new."""
    new = list(standing.waiting(book).select_related("claim")[:TOGETHER])
    claims_read = {r.claim_id: r.claim.name for r in new}
    reports = sorted({r.claim.report_id for r in new})
    scenes = models.Scene.objects.using(book.alias).filter(report__in=reports)
    names = {n for n in scenes.values_list("incident__name", flat=True) if n}
    given = stored.decisions(book)
    old = stored.claims_of_incidents(book, names)
    before = stored.claims_of_reports(book, reports)
    tallies.subtract(book, rows.counts(before, given))
    had = set(scenes.values_list("report__digest", flat=True))
    scenes.delete()
    standing.take_in(book, claims_read.keys(), new[-1].pk)
    models.Identity.objects.using(book.alias).update(reread=new[-1].pk)
    claims = stored.claims_of_reports(book, reports)
    pairs = neighbours.pairs(book, *_rows(book, claims, given))
    _none_left(book, had)
    told = stored.claims_of_scenes(book, sorted(set(chain.from_iterable(pairs))))
    ours = {c.id for c in (*before, *claims)}
    touched = _incidents_of(book, {*chain.from_iterable(pairs)})
    touched |= set(stored.incidents_of_claims(book, _decided(ours, given)))
    moved = families.add(book, {c.report for c in told}, again={c.report for c in (*before, *claims)})
    touched |= set(_current(book)) if _is_small(book) else moved
    others = stored.claims_of_incidents(book, touched - names)
    rest = [c for of in (*old.values(), *others.values()) for c in of if c.id not in ours]
    because = versions.Because(readings=tuple(sorted(claims_read.values())))
    return _link(book, {**old, **others}, [*claims, *rest], given, because)


def _decided(claims: Collection[str], given: Iterable[Decision]) -> set[str]:
    """Those that people have joined with these claims, or parted from them."""
    return {c for row in given if row.a in claims or row.b in claims for c in (row.a, row.b)}


def _none_left(book: Casebook, had: Collection[str]) -> None:
    """Log of reports that had scenes (by digest) which of them have none any more, as all their claims are rejected."""
    scenes = models.Scene.objects.using(book.alias)
    have = {
        digest
        for some in chunks(sorted(had))
        for digest in scenes.filter(report__digest__in=some).values_list("report__digest", flat=True)
    }
    log.write(book, [log.act(Step.SPLIT, "scenes", digest) for digest in sorted(set(had) - have)])


def _again(book: Casebook, reports: Sequence[int], touched: Collection[str], because: versions.Because) -> Grouped:
    """Make the scenes of reports anew, and group them with all incidents they were in."""
    scenes = models.Scene.objects.using(book.alias).filter(report__in=reports)
    names = {*touched, *scenes.values_list("incident__name", flat=True)}
    old = stored.claims_of_incidents(book, names)
    claims = stored.claims_of_reports(book, reports)
    given = stored.decisions(book)
    tallies.subtract(book, rows.counts(claims, given[:-1]))
    scenes.delete()
    _rows(book, claims, given)
    ours = {c.id for c in claims}
    others = [c for of in old.values() for c in of if c.id not in ours]
    return _link(book, old, [*claims, *others], given, because)


def _renew(
    book: Casebook,
    touched: Collection[str],
    new: Sequence[Claim],
    given: Sequence[Decision],
    because: versions.Because,
) -> Grouped:
    """Link the claims of incidents with new ones."""
    placed: dict[str, Placed] = {}
    old = stored.claims_of_incidents(book, touched, placed)
    return _link(book, old, [*new, *chain.from_iterable(old.values())], given, because, placed)


@unswept()
def _link(
    book: Casebook,
    old: Mapping[str, Sequence[Claim]],
    claims: Sequence[Claim],
    given: Sequence[Decision],
    because: versions.Because,
    placed: Mapping[str, Placed] | None = None,
) -> Grouped:
    """Link claims, carry ids over from the old incidents, and write what has changed.

    `placed` says of claims where they stand, as far as their scenes are those of before.
    """
    placed = placed or {}
    claims = stored.in_order(book, claims, placed)
    reports = {c.report for c in claims}
    about = stored.about(book, reports)
    linked = link(claims, about, given, families.of(book, reports), partial(tallies.of, book))
    used = models.Incident.objects.using(book.alias).values_list("name", flat=True)
    carried = carry({name: [c.id for c in of] for name, of in old.items()}, linked, set(used))
    kept = _keep(book, carried, placed)
    was = {c.id: name for name, of in old.items() for c in of}
    known = versions.Known({c.id: c for c in claims}, about, given)
    changed = versions.write(book, carried, was, because, known)
    return Grouped(kept, changed - kept, len(carried.ended))


def _keep(book: Casebook, carried: Carried, placed: Mapping[str, Placed]) -> int:
    """Incidents as rows, and the scenes that each holds; how many are new."""
    known = models.Incident.objects.using(book.alias)
    names = [i.id for i in carried.incidents]
    there = {n for some in chunks(names) for n in known.filter(name__in=some).values_list("name", flat=True)}
    known.bulk_create([versions.blank(name) for name in names if name not in there], batch_size=500)
    number = {n: i for some in chunks(names) for i, n in known.filter(name__in=some).values_list("id", "name")}
    members = models.Member.objects.using(book.alias)
    scenes: dict[int, int] = {}
    of = {claim: number[i.id] for i in carried.incidents for claim in i.claims}
    scenes |= {p.scene: of[claim] for claim, p in placed.items() if claim in of and of[claim] != p.incident}
    for some in chunks(claim for claim in of if claim not in placed):
        rows_of = members.filter(claim__name__in=some)
        for claim, scene, was in rows_of.values_list("claim__name", "scene", "scene__incident"):
            if was != of[claim]:
                scenes[scene] = of[claim]
    changed = [models.Scene(id=scene, incident_id=incident) for scene, incident in sorted(scenes.items())]
    bulk.change(book.alias, changed, ["incident"])
    return len(names) - len(there)


def _rows(book: Casebook, claims: Sequence[Claim], given: Sequence[Decision]) -> tuple[list[SceneRow], dict[str, int]]:
    """Keep the scenes of claims with their blocks and counts; the scenes, and the numbers of their rows."""
    mine = rows.counts(claims, given)
    tallies.add(book, mine)
    about = stored.about(book, {c.report for c in claims})
    made = rows.scene_rows(claims, tallies.of(book, mine), given, about)
    number = _scenes(book, made)
    blocks = ((key, row.order, number[row.key]) for row in made for key in row.blocks)
    bulk.insert(book.alias, models.Block, ("key", "position", "scene_id"), blocks)
    log.write(book, _logged(book, made))
    return made, number


def _scenes(book: Casebook, made: Sequence[SceneRow]) -> dict[str, int]:
    """Scenes and their members as rows; the number of each scene's row."""
    report = stored.numbers_of_reports(book, {row.report for row in made})
    kept = models.Scene.objects.using(book.alias).bulk_create(
        [models.Scene(name=row.key, report_id=report[row.report], fine=row.fine) for row in made], batch_size=500
    )
    of = {claim: scene for row, scene in zip(made, kept, strict=True) for claim in row.claims}
    members: list[tuple[int, int]] = []
    for some in chunks(of):
        rows_of = models.Claim.objects.using(book.alias).filter(name__in=some)
        members += [(n, of[name].id) for n, name in rows_of.values_list("id", "name")]
    bulk.insert(book.alias, models.Member, ("claim_id", "scene_id"), members)
    return {row.key: scene.id for row, scene in zip(made, kept, strict=True)}


def _logged(book: Casebook, made: Sequence[SceneRow]) -> Iterator[Act]:
    """The scenes of each report, so that a change of what grouping keeps is found."""
    of: defaultdict[str, list[str]] = defaultdict(list)
    for row in made:
        placed = [(key, row.order) for key in row.blocks]
        of[row.report].append(digests.of_scene(row.key, row.fine, row.claims, placed))
    for some in chunks(sorted(of)):
        known = models.Report.objects.using(book.alias).filter(name__in=some).order_by("id")
        for name, digest in known.values_list("name", "digest"):
            after = digests.of_list(sorted(of[name]))
            yield log.act(
                Step.MERGE, "scenes", digest, after=after, versions={**log.VERSIONS, "rows": str(rows.VERSION)}
            )


def _incidents_of(book: Casebook, scenes: Iterable[str]) -> set[str]:
    found = models.Scene.objects.using(book.alias).exclude(incident=None)
    return {
        name
        for some in chunks(sorted(scenes))
        for name in found.filter(name__in=some).values_list("incident__name", flat=True)
    }


def _is_small(book: Casebook) -> bool:
    """Whether there are so few scenes that every report changes what their words weigh."""
    return models.Scene.objects.using(book.alias).count() < rows.SMALL


def _current(book: Casebook) -> list[str]:
    shown = models.Incident.objects.using(book.alias).filter(ended=None).order_by("id")
    return list(shown.values_list("name", flat=True))
