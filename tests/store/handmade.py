"""Reports with claims made by hand, added in a line."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from link import dossier
from probata.model.claim import Claim
from probata.model.report import Anchor, AnchorBasis, Origin, Report
from probata.store import grouping
from probata.store.adding import Adding
from probata.store.opening import Casebook

BRENTA = {"place": dossier.BRENTA, "date": "2031-06-07"}


def report(book: Casebook, name: str, *claims: Claim, by: str = "") -> grouping.Grouped:
    """Add one report with claims made by hand, and group it."""
    made = unread(name)
    adding = Adding(book, by)
    adding.received(made.origin.sha256 if made.origin else "", made.text.encode())
    for new in adding.new([made]):
        adding.keep(new, claims)
    adding.finish()
    return grouping.update(book)


def unread(name: str) -> Report:
    """A report without claims."""
    raw = f"The words of {name}."
    digest = sha256(raw.encode()).hexdigest()
    origin = Origin(f"{name}.txt", digest, len(raw), "text", "utf-8", digest)
    return Report(name, raw, outlet=name, anchors=(Anchor(date(2031, 3, 4), AnchorBasis.METADATA),), origin=origin)


def killing(name: str, dead: int | str, speaker: str, **slots: Any) -> Claim:
    """A claim of a report that so many died in shelling, at Tarqa unless slots say otherwise."""
    said = slots.pop("evidence", f"{speaker} said {dead} died in shelling of the market")
    own = f"sha256:{sha256(repr((name, dead, speaker, slots)).encode()).hexdigest()}"
    return dossier.claim(name, id=own, count=dead, speaker=speaker, method="shelling", evidence=said, **slots)
