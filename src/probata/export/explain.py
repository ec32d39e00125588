"""Explanations: the rule and the words behind each slot of a claim, and what a ranker weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from probata.export import words
from probata.export.plain import isolated, one_line, wrapped
from probata.export.style import Style
from probata.model.claim import Claim
from probata.model.report import Report
from probata.model.span import Span

_LONGEST = 120  # characters of evidence that are shown


def explained(report: Report, claims: Sequence[Claim], style: Style) -> str:
    """For each claim, a line a slot: its words with offsets, what they mean, the rule, and what was weighed."""
    out = ""
    for n, c in enumerate(claims, 1):
        kind = style.paint(f"{n} {words.act(c)}, {c.stance.value}", words.group(c))
        out += f"  {kind}\n"
        rules, why = dict(c.rules), dict(c.why)
        for slot, span, meaning in _slots(c, report):
            notes = []
            if rule := rules.pop(slot, ""):
                notes.append(f"rule {rule}")
            if slot in c.inferred:
                notes.append("carried over")
            if weighed := why.pop(slot, ""):
                notes.append(f"weighed {weighed}")
            out += _line(slot, span, meaning, "; ".join(notes), style)
        for slot in dict.fromkeys([*rules, *why]):
            notes = [f"rule {rules[slot]}"] if slot in rules else []
            notes += [f"weighed {why[slot]}"] if slot in why else []
            out += _line(slot, None, "", "; ".join(notes), style)
        out += "\n"
    return out


def _slots(c: Claim, report: Report) -> Iterator[tuple[str, Span | None, str]]:
    """Each filled slot: its name, the words it rests on, what they were read as."""
    yield "evidence", c.evidence, ""
    yield "stance", None, c.stance.value
    if c.speaker:
        yield "speaker", c.speaker.span, c.speaker.name
    else:
        yield "speaker", None, words.voice(c, report)
    for n in c.relay:
        yield "relay", n.span, n.name
    if c.basis:
        yield "basis", c.basis.span, c.basis.kind.replace("_", " ")
    for n in c.agents:
        yield "agents", n.span, n.name
    for n in c.targets:
        yield "targets", n.span, n.name
    if c.groups:
        yield "groups", None, ", ".join(c.groups)
    if c.method:
        yield "method", c.method.span, c.method.name
    if c.count:
        yield "count", c.count.span, words.bounds(c.count)
    if c.place:
        p = c.place
        known = (
            f"{p.name}, {p.lat:.4f} {p.lon:.4f}"
            if p.lat is not None and p.lon is not None
            else p.name or "not in the gazetteer"
        )
        yield "place", p.span, f"{known} ({p.precision})"
    if c.time:
        anchor = f", counted from {c.time.anchor}" if c.time.anchor else ""
        yield "time", c.time.span, f"{words.days(c.time)} ({c.time.precision}{anchor})"


def _line(slot: str, span: Span | None, meaning: str, notes: str, style: Style) -> str:
    said = ""
    if span:
        text = one_line(span.text)
        said = f"“{text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}” {span.start}-{span.end}"
    shown = one_line(meaning)
    if span and shown and shown != one_line(span.text):
        said += f" = {shown}"
    elif not span:
        said = shown
    lines = wrapped(" ".join(p for p in (said, f"[{one_line(notes)}]" if notes else "") if p), style.columns - 14)
    return "".join(
        f"    {style.paint(f'{slot if i == 0 else str():<9}', 'dim')} {isolated(x)}\n" for i, x in enumerate(lines)
    )
