"""What the worker does: reads what was handed over, captures pages, groups what is new; any may be killed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from probata.acquire import Options, reports
from probata.acquire.language import is_read
from probata.model.claim import Claim
from probata.model.errors import InputError, ProbataError
from probata.model.report import Report
from probata.review.models import Job
from probata.review.work import earlier, places, received
from probata.review.work.jobs import Progress, ask_regroup
from probata.store import grouping
from probata.store.adding import Adding
from probata.store.opening import Casebook
from probata.store.turn import turn

if TYPE_CHECKING:
    from probata.vocab.gazetteer import Gazetteer

TOGETHER = 8  # reports read in one go
TURN = 128  # reports added and grouped before others may write: each grouping is one transaction
SANDBOX = "PROBATA_SANDBOX"  # "no": Chromium runs without its sandbox, where it cannot start with it
_TOLD = 20  # failures of a file that are named
Record = dict[str, Any]


def add(book: Casebook, job: Job) -> Record:
    """Read a file that was handed over into the casebook. Raises InputError when no report came of it."""
    about = job.about
    path = received.path_of(book, about["path"])
    done = _read_file(book, job, path, about)
    received.forget(book, about["path"])
    return done


def capture(book: Casebook, job: Job) -> Record:
    """Save a page as a web archive and read it into the casebook. Raises InputError or SetupError."""
    place = received.folder(book) / f"job-{job.pk}"
    path = place / f"{_named(job.about['url'])}.wacz"
    if not path.is_file():  # else it was saved before the worker was killed
        place.mkdir(parents=True, exist_ok=True)
        _save(job.about["url"], path)
    done = _read_file(book, job, path, job.about)
    received.forget(book, path.relative_to(book.folder).as_posix())
    return done


def regroup(book: Casebook, job: Job) -> Record:
    """Group what is new: reports, readings, decisions."""
    with turn(book):
        done = grouping.update(book)
    earlier.remind(book)
    return {"new": done.new, "changed": done.changed, "ended": done.ended}


def _save(url: str, path: Path) -> None:
    """A page into an archive that is there whole or not at all."""
    from probata.capture import proxies
    from probata.capture.run import capture as captured
    from probata.review.work.adding import THROUGH

    proxies.refuse(url, THROUGH)  # the environment may be another than that of the pages
    part = path.with_suffix(".part")
    failed: list[InputError] = []
    with open(part, "wb") as file:
        tools = captured(
            [url],
            file,
            told=lambda visit: failed.append(visit.error) if visit.error else None,
            sandbox=os.environ.get(SANDBOX, "") != "no",
        )
        file.flush()
        os.fsync(file.fileno())
    if tools is None:
        part.unlink()
        error = failed[0] if failed else InputError("capture", url, "was not saved.", "Try it again later.")
        if error.code == "private":
            raise InputError(error.code, error.report, error.problem, "Give the address of a page on the public web.")
        raise error
    part.replace(path)


def _named(url: str) -> str:
    """A name for what was saved: its host, and the end of its path."""
    parts = urlsplit(url)
    last = next((p for p in reversed(parts.path.split("/")) if p), "")
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in f"{parts.hostname or 'page'}-{last}")
    return plain[:80].strip("-") or "page"


def _read_file(book: Casebook, job: Job, path: Path, about: Mapping[str, Any]) -> Record:
    """All reports of a file into the casebook. What is there already is only counted."""
    day = about.get("published")
    options = Options(
        published=date.fromisoformat(day) if day else None, outlet=about.get("outlet"), title=about.get("title")
    )
    failed: list[ProbataError] = []
    names: list[str] = []
    progress = Progress(job)
    gazetteer = places.own(book)
    with turn(book):
        adding = Adding(book, job.by)

    def sound() -> Iterator[Report]:
        for item in reports([path], options, adding.received):
            if isinstance(item, InputError):
                failed.append(item)
            else:
                yield _from(item, str(about.get("name") or path.name))

    def told(name: str) -> None:
        names.append(name)
        progress.step(len(names))

    source = adding.new(sound())
    more = True
    while more:  # others may write in between: whatever was taken from the file is in the casebook by then
        with turn(book):
            try:
                more = _some(adding, source, gazetteer, failed, told)
            finally:
                adding.finish()
            if more:
                grouping.update(book)
    if adding.done.reports or adding.done.known:  # what is known may have come before the worker was killed
        ask_regroup(job.by)
    if failed and not names and not adding.done.known:
        raise _for_people(failed[0], path, str(about.get("name") or path.name))
    failures = [[e.report.replace(str(path), path.name), e.problem, e.advice] for e in failed[:_TOLD]]
    return {
        "reports": adding.done.reports,
        "claims": adding.done.claims,
        "known": adding.done.known,
        "unread": adding.done.unread,
        "failed": len(failed),
        "failures": failures,
        "names": names[:_TOLD],
    }


def _from(report: Report, name: str) -> Report:
    """The report with the name that its file had, not the place where it lay while it waited."""
    from dataclasses import replace

    origin = report.origin
    return replace(report, origin=replace(origin, path=name)) if origin else report


def _for_people(error: ProbataError, path: Path, name: str) -> ProbataError:
    """The error with the file's own name in place of where it lay."""
    report = name if error.report == str(path) else error.report.replace(str(path), name)
    advice = error.advice.replace(", or raise the limit with --largest", "")
    return type(error)(error.code, report, error.problem, advice)


def _some(
    adding: Adding,
    source: Iterator[Report],
    gazetteer: Gazetteer | None,
    failed: list[ProbataError],
    told: Callable[[str], object],
) -> bool:
    """Read as many reports as one turn holds; whether there may be more. Each is told by its name."""
    for _ in range(TURN // TOGETHER):
        batch = list(islice(source, TOGETHER))
        for report, found in _batch(batch, gazetteer, failed):
            adding.keep(report, found)
            told(report.id)
        if len(batch) < TOGETHER:
            return False
    return True


def _batch(
    batch: list[Report], gazetteer: Gazetteer | None, failed: list[ProbataError]
) -> Iterator[tuple[Report, list[Claim]]]:
    from probata import pipeline  # heavy: the parser

    known = [r for r in batch if is_read(r)]
    try:
        claims = {r.id: c for r, c in pipeline.read_many(known, gazetteer)} if known else {}
    except ProbataError:
        raise
    except Exception as error:  # noqa: BLE001  (whatever a report does to the code must not stop the others)
        if len(batch) == 1:
            problem = f"could not be read: {type(error).__name__}."
            advice = "This is a fault of Probata: please report it with the text."
            failed.append(ProbataError("failed", batch[0].id, problem, advice))
            return
        for report in batch:
            yield from _batch([report], gazetteer, failed)
        return
    for report in batch:
        yield report, claims.get(report.id, [])
