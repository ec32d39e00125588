"""Claim records in: JSON lines from `probata read`, from hand coding, or from any other program."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from probata.export.jsonl import from_record
from probata.link import coded
from probata.link.facts import About
from probata.model.claim import Claim
from probata.model.errors import InputError

_ADVICE = "Repair the line; the others are used. docs/incidents.md has the fields."


@dataclass(slots=True)
class Records:
    """Claims read so far, what is known of their reports, and what was wrong."""

    claims: list[Claim] = field(default_factory=list)
    about: dict[str, About] = field(default_factory=dict)
    failed: list[InputError] = field(default_factory=list)


def read(sources: Iterable[tuple[str, Iterable[str]]]) -> Records:
    """The claims of sources, each a name and its lines. A bad line is named with number and reason; the rest is read.

    A line that stands twice is one claim; two different lines with one id are an error.
    """
    out = Records()
    seen: dict[str, Claim] = {}
    numbers: Counter[str] = Counter()
    for name, lines in sources:
        for where, record in _records(name, lines, out.failed):
            try:
                claim, known = _claim(record, numbers), coded.about(record)
            except ValueError as error:
                out.failed.append(InputError("claim", where, f"{error}.", _ADVICE))
                continue
            if claim.id in seen:
                if seen[claim.id] != claim:
                    problem = f"has the id {claim.id[:80]!r}, which another claim has."
                    out.failed.append(InputError("claim", where, problem, _ADVICE))
                continue
            seen[claim.id] = claim
            out.claims.append(claim)
            old = out.about.get(claim.report, About())
            out.about[claim.report] = About(old.outlet or known.outlet, old.published or known.published)
    return out


def _records(name: str, lines: Iterable[str], failed: list[InputError]) -> Iterator[tuple[str, dict[str, Any]]]:
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{name}, line {n}"
        try:
            item = json.loads(line)
        except RecursionError:
            failed.append(InputError("json", where, "is nested too deeply to be a claim.", _ADVICE))
            continue
        except ValueError as error:
            what = f"{error.msg}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
            failed.append(InputError("json", where, f"is not valid JSON ({what}).", _ADVICE))
            continue
        if isinstance(item, dict):
            yield where, item
        else:
            failed.append(InputError("claim", where, "is not an object with the fields of a claim.", _ADVICE))


def _claim(record: dict[str, Any], numbers: Counter[str]) -> Claim:
    """The claim of a record. One of `probata read` keeps its offsets; of any other what can be read is read."""
    report = record.get("report") or record.get("doc_id")
    name = report if isinstance(report, str) else ""
    numbers[name] += 1
    evidence = record.get("evidence")
    if isinstance(record.get("by"), dict) and isinstance(evidence, dict) and isinstance(record.get("id"), str) and name:
        try:
            claim = from_record(record)
        except (KeyError, TypeError, AttributeError):
            pass  # another program's record with some of the same fields
        else:
            _check(claim)
            return claim
    return coded.claim(record, numbers[name])


def _check(claim: Claim) -> None:
    """Whether the values are of the kinds they must be: the record may be from anywhere. Raises ValueError if not."""
    named = [*claim.relay, *claim.agents, *claim.targets, *filter(None, (claim.speaker, claim.method))]
    c, p, t = claim.count, claim.place, claim.time
    _are("a name", str, *(n.name for n in named), *claim.groups)
    if claim.basis:
        _are("basis", str, claim.basis.kind)
    if c:
        _are("a bound of count", int, *(n for n in (c.low, c.high) if n is not None))
        _are("the rule of count", str, c.rule)
    if p:
        _are("lat or lon", (int, float), *(x for x in (p.lat, p.lon) if x is not None))
        _are("geonameid", int, *(x for x in (p.geonameid,) if x is not None))
        _are("the name or precision of place", str, p.precision, *(x for x in (p.name,) if x is not None))
        if not (abs(p.lat or 0) <= 90 and abs(p.lon or 0) <= 180):
            raise ValueError("lat or lon is out of range")
    if t:
        _are("the precision of time", str, t.precision)
        if t.start and t.end and t.start > t.end:
            raise ValueError(f"the time runs from {t.start} to {t.end}, which is earlier")


def _are(what: str, kind: type | tuple[type, ...], *values: object) -> None:
    for value in values:
        if isinstance(value, bool) or not isinstance(value, kind):
            raise ValueError(f"{what} is {type(value).__name__}, which it cannot be")
