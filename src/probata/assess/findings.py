"""Findings: the rules by which people may set them, and which stand. Pure; whoever keeps rows asks here first."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from probata.model.errors import InputError
from probata.model.finding import Account, Finding, FindingKind, Findings, Refusal, Standard
from probata.vocab import load

Verify = Callable[[bytes, str], bool]


def refusals(finding: Finding, earlier: Iterable[Finding], sources: int, verify: Verify | None = None) -> list[Refusal]:
    """Why this finding cannot be set; nothing where it can.

    `earlier` are the rows there are, in order, and `sources` the incident's independent count as it stands now.
    `verify` says whether a signature is `who`'s over the bytes of `statement`; without it no signature counts. Taking a
    finding back needs one person, setting one two.
    """
    now = standing(earlier, finding.incident)
    return [*_people(finding), *_reason(finding, sources, verify), *_subject(finding, sources), *_ladder(finding, now)]


def accept(finding: Finding, earlier: Iterable[Finding], sources: int, verify: Verify | None = None) -> Finding:
    """The finding, where it can be set. Raises InputError with the first reason why not."""
    for r in refusals(finding, earlier, sources, verify):
        raise InputError(r.code, finding.incident, r.problem, r.advice)
    return finding


def standing(rows: Iterable[Finding], incident: str) -> Findings:
    """The findings on an incident that stand: the last row of each kind and party, unless it took one back."""
    last: dict[tuple[FindingKind, str | None], Finding] = {}
    for row in rows:
        if row.incident == incident:
            last.pop((row.kind, row.party), None)
            last[row.kind, row.party] = row
    held = [row for row in last.values() if row.standard is not Standard.OPEN]
    return Findings(
        next((row for row in held if row.kind is FindingKind.OCCURRED), None),
        tuple(row for row in held if row.kind is FindingKind.PERPETRATOR),
    )


def statement(finding: Finding) -> bytes:
    """The bytes that are signed: all of the finding but the signature, as canonical JSON."""
    fields = {
        "incident": finding.incident,
        "kind": finding.kind.value,
        "standard": finding.standard.value,
        "party": finding.party,
        "who": finding.who,
        "second": finding.second,
        "reason": finding.reason,
        "sources": finding.sources,
        "version": finding.version,
        "at": finding.at,
    }
    said = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return said.encode("utf-8", "surrogatepass")


def sentences(found: Findings, version: int | None = None) -> list[str]:
    """Both findings in words; what was found on an earlier version than the one that stands says so."""
    out = [_sentence("that it happened", found.occurred, version)]
    out += [_sentence(f"that {f.party} did it", f, version) for f in found.perpetrators]
    return out if found.perpetrators else [*out, _sentence("who did it", None, version)]


def _sentence(what: str, f: Finding | None, version: int | None) -> str:
    if f is None:
        return f"{what}: open"
    older = f", on version {f.version}, looked at no more since" if f.version != version and version else ""
    return f"{what}: {f.standard.value} ({f.who}, with {f.second}{older}): {f.reason}"


def _people(f: Finding) -> Iterator[Refusal]:
    if Account.SOFTWARE in (f.account, f.second_account):
        yield Refusal("software", "was to be set by a software account.", "A person decides; sign in as one.")
    if not _folded(f.who):
        yield Refusal("nobody", "names nobody who finds it.", "Give the name of the person who does.")
    if f.standard is Standard.OPEN:
        return
    if not _folded(f.second):
        yield Refusal("second", "has no second person.", "Let a second person look at it and agree.")
    elif _folded(f.second) == _folded(f.who):
        yield Refusal("second", "has the same person twice.", "The second person has to be another one.")


def _reason(f: Finding, sources: int, verify: Verify | None) -> Iterator[Refusal]:
    if not _folded(f.reason):
        yield Refusal("reason", "has no reason.", "Write down why, so that others can follow it.")
    rule = load("grades")["proof"]
    if sources >= rule["sources"] or f.standard.step < Standard(rule["from"]).step:
        return
    n = f"{sources} independent source{'' if sources == 1 else 's'}"
    if not f.signature:
        advice = "Find another source, set a lower standard, or sign the written reason."
        yield Refusal("one-source", f"cannot reach {f.standard.value} on {n} without a signed reason.", advice)
    elif verify is None or not verify(statement(f), f.signature):
        advice = f"Sign the statement of this finding with the key of {f.who}."
        yield Refusal("signature", f"rests on {n}, and the signature under its reason is not good.", advice)


def _subject(f: Finding, sources: int) -> Iterator[Refusal]:
    named = bool(f.party and _folded(f.party))
    if f.kind is FindingKind.PERPETRATOR and not named:
        yield Refusal("party", "names no party.", "Name the party that did it, or leave the finding open.")
    if f.kind is FindingKind.OCCURRED and named:
        advice = "Set the finding on who did it by itself."
        yield Refusal("party", "says that it happened, and names a party as well.", advice)
    if f.sources != sources:
        problem = f"was written for {f.sources} independent sources, and there are {sources}."
        yield Refusal("changed", problem, "Look at the incident as it stands now, and decide again.")


def _ladder(f: Finding, now: Findings) -> Iterator[Refusal]:
    """Nobody did what is not found to have happened, at least at the same standard."""
    if f.kind is FindingKind.PERPETRATOR:
        held = now.occurred.standard if now.occurred else Standard.OPEN
        if f.standard.step > held.step:
            problem = f"would stand higher ({f.standard.value}) than the finding that it happened ({held.value})."
            yield Refusal("occurred", problem, "Set the finding that it happened first.")
        return
    for other in now.perpetrators:
        if other.standard.step > f.standard.step:
            problem = f"would stand lower than the finding that {other.party} did it ({other.standard.value})."
            yield Refusal("perpetrator", problem, "Lower that finding first, or take it back.")


def _folded(name: str) -> str:
    """A name without case, marks that cannot be seen, and odd spaces, so that nobody is their own second person."""
    seen = "".join(c for c in unicodedata.normalize("NFKC", name) if unicodedata.category(c) not in ("Cf", "Cc", "Cs"))
    return " ".join(seen.casefold().split())
