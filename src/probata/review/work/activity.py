"""What happened lately: steps of the log and people's own work, by person and day, each with what it was done to."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import pgettext

from probata.export.plain import one_line
from probata.review.models import Comment, Look, Task
from probata.review.sight import Sight
from probata.review.work.slots import label
from probata.store import log, models

LOOKED = 2000  # entries of the log looked at for a page
SHOWN = 60  # lines of a page
ITEMS = 6  # named of several
# What is not told of: steps within a step that is.
_INNER = {("code", "claims"), ("merge", "scenes"), ("merge", "family"), ("ingest", "original"), ("split", "family")}
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose doing ("" for anybody), on which day, people's only or the software's too; before which entry to go on."""

    who: str = ""
    day: date | None = None
    software: bool = True
    before: int | None = None


@dataclass(frozen=True, slots=True)
class _Done:
    at: datetime
    who: str
    person: bool
    what: str
    kind: str
    item: str


def told(sight: Sight, asked: Asked) -> Record:
    """What was done, the latest first, alike steps of one person and hour in one line."""
    done, older = _logged(sight, asked)
    until = done[-1].at if done and older else None
    done += _own(asked, until) if asked.before is None or done else []
    done.sort(key=lambda d: d.at, reverse=True)
    links = _links(sight, done)
    lines = []
    hour = "%Y-%m-%d %H"
    for (_, who, what, kind), some in groupby(done, key=lambda d: (d.at.strftime(hour), d.who, d.what, d.kind)):
        found = list(some)
        items = [links[d.kind, d.item] for d in found if (d.kind, d.item) in links]
        if not items and found[0].kind in _LINKED:
            continue  # nothing of it may be seen
        named = list({i["path"]: i for i in items}.values())
        lines.append(
            {
                "at": found[0].at,
                "who": who,
                "person": found[0].person,
                "what": what,
                "kind": kind,
                "number": len(named) or len(found),
                "items": named[:ITEMS],
            }
        )
    days = [{"day": d, "lines": list(of)} for d, of in groupby(lines[:SHOWN], key=lambda x: x["at"].date())]
    return {"days": days, "older": older, "people": _people(sight)}


def _logged(sight: Sight, asked: Asked) -> tuple[list[_Done], int | None]:
    """Entries of the log, the latest first, and the number before which the next page goes on."""
    rows = models.Entry.objects.using(sight.book.alias).order_by("-number")
    if asked.before is not None:
        rows = rows.filter(number__lt=asked.before)
    if asked.who:
        rows = rows.filter(line__contains=json.dumps({"who": asked.who}, ensure_ascii=False)[1:-1].replace(": ", ":"))
    elif not asked.software:
        rows = rows.filter(line__contains='"account":"person"')
    if asked.day:
        rows = rows.filter(line__contains=f'"at":"{asked.day.isoformat()}T')
    out: list[_Done] = []
    read = list(rows.values_list("number", "line")[:LOOKED])
    for _, line in read:
        entry = json.loads(line)
        if (entry["step"], entry["kind"]) in _INNER or (asked.who and entry["who"] != asked.who):
            continue
        at = parse_datetime(entry["at"])
        if at is not None:
            person = entry["account"] == "person" or entry["who"] != log.SOFTWARE
            out.append(_Done(at, entry["who"], person, entry["step"], entry["kind"], entry["item"]))
    return out, read[-1][0] if len(read) == LOOKED else None


def _own(asked: Asked, until: datetime | None) -> list[_Done]:
    """Comments, tasks and looks, the latest first."""
    out: list[_Done] = []
    for table, what in ((Comment, "comment"), (Task, "task"), (Look, "look")):
        who = "by" if table is Task else "who"
        rows: Any = table.objects.order_by("-id")
        rows = rows.filter(**{who: asked.who}) if asked.who else rows
        rows = rows.filter(at__date=asked.day) if asked.day else rows
        rows = rows.filter(at__gt=until) if until else rows
        for row in rows[: SHOWN * 3]:
            kind, name = ("report", row.report) if isinstance(row, Look) else (row.kind, row.name)
            out.append(_Done(row.at, getattr(row, who), True, what, f"{kind} name" if kind == "report" else kind, name))
    return out


