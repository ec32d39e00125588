"""Minimal pairs: texts that differ in one cue, and what reading must and must not make of them. All texts are invented.

A row whose `shortfall` says why is known not to be right yet; it is strict, so that it turns red once it is mended.
The rule that nothing denied, conditional, future, normative or unverified is affirmed has no shortfalls.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from probata.model.claim import HARM, Claim, ClaimType, Named
from probata.model.report import Anchor, AnchorBasis, Report
from probata.pipeline import read

_SMALL = {"the", "a", "an", "of", "in", "on", "at", "by", "to", "from", "and"}
_FACTS = HARM | {ClaimType.TERRITORY, ClaimType.AGREEMENT}  # what a text can say has happened


def _rows() -> list[Any]:
    out = []
    for path in sorted(Path(__file__).parent.glob("*.yml")):
        for family, rows in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            out += [pytest.param(row, id=f"{path.stem}-{family}-{i}") for i, row in enumerate(rows)]
    return out


ROWS = _rows()


def _marked(row: Any) -> Any:
    why = row.values[0].get("shortfall")
    return pytest.param(*row.values, id=row.id, marks=pytest.mark.xfail(strict=True, reason=why)) if why else row


def _read(row: dict[str, Any]) -> list[Claim]:
    return _claims(row["text"], row.get("title"), str(row.get("published") or ""))


@cache
def _claims(text: str, title: str | None, published: str) -> list[Claim]:
    anchors = (Anchor(date.fromisoformat(published), AnchorBasis.OPTION),) if published else ()
    return list(read(Report(id="pair", text=text, title=title, anchors=anchors)))


def _words(phrase: str) -> set[str]:
    return set(re.findall(r"\w+", phrase.lower())) - _SMALL


def _same(want: str, got: Named | None) -> bool:
    """Half of the words of the longer phrase are shared, as in the gold scorer."""
    if got is None:
        return False
    a, b = _words(want), _words(got.span.text)
    return bool(a and b) and len(a & b) / max(len(a), len(b)) >= 0.5


def _all_same(want: list[str], got: tuple[Named, ...]) -> bool:
    left = list(got)
    for phrase in want:
        hit = next((g for g in left if _same(phrase, g)), None)
        if hit is None:
            return False
        left.remove(hit)
    return not left


def _count(want: Any, claim: Claim) -> bool:
    if want == "none":
        return claim.count is None
    return claim.count is not None and [claim.count.low, claim.count.high] == want


def _wrong(want: dict[str, Any], claim: Claim) -> list[str]:
    """The slots of the wanted record that the claim does not have."""
    checks = {
        "stance": lambda v: claim.stance == v,
        "speaker": lambda v: claim.speaker is None if v is None else _same(v, claim.speaker),
        "speaker_name": lambda v: claim.speaker is not None and _words(v) <= _words(claim.speaker.name),
        "relay": lambda v: _all_same(v, claim.relay),
        "agents": lambda v: _all_same(v, claim.agents),
        "targets": lambda v: _all_same(v, claim.targets),
        "groups": lambda v: set(v) == set(claim.groups),
        "method": lambda v: _same(v, claim.method),
        "count": lambda v: _count(v, claim),
        "in_title": lambda v: claim.in_title == v,
    }
    return [slot for slot, value in want.items() if slot != "type" and not checks[slot](value)]


def _show(claims: list[Claim]) -> str:
    def words(named: tuple[Named, ...]) -> list[str]:
        return [n.span.text for n in named]

    return "\n".join(
        f"{c.type} {c.stance} speaker={c.speaker and c.speaker.span.text!r} agents={words(c.agents)} "
        f"targets={words(c.targets)} groups={c.groups} count={c.count and (c.count.low, c.count.high)} "
        f"method={c.method and c.method.span.text!r} relay={words(c.relay)} rules={dict(c.rules)}"
        for c in claims
    )


def _types(value: Any) -> set[str]:
    return set(value) if isinstance(value, list) else {value}


@pytest.mark.parametrize("row", [r for r in ROWS if r.values[0].get("none_affirmed")])
def test_what_is_not_affirmed_is_never_read_as_affirmed(row: dict[str, Any]) -> None:
    banned = _FACTS if row["none_affirmed"] is True else set(row["none_affirmed"])
    claims = _read(row)
    found = [c for c in claims if c.type in banned and c.stance == "affirmed"]
    assert not found, f"{row['text']}\n{_show(found)}"


@pytest.mark.parametrize("row", [_marked(r) for r in ROWS if r.values[0].get("claims")])
def test_each_claim_is_found_with_its_slots(row: dict[str, Any]) -> None:
    claims = _read(row)
    for want in row["claims"]:
        same_type = [c for c in claims if c.type in _types(want["type"])]
        best = min((_wrong(want, c) for c in same_type), key=len, default=["no claim of the type"])
        assert not best, f"{row['text']}\n{want}\nwrong: {best}\n{_show(claims)}"
    for kind, most in row.get("most", {}).items():
        assert sum(c.type == kind for c in claims) <= most, f"{row['text']}\n{_show(claims)}"


@pytest.mark.parametrize("row", [r for r in ROWS if r.values[0].get("no_count")])
def test_words_that_only_look_like_counts_are_none(row: dict[str, Any]) -> None:
    counts = [c.count for c in _read(row) if c.count is not None]
    assert not [n for n in counts if n.low in row["no_count"] or n.high in row["no_count"]], row["text"]


@pytest.mark.parametrize("row", [_marked(r) for r in ROWS if r.values[0].get("no_claim")])
def test_texts_that_claim_nothing_give_no_claim(row: dict[str, Any]) -> None:
    claims = _read(row)
    assert not claims, f"{row['text']}\n{_show(claims)}"


@pytest.mark.parametrize("row", ROWS)
def test_every_slot_is_the_text_at_its_offsets(row: dict[str, Any]) -> None:
    for c in _read(row):
        spans = [c.evidence, *(n.span for n in (*c.agents, *c.targets, *c.relay))]
        spans += [x.span for x in (c.speaker, c.method, c.count, c.place, c.time) if x is not None]
        assert all(row["text"][s.start : s.end] == s.text for s in spans), row["text"]


def test_there_are_enough_pairs() -> None:
    assert len(ROWS) >= 200
