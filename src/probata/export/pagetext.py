"""The text of the page: a report's blocks with the words of claims marked, numbered and linked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from probata.export import words
from probata.export.plain import plain
from probata.extract.paragraphs import blocks
from probata.model.claim import Claim
from probata.model.report import Report
from probata.model.span import Span

READ_AS = {"title": "headline", "date_line": "date line", "by_line": "by-line", "residue": "page matter, not read"}


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a claim's slot, or its evidence (slot "evidence"), with the claim's number from 1 and colour."""

    span: Span
    slot: str
    number: int
    group: str


def slots(claim: Claim) -> Iterator[tuple[str, Span]]:
    """The words behind each slot of a claim, its evidence first."""
    yield "evidence", claim.evidence
    if claim.speaker:
        yield "speaker", claim.speaker.span
    for named in claim.relay:
        yield "relay", named.span
    if claim.basis:
        yield "basis", claim.basis.span
    for named in claim.agents:
        yield "agents", named.span
    for named in claim.targets:
        yield "targets", named.span
    for slot, value in (("method", claim.method), ("count", claim.count), ("place", claim.place), ("time", claim.time)):
        if value:
            yield slot, value.span


def text(report: Report, claims: Sequence[Claim], prefix: str) -> str:
    """The report's text as HTML paragraphs; each run of words has the id PREFIXoOFFSET that claims link to."""
    marks = [Mark(s, slot, n, words.group(c)) for n, c in enumerate(claims, 1) for slot, s in slots(c)]
    laid = blocks(report)
    starts: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for mark in marks:
        starts.setdefault(mark.span.start, []).append(mark)
        ends.setdefault(mark.span.end, []).append(mark)
    cuts = sorted({*starts, *ends})
    out: list[str] = []
    active: dict[Mark, None] = {}
    i = 0
    for block in laid:
        kind = block.kind.value
        label = f' title="{READ_AS[kind]}"' if kind in READ_AS else ""
        out.append(f'<p class="{kind}"{label} dir="auto">')
        at = block.start
        while at < block.end:
            while i < len(cuts) and cuts[i] <= at:
                for mark in ends.get(cuts[i], ()):
                    active.pop(mark, None)
                for mark in starts.get(cuts[i], ()):
                    active[mark] = None
                i += 1
            until = min(block.end, cuts[i]) if i < len(cuts) else block.end
            out.append(_run(report.text[at:until], at, list(active), prefix, starts.get(at, ())))
            at = until
        out.append("</p>\n")
    return "".join(out)


def _run(piece: str, at: int, active: list[Mark], prefix: str, opened: Sequence[Mark]) -> str:
    """A run of words under the same marks: numbers of the claims that begin here, then the words in a span."""
    shown = escape(plain(piece))
    numbers = "".join(
        f'<a class="n {m.group}" href="#{prefix}c{m.number}" aria-label="claim {m.number}">{m.number}</a>'
        for m in opened
        if m.slot == "evidence"
    )
    if not active:
        return numbers + shown
    evidence = [m for m in active if m.slot == "evidence"]
    inner = sorted({m.slot for m in active} - {"evidence"})
    names = (["e", evidence[-1].group] if evidence else []) + (["s", *inner] if inner else [])
    ident = f' id="{prefix}o{at}"' if opened else ""
    hint = f' title="{", ".join(inner)}"' if inner else ""
    return f'{numbers}<span{ident} class="{" ".join(names)}"{hint}>{shown}</span>'
