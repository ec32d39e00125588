"""Reminders: a task is told of once on the day it is due, and once when that day has passed, however often we start."""

from __future__ import annotations

import time
from datetime import timedelta

from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from probata.review.models import Person, Task
from probata.review.work import about, notices
from probata.review.work.tasks import today

_EVERY = 60.0  # seconds between two looks
_AHEAD = timedelta(hours=14)  # by which the first time zone of the world is before UTC
_TOGETHER = 500  # tasks of one look; the others come with the next
_next = 0.0


def rarely() -> None:
    """Remind, once a minute; for the worker, which calls it between two jobs."""
    global _next
    if time.monotonic() < _next:
        return
    _next = time.monotonic() + _EVERY
    try:
        remind()
    except OperationalError:
        return  # somebody else writes; the next look finds the same


def remind() -> int:
    """Leave a notice for each task that is due today or overdue, if there is none yet; how many.

    It goes to whoever is to do it, else to whoever asked for it. Which day it is depends on that person's time zone.
    The mark and the notice are written together: killed at any point, nobody is told twice, and nobody never.
    """
    last = (timezone.now() + _AHEAD).date()
    waiting = Task.objects.filter(done_at=None, due__lte=last).exclude(told_late=F("due"))
    asked = {p.alias: p for p in Person.objects.filter(alias__in=waiting.filter(person=None).values("by"))}
    return sum(
        _told(task, person)
        for task in waiting.select_related("person").order_by("due", "id")[:_TOGETHER]
        if (person := task.person or asked.get(task.by))
    )


def _told(task: Task, person: Person) -> bool:
    day = today(person)
    if task.due is None or task.due > day:
        return False
    kind, mark = ("due", "told_due") if task.due == day else ("late", "told_late")
    if getattr(task, mark) == task.due:
        return False
    with transaction.atomic():
        same = Task.objects.filter(pk=task.pk, due=task.due, done_at=None, person=task.person)
        if not same.exclude(**{mark: task.due}).update(**{mark: task.due}):
            return False
        notices.tell([person], kind, "", task.kind, task.name, f"{about.path(task.kind, task.name)}#task-{task.pk}")
    return True
