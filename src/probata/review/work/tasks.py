"""Tasks: who works on what, and what is to be asked again until when. Two who change one see each other's change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from probata.model.errors import InputError
from probata.review.models import Person, Task
from probata.review.roles import Need
from probata.review.sight import Sight
from probata.review.work import about as things
from probata.review.work import notices, talk
from probata.store.standing import record_of

PAGE = 50
LONGEST = 2000  # characters
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a task is to say: what is to be done, by whom ("" for nobody yet), until when."""

    what: str
    person: str = ""
    due: date | None = None


def people() -> list[str]:
    """The aliases of those whom something can be given to."""
    found = Person.objects.filter(is_active=True, software=False).exclude(role="reader").order_by("alias")
    return list(found.values_list("alias", flat=True))


def about(sight: Sight, kind: str, name: str) -> list[Record]:
    """The tasks on something, those open first, the earliest due first."""
    rows = Task.objects.filter(kind=kind, name=name).select_related("person")
    ordered = rows.order_by(F("done_at").asc(nulls_first=True), F("due").asc(nulls_last=True), "id")
    return _all_told(sight, list(ordered[:PAGE]))


def mine(sight: Sight, whose: str = "me", state: str = "open", after: str = "") -> Record:
    """A page of tasks: of this person, of all, of nobody, or those that one gave to others; open or done."""
    rows = Task.objects.select_related("person")
    if whose == "me":
        rows = rows.filter(person=sight.person)
    elif whose == "nobody":
        rows = rows.filter(person=None)
    elif whose == "asked":
        rows = rows.filter(by=sight.who)
    rows = rows.filter(done_at__isnull=state != "done")
    page, more = _page(rows, sight, state, after)
    told = _all_told(sight, page)
    return {
        "tasks": told,
        "whose": whose,
        "state": state,
        "after": _key(page[-1], state) if more and page else "",
        "overdue": Task.objects.filter(person=sight.person, done_at=None, due__lt=today(sight.person)).count(),
    }


def _page(rows: QuerySet[Task], sight: Sight, state: str, after: str) -> tuple[list[Task], bool]:
    """A page by key; what the person may not see is passed over."""
    day, _, number = after.partition(".")
    last = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    if state == "done":
        rows = rows.order_by("-id")
        rows = rows.filter(id__lt=last) if last else rows
    else:
        rows = rows.order_by(F("due").asc(nulls_last=True), "id")
        if last and (due := _day(day)):
            rows = rows.filter(Q(due__gt=due) | Q(due=due, id__gt=last) | Q(due=None))
        elif last:
            rows = rows.filter(due=None, id__gt=last)
    found = list(rows[: 4 * PAGE + 1])
    seen = _visible(sight, found)
    return seen[:PAGE], len(seen) > PAGE or len(found) > 4 * PAGE


def _visible(sight: Sight, tasks: Sequence[Task]) -> list[Task]:
    """Those about what the person may see, with one query a kind."""
    names: dict[str, set[str]] = {kind: {t.name for t in tasks if t.kind == kind} for kind in things.KINDS}
    rows = {"report": sight.reports(), "claim": sight.claims(), "incident": sight.incidents()}
    there = {k: set(rows[k].filter(name__in=n).values_list("name", flat=True)) for k, n in names.items() if n}
    return [t for t in tasks if t.name in there.get(t.kind, ())]


def _key(task: Task, state: str) -> str:
    return f"{task.due.isoformat() if task.due and state != 'done' else ''}.{task.pk}"


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None


def today(person: Person) -> date:
    """The day by which due days are judged: that of the person's own time zone, as far as it is known."""
    try:
        zone = ZoneInfo(person.zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):  # of another machine, or of an older list
        zone = ZoneInfo("UTC")
    return timezone.now().astimezone(zone).date()


def _all_told(sight: Sight, page: Sequence[Task]) -> list[Record]:
    """Tasks as a page shows them, with few queries."""
    hiding = talk.Hiding(sight, [(t.kind, t.name) for t in page])
    return [_told(sight, t, hiding) for t in page]


def _told(sight: Sight, task: Task, hiding: talk.Hiding) -> Record:
    text = hiding.shown
    return {
        "id": task.pk,
        "kind": task.kind,
        "name": task.name,
        "path": things.path(task.kind, task.name),
        "what": text(task.kind, task.name, task.what),
        "person": task.person.alias if task.person else None,
        "by": task.by,
        "at": task.at,
        "due": task.due,
        "overdue": bool(task.due and task.done_at is None and task.due < today(sight.person)),
        "done_at": task.done_at,
        "done_by": task.done_by,
        "outcome": text(task.kind, task.name, task.outcome),
        "revision": task.revision,
        "mine": task.person_id == sight.person.pk,
        "may": may(sight, task),
    }


