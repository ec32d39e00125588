"""Whether anything was altered: the last check of all of it, and of one report its original's bytes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from probata.review.models import Job
from probata.review.sight import Sight
from probata.review.work import jobs
from probata.store import models, originals, verifying
from probata.store.opening import Casebook

KIND = "verify"
Record = dict[str, Any]


def do(book: Casebook, job: Job) -> Record:
    """Check everything against the log: for the worker. What is wrong is the result, not a failure of the job."""
    found = verifying.verify(book)
    told = {k: getattr(found, k) for k in ("entries", "root", "rows", "originals", "bytes", "wrong")}
    return {**told, "remarks": found.remarks}


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
    result = Job.objects.filter(kind=KIND, state="done").order_by("-id").values_list("result", flat=True).first()
    return bool(result and result.get("wrong"))


def last(sight: Sight) -> Record:
    """What the last check found, and whether another is under way."""
    done = Job.objects.filter(kind=KIND, state="done").order_by("-id").first()
    running = Job.objects.filter(kind=KIND, state__in=("waiting", "running")).exists()
    result = sight.shield.shown(done.result) if done else None
    failed = Job.objects.filter(kind=KIND, state="failed", id__gt=done.pk if done else 0).exists()
    return {"last": result, "at": done.ended_at if done else None, "running": running, "failed": failed}


def original(sight: Sight, name: str) -> Record:
    """The state of a report's original now: sound, altered or missing. Reads its bytes. Raises Http404."""
    row = sight.reports().filter(name=name).only("original").first()
    if row is None:
        raise Http404
    path = originals.path_of(sight.book.originals, row.original)
    if not path.is_file():
        return {"state": "missing", "sha256": row.original}
    digest, size = originals.hashed(path)
    return {"state": "sound" if digest == row.original else "altered", "sha256": row.original, "size": size}
