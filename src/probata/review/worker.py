"""The worker: takes the job that waits longest, does it, and says how far it is; one worker a casebook."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from importlib import import_module

from django.db import OperationalError, close_old_connections
from django.utils import timezone

from probata.model.errors import CasebookError, ProbataError
from probata.review.models import Job
from probata.review.serving import prepare, waiting
from probata.review.work import integrity, received, reminders
from probata.store.opening import Casebook

Do = Callable[[Casebook, Job], object]
# what does a job of each kind; read when it is needed, as each needs much
KINDS = {
    "add": "probata.review.work.doing.add",
    "capture": "probata.review.work.doing.capture",
    "erase": "probata.review.work.erasing.erase",
    "look": "probata.review.work.erasing.look",
    "decide": "probata.review.work.decisions.later",
    "mail": "probata.review.work.notices.mail",
    "regroup": "probata.review.work.doing.regroup",
    "release": "probata.review.work.publishing.do",
    "verify": "probata.review.work.integrity.do",
}
ATTEMPTS = 3  # a job that brings the worker down so often is given up
_PAUSE = 0.5  # seconds between two looks for work
_RARELY = 60.0  # seconds between two looks whether everything is to be checked again
_DAY = 86400.0  # seconds until a file that no job knows is taken away
_log = logging.getLogger("probata.worker")


def work(opened: Casebook, once: bool, with_parent: bool) -> int:
    """Do jobs until stopped, or until none waits if `once`; returns the exit status."""
    if with_parent:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with waiting(opened.folder, "worker"):  # one worker a casebook
        book = prepare(opened)
        _take_up(book)
        look = time.monotonic()
        while True:
            close_old_connections()
            reminders.rarely()
            job = Job.objects.filter(state="waiting").order_by("id").first()
            if job is not None and do(book, job):
                continue
            if job is None and once:
                return 0
            if job is None and time.monotonic() >= look:
                integrity.daily()
                look = time.monotonic() + _RARELY
            time.sleep(_PAUSE)


def do(book: Casebook, job: Job) -> bool:
    """Do one job and write down what came of it; False when another program writes, and it is to be tried again."""
    job.state, job.started_at, job.seen_at = "running", timezone.now(), timezone.now()
    job.attempts, job.number = job.attempts + 1, 0
    job.save()
    try:
        module, _, name = KINDS[job.kind].rpartition(".")
        function: Do = getattr(import_module(module), name)
        job.result = function(book, job)
        job.state, job.error, job.advice = "done", "", ""
        job.number = job.of or 0
    except CasebookError as error:
        if error.code == "locked":
            return _later(job)
        _failed(job, error)
    except ProbataError as error:
        _failed(job, error)
    except OperationalError:
        return _later(job)
    except OSError as error:
        job.state, job.error = "failed", f"{job.kind}: {error.strerror or error}"
        job.advice = "See to the disk, the network or the mail server that it is about; then try it again."
    except Exception as error:  # noqa: BLE001  (one job's fault must not stop the others)
        _log.exception("job %s", job.pk)
        job.state, job.error = "failed", f"{type(error).__name__}: {error}"
        job.advice = "This is a fault of Probata: please report it. Nothing is lost; try it again after an update."
    job.ended_at = timezone.now()
    job.save()
    return True


def _failed(job: Job, error: ProbataError) -> None:
    job.state, job.error, job.advice = "failed", f"{error.report}: {error.problem}", error.advice


def _later(job: Job) -> bool:
    """Put a job back: the casebook is being written by another program."""
    job.state, job.attempts = "waiting", job.attempts - 1
    job.save()
    return False


def _take_up(book: Casebook) -> None:
    """Go on where a worker was killed; give up what brought it down again and again."""
    for job in Job.objects.filter(state="running").order_by("id"):
        job.state = "waiting"
        if job.attempts >= ATTEMPTS:
            name = job.about.get("name") or job.about.get("url") or job.kind
            job.state, job.ended_at = "failed", timezone.now()
            job.error = f"{name}: the worker ended {job.attempts} times while it was at it."
            job.advice = "Split it into smaller files, or give the machine more memory; then try it again."
        job.save()
    known = [j["path"] for j in Job.objects.exclude(state="done").values_list("about", flat=True) if j.get("path")]
    known += [f"received/job-{n}" for n in Job.objects.exclude(state="done").values_list("id", flat=True)]
    for place in received.lost(book, known, time.time() - _DAY):
        received.forget(book, (place / "it").relative_to(book.folder).as_posix())


def _end_with_parent() -> None:
    """End this process when the one that started it has gone, however it went."""
    sys.stdin.read()
    os._exit(0)