def one(sight: Sight, number: int) -> Task:
    """A task about something that the person may see. Raises Http404."""
    task = Task.objects.select_related("person").filter(pk=number).first()
    if task is None or not things.exists(sight, task.kind, task.name):
        raise Http404
    return task


def told(sight: Sight, number: int) -> Record:
    """A task as a page shows it. Raises Http404."""
    return _all_told(sight, [one(sight, number)])[0]


def may(sight: Sight, task: Task) -> bool:
    """Whether the person may change it: their own, what they asked for, or whoever assigns."""
    mine = task.person_id in (None, sight.person.pk) or task.by == sight.who
    return sight.person.may(Need.ASSIGN) or (mine and sight.person.may(Need.COMMENT))


def words_of(sight: Sight, kind: str, name: str) -> str:
    """What a task about a claim begins with: the words of the report in which it is made, as the person sees them."""
    if kind != "claim":
        return ""
    row = sight.claims().filter(name=name).first()
    if row is None:
        raise Http404
    said = sight.shown(record_of(row)).get("evidence") or {}
    return str(said.get("text") or "")[:LONGEST]


def give(sight: Sight, kind: str, name: str, draft: Draft) -> Task:
    """Write a task down and tell whoever it is for. To give one to others needs the right to assign."""
    things.asked(sight, kind, name)
    person = _person(sight, draft, kind, name)
    made = Task.objects.create(
        kind=kind, name=name, what=_words(draft.what), person=person, by=sight.who, due=draft.due
    )
    if person:
        notices.tell([person], "task", sight.who, kind, name, f"{things.path(kind, name)}#task-{made.pk}")
    return made


def change(sight: Sight, number: int, draft: Draft, seen: int) -> Task:
    """Change a task. Raises InputError "changed-meanwhile" when somebody changed it after revision `seen`."""
    task = _mine(sight, number)
    before = task.person_id
    person = _person(sight, draft, task.kind, task.name, task)
    _written(task, seen, what=_words(draft.what), person=person, due=draft.due)
    if person and person.pk != before:
        where = f"{things.path(task.kind, task.name)}#task-{task.pk}"
        notices.tell([person], "task", sight.who, task.kind, task.name, where)
    return one(sight, number)


def done(sight: Sight, number: int, outcome: str, seen: int, again: bool = False) -> Task:
    """Close a task with what came of it, or open it `again`; whoever asked for it is told."""
    task = _mine(sight, number)
    if again:
        _written(task, seen, done_at=None, done_by="")
        return one(sight, number)
    _written(task, seen, done_at=timezone.now(), done_by=sight.who, outcome=outcome.strip()[:LONGEST])
    asked = Person.objects.filter(alias=task.by, is_active=True)
    where = f"{things.path(task.kind, task.name)}#task-{task.pk}"
    notices.tell(asked, "done", sight.who, task.kind, task.name, where)
    return one(sight, number)


def _mine(sight: Sight, number: int) -> Task:
    task = one(sight, number)
    if not may(sight, task):
        raise InputError("not-yours", "this task", "is somebody else's.", "Ask them, or someone who assigns tasks.")
    return task


def _written(task: Task, seen: int, **values: Any) -> None:
    """Change the row in one step, only while it is the one that was looked at."""
    rows = Task.objects.filter(pk=task.pk, revision=seen)
    if not rows.update(**values, revision=seen + 1):
        problem = "was changed by somebody else meanwhile; your change is not saved yet."
        raise InputError("changed-meanwhile", "this task", problem, "Look at theirs, then save yours again.")


def _person(sight: Sight, draft: Draft, kind: str, name: str, task: Task | None = None) -> Person | None:
    if not draft.person:
        return None
    found = Person.objects.filter(alias=draft.person, is_active=True, software=False).first()
    if found is None:
        raise InputError("person", draft.person, "is nobody who works here.", "Choose one of the list.")
    kept = task is not None and task.person_id == found.pk
    if found.pk != sight.person.pk and not kept and not sight.person.may(Need.ASSIGN):
        advice = "Leave it to nobody, take it yourself, or ask a reviewer."
        raise InputError("assign", "your role", "does not give tasks to others.", advice)
    if not things.sees(found, kind, name):
        raise InputError("person", draft.person, "may not see this.", "Give it to a member of its team.")
    return found


def _words(what: str) -> str:
    said = what.strip()[:LONGEST]
    if not said:
        raise InputError("empty", "a task", "does not say what is to be done.", "Write it in a few words.")
    return said
