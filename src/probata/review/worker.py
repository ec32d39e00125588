"""The worker: takes the job that waits longest, does it, and says how far it is; one worker a casebook."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable

from django.utils import timezone

from probata.model.errors import ProbataError
from probata.review.models import Job
from probata.review.serving import prepare
from probata.review.work import publishing
from probata.store.opening import Casebook

Do = Callable[[Casebook, Job], object]
KINDS: dict[str, Do] = {"release": publishing.do}
_PAUSE = 0.5  # seconds between two looks for work


def work(opened: Casebook, once: bool, with_parent: bool) -> int:
    """Do jobs until stopped, or until none waits if `once`; returns the exit status."""
    book = prepare(opened)
    if with_parent:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Job.objects.filter(state="running").update(state="waiting")  # of a worker that was killed
    while True:
        job = Job.objects.filter(state="waiting").order_by("id").first()
        if job is None:
            if once:
                return 0
            time.sleep(_PAUSE)
            continue
        do(book, job)


def do(book: Casebook, job: Job) -> None:
    """Do one job, and write down what came of it."""
    job.state, job.started_at, job.attempts = "running", timezone.now(), job.attempts + 1
    job.save()
    try:
        job.result = KINDS[job.kind](book, job)
        job.state = "done"
    except ProbataError as error:
        job.state, job.error = "failed", str(error)
    except Exception as error:  # noqa: BLE001  (one job's fault must not stop the others)
        job.state, job.error = "failed", f"{type(error).__name__}: {error}"
    job.ended_at = timezone.now()
    job.save()


def _end_with_parent() -> None:
    """End this process when the one that started it has gone, however it went."""
    sys.stdin.read()
    os._exit(0)
