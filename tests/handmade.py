"""Claims made by hand that the export tests share."""

from __future__ import annotations

from datetime import date

from probata.model.claim import Basis, Claim, ClaimType, Count, Named, Place, Stance, Time
from probata.model.report import Anchor, AnchorBasis, Report
from probata.model.span import Span

TEXT = (
    "Shells kill six at Tarqa market\n\n"
    "At least six people were killed on Monday when shells hit the market in Tarqa, a doctor told Radio Meren. "
    "The army denied killing anyone.\n"
)
REPORT = Report(
    "karsa-1",
    TEXT,
    outlet="The Karsa Post",
    language="en",
    anchors=(Anchor(date(2031, 5, 20), AnchorBasis.OPTION),),
    gaps=("something is missing",),
)


def span(words: str, text: str = TEXT) -> Span:
    """The first place of some words in the text."""
    return Span.of(text, text.index(words), text.index(words) + len(words))


def named(words: str, name: str | None = None) -> Named:
    """A slot of some words, under their own name or a fuller one."""
    return Named(span(words), name or words)


FULL = Claim(
    id="sha256:1",
    report="karsa-1",
    evidence=span("At least six people were killed on Monday when shells hit the market in Tarqa"),
    type=ClaimType.KILLING,
    stance=Stance.AFFIRMED,
    speaker=named("a doctor", "a doctor in Tarqa"),
    relay=(named("Radio Meren"),),
    basis=Basis(span("a doctor"), "medical"),
    agents=(named("shells"),),
    targets=(named("people"), named("the market")),
    groups=("child",),
    method=named("shells"),
    count=Count(span("At least six"), 6, None, "at-least-n"),
    place=Place(span("Tarqa"), "Tarqa", 42, 1.5, -2.25, "city"),
    time=Time(span("on Monday"), date(2031, 5, 19), date(2031, 5, 19), "day", date(2031, 5, 20)),
    inferred=("place",),
    rules=(("evidence", "killing:kill"), ("count", "at-least-n")),
    why=(("speaker", "subject 2.1 over object 0.3"),),
)
BARE = Claim(
    id="sha256:2",
    report="karsa-1",
    evidence=span("killing anyone"),
    type=ClaimType.ATTACK,
    stance=Stance.DENIED,
)
TITLE = Claim(
    id="sha256:3",
    report="karsa-1",
    evidence=span("Shells kill six at Tarqa market"),
    type=ClaimType.TERRITORY,
    stance=Stance.AFFIRMED,
    in_title=True,
    time=Time(span("on Monday")),
)
INSIDE = Claim(
    id="sha256:4",
    report="karsa-1",
    evidence=span("shells hit the market"),
    type=ClaimType.DAMAGE,
    stance=Stance.POSSIBLE,
)
CLAIMS = [TITLE, FULL, INSIDE, BARE]
