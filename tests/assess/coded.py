"""Claims coded by hand for the tests of assessment: facts in fields and in our own words, with no text behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from probata.extract.mentions.numbers import find_numbers
from probata.model.claim import Basis, Claim, ClaimType, Count, Named, Place, Stance, Time
from probata.model.span import Span
from probata.resolve.numbers import total

MONDAY = date(2016, 12, 12)
TUESDAY = date(2016, 12, 13)


@dataclass(frozen=True, slots=True)
class Printed:
    """The outlet and the day of a report."""

    outlet: str
    published: date | None = TUESDAY


def named(words: str) -> Named:
    """Words that stand for somebody, with offsets of no text."""
    return Named(Span(0, len(words), words), words)


def counted(words: str) -> Count:
    """A count as reading makes it of the same words."""
    numbers = find_numbers(words, 0, len(words))
    low, high = total(numbers) if len(numbers) > 1 else (numbers[0].low, numbers[0].high)
    rule = "sum" if len(numbers) > 1 else numbers[0].rule
    return Count(Span(0, len(words), words), low, high, rule)


def claim(
    name: str,
    *,
    report: str = "seed",
    kind: str = "killing",
    stance: str = "affirmed",
    by: str | None = None,
    via: Sequence[str] = (),
    basis: str | None = None,
    agents: Sequence[str] = (),
    groups: Sequence[str] = (),
    method: str | None = None,
    count: str | None = None,
    words: str | None = None,
    when: tuple[date | None, date | None, str] | None = (MONDAY, MONDAY, "day"),
    where: str | None = None,
    title: bool = False,
) -> Claim:
    """One claim, of its fields only."""
    said = words or f"{name} {kind} {count or ''}".strip()
    return Claim(
        id=name,
        report=report,
        evidence=Span(0, len(said), said),
        type=ClaimType(kind),
        stance=Stance(stance),
        speaker=named(by) if by else None,
        relay=tuple(named(r) for r in via),
        basis=Basis(Span(0, len(basis), basis), basis) if basis else None,
        agents=tuple(named(a) for a in agents),
        groups=tuple(groups),
        method=named(method) if method else None,
        count=counted(count) if count else None,
        place=Place(Span(0, len(where), where), where, None, None, None, "city") if where else None,
        time=Time(Span(0, len(when[2]), when[2]), when[0], when[1], when[2]) if when else None,
        in_title=title,
    )


GOVERNMENT, MILITIAS = "Syrian regime forces", "sectarian militias"
TV = "Al Arabiya News Channel"

C01 = claim("C01", agents=["Syrian regime"], words="a headline on people executed", title=True)
C02 = claim("C02", agents=[GOVERNMENT, MILITIAS], count="nearly two hundred", words="nearly two hundred executed")
C03 = claim(
    "C03",
    by="eyewitnesses inside the city",
    via=[TV],
    basis="eyewitness",
    agents=[GOVERNMENT, MILITIAS],
    groups=["woman"],
    method="executions",
    count="nearly two hundred",
    where="Aleppo",
)
C05 = claim("C05", agents=["Bashar al-Assad's forces", "militiamen"], groups=["medical"], method="firing squad")
C06 = claim("C06", by="activists on the ground", agents=["Hezbollah militia"])
C07 = claim(
    "C07",
    by="sources",
    via=["Al Arabiya"],
    agents=["militias loyal to the regime"],
    groups=["child", "woman"],
    method="burned",
    words="militias had also burned nine children and four women",
    count="nine children and four women",
    where="Aleppo",
)
C08 = claim("C08", kind="bodies_found", by="White Helmets in Aleppo", count="more than 90", words="more than 90 bodies")
C11 = claim(
    "C11", kind="forced_recruitment", by="Osama Abu Zayd", agents=[GOVERNMENT], where="Aleppo", words="forced to fight"
)
C12 = claim("C12", kind="displacement", by="Osama Abu Zayd", where="Aleppo", words="people in flight")
C13 = claim("C13", kind="condemnation", by="Ban Ki-moon", via=["Stephane Dujarric"], groups=["civilian"])
C15 = claim("C15", kind="verification", stance="unverified", by="Stephane Dujarric")
C19 = claim(
    "C19", kind="legal", stance="normative", by="Stephane Dujarric", agents=["the Syrian government", "its allies"]
)
I1 = [C01, C02, C03, C05, C06, C13]
SEED = [*I1, C07, C08, C11, C12, C15, C19]


def x2(report: str = "x2") -> Claim:
    """The figure of the human rights office of the United Nations, as one report of it."""
    return claim(
        f"X2-{report}",
        report=report,
        by="UN human rights office",
        agents=["pro-government forces"],
        groups=["civilian", "woman", "child"],
        count="at least 82",
        words="at least 82 civilians shot dead in their homes",
        when=(date(2016, 12, 11), TUESDAY, "in the last 48 hours"),
    )


X3 = claim("X3", report="x3", groups=["civilian"], words="tens of civilians shot and burned dead", count="tens")
X4 = claim("X4", report="x4", by="SANA", via=["AFP"], agents=["rebels"], groups=["civilian"], count="21")
ABOUT = {
    "seed": Printed("Al Arabiya English"),
    "arabic": Printed("Al Arabiya"),
    "x2": Printed("The Sun Daily"),
    "x3": Printed("Syrian Mirror"),
    "x4": Printed("Naharnet", date(2016, 12, 26)),
}
