"""The list of incidents: filtered, a page by key, however many there are, with what has been found of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from probata.review.models import Task
from probata.review.sight import Sight
from probata.review.work.matching import having
from probata.store import footing, models

PAGE = 50  # incidents of a page
MANY = 1000  # more are not counted: nobody needs the exact number, and counting takes time
STATES = ("none", "waiting", "occurred", "perpetrator")
_SHOWN = ("id", "type", "place", "from", "to", "killed", "injured", "bodies", "casualties", "accused", "grade")
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Key:
    """Where a page goes on: the first day of its last incident, which may be unknown, and its number."""

    day: date | None
    number: int

    def __str__(self) -> str:
        return f"{self.day.isoformat() if self.day else ''}.{self.number}"

    @classmethod
    def of(cls, said: str | None) -> Key | None:
        """The key of an address; None where there is none that can be read."""
        day, dot, number = (said or "").partition(".")
        if not dot or not (number.isascii() and number.isdigit()) or len(number) > 18:
            return None
        try:
            return cls(date.fromisoformat(day) if day else None, int(number))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents; what is None, 0 or "" does not matter.

    `state` is what people have found (STATES); `assigned` an alias, "me" or "nobody". `before` and `after` are the keys
    of the page's neighbours: the later days come first.
    """

    type: str = ""
    place: str = ""
    start: date | None = None
    end: date | None = None
    sources: int = 0
    grade: str = ""
    state: str = ""
    assigned: str = ""
    ended: bool = False
    before: Key | None = None
    after: Key | None = None

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        given = (self.type, self.place, self.start, self.end, self.sources, self.grade, self.state, self.assigned)
        return self.ended or any(given)


def listed(sight: Sight, wanted: Wanted) -> Record:
    """A page of incidents, the latest day first, those of unknown day last, with the keys of its neighbours."""
    rows = _filtered(sight, wanted)
    number = rows.order_by()[: MANY + 1].count()
    page, later, earlier = _page(rows, wanted)
    records = _records(sight, [row.pk for row in page])
    found, tasks = states(sight, [row.pk for row in page]), _tasks([row.name for row in page])
    shown = dict(zip(records, sight.all_shown(records.values(), slim=_slim), strict=True))
    return {
        "incidents": [
            {**shown[row.pk], "ended": row.ended, "findings": found[row.pk], "assigned": tasks[row.name]}
            for row in page
            if row.pk in shown
        ],
        "number": min(number, MANY),
        "more": number > MANY,
        "later": str(later) if later else None,
        "earlier": str(earlier) if earlier else None,
    }


def _slim(record: Record) -> Record:
    """What a list shows of an incident."""
    return {
        **{k: record.get(k) for k in _SHOWN},
        "sources": record["independent_sources"],
        "reports": sum(map(len, record["families"])),
        "denied": any(x["relation"] == "denial" for x in record["relations"]),
        "beside": record["beside"],
    }


def _filtered(sight: Sight, wanted: Wanted) -> QuerySet[models.Incident]:
    rows = sight.incidents().filter(ended__isnull=not wanted.ended, number__gt=0)
    if wanted.type:
        rows = rows.filter(type=wanted.type)
    if wanted.place:
        rows = rows.filter(place__in=_places(sight, wanted.place))
    if wanted.start:
        rows = rows.filter(Q(end__gte=wanted.start) | Q(end=None, start__gte=wanted.start))
    if wanted.end:
        rows = rows.filter(start__lte=wanted.end)
    if wanted.sources:
        rows = rows.filter(sources__gte=wanted.sources)
    if wanted.grade:
        rows = rows.filter(grade__iexact=wanted.grade)
    rows = _of_state(rows, sight, wanted.state)
    if not wanted.assigned:
        return rows
    tasks = Task.objects.filter(kind="incident", name=OuterRef("name"), done_at=None, person__isnull=False)
    if wanted.assigned == "nobody":
        return rows.filter(~Exists(tasks))
    return rows.filter(Exists(tasks.filter(person__alias=sight.who if wanted.assigned == "me" else wanted.assigned)))


def _places(sight: Sight, words: str) -> list[str]:
    """The names of places that have all these words, in any spelling that a search would find."""
    rows = sight.incidents().exclude(place=None).order_by().values_list("place", flat=True).distinct()
    by: defaultdict[str, list[str]] = defaultdict(list)
    for name in rows:
        by[sight.shield.text(name or "")].append(name or "")
    return [name for shown in having(by, words) for name in by[shown] if name]


