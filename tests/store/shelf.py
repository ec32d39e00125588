"""A few invented reports with a claim each, in a casebook: two scripts, with and without day, outlet and title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from handmade import FULL
from probata.model.claim import ClaimType, Named, Place, Stance
from probata.model.report import Anchor, AnchorBasis, Origin, Report
from probata.model.span import Span
from probata.store import models, shadow
from probata.store.opening import Casebook
from probata.store.rows import claim_row, report_row

SPOKE = Span(0, 2, "At")
NOW = datetime(2031, 6, 1, 12, tzinfo=UTC)
DENIED = replace(FULL, type=ClaimType.ATTACK, stance=Stance.DENIED, time=None)
ARABIC = "قال العمدة إن القصف أسفر عن مقتل عشرة، وقُتل مدنيون بقصفٍ على الرقّة ودرعا."
OTHER = "انسحبت فرقة من الجيش وكتيبة أخرى. وقال اللواء إن الحرية لا تُقاتل. ١٢٠٠ عائلة."
MARKET = "Six people were killed, the mayor’s office said."
TALKS = "The mayor said cease-fire talks in al-Tarqa failed; 1,200 families left."
UNDATED = "Ceasefire holds in Ramah. An Su-24 was seen. The office of the mayor is closed."
Told = tuple[str | None, ...]  # name, day, outlet, title, text, speaker, place
REPORTS: list[Told] = [
    ("market", "2031-05-20", "The Karsa Post", "Shells kill six at Tarqa market", MARKET, "Mayor Ilan Dray", "Tarqa"),
    ("talks", "2031-05-22", "Radio Meren", "Cease-fire talks", TALKS, None, None),
    ("undated", None, None, None, UNDATED, None, "Qasr al-Meren"),
    ("arabic", "2031-05-21", "صوت كارسا", "القصف على الرقة", ARABIC, "العمدة", None),
    ("division", "2031-05-19", None, None, OTHER, None, None),
]


def fill(book: Casebook, reports: Sequence[Told] = REPORTS) -> None:
    """Keep reports with a claim each, and their shadows. Who is not dated denies, and names no time."""
    for n, (name, day, outlet, title, text, speaker, place) in enumerate(reports):
        anchors = (Anchor(date.fromisoformat(day), AnchorBasis.METADATA),) if day else ()
        origin = Origin("r", f"{n:064}", 1, "text", "utf-8")
        language = "ar" if text and "ال" in text else "en"
        row = report_row(
            Report(str(name), text or "", title, outlet, language, None, None, anchors, origin), NOW, "aliyah"
        )
        row.save(using=book.alias)
        claim = replace(
            FULL if day else DENIED,
            id=f"claim-{n}",
            report=str(name),
            speaker=Named(SPOKE, speaker) if speaker else None,
            place=Place(SPOKE, place) if place else None,
        )
        claims = [claim_row(claim, row, 1)]
        models.Claim.objects.using(book.alias).bulk_create(claims)
        models.Shadow.objects.using(book.alias).bulk_create(shadow.of_report(row, shadow.called(claims)))