_LINKED = {
    "report", "report name", "incident", "incident version", "claim", "reading", "proposal", "answer", "decision",
}  # fmt: skip


def _links(sight: Sight, done: Iterable[_Done]) -> dict[tuple[str, str], Record]:
    """What each thing is called and where it is; nothing of what the person may not see. One query a kind."""
    by: defaultdict[str, set[str]] = defaultdict(set)
    for d in done:
        by[d.kind].add(d.item)
    out: dict[tuple[str, str], Record] = {}
    for kind, field in (("report", "digest"), ("report name", "name")):
        rows = sight.reports().filter(**{f"{field}__in": by[kind]}).values_list(field, "name", "title")
        for item, name, title in rows if by[kind] else ():
            out[kind, item] = _link(sight, title or name, reverse("report", args=[name]))
    names = {kind: {item: item.split("/")[0] for item in by[kind]} for kind in ("incident", "incident version")}
    wanted = {n for of in names.values() for n in of.values()}
    if wanted:
        seen = {
            i: _called(t, p)
            for i, t, p in sight.incidents().filter(name__in=wanted).values_list("name", "type", "place")
        }
        for kind, of in names.items():
            for item, name in of.items():
                if name in seen:
                    out[kind, item] = _link(sight, seen[name], reverse("incident", args=[name]))
    claims = {kind: {item: item.split("/")[0] for item in by[kind]} for kind in ("claim", "reading")}
    wanted = {n for of in claims.values() for n in of.values()}
    if wanted:
        held = sight.claims().filter(name__in=wanted).values_list("name", "type", "report__name")
        told = {name: (kind, report) for name, kind, report in held}
        for kind, of in claims.items():
            for item, name in of.items():
                if name in told:
                    path = f"{reverse('report', args=[told[name][1]])}?{urlencode({'claim': name})}"
                    out[kind, item] = _link(sight, label(told[name][0]), path)
    numbers = {kind: [int(i) for i in by[kind] if i.isdigit()] for kind in ("proposal", "answer")}
    for kind, of_kind in numbers.items():
        proposals = models.Proposal.objects.using(sight.book.alias).filter(incident__in=sight.incidents())
        fields = ("pk", "incident__name", "incident__type", "incident__place")
        for pk, name, of_type, place in proposals.filter(pk__in=of_kind).values_list(*fields) if of_kind else ():
            out[kind, str(pk)] = _link(sight, _called(of_type, place), reverse("incident", args=[name]))
    return out | _decisions(sight, by["decision"])


def _decisions(sight: Sight, items: set[str]) -> dict[tuple[str, str], Record]:
    numbers = [int(i) for i in items if i.isdigit()]
    if not numbers:
        return {}
    rows = models.Decision.objects.using(sight.book.alias).filter(pk__in=numbers)
    of = {str(pk): a for pk, a in rows.values_list("pk", "a")}
    members = models.Member.objects.using(sight.book.alias).filter(
        claim__name__in=of.values(), scene__incident__in=sight.incidents()
    )
    at = {
        claim: (name, kind, place)
        for claim, name, kind, place in members.values_list(
            "claim__name", "scene__incident__name", "scene__incident__type", "scene__incident__place"
        )
    }
    return {
        ("decision", item): _link(sight, _called(*at[a][1:]), reverse("incident", args=[at[a][0]]))
        for item, a in of.items()
        if a in at
    }


def _called(kind: str, place: str | None) -> str:
    return label(kind) + (pgettext("between items of a list", ", ") + place if place else "")


def _link(sight: Sight, name: str, path: str) -> Record:
    return {"name": one_line(sight.shield.text(name))[:120], "path": path}


def _people(sight: Sight) -> Sequence[str]:
    from probata.review.models import Person

    return list(Person.objects.order_by("alias").values_list("alias", flat=True)[:200])
