"""Versions: an incident as it stood at each time, with what changed and because of what. None is ever rewritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import Any

from probata import __version__
from probata.assess import assess
from probata.assess.assessing import RULES
from probata.assess.changes import Change, changes
from probata.audit.chain import Act, Step
from probata.export.incidentlines import beside, incident_of, record
from probata.link.carry import Carried
from probata.link.facts import About
from probata.link.rows import besides
from probata.model.claim import Claim
from probata.model.incident import Beside, Decision, Incident, Relation
from probata.store import bulk, digests, log, models, stored
from probata.store.bulk import chunks
from probata.store.opening import Casebook
from probata.vocab import load

Record = dict[str, Any]
# how the claims of a stock or a sum stand to their incident; a denial may be of either
_BESIDE = frozenset({Relation.STOCK, Relation.CUMULATIVE, Relation.DENIAL})


@dataclass(frozen=True, slots=True)
class Because:
    """Why incidents are looked at again: reports that came, people's decisions and readings, or all grouped anew."""

    reports: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    readings: tuple[str, ...] = ()  # claims that people have read
    anew: bool = False

    def of(self, incident: Record, ended: Sequence[str] = ()) -> Record:
        """What of it concerns this incident."""
        told = {report for family in incident["families"] for report in family}
        rows = [{"a": d.a, "b": d.b, "same": d.same, "who": d.who, "why": d.why} for d in self.decisions]
        return {
            "reports": [r for r in self.reports if r in told],
            "decisions": rows,
            "anew": self.anew,
            "joined": sorted(ended),
            "by": f"probata {__version__}",
            **({"readings": list(self.readings)} if self.readings else {}),
        }


@dataclass(frozen=True, slots=True)
class Known:
    """What incidents are made of: claims by id, what is known of their reports, and people's decisions."""

    claims: Mapping[str, Claim]
    about: Mapping[str, About]
    given: Sequence[Decision]


def now() -> datetime:
    """The time, as versions are stamped with."""
    return digests.now()


def blank(name: str) -> models.Incident:
    """The row of an incident that has no version yet."""
    return models.Incident(name=name, number=0, type="", sources=0, grade="")


def write(book: Casebook, carried: Carried, was: Mapping[str, str], because: Because, known: Known) -> int:
    """A version of each incident that is new or has changed, and a last one of each that ended; how many have changed.

    `was` is the incident that each claim was in before. An incident whose reasons alone are put in other words has not
    changed.
    """
    rows = _rows(book, [*(i.id for i in carried.incidents), *carried.ended])
    last = _last(book, rows)
    joined: defaultdict[str, list[str]] = defaultdict(list)
    for gone, into in carried.ended.items():
        for name in into:
            joined[name].append(gone)
    at = {claim: i.id for i in carried.incidents for claim in i.claims}
    touched = _touched(carried, was, because, known, last)
    made = {i.id: r for i, r in zip(touched, _records(book, touched, known), strict=True)}
    written: list[models.Version] = []
    for name, new in made.items():
        old = last.get(name)
        if old is None or _told(old) != _told(new):
            came = {c: was[c] for c in new["claims"] if was.get(c, name) != name}
            went = {c: at[c] for c in (old or {}).get("claims", ()) if at.get(c, name) != name}
            said = changes(old, new, came=came, went=went) or [Change("words", "is told in other words")]
            written.append(_version(rows[name], new, said, because.of(new, joined[name])))
            _show(rows[name], new)
    number = len(written)
    for name, into in carried.ended.items():
        how = f"joined into {into[0]}" if len(into) == 1 else f"split into {', '.join(into)}" if into else "taken apart"
        rows[name].ended = {"into": list(into)}
        written.append(_version(rows[name], last[name], [Change("ended", how, items=into)], because.of(last[name])))
    for row, record_of in _beside_others(book, carried, was, known):
        rows[row.name] = row
        said = (Change("beside", "stands beside other incidents"),)
        written.append(_version(row, record_of, said, because.of(record_of)))
    _save(book, [rows[v.incident.name] for v in written], written)
    return number


def _touched(
    carried: Carried, was: Mapping[str, str], because: Because, known: Known, last: Mapping[str, Record]
) -> list[Incident]:
    """The incidents that may be told otherwise now. New reports leave most of those they were compared with as is.

    What an incident is told by are its claims with their relations, its families, the rules, and for each of its
    reports what else that tells of: none of it has changed in those left out.
    """
    if because.anew or because.decisions or because.readings:
        return list(carried.incidents)
    moved = {known.claims[c].report for i in carried.incidents for c in i.claims if was.get(c) != i.id}
    rules = {name: int(load(name)["version"]) for name in RULES}
    return [
        i
        for i in carried.incidents
        if not (old := last.get(i.id))
        or old["claims"] != list(i.claims)
        or old["versions"] != rules
        or not moved.isdisjoint(chain.from_iterable(i.families))
        or _plain(incident_of(old)) != _plain(i)
    ]


