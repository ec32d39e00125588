"""Words for people: what each slot of a claim says, in short phrases that tables, pages and explanations share."""

from __future__ import annotations

from probata.extract.paragraphs import blocks
from probata.model.claim import HARM, Claim, ClaimType, Count, Time
from probata.model.report import BlockKind, Report

SITUATION = frozenset({ClaimType.TERRITORY, ClaimType.AGREEMENT})


def heading(report: Report) -> str | None:
    """The report's title: the one stated beside the text, else the one its text opens with."""
    if report.title:
        return report.title
    return next((report.text[b.start : b.end] for b in blocks(report) if b.kind is BlockKind.TITLE), None)


def group(claim: Claim) -> str:
    """harm, situation or speech: what a claim is coloured by."""
    return "harm" if claim.type in HARM else "situation" if claim.type in SITUATION else "speech"


def act(claim: Claim) -> str:
    """The act in words: "ill treatment"."""
    return claim.type.value.replace("_", " ")


def voice(claim: Claim, report: Report) -> str:
    """Who is responsible for the claim: the speaker's fullest name, or the outlet itself."""
    if claim.speaker is None:
        return f"{report.outlet or 'the outlet'} itself"
    return claim.speaker.name


def relays(claim: Claim) -> str:
    """The links between speaker and outlet, nearest to the speaker first."""
    return ", ".join(n.name for n in claim.relay)


def bounds(count: Count) -> str:
    """What the words of a count bound: "12", "at least 12", "at most 30", "10 to 12", "not a number"."""
    low, high = count.low, count.high
    if low is None and high is None:
        return "no figure"
    if low is None:
        return f"at most {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def days(time: Time) -> str:
    """The days that a time covers, or that they are not known."""
    start, end = time.start, time.end
    if start is None and end is None:
        return "unresolved"
    if start is None:
        return f"until {end}"
    if end is None:
        return f"from {start}"
    return f"{start}" if start == end else f"{start} to {end}"


def when_and_how(report: Report) -> str:
    """The publication day and how it is known."""
    anchor = report.anchor
    return f"{anchor.day} ({anchor.basis.value.replace('_', ' ')})" if anchor else "no date"


def counted(number: int, noun: str) -> str:
    """So many of something, as in "1 report" and "1,200 reports"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
