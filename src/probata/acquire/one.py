"""One report: from a text in memory, or the one file a path names."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from probata.acquire.options import Options
from probata.acquire.reports import report_of_text, reports
from probata.model.errors import InputError
from probata.model.report import Report

_LONGEST_NAME = 1024  # characters; a longer argument, or one of several lines, is a text and no file name


def one(source: str | Path, published: date | str | None, outlet: str | None, title: str | None) -> Report:
    """The report of a text or of a file. Raises InputError when it cannot be read or the file holds several."""
    options = Options(published=day_of_option(published), outlet=outlet, title=title)
    if not _is_path(source):
        return report_of_text(str(source), options)
    found = list(reports([source], options))
    if len(found) > 1:
        raise InputError("several", str(source), f"holds {len(found)} reports.", "Read them with probata.reports().")
    if isinstance(found[0], InputError):
        raise found[0]
    return found[0]


def day_of_option(value: date | str | None) -> date | None:
    """The publication day a reader gives as a date or as "2031-03-05". Raises InputError for anything else."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        problem = f"is given as published {value!r}, which is no date."
        raise InputError("published", "the report", problem, "Write year-month-day, as in 2031-03-05.") from None


def _is_path(source: str | Path) -> bool:
    if isinstance(source, Path):
        return True
    return 0 < len(source) <= _LONGEST_NAME and "\n" not in source and "\0" not in source and os.path.exists(source)