def _plain(i: Incident) -> Incident:
    """The incident without what is told in words or of others."""
    members = tuple(m for m in i.members if m.relation is not Relation.EVENT)
    return replace(i, members=members, reasons=(), beside=())


def _records(book: Casebook, incidents: Sequence[Incident], known: Known) -> list[Record]:
    reports = {report for i in incidents for family in i.families for report in family}
    verified = stored.verifications(book, reports)
    stands = _besides(book, [i.id for i in incidents], _of_two(incidents, known), known)
    out = []
    for i in incidents:
        told = [*(known.claims[name] for name in i.claims), *verified.get(i.id, ())]
        relations = {m.claim: m.relation for m in i.members}
        found = assess(told, [frozenset(f) for f in i.families], about=known.about, relations=relations)
        out.append(record(replace(i, beside=stands.get(i.id, ())), found))
    return out


def _of_two(incidents: Iterable[Incident], known: Known) -> set[str]:
    """The reports by which these incidents may stand beside others: those with a claim of a stock or a sum."""
    return {known.claims[m.claim].report for i in incidents for m in i.members if m.relation in _BESIDE}


def _besides(
    book: Casebook, names: Iterable[str], reports: Collection[str], known: Known
) -> dict[str, tuple[Beside, ...]]:
    """What incidents stand beside: among all incidents that their reports tell of."""
    claims: list[Claim] = []
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for incident, claim in stored.members_of_reports(book, reports):
        claims.append(claim)
        groups[incident].append(claim.id)
    wanted = set(names)
    return {name: found for name, found in besides(groups, claims, known.given).items() if name in wanted}


def _beside_others(
    book: Casebook, carried: Carried, was: Mapping[str, str], known: Known
) -> Iterable[tuple[models.Incident, Record]]:
    """Incidents that are otherwise unchanged, but stand beside one that ended or was split: they share reports."""
    gone = {*carried.ended, *carried.split}
    reports = stored.reports_of_claims(book, (claim for claim, name in was.items() if name in gone))
    names = stored.incidents_of_reports(book, reports) - {i.id for i in carried.incidents}
    rows = _rows(book, names)
    for name, old in _last(book, rows, beside=True).items():
        if any(b["incident"] in gone for b in old["beside"]):
            own = {report for family in old["families"] for report in family}
            found = _besides(book, [name], own, known).get(name, ())
            yield rows[name], {**old, "beside": [beside(b) for b in found]}


def _rows(book: Casebook, names: Iterable[str]) -> dict[str, models.Incident]:
    found = models.Incident.objects.using(book.alias)
    return {row.name: row for some in chunks(sorted(names)) for row in found.filter(name__in=some)}


def _last(book: Casebook, rows: Mapping[str, models.Incident], beside: bool = False) -> dict[str, Record]:
    """The latest record of each incident that has one; or only of those that stand beside others."""
    latest = stored.latest(book)
    if beside:  # a key with its quotes stands in no text of a record, as these are escaped there
        latest = latest.exclude(record__contains='"beside": []')
    return {v.incident.name: v.record for some in chunks(sorted(rows)) for v in latest.filter(incident__name__in=some)}


def _told(incident: Record) -> Record:
    return {k: v for k, v in incident.items() if k != "reasons"}


def _version(row: models.Incident, new: Record, said: Sequence[Change], because: Record) -> models.Version:
    row.number += 1
    return models.Version(
        incident=row, number=row.number, at=now(), record=new, changes=[asdict(c) for c in said], because=because
    )


def columns(new: Record) -> dict[str, Any]:
    """What lists show of an incident and are filtered by, as its row holds it."""
    killed = new["killed"]
    return {
        "type": new["type"],
        "place": new["place"],
        "start": _day(new["from"]),
        "end": _day(new["to"]),
        "killed_low": killed["low"],
        "killed_high": killed["high"],
        "sources": new["independent_sources"],
        "grade": new["grade"],
    }


def _show(row: models.Incident, new: Record) -> None:
    for name, value in columns(new).items():
        setattr(row, name, value)


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _save(book: Casebook, rows: Sequence[models.Incident], written: Sequence[models.Version]) -> None:
    shown = [f.name for f in models.Incident._meta.concrete_fields if f.name not in ("id", "name")]
    bulk.change(book.alias, rows, shown)
    models.Version.objects.using(book.alias).bulk_create(written, batch_size=100)
    log.write(book, (_logged(version) for version in written))


def _logged(version: models.Version) -> Act:
    item = f"{version.incident.name}/{version.number}"
    rules = {name: str(number) for name, number in version.record.get("versions", {}).items()}
    after = digests.of_row(version)
    return log.act(Step.MERGE, "incident version", item, after=after, versions={**log.VERSIONS, **rules})
