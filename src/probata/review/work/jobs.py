"""Jobs: what is asked for in the background, how far it is, what came of it, what to do when it failed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from probata.model.errors import InputError
from probata.review.models import Job
from probata.review.roles import Need
from probata.review.sight import Sight
from probata.review.work import received

PAGE = 50
STATES = ("waiting", "running", "done", "failed")
_EVERY = 1.0  # seconds between two words on how far a job is
Record = dict[str, Any]


def ask(kind: str, about: Mapping[str, Any], by: str, of: int | None = None) -> Job:
    """Ask for something to be done."""
    return Job.objects.create(kind=kind, about=dict(about), by=by, of=of)


def ask_regroup(by: str) -> None:
    """Ask for what is new to be grouped. One that waits already is enough: it will see all that is there by then."""
    if not Job.objects.filter(kind="regroup", state="waiting").exists():
        ask("regroup", {}, by)


class Progress:
    """Tells how far a job is, now and then, so that the telling takes no time."""

    def __init__(self, job: Job) -> None:
        self._job, self._told = job, 0.0

    def step(self, number: int, of: int | None = None) -> None:
        """So many of so many are done."""
        if time.monotonic() - self._told >= _EVERY:
            self._told = time.monotonic()
            self._job.number, self._job.of, self._job.seen_at = number, of or self._job.of, timezone.now()
            self._job.save(update_fields=["number", "of", "seen_at"])


def visible(sight: Sight) -> QuerySet[Job]:
    """One's own jobs, and those that concern all; administrators see every job."""
    if sight.person.may(Need.ADMINISTER):
        return Job.objects.all()
    return Job.objects.filter(Q(by=sight.who) | Q(kind="regroup"))


def listed(sight: Sight, state: str = "", before: int | None = None) -> Record:
    """A page of jobs, the latest first; how many there are in each state."""
    rows = visible(sight)
    states = dict(rows.values_list("state").annotate(n=Count("id")).order_by())
    if state in STATES:
        rows = rows.filter(state=state)
    if before:
        rows = rows.filter(id__lt=before)
    found = list(rows.order_by("-id")[: PAGE + 1])
    page = found[:PAGE]
    return {
        "jobs": [sight.shield.shown(told(job)) for job in page],
        "states": {s: states.get(s, 0) for s in STATES},
        "state": state if state in STATES else "",
        "older": page[-1].pk if len(found) > PAGE else None,
        "busy": bool(states.get("waiting", 0) + states.get("running", 0)),
    }


def told(job: Job) -> Record:
    """A job as pages and programs show it."""
    result = job.result if isinstance(job.result, dict) else {}
    return {
        "id": job.pk,
        "kind": job.kind,
        "name": str(job.about.get("name") or job.about.get("url") or ""),
        "state": job.state,
        "by": job.by,
        "at": job.at,
        "ended_at": job.ended_at,
        "number": job.number,
        "of": job.of,
        "attempts": job.attempts,
        "result": result,
        "error": job.error,
        "advice": job.advice,
        "again": job.state == "failed",
    }


def one(sight: Sight, number: int) -> Job:
    """A job that the person may see. Raises Http404."""
    job = visible(sight).filter(pk=number).first()
    if job is None:
        raise Http404
    return job


def again(sight: Sight, number: int) -> Job:
    """Try a failed job again. Raises InputError when it has not failed."""
    job = one(sight, number)
    if not Job.objects.filter(pk=job.pk, state="failed").update(state="waiting", error="", advice="", attempts=0):
        raise InputError("not-failed", f"job {number}", "has not failed.", "Look at it again.")
    return job


def forget(sight: Sight, number: int) -> None:
    """Give a failed job up, and what was handed over for it. Raises InputError when it has not failed."""
    job = one(sight, number)
    if job.state != "failed":
        raise InputError("not-failed", f"job {number}", "has not failed.", "Look at it again.")
    if path := job.about.get("path"):
        received.forget(sight.book, path)
    job.delete()
