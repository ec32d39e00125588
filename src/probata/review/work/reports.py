"""The inbox: which reports there are, what is in them, who has read them; a page of them by key, however many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Substr

from probata.export.plain import one_line
from probata.extract.paragraphs import blocks
from probata.model.claim import HARM, SPEECH, ClaimType
from probata.model.report import BlockKind, Report
from probata.review.models import Job, Look, Task
from probata.review.sight import Sight
from probata.review.work.matching import having
from probata.store import models
from probata.store.standing import said

PAGE = 50  # reports of a page
MANY = 1000  # more are not counted: nobody needs the exact number, and counting takes time
_HEAD = 600  # characters of a text whose first line stands for a title that is not known
_DATE_LINE = 3  # words: "15 May 2024" is no title
_TITLES = (BlockKind.TITLE, BlockKind.PARAGRAPH, BlockKind.DECK)  # a date line or menu entry is no title
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reports; what is None or "" does not matter.

    `state` is read, unread (a language that is not read yet), or new (nobody has read it to its end); `assigned` an
    alias, "me" or "nobody". `before` and `after` are the keys of the page's neighbours.
    """

    outlet: str = ""
    language: str = ""
    start: date | None = None
    end: date | None = None
    type: str = ""
    state: str = ""
    assigned: str = ""
    before: int | None = None
    after: int | None = None

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return any((self.outlet, self.language, self.start, self.end, self.type, self.state, self.assigned))


def listed(sight: Sight, wanted: Wanted) -> Record:
    """A page of reports, the latest added first, with the keys of the pages before and behind it."""
    outlets = _outlets(sight)
    rows = _filtered(sight, wanted, outlets)
    page, newer, older = _page(rows, wanted)
    whole = newer is None and older is None  # all there is fits on the page
    number = len(page) if whole else rows.order_by()[: MANY + 1].count()
    found = [row.pk for row in page]
    told = _claims(sight, found)
    names = [row.name for row in page]
    looks, tasks = _looks(names), _tasks(names)
    return {
        "reports": sight.all_shown([_told(r, told[r.pk], looks[r.name], tasks[r.name]) for r in page], names),
        "number": min(number, MANY),
        "more": number > MANY,
        "newer": newer,
        "older": older,
        "outlets": sight.shield.shown(outlets),
        "languages": _languages(sight),
        "failed": Job.objects.filter(state="failed", kind__in=("add", "capture"), by=sight.who).count(),
        "busy": Job.objects.filter(state__in=("waiting", "running"), kind__in=("add", "capture")).count(),
    }


def _filtered(sight: Sight, wanted: Wanted, outlets: Sequence[str]) -> QuerySet[models.Report]:
    rows = sight.reports()
    if wanted.outlet:
        found = set(having(map(sight.shield.text, outlets), wanted.outlet))
        rows = rows.filter(outlet__in=[o for o in outlets if sight.shield.text(o) in found])
    if wanted.language:
        rows = rows.filter(language=wanted.language.lower())
    if wanted.start:
        rows = rows.filter(published__gte=wanted.start)
    if wanted.end:
        rows = rows.filter(published__lte=wanted.end)
    if wanted.type:
        claims = models.Claim.objects.using(sight.book.alias).filter(
            said("type", "", wanted.type), report=OuterRef("pk")
        )
        rows = rows.filter(Exists(claims.exclude(standing__rejected=True)))
    if wanted.state == "unread":
        rows = rows.filter(reader="")
    elif wanted.state == "read":
        rows = rows.exclude(reader="")
    elif wanted.state == "new":
        rows = rows.filter(~Exists(Look.objects.filter(report=OuterRef("name"))))
    return _assigned(rows, sight, wanted.assigned)


def _assigned(rows: QuerySet[models.Report], sight: Sight, assigned: str) -> QuerySet[models.Report]:
    if not assigned:
        return rows
    tasks = Task.objects.filter(kind="report", name=OuterRef("name"), done_at=None, person__isnull=False)
    if assigned == "nobody":
        return rows.filter(~Exists(tasks))
    return rows.filter(Exists(tasks.filter(person__alias=sight.who if assigned == "me" else assigned)))