def _of_state(rows: QuerySet[models.Incident], sight: Sight, state: str) -> QuerySet[models.Incident]:
    """The incidents on which people have found this."""
    proposals = models.Proposal.objects.using(sight.book.alias).filter(incident=OuterRef("pk"))
    if state == "none":
        return rows.filter(~Exists(proposals))
    if state == "waiting":
        return rows.filter(Exists(proposals.exclude(standard="open").filter(answer=None)))
    if state in ("occurred", "perpetrator"):
        return rows.filter(Exists(_standing(proposals.filter(kind=state))))
    return rows


def _standing(proposals: QuerySet[models.Proposal]) -> QuerySet[models.Proposal]:
    """Of proposals those that stand: agreed to, and neither replaced nor taken back since."""
    counts = Q(answer__agreed=True) | Q(standard="open")
    since = Coalesce("answer__at", "at")
    same = Q(party=OuterRef("party")) | Q(party=None, kind="occurred")
    later = models.Proposal.objects.using(proposals.db).annotate(since=since)
    later = later.filter(
        same, counts, incident=OuterRef("incident"), kind=OuterRef("kind"), since__gt=OuterRef("since")
    )
    agreed = proposals.annotate(since=since).filter(answer__agreed=True).exclude(standard="open")
    return agreed.filter(~Exists(later))


def states(sight: Sight, incidents: Sequence[int]) -> defaultdict[int, Record]:
    """What people have found of these incidents (row numbers), and whether a proposal waits for a second person."""
    out: defaultdict[int, Record] = defaultdict(lambda: {"occurred": None, "perpetrators": [], "waiting": 0})
    of = models.Proposal.objects.using(sight.book.alias).filter(incident__in=incidents)
    parted = footing.split(sight.book, incidents)
    for p in _standing(of).select_related("incident").order_by("id"):
        if p.incident_id in parted and footing.left(sight.book, p.incident.name, p.version):
            continue
        if p.kind == "occurred":
            out[p.incident_id]["occurred"] = p.standard
        else:
            out[p.incident_id]["perpetrators"].append({"party": sight.shown(p.party), "standard": p.standard})
    for number in of.filter(answer=None).exclude(standard="open").values_list("incident", flat=True):
        out[number]["waiting"] += 1
    return out


def _page(rows: QuerySet[models.Incident], wanted: Wanted) -> tuple[list[models.Incident], Key | None, Key | None]:
    """The rows of a page and the keys from which the later and the earlier page go on; None where there is none."""
    if wanted.after is not None:
        day, number = wanted.after.day, wanted.after.number
        behind = Q(start__gt=day) | Q(start=day, id__gt=number) if day else Q(start=None, id__gt=number)
        behind = behind if day else behind | Q(start__isnull=False)
        ordered = rows.filter(behind).order_by(F("start").asc(nulls_first=True), "id")
        found = list(ordered[: PAGE + 1])
        page = found[:PAGE][::-1]
        return page, _key(page[0]) if len(found) > PAGE else None, _key(page[-1]) if page else None
    if wanted.before is not None:
        day, number = wanted.before.day, wanted.before.number
        known = Q(start__lt=day) | Q(start=day, id__lt=number) | Q(start=None) if day else Q(start=None, id__lt=number)
        rows = rows.filter(known)
    found = list(rows.order_by(F("start").desc(nulls_last=True), "-id")[: PAGE + 1])
    page = found[:PAGE]
    later = _key(page[0]) if page and wanted.before is not None else None
    return page, later, _key(page[-1]) if len(found) > PAGE else None


def _key(row: models.Incident) -> Key:
    return Key(row.start, row.pk)


def _records(sight: Sight, incidents: Sequence[int]) -> dict[int, Record]:
    rows = models.Version.objects.using(sight.book.alias).filter(incident__in=incidents, number=F("incident__number"))
    return dict(rows.values_list("incident", "record"))


def _tasks(names: Sequence[str]) -> defaultdict[str, list[str]]:
    rows = Task.objects.filter(kind="incident", name__in=names, done_at=None, person__isnull=False).order_by("id")
    out: defaultdict[str, list[str]] = defaultdict(list)
    for name, alias in rows.values_list("name", "person__alias"):
        if alias not in out[name]:
            out[name].append(alias)
    return out
