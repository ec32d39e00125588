"""Running: reports through the pipeline, in this process or several, in order, each failure kept by name."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from probata.acquire.language import is_read
from probata.model.errors import ProbataError, SetupError
from probata.model.report import Report

if TYPE_CHECKING:
    from probata.vocab.gazetteer import Gazetteer

TOGETHER = 8  # reports handed to the pipeline in one go
FEW = 40  # reports up to this number are read in one process: starting others takes longer
_AHEAD = 3  # batches a process may be ahead of what is printed


@dataclass(frozen=True, slots=True)
class Task:
    """What is done with each report: read its claims, or find its attributions; `gazetteer` is a user's places file."""

    verb: str = "read"
    gazetteer: str | None = None
    jobs: int | None = None
    explain: bool = False  # keep what the rankers weighed


@dataclass(frozen=True, slots=True)
class Outcome:
    """A report and what was found in it, or why nothing was."""

    report: Report
    found: tuple[Any, ...] = ()
    error: ProbataError | None = None


def outcomes(reports: Iterable[Report], task: Task) -> Iterator[Outcome]:
    """The outcome of each report, in order. One that fails does not stop the rest; a broken installation does."""
    source = iter(reports)
    first = list(islice(source, FEW + 1))
    jobs = task.jobs or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    if jobs == 1 or (task.jobs is None and len(first) <= FEW) or len(first) == 1:
        for batch in _batches(chain(first, source)):
            yield from work(batch, task)
    else:
        yield from _spread(_batches(chain(first, source)), task, jobs)


def _batches(reports: Iterable[Report]) -> Iterator[list[Report]]:
    source = iter(reports)
    while batch := list(islice(source, TOGETHER)):
        yield batch


def _spread(batches: Iterator[list[Report]], task: Task, jobs: int) -> Iterator[Outcome]:
    """Several processes; what is waiting is bounded, so memory does not grow with the number of reports."""
    pool = ProcessPoolExecutor(jobs, initializer=_quiet)
    waiting: deque[tuple[list[Report], Future[list[Outcome]]]] = deque()
    try:
        for batch in batches:
            waiting.append((batch, pool.submit(work, batch, task)))
            if len(waiting) >= jobs * _AHEAD:
                yield from waiting.popleft()[1].result()
        while waiting:
            yield from waiting.popleft()[1].result()
    except BrokenProcessPool as error:
        problem = "stopped: a process was ended from outside, probably for want of memory."
        raise SetupError("process-lost", "reading", problem, "Run it again with --jobs 1.") from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _quiet() -> None:
    """A worker leaves Ctrl-C to the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def work(batch: list[Report], task: Task) -> list[Outcome]:
    """The outcomes of a few reports; when one of them fails, each is tried by itself to name it."""
    known = [r for r in batch if is_read(r)]
    try:
        found = dict(zip((r.id for r in known), _found(known, task), strict=True))
    except ProbataError:
        raise
    except OSError as error:  # reports are in memory by now: this is a data file of the installation
        raise SetupError(
            "data-missing", str(error.filename), f"cannot be read: {error.strerror}.", "Reinstall."
        ) from error
    except Exception as error:  # noqa: BLE001  (whatever a report does to the code must not stop the others)
        if len(batch) == 1:
            return [Outcome(batch[0], error=_failure(batch[0], error))]
        return [o for report in batch for o in work([report], task)]
    return [Outcome(r, found.get(r.id, ())) for r in batch]


def _failure(report: Report, error: Exception) -> ProbataError:
    problem = f"could not be read: {type(error).__name__}: {error}."
    return ProbataError("failed", report.id, problem, "This is a fault of Probata: please report it with the text.")


def _found(reports: list[Report], task: Task) -> list[tuple[Any, ...]]:
    from probata import pipeline  # heavy: the parser

    if not reports:
        return []
    if task.verb == "attributions":
        return [tuple(pipeline.attributions(r)) for r in reports]
    places = _gazetteer(task.gazetteer) if task.gazetteer else None
    return [tuple(claims) for _, claims in pipeline.read_many(reports, places, task.explain)]


@cache
def _gazetteer(path: str) -> Gazetteer:
    from probata.vocab.gazetteerfile import load_gazetteer

    return load_gazetteer(path)
