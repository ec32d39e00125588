"""What selected words can be read as in a slot: asked while a form is being filled."""

from __future__ import annotations

from typing import Any

from probata.model.report import Report
from probata.review.work import locating, meanings, places
from probata.store.opening import Casebook

Record = dict[str, Any]


def of_words(book: Casebook, report: Report, slot: str, given: str, name: str) -> Record:
    """The row of a form for words of a slot: figures, days, or the places of the name."""
    span = locating.at(report.text, given)
    row: Record = {"words": " ".join(span.text.split()) if span else "", "at": given if span else ""}
    if slot == "count" and span:
        count = meanings.count(report, span)
        row |= {"low": count.low if count.low is not None else "", "high": count.high if count.high is not None else ""}
    elif slot == "time" and span:
        time = meanings.time(report, span)
        row |= {"start": time.start or "", "end": time.end or ""}
    elif slot == "place":
        wanted = name or row["words"]
        found = places.choices(book, wanted)
        chosen = found[0].value if len(found) == 1 else ""
        row |= {"name": name, "places": found, "choice": chosen, "asked": wanted}
    return row
