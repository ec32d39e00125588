"""From what is alleged to what is proved: claims read out of reports, each with its exact words.

`read` gives the claims of one report, `reports` the reports of files and folders. Nothing heavy is loaded before it is
needed, so importing this package is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from probata.acquire import Options, reports
    from probata.model.attribution import Attribution
    from probata.model.claim import Claim
    from probata.model.errors import InputError
    from probata.model.report import Report

__version__ = "0.1.0"
__all__ = ["Attribution", "Claim", "InputError", "Options", "Report", "attributions", "load", "read", "reports"]
_HOME = {
    "reports": "probata.acquire",
    "Options": "probata.acquire",
    "Claim": "probata.model.claim",
    "Report": "probata.model.report",
    "Attribution": "probata.model.attribution",
    "InputError": "probata.model.errors",
}


def load(
    source: str | Path | Report,
    *,
    published: date | str | None = None,
    outlet: str | None = None,
    title: str | None = None,
) -> Report:
    """The report of a text, or of the one file that a path names, with its anchors and gaps.

    A string is taken for a path when a file of that name exists. `published` is a date or "2031-03-05". Raises
    InputError for what cannot be read, and for a file of several reports (`reports` reads those).

    >>> import probata
    >>> report = probata.load("Shelling killed two people in Brenta on Monday.", published="2031-03-05")
    >>> report.anchor.day.isoformat(), report.anchor.basis.value
    ('2031-03-05', 'option')
    """
    from probata.acquire.one import one
    from probata.model.report import Report

    return source if isinstance(source, Report) else one(source, published, outlet, title)


def read(
    source: str | Path | Report,
    *,
    published: date | str | None = None,
    outlet: str | None = None,
    title: str | None = None,
) -> tuple[Claim, ...]:
    """The claims of a text, a file or a report, in the order of the text; arguments as for `load`.

    A report in a language that is not read yet has no claims, and its gaps say so.

    >>> import probata
    >>> claims = probata.read(
    ...     "The mayor said shelling killed at least two people in Brenta on Monday.", published="2031-03-05")
    >>> claim = claims[0]
    >>> claim.type.value, claim.stance.value, claim.speaker.span.text
    ('killing', 'affirmed', 'The mayor')
    >>> claim.count.span.text, claim.count.low, claim.count.high
    ('at least two', 2, None)
    >>> claim.time.span.text, claim.time.start.isoformat()
    ('on Monday', '2031-03-03')
    """
    from probata.acquire.language import is_read

    report = load(source, published=published, outlet=outlet, title=title)
    if not is_read(report):
        return ()
    from probata.pipeline import read as claims_of

    return tuple(claims_of(report))


def attributions(
    source: str | Path | Report,
    *,
    published: date | str | None = None,
    outlet: str | None = None,
    title: str | None = None,
) -> tuple[Attribution, ...]:
    """Who says what in a text, a file or a report: every source, cue and content, whatever its act.

    >>> import probata
    >>> [a] = probata.attributions("The mayor said the bridge was closed.")
    >>> a.source.text, a.cue.text
    ('The mayor', 'said')
    """
    from probata.acquire.language import is_read

    report = load(source, published=published, outlet=outlet, title=title)
    if not is_read(report):
        return ()
    from probata.pipeline import attributions as attributions_of

    return tuple(attributions_of(report))


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'probata' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