def _page(rows: QuerySet[models.Report], wanted: Wanted) -> tuple[list[models.Report], int | None, int | None]:
    """The rows of a page and the keys from which the newer and the older page go on; None where there is none."""
    lean = rows.annotate(head=Substr("text", 1, _HEAD)).defer("text", "data")
    if wanted.after is not None:
        found = list(lean.filter(id__gt=wanted.after).order_by("id")[: PAGE + 1])
        page: list[models.Report] = [*found[:PAGE][::-1]]
        return page, page[0].pk if len(found) > PAGE else None, page[-1].pk if page else None
    if wanted.before is not None:
        lean = lean.filter(id__lt=wanted.before)
    found = list(lean.order_by("-id")[: PAGE + 1])
    page = [*found[:PAGE]]
    newer = page[0].pk if page and wanted.before is not None else None
    return page, newer, page[-1].pk if len(found) > PAGE else None


def _told(row: models.Report, claims: Mapping[str, int], looks: Sequence[str], tasks: Sequence[str]) -> Record:
    head: str = row.head  # type: ignore[attr-defined]
    return {
        "name": row.name,
        "title": titled(row, head),
        "outlet": row.outlet,
        "published": row.published,
        "language": row.language,
        "state": "read" if row.reader else "unread",
        "claims": dict(claims),
        "number": sum(claims.values()),
        "looked": list(looks),
        "assigned": list(tasks),
        "added_at": row.added_at,
        "added_by": row.added_by,
    }


def titled(row: models.Report, head: str | None = None) -> str:
    """The title of a report; where none is known the line of its text that looks like one, else the first one."""
    if row.title:
        return one_line(row.title)[:200] or row.name
    text = row.text[:_HEAD] if head is None else head
    told = [text[b.start : b.end] for b in blocks(Report(row.name, text)) if b.kind in _TITLES]
    lines = [line for line in text.splitlines() if line.strip()]
    first = told or [line for line in lines if len(line.split()) > _DATE_LINE] or lines or [row.name]
    return shortened(one_line(first[0]), 100) or row.name


def shortened(text: str, most: int) -> str:
    """A text cut at a space, with a mark that it goes on."""
    if len(text) <= most:
        return text
    return f"{text[:most].rpartition(' ')[0] or text[:most]}…"


def _claims(sight: Sight, reports: Sequence[int]) -> defaultdict[int, Counter[str]]:
    """How many claims of harm, situations and speech each report has."""
    rows = models.Claim.objects.using(sight.book.alias).filter(report__in=reports).exclude(standing__rejected=True)
    out: defaultdict[int, Counter[str]] = defaultdict(Counter)
    stands = rows.annotate(said=Coalesce("standing__type", "type")).order_by()
    for report, kind, n in stands.values_list("report", "said").annotate(n=Count("id")):
        out[report][group_of(kind)] += n
    return out


def group_of(kind: str) -> str:
    """harm, situation or speech: what a claim of this type is coloured by."""
    found = ClaimType(kind)
    return "harm" if found in HARM else "speech" if found in SPEECH else "situation"


def _looks(names: Sequence[str]) -> defaultdict[str, list[str]]:
    out: defaultdict[str, list[str]] = defaultdict(list)
    for report, who in Look.objects.filter(report__in=names).order_by("id").values_list("report", "who"):
        out[report].append(who)
    return out


def _tasks(names: Sequence[str]) -> defaultdict[str, list[str]]:
    rows = Task.objects.filter(kind="report", name__in=names, done_at=None, person__isnull=False).order_by("id")
    out: defaultdict[str, list[str]] = defaultdict(list)
    for report, alias in rows.values_list("name", "person__alias"):
        if alias not in out[report]:
            out[report].append(alias)
    return out


def _outlets(sight: Sight) -> list[str]:
    rows = sight.reports().filter(~Q(outlet=None)).order_by("outlet")
    return [o for o in rows.values_list("outlet", flat=True).distinct() if o]


def _languages(sight: Sight) -> list[str]:
    rows = sight.reports().filter(~Q(language=None)).order_by("language")
    return [o for o in rows.values_list("language", flat=True).distinct() if o]


def looked(sight: Sight, name: str, yes: bool) -> None:
    """Write down that the person has read a report to its end, or has not after all."""
    if yes:
        Look.objects.get_or_create(report=name, who=sight.who)
    else:
        Look.objects.filter(report=name, who=sight.who).delete()


def beside(sight: Sight, number: int, wanted: Wanted) -> tuple[str | None, str | None]:
    """The names of the reports just newer and just older than one, among those wanted."""
    rows = _filtered(sight, wanted, _outlets(sight) if wanted.outlet else ()).values_list("name", flat=True)
    return rows.filter(id__gt=number).order_by("id").first(), rows.filter(id__lt=number).order_by("-id").first()
