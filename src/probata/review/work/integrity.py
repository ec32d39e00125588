"""Whether anything was altered: the last check of all of it, and what an original's bytes say now."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from probata.audit.merkle import TreeHead
from probata.review.models import Job
from probata.review.sight import Sight
from probata.review.work import altered, jobs
from probata.store import models, outside, recordstate, verifying
from probata.store.opening import Casebook
from probata.store.recordstate import State

KIND = "verify"
Record = dict[str, Any]


def do(book: Casebook, job: Job) -> Record:
    """Check everything against the log, releases too: for the worker. What is wrong is the result, not a failure.

    The log must still begin with what it was when it was last found sound, and with what each release states of it.
    """
    witnesses = list(outside.witnesses(book.folder / "releases", outside.trusted(os.environ.get(outside.ROOTS, ""))))
    found = verifying.verify(book, [*_before(job), *outside.heads(witnesses)])
    told = {k: getattr(found, k) for k in ("entries", "root", "rows", "originals", "bytes", "wrong")}
    unsound = next((w for w in witnesses if w.wrong), None)
    if unsound and not told["wrong"]:
        told["wrong"] = f"release {unsound.file}: {unsound.wrong}"
    releases = [
        {
            "file": w.file,
            "wrong": w.wrong,
            "size": w.head.size if w.head else None,
            "at": w.moment,
            "by": w.by,
            "enclosed": w.enclosed,
        }
        for w in witnesses
    ]
    return {**told, "remarks": found.remarks, "releases": releases}


def _before(job: Job) -> list[TreeHead]:
    """The state of the log when it was last found sound."""
    rows = Job.objects.filter(kind=KIND, state="done", id__lt=job.pk).order_by("-id")[:50]
    sound = next((j for j in rows if j.result and not j.result.get("wrong")), None)
    if sound is None or not sound.ended_at:
        return []
    return [TreeHead(f"{sound.ended_at:%Y-%m-%dT%H:%M:%SZ}", sound.result["entries"], sound.result["root"])]


def ask(sight: Sight) -> Job:
    """Ask for a check; one that waits already is enough."""
    waiting = Job.objects.filter(kind=KIND, state__in=("waiting", "running")).first()
    return waiting or jobs.ask(KIND, {"name": KIND}, sight.who)


def daily() -> Job | None:
    """Ask for a check when the last one, or the first report, is more than a day old."""
    since = timezone.now() - timedelta(days=1)
    rows = Job.objects.filter(kind=KIND)
    if rows.filter(Q(state__in=("waiting", "running")) | Q(at__gte=since)).exists():
        return None
    if not models.Report.objects.filter(added_at__lt=since).exists():
        return None
    return jobs.ask(KIND, {"name": KIND}, "probata")


def is_altered() -> bool:
    """Whether the last check found something that was altered."""
    done = latest()
    return bool(done and done.result and done.result.get("wrong"))


def latest() -> Job | None:
    """The last check that came to its end."""
    return Job.objects.filter(kind=KIND, state="done").order_by("-id").first()


def last(sight: Sight) -> Record:
    """What the last check found, and whether another is under way.

    What is wrong is not named to whom teams keep something from: it may be that.
    """
    done = latest()
    running = Job.objects.filter(kind=KIND, state__in=("waiting", "running")).exists()
    result = sight.shield.shown(done.result) if done else None
    if result and sight.restricted:
        result = {**result, "wrong": bool(result["wrong"]), "remarks": []}
    failed = Job.objects.filter(kind=KIND, state="failed", id__gt=done.pk if done else 0).exists()
    at = done.ended_at if done else None
    return {"last": result, "at": at, "running": running, "failed": failed, "hidden": sight.restricted}


def original(sight: Sight, name: str) -> Record:
    """The state of a report's original now: sound, altered, missing or erased. Reads its bytes. Raises Http404."""
    row = sight.reports().filter(name=name).only("original").first()
    if row is None:
        raise Http404
    one = recordstate.of_original(sight.book, row.original, sys.maxsize)
    state = {State.KEPT: "sound", State.ERASED: "erased", State.MISSING: "missing"}.get(one.state, "altered")
    problem = "" if one.sound else altered.told(one)
    return {"state": state, "sha256": row.original, "size": one.size, "problem": problem}
