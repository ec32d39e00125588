"""Erasing, done by the worker: looked up first, then all of it, however often the worker is killed at it.

A job holds the number, the reason and digests of originals, never a word of what goes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import OperationalError

from probata.audit.shield import Shield
from probata.model.errors import CasebookError, InputError, ProbataError
from probata.review import scrub
from probata.review.models import Job
from probata.store import erasing, models, originals, protecting, shielding
from probata.store.opening import Casebook
from probata.store.turn import turn

MOST = 200  # names and digests that are told; how many there are is told with them
PATIENCE = 60.0  # seconds to wait for another writer
Record = dict[str, Any]


def look(book: Casebook, job: Job) -> Record:
    """What erasing would touch now; nothing is changed. For the worker."""
    row = protecting.chosen(book, job.about["number"])
    words = shielding.spellings(row)
    shield = _shield(row)
    found = erasing.foreseen(book, row.pk)
    own = scrub.counted(shield.shown, book.alias)
    return {
        "rows": dict(found.rows),
        "reports": list(found.reports[:MOST]),
        "own": dict(own),
        "uploads": len(scrub.uploaded(book, words)),
        "originals": len(found.originals),
        "published": _published(book, words, shield),
        **_unsearched(book, found.unsearched, shield),
        "entries": _entries(book),
    }


def erase(book: Casebook, job: Job) -> Record:
    """Erase, or complete an erasure on which a worker was killed. For the worker. Raises ProbataError."""
    try:
        return _erased(book, job)
    except (ProbataError, OSError, OperationalError):
        raise
    except Exception as error:  # noqa: BLE001  (what it says may have the words, and would be kept and logged)
        problem = f"was stopped by {type(error).__name__}; what it says is not kept, as it may have the words."
        advice = "This is a fault of Probata: please report it. Nothing is half done; try it again after an update."
        raise ProbataError("failed", job.about["name"], problem, advice) from None


def _erased(book: Casebook, job: Job) -> Record:
    number, why, also = job.about["number"], job.about["why"], job.about.get("also", ())
    with turn(book, PATIENCE):
        row = models.Protected.objects.using(book.alias).get(pk=number)
        if row.erased_at is not None:
            return _completed(book, row, job)
        row = protecting.chosen(book, number)
        words, shield = shielding.spellings(row), _shield(row)
        made: Record = {"published": _published(book, words, shield), "uploads": scrub.uploads(book, words), "own": 0}

        def own(erased: Shield) -> None:
            made["own"] = scrub.scrub(erased.shown, book.alias)

        done = erasing.erase(book, number, job.by, why, _there(book, also), own)
        made |= {"rows": done.rows, "originals": len(done.originals)}
        made |= _unsearched(book, done.unsearched, shield)
    _cleaned(book)
    return made


def _completed(book: Casebook, row: models.Protected, job: Job) -> Record:
    """What is left of an erasure, and the originals that were named after it."""
    also = _there(book, job.about.get("also", ()))
    removed = 0
    if also:
        removed += len(erasing.erase(book, row.pk, job.by, job.about["why"], also).originals)
    if erasing.left(book):
        removed += len(erasing.erase(book, row.pk, job.by, job.about["why"]).originals)
    protecting.clean(book, whole=True)
    _cleaned(book)
    return {"originals": removed, "completed": True}


def _cleaned(book: Casebook) -> None:
    scrub.clean(book.alias)
    if not protecting.clean(book):
        problem = "is being read all the time, so that what was removed is still in the database's log."
        raise CasebookError("locked", str(book.folder), problem, "It is tried again.")


def _there(book: Casebook, also: list[str] | tuple[str, ...]) -> list[str]:
    """Those of these originals that are still there: an earlier attempt may have removed some. Raises InputError."""
    if odd := [d for d in also if not originals.DIGEST.fullmatch(d)]:
        raise InputError("original", odd[0][:80], "is no digest of an original.", "Choose it on the page.")
    return [d for d in also if originals.path_of(book.originals, d).exists()]


def _shield(row: models.Protected) -> Shield:
    return Shield(shielding.spellings(row), f"[erased {row.pk}]")


def _published(book: Casebook, words: tuple[str, ...], shield: Shield) -> list[str]:
    """The releases that hold the words, which stay: what was published cannot be called back."""
    found: list[Path] = scrub.published(book, words)
    return [shield.text(path.relative_to(book.folder).as_posix()) for path in found[:MOST]]


def _unsearched(book: Casebook, found: Any, shield: Shield) -> Record:
    """Originals that people must look at themselves, with the names of their reports."""
    some = dict(list(found.items())[:MOST])
    rows = models.Report.objects.using(book.alias).filter(original__in=list(some)).values_list("original", "name")
    names: dict[str, str] = {}
    for digest, name in rows:
        names.setdefault(digest, shield.text(name))
    told = [{"original": digest, "what": what, "report": names.get(digest, "")} for digest, what in some.items()]
    return {"unsearched": told, "unsearched_more": len(found) - len(some)}


def _entries(book: Casebook) -> int:
    row = models.Entry.objects.using(book.alias).order_by("-number").first()
    return row.number if row else 0
