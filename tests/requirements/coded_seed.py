"""The seed report's claims as people coded them (kept apart from this repository), and leads from outside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from probata.extract.mentions.numbers import find_numbers
from probata.link.facts import About
from probata.model.claim import Basis, Claim, ClaimType, Count, Named, Place, Stance, Time
from probata.model.span import Span
from probata.resolve.numbers import total

OUTLET = "Al Arabiya English"
FIRST, SECOND = date(2016, 12, 12), date(2016, 12, 13)
# What the coding calls an act, as the claim record has it. What is not here makes no claim of ours.
_TYPES = {
    "violence": "killing",
    "perpetrator_attribution": "killing",
    "bodies_found": "bodies_found",
    "appeal": "appeal",
    "conditional_offer": "agreement",
    "displacement": "displacement",
    "statement": "condemnation",
    "verification_statement": "verification",
    "legal_statement": "legal",
    "territorial_control": "territory",
    "forecast": "territory",
}
_SUBTYPES = {"forced_recruitment": "forced_recruitment", "atrocities_unspecified": "attack"}
_STANCES = {
    "conditional": "conditional",
    "normative": "normative",
    "normative_paraphrased": "normative",
    "forecast": "future",
    "reported_unverified": "unverified",
    "verification_denied_capability": "unverified",
}
_GROUPS = {"women": "woman", "children": "child", "civilians": "civilian", "medical personnel": "medical"}
_ACTED = {"perpetrator", "duty bearer", "controller"}


def coded(shared: Path) -> dict[str, Claim]:
    """The coded claims by their ids (C01 ...), with their offsets in the report."""
    path = shared / "seed" / "claims.json"
    if not path.is_file():
        pytest.skip("no ../shared/seed beside this checkout: the coded seed is kept apart from the repository")
    data = json.loads(path.read_text(encoding="utf-8"))
    names = {s["id"]: s["name"] for s in data["sources"]}
    return {c["id"]: _claim(c, names) for c in data["claims"] if c["type"] in _TYPES}


def incident(shared: Path, name: str) -> list[Claim]:
    """The claims of one coded incident (I1 ...)."""
    data = json.loads((shared / "seed" / "claims.json").read_text(encoding="utf-8"))
    (found,) = [i for i in data["incidents"] if i["id"] == name]
    claims = coded(shared)
    return [claims[c] for c in found["claims"]]


def about(**more: tuple[str, date]) -> dict[str, About]:
    """Outlets and days: of the seed, of its Arabic version, and of more reports."""
    known = {"seed": (OUTLET, SECOND), "arabic": ("AlArabiya.Net", SECOND), **more}
    return {report: About(outlet, day) for report, (outlet, day) in known.items()}


def x2(report: str = "x2", via: Sequence[str] = ()) -> Claim:
    """X2: the figure of the human rights office of the United Nations for the same days, in our own words."""
    words = "at least 82 civilians were killed in four neighbourhoods"
    return _lead("x2", report, "UN human rights office", ["pro-government forces"], "at least 82", words, (11, 13), via)


def x4() -> Claim:
    """X4: the other side accused, later bodies, by way of a state agency, in our own words."""
    return _lead("x4", "x4", "SANA", ["rebels"], "21", "rebels executed 21 civilians", (26, 26), ["AFP"])


def other_side(report: str = "blames") -> Claim:
    """Another body that blames the other side for the executions of that Monday."""
    words = "insurgents executed 82 people in the city"
    return _lead("other", report, "Karsa Monitor", ["insurgents"], "82", words, (12, 12))


def accepted(report: str = "accepts") -> Claim:
    """The accused accepting it."""
    words = "our army executed 80 people"
    return _lead("accepted", report, "the Syrian military", ["the Syrian army"], "80", words, (12, 12))


def _lead(
    name: str,
    report: str,
    by: str,
    agents: list[str],
    count: str,
    said: str,
    days: tuple[int, int],
    via: Sequence[str] = (),
) -> Claim:
    start, end = (date(2016, 12, d) for d in days)
    (number,) = find_numbers(count, 0, len(count))
    return Claim(
        id=f"{name}-{report}",
        report=report,
        evidence=_own(said),
        type=ClaimType.KILLING,
        stance=Stance.AFFIRMED,
        speaker=_named(by),
        relay=tuple(_named(v) for v in via),
        agents=tuple(_named(a) for a in agents),
        groups=("civilian",),
        count=Count(_own(count), number.low, number.high, number.rule),
        place=Place(_own("Aleppo"), "Aleppo", 170063, 36.20, 37.16, "city"),
        time=Time(_own("then"), start, end, "day" if start == end else "days"),
    )


def _claim(c: dict[str, Any], names: dict[str, str]) -> Claim:
    chain = {role: [s for s in c["source_chain"] if s["role"].startswith(role)] for role in ("originator", "relay")}
    speakers = [Named(_span(s["span"]), names[s["source_id"]]) for s in chain["originator"]]
    relays = [Named(_span(s["span"]), names[s["source_id"]]) for s in chain["relay"]]
    kind = _SUBTYPES.get(c["subtype"], _TYPES[c["type"]])
    agents = [a for a in c["actors"] if a["role"] in _ACTED and a.get("span")]
    basis = "eyewitness" if any(s["source_id"] == "S_EYEWITNESS" for s in chain["originator"]) else None
    return Claim(
        id=c["id"],
        report="seed",
        evidence=_span(c["evidence"]),
        type=ClaimType(kind),
        stance=Stance(_STANCES.get(c["modality"], "affirmed")),
        speaker=speakers[0] if speakers else None,
        relay=tuple(relays),
        basis=Basis(speakers[0].span, basis) if basis else None,
        agents=tuple(Named(_span(a["span"]), a["span"]["text"]) for a in agents),
        groups=tuple(g for v in c["victims"] if (g := _GROUPS.get(str(v["category"])))),
        count=_count(c),
        place=_place(c["place"]),
        time=_time(c["time"]),
        in_title=c["subtype"] == "headline_framing",
        inferred=tuple(x for x in ("place", "time") if c[x] and not c[x].get("verbatim")),
    )


def _count(c: dict[str, Any]) -> Count | None:
    said = c["count"] and c["count"].get("verbatim")
    if not said or c["count"]["low"] is None:
        return None
    words = said["text"]
    numbers = [n for n in find_numbers(words, 0, len(words)) if n.kind == "count"]
    if not numbers:
        return None
    low, high = total(numbers) if len(numbers) > 1 else (numbers[0].low, numbers[0].high)
    return Count(_span(said), low, high, "sum" if len(numbers) > 1 else numbers[0].rule)


def _place(p: dict[str, Any] | None) -> Place | None:
    if not p or "Aleppo (city)" not in str(p.get("normalized")):
        return None
    return Place(_span(p.get("verbatim")), "Aleppo", 170063, 36.20, 37.16, "city")


def _time(t: dict[str, Any] | None) -> Time | None:
    if not t or not t.get("start"):
        return None
    start, end = (date.fromisoformat(t[k]) if t.get(k) else None for k in ("start", "end"))
    return Time(_span(t.get("verbatim")), start, end, "day" if start == end else "days")


def _span(s: dict[str, Any] | None) -> Span:
    return Span(s["start"], s["end"], s["text"]) if s else _own("elsewhere")


def _own(words: str) -> Span:
    return Span(0, len(words), words)


def _named(words: str) -> Named:
    return Named(_own(words), words)
