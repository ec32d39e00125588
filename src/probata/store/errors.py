"""What databases and disks refuse, in plain words."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError, InterfaceError

from probata.model.errors import CasebookError

# What SQLite and PostgreSQL say, as a pattern: our code, the problem and the advice.
_KINDS = (
    (
        "locked",
        "database is locked|database table is locked|lock timeout",
        "is in use by another program",
        "Wait until that one is done, then run it again: nothing is lost or doubled.",
    ),
    (
        "disk-full",
        "disk is full|no space left|disk I/O error|could not extend file|could not write",
        "cannot be written: the disk is full or refuses",
        "Make room, then run it again: what was done before is kept.",
    ),
    (
        "read-only",
        "readonly database|read-only|permission denied",
        "may not be written",
        "Check the permissions of the folder and the database.",
    ),
    (
        "damaged",
        "malformed|not a database|file is encrypted",
        "has a database file that is damaged",
        "Restore it from a copy, or add the reports to a new casebook.",
    ),
    (
        "no-server",
        "connection .*failed|could not connect|connection refused|server closed the connection|terminating connection"
        "|does not exist|unable to open database file",
        "cannot reach its database",
        "Check the folder, PROBATA_DATABASE, and that the server runs.",
    ),
)


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn errors of database and disk into a CasebookError; others go through as they are."""
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        said = " ".join(str(error).split())
        for code, pattern, problem, advice in _KINDS:
            if re.search(pattern, said, re.IGNORECASE):
                raise CasebookError(code, str(folder), f"{problem} ({said[:200]}).", advice) from error
        problem = f"was refused by its database ({said[:200]})."
        raise CasebookError("database", str(folder), problem, "Nothing of this step was kept; run it again.") from error
    except BrokenPipeError:  # not ours: whoever read what was printed has seen enough
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            problem = f"cannot be written: the disk is full or refuses ({error.strerror})."
            advice = "Make room, then run it again: what was done before is kept."
            raise CasebookError("disk-full", str(folder), problem, advice) from error
        problem = f"cannot be used: {error.strerror or error}."
        raise CasebookError("folder", str(folder), problem, "Check its name and its permissions.") from error
